//! The store itself: what is opened together, closed together, and asked.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::{self, JoinHandle};

use async_trait::async_trait;
use paydesk_domain::api_key::{ApiKey, KeyHash};
use paydesk_domain::catalog::{Catalog, Price, Product};
use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::{Customer, DeletedCustomer};
use paydesk_domain::event::Event;
use paydesk_domain::id::{
    AccountId, ApiKeyId, CheckoutSessionId, CouponId, CustomerId, EventId, Ordinal, PriceId,
    ProductId, ShippingRateId, TaxRateId, WebhookEndpointId,
};
use paydesk_domain::sandbox::{Sandbox, SandboxId};
use paydesk_domain::search::SearchQuery;
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use paydesk_store::{
    Cart, CartQuery, CatalogQuery, Changeset, CheckoutSessionFilter, CouponFilter, CustomerFilter,
    DueTimer, EventFilter, Found, IdempotencyRecord, Page, PageRequest, Perishable, PriceFilter,
    ProductFilter, SandboxFilter, SearchRequest, ShippingRateFilter, Store, StoreError, Stored,
    TaxRateFilter,
};
use rusqlite::Connection;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::spawn_blocking;

use crate::batch::{Answer, Job, Task};
use crate::cache::RecordCache;
use crate::checkpoint::{Checkpointer, LogBounds};
use crate::connection::{Database, Durability, PAGE_BYTES};
use crate::encode;
use crate::open::{self, FileLock, OpenError};
use crate::readers::Readers;
use crate::writer::{Prepare, QUEUE_MAX, Writer};
use crate::{access, find, list, prune, timers};

/// Lists read at once. They may take long; more would only take processors from look-ups.
const LISTS_AT_ONCE: usize = 4;

/// Everything Paydesk keeps, in one SQLite file.
///
/// Dropping it writes what was committed and closes the file, as [`Self::close`] does.
#[derive(Debug)]
pub struct SqliteStore {
    /// None once it is closed.
    queue: RwLock<Option<mpsc::Sender<Job>>>,
    look_ups: Readers,
    cache: Arc<RecordCache>,
    lists: Arc<Readers>,
    list_permits: Arc<Semaphore>,
    /// The writer and the checkpointer, in the order in which they end.
    threads: Mutex<Vec<JoinHandle<()>>>,
    lock: Mutex<Option<FileLock>>,
}

/// What tests set otherwise.
pub(crate) struct Settings {
    pub(crate) durability: Durability,
    pub(crate) log_bounds: LogBounds,
    pub(crate) prepare_writer: Prepare,
}

impl Settings {
    pub(crate) fn new(durability: Durability) -> Self {
        Self { durability, log_bounds: LogBounds::DEFAULT, prepare_writer: Box::new(|_| Ok(())) }
    }
}

