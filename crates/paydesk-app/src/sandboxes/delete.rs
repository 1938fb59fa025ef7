//! `DELETE /paydesk/v1/sandboxes/{id}`, and sandboxes that go because nobody used them.

use std::sync::Arc;

use paydesk_domain::Refusal;
use paydesk_domain::id::{AccountId, IdSource};
use paydesk_domain::sandbox::Sandbox;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Bound, Changeset, Delete, PageRequest, SandboxFilter, StoreError, Stored};

use super::{OpenSandbox, SandboxName};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

/// Sandboxes closed in one go when their time is over.
const CLOSED_AT_ONCE: usize = 100;

struct DeleteSandbox {
    sandbox: Arc<OpenSandbox>,
    wall: Timestamp,
}

impl App {
    /// Deletes a sandbox that keys open by their name. Whoever opens it again finds it empty.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn delete_sandbox(
        &self,
        call: &Call,
        name: &SandboxName,
        render: impl Fn(&AccountId) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        let sandbox = self.reach(call, name).await?;
        let _changing = sandbox.changing.lock().await;
        let operation = DeleteSandbox { sandbox: Arc::clone(&sandbox), wall: self.wall.now() };
        let answer = self.run(call, &operation, render).await?;
        self.sandboxes.forget(sandbox.id());
        Ok(answer)
    }

    /// Closes sandboxes whose time to live is over; returns how many.
    ///
    /// # Errors
    /// The store's.
    pub async fn close_expired_sandboxes(&self) -> Result<usize, AppError> {
        let wall = self.wall.now();
        let page = PageRequest { limit: CLOSED_AT_ONCE, bound: Bound::Newest };
        let expired = self.store.list_sandboxes(&SandboxFilter::Expired(wall), page).await?.data;
        let count = expired.len();
        for stored in expired {
            let id = stored.value.id;
            match self.store.commit(closing(&stored, wall)).await {
                // Who uses it in this very moment keeps it.
                Ok(()) | Err(StoreError::RevisionMoved { .. }) => self.sandboxes.forget(id),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(count)
    }
}

impl Operation for DeleteSandbox {
    type Loaded = Stored<Sandbox>;
    type Output = AccountId;

    async fn load(&self, _app: &App, _call: &Call) -> Result<Self::Loaded, AppError> {
        Ok(self.sandbox.stored())
    }

    fn decide(
        &self,
        before: Self::Loaded,
        _call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<AccountId>, Refusal> {
        before.value.check_may_go()?;
        let changeset = closing(&before, self.wall);
        Ok(Decision { output: before.value.account, changeset, events: Vec::new() })
    }
}

fn closing(stored: &Stored<Sandbox>, closed: Timestamp) -> Changeset {
    let mut changeset = Changeset::new(stored.value.id);
    let (id, read_at) = (stored.value.id, stored.version);
    changeset.deletes.push(Delete::Sandbox { id, read_at, successor: None, closed });
    changeset
}
