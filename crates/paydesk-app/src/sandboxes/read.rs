//! `GET /paydesk/v1/sandboxes` and `GET /paydesk/v1/sandboxes/{id}`, and which sandboxes a key
//! reaches.

use std::sync::Arc;

use paydesk_domain::Refusal;
use paydesk_domain::id::{AccountId, Ordinal};
use paydesk_domain::sandbox::{Sandbox, SandboxRefusal};
use paydesk_store::{Cursor, Page, SandboxFilter};

use super::OpenSandbox;
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{CursorIds, cursor};

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

    /// The sandbox that a request names, if its key reaches it.
    pub(super) async fn reach(
        &self,
        call: &Call,
        name: &SandboxName,
    ) -> Result<Arc<OpenSandbox>, AppError> {
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

pub(super) fn view(sandbox: Sandbox, call: &Call) -> SandboxView {
    SandboxView { is_current: sandbox.account == *call.sandbox.account(), sandbox }
}

/// Sandboxes are listed in the order of their ids, which follow the clock.
const fn place(sandbox: &Sandbox) -> Cursor {
    cursor(sandbox.created, Ordinal::new(sandbox.id.0))
}