impl SqliteStore {
    /// Opens a file, which is made where there is none.
    ///
    /// # Errors
    /// [`OpenError`], one variant for each situation.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Self::open_with(path, Settings::new(Durability::Durable))
    }

    /// Opens a file beside the process that serves it, or without one, to write what that process
    /// keeps no copy of: accounts and keys. The file is made where there is none.
    ///
    /// # Errors
    /// [`OpenError`], one variant for each situation.
    pub fn open_beside(path: &Path) -> Result<Self, OpenError> {
        open::prepare_beside(path)?;
        let settings =
            Settings { log_bounds: LogBounds::LEFT_ALONE, ..Settings::new(Durability::Durable) };
        Self::open_prepared(path, settings, None)
    }

    /// The same store on a temporary file that has no name any more and goes with the process;
    /// nothing is flushed to disk.
    ///
    /// # Errors
    /// [`OpenError`], where there is no room for temporary files.
    pub fn in_memory() -> Result<Self, OpenError> {
        let folder = tempfile::tempdir().map_err(|error| OpenError::NotWritable {
            path: std::env::temp_dir(),
            reason: error.to_string(),
        })?;
        let path = folder.path().join("paydesk.db");
        // Every connection is opened and used before the folder goes, at the end of this function.
        Self::open_with(&path, Settings::new(Durability::Volatile))
    }

    /// Writes what waits, empties the write-ahead log, ends the threads and frees the file. What is
    /// asked of the store afterwards is answered with [`StoreError::Unavailable`].
    pub async fn close(self: &Arc<Self>) {
        let store = Arc::clone(self);
        // Only a panic of a thread ends in an error here; it was reported where it happened.
        let _ = spawn_blocking(move || store.shut()).await;
    }

    pub(crate) fn open_with(path: &Path, settings: Settings) -> Result<Self, OpenError> {
        let lock = FileLock::take(path)?;
        open::prepare(path)?;
        Self::open_prepared(path, settings, Some(lock))
    }

    fn open_prepared(
        path: &Path,
        settings: Settings,
        lock: Option<FileLock>,
    ) -> Result<Self, OpenError> {
        let database = Database {
            path: path.to_owned(),
            durability: settings.durability,
            log_bounds: settings.log_bounds,
        };
        let failed = |error| open::sqlite_error(path, &error);
        let not_started = |error: std::io::Error| OpenError::Other {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        let (sender, queue) = mpsc::channel(QUEUE_MAX);
        let look_ups_at_once = thread::available_parallelism().map_or(4, usize::from).max(2);
        let look_ups = Readers::open(&database, look_ups_at_once).map_err(failed)?;
        let lists = Readers::open(&database, LISTS_AT_ONCE).map_err(failed)?;
        let (keeper, checkpointer) = Checkpointer::open(&database)
            .map_err(failed)?
            .start(settings.log_bounds)
            .map_err(not_started)?;
        let cache = Arc::new(RecordCache::new());
        let prepare = settings.prepare_writer;
        let writer = Writer::open(database, queue, keeper, Arc::clone(&cache), prepare)
            .map_err(failed)?
            .start()
            .map_err(not_started)?;
        Ok(Self {
            queue: RwLock::new(Some(sender)),
            look_ups,
            cache,
            lists: Arc::new(lists),
            list_permits: Arc::new(Semaphore::new(LISTS_AT_ONCE)),
            threads: Mutex::new(vec![writer, checkpointer]),
            lock: Mutex::new(lock),
        })
    }

    /// Gives a little of the room of what was deleted back to the file system, where much of the
    /// file is free and nobody else waits to be written; returns how many bytes.
    ///
    /// # Errors
    /// As of [`Store::commit`].
    pub async fn reclaim_space(&self) -> Result<u64, StoreError> {
        let pages = self.write(Task::Reclaim).await?.0?;
        Ok(u64::try_from(pages).unwrap_or(u64::MAX).saturating_mul(PAGE_BYTES.into()))
    }

    /// Queues a task and waits until it is on disk.
    async fn write(&self, task: Task) -> Result<Answer, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.enqueue(Job { task, answer })?;
        answered.await.map_err(|_| {
            StoreError::Unavailable("the writer stopped before it answered".to_owned())
        })
    }

    fn enqueue(&self, job: Job) -> Result<(), StoreError> {
        let queue = self.queue.read().unwrap_or_else(PoisonError::into_inner);
        let closed = || StoreError::Unavailable("the store is closed".to_owned());
        let sender = queue.as_ref().ok_or_else(closed)?;
        sender.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => closed(),
        })
    }

    /// Answers a question that may take long, away from the threads that serve requests.
    async fn scan<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let closed = |_| StoreError::Unavailable("the store is closed".to_owned());
        let permits = Arc::clone(&self.list_permits);
        let permit = permits.acquire_owned().await.map_err(closed)?;
        let lists = Arc::clone(&self.lists);
        let answer = spawn_blocking(move || {
            let _permit = permit;
            lists.read_once(question)
        });
        answer.await.unwrap_or_else(|error| Err(StoreError::Unavailable(error.to_string())))
    }

    fn shut(&self) {
        drop(self.queue.write().unwrap_or_else(PoisonError::into_inner).take());
        self.look_ups.close();
        self.lists.close();
        self.list_permits.close();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
        drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.shut();
    }
}

