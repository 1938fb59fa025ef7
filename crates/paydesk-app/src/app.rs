//! The application: a store, a clock, a source of ids, and what is going on right now.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use paydesk_domain::id::IdSource;
use paydesk_domain::tax_table::TaxTable;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Store, StoreError};
use tokio::sync::Notify;

use crate::access::Keyring;
use crate::in_flight::InFlight;
use crate::requests::RequestLog;
use crate::retention::Retention;
use crate::sandboxes::Sandboxes;
use crate::session_queue::SessionQueue;

/// The wall clock. The binary's reads the machine's; a test's stands still until it is moved.
pub trait WallClock: Send + Sync {
    /// The present.
    fn now(&self) -> Timestamp;
}

/// What the application is built with.
pub struct Settings {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub wall: Arc<dyn WallClock>,
    /// Where ids and secrets come from.
    pub ids: Box<dyn IdSource>,
    /// Whether a key that nobody made opens a sandbox of its own.
    pub open_sandboxes: bool,
    /// The API version of events in sandboxes that have none pinned.
    pub default_api_version: &'static str,
    /// How long a sandbox that a key opens by its name is kept unused, in seconds; none for ever.
    pub sandbox_time_to_live: Option<i64>,
    /// How many of its last requests are remembered for each sandbox.
    pub requests_kept: usize,
    /// How long what is not kept for ever is kept.
    pub retention: Retention,
    /// What automatic tax collects where; nothing anywhere where there is no table.
    pub tax_table: Option<Arc<TaxTable>>,
}

/// The application.
pub struct App {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) wall: Arc<dyn WallClock>,
    pub(crate) keyring: Keyring,
    pub(crate) sandboxes: Sandboxes,
    pub(crate) in_flight: InFlight,
    pub(crate) session_queue: SessionQueue,
    pub(crate) requests: RequestLog,
    pub(crate) default_api_version: &'static str,
    pub(crate) retention: Retention,
    pub(crate) clocks_changed: Notify,
    ids: Mutex<Box<dyn IdSource>>,
    tax_table: Option<Arc<TaxTable>>,
}

impl App {
    /// An application over a store.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            store: settings.store,
            wall: settings.wall,
            keyring: Keyring::new(),
            sandboxes: Sandboxes::new(settings.open_sandboxes, settings.sandbox_time_to_live),
            in_flight: InFlight::default(),
            session_queue: SessionQueue::default(),
            requests: RequestLog::new(settings.requests_kept),
            default_api_version: settings.default_api_version,
            retention: settings.retention,
            clocks_changed: Notify::new(),
            ids: Mutex::new(settings.ids),
            tax_table: settings.tax_table,
        }
    }

    /// Whether a key that nobody made opens a sandbox by its name.
    #[must_use]
    pub const fn has_open_sandboxes(&self) -> bool {
        self.sandboxes.are_open_to_all()
    }

    /// The wall clock's present.
    #[must_use]
    pub fn wall_now(&self) -> Timestamp {
        self.wall.now()
    }

    /// The source of ids, held for one decision.
    pub fn ids(&self) -> MutexGuard<'_, Box<dyn IdSource>> {
        // A decision that panicked has at most wasted an id.
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What automatic tax collects where, if the operator said so. It never changes while the
    /// server runs.
    #[must_use]
    pub const fn tax_table(&self) -> Option<&Arc<TaxTable>> {
        self.tax_table.as_ref()
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn check_ready(&self) -> Result<(), StoreError> {
        self.store.next_due().await.map(|_| ())
    }
}
