//! `POST /paydesk/v1/sandboxes/{id}`: how long a sandbox is kept.

use std::sync::Arc;

use paydesk_domain::Refusal;
use paydesk_domain::id::IdSource;
use paydesk_domain::patch::Patch;
use paydesk_domain::sandbox::Sandbox;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, Stored};

use super::read::view;
use super::{OpenSandbox, SandboxName, SandboxView};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

/// A request to change how long a sandbox is kept.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateSandbox {
    /// See [`Sandbox::time_to_live`].
    pub time_to_live: Patch<i64>,
}

struct Update {
    sandbox: Arc<OpenSandbox>,
    command: UpdateSandbox,
    wall: Timestamp,
}

impl App {
    /// Changes how long a sandbox is kept.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_sandbox(
        &self,
        call: &Call,
        name: &SandboxName,
        command: UpdateSandbox,
        render: impl Fn(&SandboxView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        let sandbox = self.reach(call, name).await?;
        let _changing = sandbox.changing.lock().await;
        let operation = Update { sandbox: Arc::clone(&sandbox), command, wall: self.wall.now() };
        let answer = self.run(call, &operation, render).await?;
        if let Some(stored) = self.store.find_sandbox(sandbox.id()).await? {
            sandbox.remember(stored);
        }
        Ok(answer)
    }
}

impl Operation for Update {
    type Loaded = Stored<Sandbox>;
    type Output = SandboxView;

    async fn load(&self, _app: &App, _call: &Call) -> Result<Self::Loaded, AppError> {
        Ok(self.sandbox.stored())
    }

    fn decide(
        &self,
        Stored { value: before, version }: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<SandboxView>, Refusal> {
        let after = before.keeping_for(self.command.time_to_live.clone(), self.wall)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.replace(Record::Sandbox(after.clone()), version);
        Ok(Decision { output: view(after, call), changeset, events: Vec::new() })
    }
}
