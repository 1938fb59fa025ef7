//! What may be done to sandboxes as wholes: they are listed, kept for a time, emptied and deleted.

use std::sync::Arc;

use paydesk_domain::Refusal;
use paydesk_domain::id::{AccountId, IdSource, Ordinal};
use paydesk_domain::patch::Patch;
use paydesk_domain::sandbox::{Sandbox, SandboxRefusal};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Bound, Changeset, Delete, Page, PageRequest, Record, SandboxFilter};
use paydesk_store::{StoreError, Stored};

use super::OpenSandbox;
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{CursorIds, cursor};
use crate::run::{Decision, Operation};

/// Sandboxes closed in one go when their time is over.
const CLOSED_AT_ONCE: usize = 100;

/// Which sandbox a request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SandboxName {
    /// The one that its key opens.
    Current,
    /// That of an account.
    Account(AccountId),
}

/// A sandbox and whether it is the one that the request's key opens.
pub struct SandboxView {
    /// The sandbox.
    pub sandbox: Sandbox,
    /// Whether the key of the request opens it.
    pub is_current: bool,
}

/// A request to change how long a sandbox is kept.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateSandbox {
    /// See [`Sandbox::time_to_live`].
    pub time_to_live: Patch<i64>,
}

impl App {
    /// A page of the sandboxes that a key reaches, newest first: all that are open to every key, to
    /// such a key; its account's own and those right below it, to one that was made.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_sandboxes(
        &self,
        call: &Call,
        page: CursorIds,
    ) -> Result<Page<SandboxView>, AppError> {
        check_mode(call)?;
        let place_of = |account: String| async move {
            let account = AccountId::from(account.as_str());
            let found = self.store.find_account(&account, false).await?;
            Ok(found.map(|stored| place(&stored.value)))
        };
        let page = page.resolve("sandbox", place_of).await?;
        let filter = if self.is_open(&call.sandbox) {
            SandboxFilter::Open
        } else {
            SandboxFilter::Of(call.sandbox.account().clone())
        };
        let found = self.store.list_sandboxes(&filter, page).await?;
        Ok(found.map(|stored| view(stored.value, call)))
    }

    /// A sandbox that a key reaches.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_sandbox(
        &self,
        call: &Call,
        name: &SandboxName,
    ) -> Result<SandboxView, AppError> {
        let sandbox = self.reach(call, name).await?;
        Ok(view(sandbox.stored().value, call))
    }

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
        let operation = DeleteOne { sandbox: Arc::clone(&sandbox), wall: self.wall.now() };
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

    /// The sandbox that a request names, if its key reaches it.
    async fn reach(&self, call: &Call, name: &SandboxName) -> Result<Arc<OpenSandbox>, AppError> {
        check_mode(call)?;
        let account = match name {
            SandboxName::Current => return Ok(Arc::clone(&call.sandbox)),
            SandboxName::Account(account) if account == call.sandbox.account() => {
                return Ok(Arc::clone(&call.sandbox));
            }
            SandboxName::Account(account) => account,
        };
        let found = match self.store.find_account(account, false).await? {
            Some(stored) => self.sandbox_by_id(stored.value.id).await?,
            None => None,
        };
        let reached = found.filter(|found| {
            let is_below = found.parent() == Some(call.sandbox.account());
            is_below || (self.is_open(&call.sandbox) && self.is_open(found))
        });
        let not_found = || AppError::NotFound { object: "sandbox", id: account.to_string() };
        reached.ok_or_else(not_found)
    }

    /// Whether a sandbox is one that every key of its name opens.
    fn is_open(&self, sandbox: &OpenSandbox) -> bool {
        self.sandboxes.are_open_to_all() && sandbox.stored().value.opened_by.is_some()
    }
}

/// Live mode has no sandboxes.
fn check_mode(call: &Call) -> Result<(), Refusal> {
    if call.sandbox.livemode() { Err(SandboxRefusal::LiveMode.into()) } else { Ok(()) }
}

fn view(sandbox: Sandbox, call: &Call) -> SandboxView {
    SandboxView { is_current: sandbox.account == *call.sandbox.account(), sandbox }
}

/// Sandboxes are listed in the order of their ids, which follow the clock.
const fn place(sandbox: &Sandbox) -> paydesk_store::Cursor {
    cursor(sandbox.created, Ordinal::new(sandbox.id.0))
}

fn closing(stored: &Stored<Sandbox>, closed: Timestamp) -> Changeset {
    let mut changeset = Changeset::new(stored.value.id);
    let (id, read_at) = (stored.value.id, stored.version);
    changeset.deletes.push(Delete::Sandbox { id, read_at, successor: None, closed });
    changeset
}

struct Update {
    sandbox: Arc<OpenSandbox>,
    command: UpdateSandbox,
    wall: Timestamp,
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

struct Reset {
    sandbox: Arc<OpenSandbox>,
    wall: Timestamp,
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

struct DeleteOne {
    sandbox: Arc<OpenSandbox>,
    wall: Timestamp,
}

impl Operation for DeleteOne {
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
