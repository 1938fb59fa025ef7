//! Sandboxes: opened by their keys, each with its clock.

use std::sync::{Arc, PoisonError, RwLock};

use paydesk_domain::sandbox::{Sandbox, SandboxClock, SandboxId};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, RowVersion, SandboxKey, StoreError, Stored};
use quick_cache::sync::Cache;

use crate::app::App;
use crate::error::AppError;
use crate::idle::Activity;

/// Sandboxes kept at hand; the others are read again when they are used.
const CACHED_MAX: usize = 10_000;

/// Every sandbox that was used lately.
pub(crate) struct Sandboxes {
    open_to_all: bool,
    cached: Cache<SandboxKey, Arc<OpenSandbox>>,
}

/// A sandbox in use.
pub struct OpenSandbox {
    key: SandboxKey,
    id: SandboxId,
    stored: RwLock<Stored<Sandbox>>,
    /// Held while the sandbox's own record changes, so that changes of a clock don't overtake each
    /// other.
    pub(crate) changing: tokio::sync::Mutex<()>,
    pub(crate) activity: Activity,
}

impl Sandboxes {
    pub(crate) fn new(open_to_all: bool) -> Self {
        Self { open_to_all, cached: Cache::new(CACHED_MAX) }
    }
}

impl OpenSandbox {
    fn new(key: SandboxKey, stored: Stored<Sandbox>) -> Self {
        Self {
            key,
            id: stored.value.id,
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

    pub(crate) const fn key(&self) -> SandboxKey {
        self.key
    }

    fn has_api_version(&self) -> bool {
        self.stored.read().unwrap_or_else(PoisonError::into_inner).value.api_version.is_some()
    }

    pub(crate) fn stored(&self) -> Stored<Sandbox> {
        self.stored.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A changeset that writes the sandbox as `sandbox`.
    pub(crate) fn change_to(&self, sandbox: Sandbox) -> Changeset {
        let mut changeset = Changeset::new(self.id);
        let record = Record::Sandbox { key: self.key, sandbox };
        changeset.replace(record, self.stored().version);
        changeset
    }

    pub(crate) fn remember(&self, stored: Stored<Sandbox>) {
        *self.stored.write().unwrap_or_else(PoisonError::into_inner) = stored;
    }
}

impl App {
    /// The sandbox that a key opens. A key nobody used before opens a new one where sandboxes are
    /// open to all. The first API version that is named is pinned.
    ///
    /// # Errors
    /// [`AppError::NoSandbox`] when the key opens nothing, or the store's error.
    pub async fn open_sandbox(
        &self,
        key: SandboxKey,
        named_version: Option<&str>,
    ) -> Result<Arc<OpenSandbox>, AppError> {
        if !self.sandboxes.open_to_all {
            return Err(AppError::NoSandbox);
        }
        let sandbox = self
            .sandboxes
            .cached
            .get_or_insert_async(&key, self.find_or_create_sandbox(key, named_version))
            .await?;
        if let Some(version) = named_version
            && !sandbox.has_api_version()
        {
            self.pin_api_version(&sandbox, version).await?;
        }
        Ok(sandbox)
    }

    /// A sandbox by its name in the store.
    pub(crate) async fn sandbox_by_id(
        &self,
        id: SandboxId,
    ) -> Result<Option<Arc<OpenSandbox>>, AppError> {
        let Some((key, stored)) = self.store.find_sandbox_by_id(id).await? else {
            return Ok(None);
        };
        let open = async { Ok::<_, AppError>(Arc::new(OpenSandbox::new(key, stored))) };
        self.sandboxes.cached.get_or_insert_async(&key, open).await.map(Some)
    }

    async fn find_or_create_sandbox(
        &self,
        key: SandboxKey,
        named_version: Option<&str>,
    ) -> Result<Arc<OpenSandbox>, AppError> {
        if let Some(stored) = self.store.find_sandbox(key).await? {
            return Ok(Arc::new(OpenSandbox::new(key, stored)));
        }
        let sandbox = Sandbox {
            id: SandboxId(self.ids().next_ordinal().get()),
            created: self.wall.now(),
            clock: SandboxClock::REAL,
            api_version: named_version.map(str::to_owned),
        };
        let mut changeset = Changeset::new(sandbox.id);
        changeset.insert(Record::Sandbox { key, sandbox: sandbox.clone() });
        self.store.commit(changeset).await?;
        let stored = Stored { value: sandbox, version: RowVersion::FIRST };
        Ok(Arc::new(OpenSandbox::new(key, stored)))
    }

    async fn pin_api_version(
        &self,
        sandbox: &OpenSandbox,
        version: &str,
    ) -> Result<(), StoreError> {
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