/// Look-ups are answered on the thread that asks: they take some ten microseconds from cached
/// pages, less than handing them to another thread and back. Lists and scans go to other threads.
#[async_trait]
impl Store for SqliteStore {
    async fn commit(&self, changeset: Changeset) -> Result<(), StoreError> {
        if changeset.is_empty() {
            return Ok(());
        }
        let encoded = encode::encode(changeset)?;
        self.write(Task::Commit(Box::new(encoded))).await?.0.map(drop)
    }

    async fn find_sandbox(&self, id: SandboxId) -> Result<Option<Stored<Sandbox>>, StoreError> {
        self.look_ups.read_once(|connection| access::sandbox(connection, id))
    }

    async fn find_open_sandbox(
        &self,
        name: KeyHash,
    ) -> Result<Option<Stored<Sandbox>>, StoreError> {
        self.look_ups.read_once(|connection| access::open_sandbox(connection, name))
    }

    async fn find_account(
        &self,
        account: &AccountId,
        livemode: bool,
    ) -> Result<Option<Stored<Sandbox>>, StoreError> {
        self.look_ups.read_once(|connection| access::account(connection, account, livemode))
    }

    async fn find_own_account(&self) -> Result<Option<Stored<Sandbox>>, StoreError> {
        self.look_ups.read_once(access::own_account)
    }

    async fn list_sandboxes(
        &self,
        filter: &SandboxFilter,
        page: PageRequest,
    ) -> Result<Page<Stored<Sandbox>>, StoreError> {
        let filter = filter.clone();
        self.scan(move |connection| access::sandboxes(connection, &filter, page)).await
    }

    async fn find_api_key(&self, hash: KeyHash) -> Result<Option<Stored<ApiKey>>, StoreError> {
        self.look_ups.read_once(|connection| access::api_key(connection, hash))
    }

    async fn find_api_key_by_id(
        &self,
        id: &ApiKeyId,
    ) -> Result<Option<Stored<ApiKey>>, StoreError> {
        self.look_ups.read_once(|connection| access::api_key_by_id(connection, id))
    }

