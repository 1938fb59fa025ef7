//! Sandboxes in use, each with its clock.

mod delete;
mod read;
mod reset;
mod update;

pub use read::{SandboxName, SandboxView};
pub use update::UpdateSandbox;

use std::sync::{Arc, PoisonError, RwLock};

use paydesk_domain::api_key::KeyHash;
use paydesk_domain::id::AccountId;
use paydesk_domain::sandbox::{Sandbox, SandboxClock, SandboxId};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, StoreError, Stored};
use quick_cache::sync::Cache;

use crate::app::App;
use crate::error::AppError;
use crate::idle::Activity;

/// Sandboxes kept at hand; the others are read again when they are used.
const CACHED_MAX: usize = 10_000;

/// Every sandbox that was used lately.
pub(crate) struct Sandboxes {
    open_to_all: bool,
    /// How long a sandbox that a key opens is kept unused, in seconds; none for ever.
    time_to_live: Option<i64>,
    cached: Cache<SandboxId, Arc<OpenSandbox>>,
}

/// A sandbox in use.
pub struct OpenSandbox {
    id: SandboxId,
    account: AccountId,
    livemode: bool,
    parent: Option<AccountId>,
    stored: RwLock<Stored<Sandbox>>,
    /// Held while the sandbox's own record changes, so that changes of a clock don't overtake each
    /// other.
    pub(crate) changing: tokio::sync::Mutex<()>,
    pub(crate) activity: Activity,
}

impl Sandboxes {
    pub(crate) fn new(open_to_all: bool, time_to_live: Option<i64>) -> Self {
        Self { open_to_all, time_to_live, cached: Cache::new(CACHED_MAX) }
    }

    /// Forgets a sandbox that was closed, also one that is being looked up right now.
    fn forget(&self, id: SandboxId) {
        self.cached.remove(&id);
    }

    /// Whether a key that nobody made opens a sandbox by its name.
    pub(crate) const fn are_open_to_all(&self) -> bool {
        self.open_to_all
    }
}

impl OpenSandbox {
    fn new(stored: Stored<Sandbox>) -> Self {
        let Sandbox { id, account, livemode, parent, .. } = stored.value.clone();
        Self {
            id,
            account,
            livemode,
            parent,
            stored: RwLock::new(stored),
            changing: tokio::sync::Mutex::new(()),
            activity: Activity::default(),
        }
    }

    /// Its name in the store.
    #[must_use]
    pub const fn id(&self) -> SandboxId {
        self.id
    }

    /// The account whose world it is.
    #[must_use]
    pub const fn account(&self) -> &AccountId {
        &self.account
    }

    /// Whether it is that of live mode.
    #[must_use]
    pub const fn livemode(&self) -> bool {
        self.livemode
    }

    /// The account above, whose keys may act here.
    #[must_use]
    pub const fn parent(&self) -> Option<&AccountId> {
        self.parent.as_ref()
    }

    /// Its present when the wall clock shows `wall`.
    #[must_use]
    pub fn now(&self, wall: Timestamp) -> Timestamp {
        self.clock().now(wall)
    }

    /// Its clock.
    #[must_use]
    pub fn clock(&self) -> SandboxClock {
        self.stored.read().unwrap_or_else(PoisonError::into_inner).value.clock
    }

    /// The API version its first request named.
    #[must_use]
    pub fn api_version(&self) -> Option<String> {
        self.stored.read().unwrap_or_else(PoisonError::into_inner).value.api_version.clone()
    }

    fn has_api_version(&self) -> bool {
        self.stored.read().unwrap_or_else(PoisonError::into_inner).value.api_version.is_some()
    }

    fn with_stored<T>(&self, look: impl FnOnce(&Stored<Sandbox>) -> T) -> T {
        look(&self.stored.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Its record as it is now.
    #[must_use]
    pub fn record(&self) -> Sandbox {
        self.stored().value
    }

    pub(crate) fn stored(&self) -> Stored<Sandbox> {
        self.stored.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A changeset that writes the sandbox as `sandbox`.
    pub(crate) fn change_to(&self, sandbox: Sandbox) -> Changeset {
        let mut changeset = Changeset::new(self.id);
        changeset.replace(Record::Sandbox(sandbox), self.stored().version);
        changeset
    }

    pub(crate) fn remember(&self, stored: Stored<Sandbox>) {
        *self.stored.write().unwrap_or_else(PoisonError::into_inner) = stored;
    }
}

impl App {
    /// A sandbox by its name in the store.
    pub(crate) async fn sandbox_by_id(
        &self,
        id: SandboxId,
    ) -> Result<Option<Arc<OpenSandbox>>, AppError> {
        // The look-up is within: one that is overtaken by the sandbox's end leaves nothing behind.
        let open = async {
            match self.store.find_sandbox(id).await {
                Ok(Some(stored)) => Ok(Arc::new(OpenSandbox::new(stored))),
                Ok(None) => Err(None),
                Err(error) => Err(Some(error)),
            }
        };
        match self.sandboxes.cached.get_or_insert_async(&id, open).await {
            Ok(sandbox) => Ok(Some(sandbox)),
            Err(None) => Ok(None),
            Err(Some(error)) => Err(error.into()),
        }
    }

    /// Notes that a sandbox is used, where that is worth a write. A disk that takes none is no
    /// reason to refuse the request.
    pub(crate) async fn note_use(&self, sandbox: &OpenSandbox) {
        let wall = self.wall.now();
        let due = |stored: &Stored<Sandbox>| stored.value.noting_use(wall);
        if sandbox.with_stored(due).is_none() {
            return;
        }
        let _changing = sandbox.changing.lock().await;
        let Some(used) = sandbox.with_stored(due) else {
            return;
        };
        let version = sandbox.with_stored(|stored| stored.version);
        match self.store.commit(sandbox.change_to(used.clone())).await {
            Ok(()) => sandbox.remember(Stored { value: used, version: version.next() }),
            Err(error) => tracing::warn!(%error, "the use of a sandbox could not be noted"),
        }
    }

    /// The sandbox that keys with a name open; a new one where there is none.
    pub(crate) async fn open_by_name(
        &self,
        name: KeyHash,
        named_version: Option<&str>,
    ) -> Result<SandboxId, AppError> {
        if let Some(stored) = self.store.find_open_sandbox(name).await? {
            return Ok(stored.value.id);
        }
        let opened = Sandbox::opened(name, self.wall.now(), &mut **self.ids());
        let sandbox = Sandbox {
            api_version: named_version.map(str::to_owned),
            time_to_live: self.sandboxes.time_to_live,
            ..opened
        };
        let id = sandbox.id;
        let mut changeset = Changeset::new(id);
        changeset.insert(Record::Sandbox(sandbox));
        self.store.commit(changeset).await?;
        Ok(id)
    }

    /// Pins the first API version that is named in a sandbox.
    ///
    /// # Errors
    /// The store's.
    pub async fn pin_api_version(
        &self,
        sandbox: &OpenSandbox,
        version: &str,
    ) -> Result<(), StoreError> {
        if sandbox.has_api_version() {
            return Ok(());
        }
        let _changing = sandbox.changing.lock().await;
        if sandbox.has_api_version() {
            return Ok(());
        }
        let Stored { value: before, version: read_at } = sandbox.stored();
        let pinned = Sandbox { api_version: Some(version.to_owned()), ..before };
        self.store.commit(sandbox.change_to(pinned.clone())).await?;
        sandbox.remember(Stored { value: pinned, version: read_at.next() });
        Ok(())
    }
}
