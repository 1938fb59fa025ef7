//! The server under test.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use paydesk_app::{App, MadeApiKey, NewApiKey, Retention, Settings, WallClock};
use paydesk_domain::id::{ApiKeyId, Ordinal};
use paydesk_domain::tax_table::TaxTable;
use paydesk_domain::time::Timestamp;
use paydesk_http::{Api, Entrance, HttpState};
use paydesk_store::Store;
use paydesk_store_sqlite::SqliteStore;
use paydesk_wire::objects::PublicUrl;
use paydesk_wire::versions::ApiVersion;

use crate::client::Client;
use crate::clock::MockClock;
use crate::controlled_store::ControlledStore;
use crate::ids::SeededIds;

/// Where the server says it is reached.
const PUBLIC_URL: &str = "https://pay.example";

/// A server in this process, on its own empty store. Background work is done only when a test says
/// so. It is also the client of one shop, whose requests carry its secret key.
pub struct TestApp {
    app: Arc<App>,
    store: Arc<dyn Store>,
    clock: Arc<MockClock>,
    client: Client,
}

impl TestApp {
    /// A server whose sandboxes are open to every key.
    #[must_use]
    pub fn new() -> Self {
        Self::start(empty_store(), Arc::default(), None, true)
    }

    /// A server that keeps things for other times, with ids that follow the clock as it is now:
    /// they tell the age of what has no other.
    #[must_use]
    pub fn keeping(retention: Retention) -> Self {
        let clock = Arc::<MockClock>::default();
        let milliseconds = u64::try_from(clock.seconds()).expect("it is past 1970") * 1000;
        let last = Ordinal::first_of_millisecond(milliseconds);
        let store = empty_store();
        let settings = settings(&store, &clock, Some(last), true);
        Self::of(store, clock, Settings { retention, ..settings })
    }

    /// A server whose operator said what is collected where.
    #[must_use]
    pub fn with_tax_table(table: TaxTable) -> Self {
        let (store, clock) = (empty_store(), Arc::default());
        let settings = settings(&store, &clock, None, true);
        Self::of(store, clock, Settings { tax_table: Some(Arc::new(table)), ..settings })
    }

    /// A server whose sandboxes are closed.
    #[must_use]
    pub fn with_closed_sandboxes() -> Self {
        Self::start(empty_store(), Arc::default(), None, false)
    }

    /// A server whose commits a test can hold back and fail.
    #[must_use]
    pub fn with_controlled_store() -> (Self, Arc<ControlledStore>) {
        let store = Arc::new(ControlledStore::over(empty_store()));
        let over = Arc::clone(&store) as Arc<dyn Store>;
        (Self::start(over, Arc::default(), None, true), store)
    }

    /// The same server for requests that must be answered within a time.
    #[must_use]
    pub fn answering_within(self, within: Duration) -> Self {
        let entrance = Entrance { request_within: Some(within), ..Entrance::default() };
        let client = client(&self.app, entrance);
        Self { client, ..self }
    }

    /// The server stopped and started again: what is stored and the tax table are still there,
    /// everything else is gone.
    pub async fn restarted(self) -> Self {
        let last = self.store.last_ordinal().await.expect(STORE_WORKS);
        let settings = settings(&self.store, &self.clock, last, true);
        let tax_table = self.app.tax_table().cloned();
        Self::of(self.store, self.clock, Settings { tax_table, ..settings })
    }

    /// Another server that shares the store and nothing else.
    #[must_use]
    pub fn beside(&self) -> Self {
        // Far behind, so that neither gives an ordinal of the other's.
        let last = Some(Ordinal::new(1 << 40));
        Self::start(Arc::clone(&self.store), Arc::clone(&self.clock), last, false)
    }

    /// Makes an API key.
    pub async fn create_key(&self, new: NewApiKey) -> MadeApiKey {
        self.app.create_api_key(new).await.expect(STORE_WORKS)
    }

    /// Revokes an API key.
    pub async fn revoke_key(&self, id: &ApiKeyId) {
        self.app.revoke_api_key(id).await.expect(STORE_WORKS);
    }

    /// The wall clock.
    #[must_use]
    pub fn clock(&self) -> &MockClock {
        &self.clock
    }

    /// Does everything that is due by the wall clock; returns how much that was.
    pub async fn run_due(&self) -> usize {
        let mut done = 0;
        loop {
            match self.app.run_due().await.expect(STORE_WORKS) {
                0 => return done,
                batch => done += batch,
            }
        }
    }

    /// Closes every sandbox whose time is over; returns how many.
    pub async fn close_expired_sandboxes(&self) -> usize {
        self.app.close_expired_sandboxes().await.expect(STORE_WORKS)
    }

    /// Forgets everything that is old enough; returns how much that was.
    pub async fn prune(&self) -> usize {
        let mut forgotten = 0;
        loop {
            match self.app.prune().await.expect(STORE_WORKS) {
                0 => return forgotten,
                batch => forgotten += batch,
            }
        }
    }

    /// When something is due next by the wall clock, as Unix time.
    pub async fn next_due(&self) -> Option<i64> {
        let due = self.app.next_due().await.expect(STORE_WORKS);
        due.map(Timestamp::as_seconds)
    }

    fn start(
        store: Arc<dyn Store>,
        clock: Arc<MockClock>,
        last: Option<Ordinal>,
        open_sandboxes: bool,
    ) -> Self {
        let settings = settings(&store, &clock, last, open_sandboxes);
        Self::of(store, clock, settings)
    }

    fn of(store: Arc<dyn Store>, clock: Arc<MockClock>, settings: Settings) -> Self {
        let app = Arc::new(App::new(settings));
        let client = client(&app, Entrance::default());
        Self { app, store, clock, client }
    }
}

/// What a server is built with, where a test does not say otherwise.
fn settings(
    store: &Arc<dyn Store>,
    clock: &Arc<MockClock>,
    last: Option<Ordinal>,
    open_sandboxes: bool,
) -> Settings {
    Settings {
        store: Arc::clone(store),
        wall: Arc::clone(clock) as Arc<dyn WallClock>,
        ids: Box::new(SeededIds::after(last)),
        open_sandboxes,
        default_api_version: ApiVersion::NEWEST,
        requests_kept: 100,
        // Seeded ids don't follow the clock, so what has no other age is kept.
        retention: Retention { events: None, ..Retention::default() },
        sandbox_time_to_live: None,
        tax_table: None,
    }
}

/// A client of an application, by HTTP.
fn client(app: &Arc<App>, entrance: Entrance) -> Client {
    Client::of(Api::new(HttpState {
        app: Arc::clone(app),
        public_url: Arc::new(PublicUrl::new(PUBLIC_URL)),
        entrance: Arc::new(entrance),
    }))
}

impl Default for TestApp {
    fn default() -> Self {
        Self::new()
    }
}

/// Most tests have one shop; its requests are made on the server itself.
impl Deref for TestApp {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

const STORE_WORKS: &str = "the store of a test answers";

fn empty_store() -> Arc<dyn Store> {
    Arc::new(SqliteStore::in_memory().expect("there is room for a temporary file"))
}