    async fn list_api_keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        self.scan(access::api_keys).await
    }

    async fn has_object(&self, sandbox: SandboxId, id: &str) -> Result<bool, StoreError> {
        self.look_ups.read(|connection| find::has_object(connection, sandbox, id))
    }

    async fn find_idempotency(
        &self,
        sandbox: SandboxId,
        key: &str,
    ) -> Result<Option<IdempotencyRecord>, StoreError> {
        self.look_ups.read_once(|connection| find::idempotency(connection, sandbox, key))
    }

    async fn find_product(
        &self,
        sandbox: SandboxId,
        id: &ProductId,
    ) -> Result<Option<Stored<Product>>, StoreError> {
        self.look_ups.read_once(|connection| find::product(connection, sandbox, id))
    }

    async fn find_price(
        &self,
        sandbox: SandboxId,
        id: &PriceId,
    ) -> Result<Option<Stored<Price>>, StoreError> {
        self.look_ups.read_once(|connection| find::price(connection, sandbox, id))
    }

    async fn find_price_by_lookup_key(
        &self,
        sandbox: SandboxId,
        lookup_key: &str,
    ) -> Result<Option<Stored<Price>>, StoreError> {
        self.look_ups
            .read_once(|connection| find::price_by_lookup_key(connection, sandbox, lookup_key))
    }

    async fn find_coupon(
        &self,
        sandbox: SandboxId,
        id: &CouponId,
    ) -> Result<Option<Stored<Coupon>>, StoreError> {
        self.look_ups.read_once(|connection| find::coupon(connection, sandbox, id))
    }

    async fn find_shipping_rate(
        &self,
        sandbox: SandboxId,
        id: &ShippingRateId,
    ) -> Result<Option<Stored<ShippingRate>>, StoreError> {
        self.look_ups.read_once(|connection| find::shipping_rate(connection, sandbox, id))
    }

    async fn find_tax_rate(
        &self,
        sandbox: SandboxId,
        id: &TaxRateId,
    ) -> Result<Option<Stored<TaxRate>>, StoreError> {
        self.look_ups.read_once(|connection| find::tax_rate(connection, sandbox, id))
    }

    async fn find_webhook_endpoint(
        &self,
        sandbox: SandboxId,
        id: &WebhookEndpointId,
    ) -> Result<Option<Stored<WebhookEndpoint>>, StoreError> {
        self.look_ups.read_once(|connection| find::webhook_endpoint(connection, sandbox, id))
    }

    async fn find_customer(
        &self,
        sandbox: SandboxId,
        id: &CustomerId,
    ) -> Result<Option<Stored<Customer>>, StoreError> {
        self.look_ups.read_once(|connection| find::customer(connection, sandbox, id))
    }

    async fn find_deleted_customer(
        &self,
        sandbox: SandboxId,
        id: &CustomerId,
    ) -> Result<Option<DeletedCustomer>, StoreError> {
        self.look_ups.read_once(|connection| find::deleted_customer(connection, sandbox, id))
    }

    async fn find_event(
        &self,
        sandbox: SandboxId,
        id: &EventId,
    ) -> Result<Option<Event>, StoreError> {
        self.look_ups.read_once(|connection| find::event(connection, sandbox, id))
    }

    async fn load_catalog(
        &self,
        sandbox: SandboxId,
        query: &CatalogQuery,
    ) -> Result<Catalog, StoreError> {
        if let Some(catalog) = self.cache.catalog(sandbox, query) {
            return Ok(catalog);
        }
        let epoch = self.cache.catalog_epoch();
        let catalog = self.look_ups.read(|connection| find::catalog(connection, sandbox, query))?;
        self.cache.keep_catalog(epoch, sandbox, &catalog);
        Ok(catalog)
    }

    async fn load_cart(
        &self,
        sandbox: SandboxId,
        session: &CheckoutSessionId,
        query: &CartQuery,
    ) -> Result<Option<Cart>, StoreError> {
        if let Some(cart) = self.cache.cart(sandbox, session, query) {
            return Ok(Some(cart));
        }
        if *query == CartQuery::default() {
            return self
                .look_ups
                .read_once(|connection| find::session(connection, sandbox, session));
        }
        let epoch = self.cache.catalog_epoch();
        let cart =
            self.look_ups.read(|connection| find::cart(connection, sandbox, session, query))?;
        if let Some(cart) = &cart {
            self.cache.keep_catalog(epoch, sandbox, &cart.catalog);
        }
        Ok(cart)
    }

    async fn list_products(
        &self,
        sandbox: SandboxId,
        filter: &ProductFilter,
        page: PageRequest,
    ) -> Result<Page<Product>, StoreError> {
        let filter = filter.clone();
        self.scan(move |connection| list::products(connection, sandbox, &filter, page)).await
    }

    async fn list_prices(
        &self,
        sandbox: SandboxId,
        filter: &PriceFilter,
        page: PageRequest,
    ) -> Result<Page<Price>, StoreError> {
        let filter = filter.clone();
        self.scan(move |connection| list::prices(connection, sandbox, &filter, page)).await
    }

    async fn search_products(
        &self,
        sandbox: SandboxId,
        query: &SearchQuery<Product>,
        request: SearchRequest,
    ) -> Result<Found<Product>, StoreError> {
        let query = query.clone();
        self.scan(move |connection| list::found_products(connection, sandbox, &query, request))
            .await
    }

    async fn search_prices(
        &self,
        sandbox: SandboxId,
        query: &SearchQuery<Price>,
        request: SearchRequest,
    ) -> Result<Found<Price>, StoreError> {
        let query = query.clone();
        self.scan(move |connection| list::found_prices(connection, sandbox, &query, request)).await
    }

    async fn search_customers(
        &self,
        sandbox: SandboxId,
        query: &SearchQuery<Customer>,
        request: SearchRequest,
    ) -> Result<Found<Customer>, StoreError> {
        let query = query.clone();
        self.scan(move |connection| list::found_customers(connection, sandbox, &query, request))
            .await
    }

    async fn list_coupons(
        &self,
        sandbox: SandboxId,
        filter: &CouponFilter,
        page: PageRequest,
    ) -> Result<Page<Coupon>, StoreError> {
        let filter = *filter;
        self.scan(move |connection| list::coupons(connection, sandbox, &filter, page)).await
    }

    async fn list_shipping_rates(
        &self,
        sandbox: SandboxId,
        filter: &ShippingRateFilter,
        page: PageRequest,
    ) -> Result<Page<ShippingRate>, StoreError> {
        let filter = *filter;
        self.scan(move |connection| list::shipping_rates(connection, sandbox, &filter, page)).await
    }

    async fn list_tax_rates(
        &self,
        sandbox: SandboxId,
        filter: &TaxRateFilter,
        page: PageRequest,
    ) -> Result<Page<TaxRate>, StoreError> {
        let filter = *filter;
        self.scan(move |connection| list::tax_rates(connection, sandbox, &filter, page)).await
    }

    async fn list_webhook_endpoints(
        &self,
        sandbox: SandboxId,
        page: PageRequest,
    ) -> Result<Page<WebhookEndpoint>, StoreError> {
        self.scan(move |connection| list::webhook_endpoints(connection, sandbox, page)).await
    }

    async fn list_checkout_sessions(
        &self,
        sandbox: SandboxId,
        filter: &CheckoutSessionFilter,
        page: PageRequest,
    ) -> Result<Page<CheckoutSession>, StoreError> {
        let filter = filter.clone();
        self.scan(move |connection| list::checkout_sessions(connection, sandbox, &filter, page))
            .await
    }

    async fn list_customers(
        &self,
        sandbox: SandboxId,
        filter: &CustomerFilter,
        page: PageRequest,
    ) -> Result<Page<Customer>, StoreError> {
        let filter = filter.clone();
        self.scan(move |connection| list::customers(connection, sandbox, &filter, page)).await
    }

    async fn list_events(
        &self,
        sandbox: SandboxId,
        filter: &EventFilter,
        page: PageRequest,
    ) -> Result<Page<Event>, StoreError> {
        let filter = filter.clone();
        self.scan(move |connection| list::events(connection, sandbox, &filter, page)).await
    }

    async fn due_timers(&self, wall: Timestamp, limit: usize) -> Result<Vec<DueTimer>, StoreError> {
        self.scan(move |connection| timers::due(connection, wall, limit)).await
    }

    async fn due_timers_of(
        &self,
        sandbox: SandboxId,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DueTimer>, StoreError> {
        self.scan(move |connection| timers::due_of(connection, sandbox, now, limit)).await
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.look_ups.read_once(timers::next_due)
    }

    async fn prune(
        &self,
        what: Perishable,
        before: Timestamp,
        limit: usize,
    ) -> Result<usize, StoreError> {
        let prune = self.scan(move |connection| prune::plan(connection, what, before, limit));
        self.write(Task::Prune(prune.await?)).await?.0
    }

    async fn last_ordinal(&self) -> Result<Option<Ordinal>, StoreError> {
        self.look_ups.read_once(find::last_ordinal)
    }
}
