//! `POST /paydesk/v1/sandboxes/{id}/reset`: an empty sandbox in the place of one.

use std::sync::Arc;

use paydesk_domain::Refusal;
use paydesk_domain::id::IdSource;
use paydesk_domain::sandbox::Sandbox;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Delete, Record, Stored};

use super::read::view;
use super::{OpenSandbox, SandboxName, SandboxView};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Reset {
    sandbox: Arc<OpenSandbox>,
    wall: Timestamp,
}

impl App {
    /// Puts an empty sandbox in the place of one, at once; its keys open the empty one.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn reset_sandbox(
        &self,
        call: &Call,
        name: &SandboxName,
        render: impl Fn(&SandboxView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        let sandbox = self.reach(call, name).await?;
        let _changing = sandbox.changing.lock().await;
        // The commit can't notice a repetition: each reset is noted in the sandbox that it makes.
        if let Some(first) = self.find_replay(call).await? {
            return Ok(first);
        }
        let operation = Reset { sandbox: Arc::clone(&sandbox), wall: self.wall.now() };
        let answer = self.run(call, &operation, render).await?;
        self.sandboxes.forget(sandbox.id());
        Ok(answer)
    }
}

impl Operation for Reset {
    type Loaded = Stored<Sandbox>;
    type Output = SandboxView;

    async fn load(&self, _app: &App, _call: &Call) -> Result<Self::Loaded, AppError> {
        Ok(self.sandbox.stored())
    }

    fn decide(
        &self,
        before: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<SandboxView>, Refusal> {
        let after = before.value.emptied(self.wall, ids);
        // Whoever asks again with the same idempotency key asks in the empty sandbox.
        let is_own = before.value.id == call.sandbox_id();
        let mut changeset = Changeset::new(if is_own { after.id } else { call.sandbox_id() });
        changeset.deletes.push(Delete::Sandbox {
            id: before.value.id,
            read_at: before.version,
            successor: Some(after.id),
            closed: self.wall,
        });
        changeset.insert(Record::Sandbox(after.clone()));
        Ok(Decision { output: view(after, call), changeset, events: Vec::new() })
    }
}
