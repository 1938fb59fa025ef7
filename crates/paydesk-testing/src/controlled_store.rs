//! A store whose commits a test holds back or fails.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use paydesk_domain::api_key::{ApiKey, KeyHash};
use paydesk_domain::catalog::{Catalog, Price, Product};
use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::{Customer, DeletedCustomer};
use paydesk_domain::event::Event;
use paydesk_domain::id::{
    AccountId, ApiKeyId, CheckoutSessionId, CouponId, CustomerId, EventId, Ordinal, PriceId,
    ProductId, PromotionCodeId, ShippingRateId, TaxRateId, WebhookEndpointId,
};
use paydesk_domain::promotion_code::{Code, PromotionCode};
use paydesk_domain::sandbox::{Sandbox, SandboxId};
use paydesk_domain::search::SearchQuery;
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use paydesk_store::{
    Cart, CartQuery, CatalogQuery, Changeset, CheckoutSessionFilter, CouponFilter, CustomerFilter,
    DueTimer, EventFilter, Found, IdempotencyRecord, Page, PageRequest, Perishable, PriceFilter,
    ProductFilter, PromotionCodeFilter, SandboxFilter, SearchRequest, ShippingRateFilter, Store,
    StoreError, Stored, TaxRateFilter,
};
use tokio::sync::{Semaphore, watch};

/// What happens to a commit instead of being written.
type Failure = Box<dyn FnMut() -> Option<StoreError> + Send>;

/// A store whose commits a test holds back or fails; everything else is the store's inside.
pub struct ControlledStore {
    inner: Arc<dyn Store>,
    held: watch::Sender<bool>,
    arrived: Semaphore,
    failure: Mutex<Option<Failure>>,
}

impl ControlledStore {
    /// A store around another; commits pass until the test says otherwise.
    #[must_use]
    pub fn over(inner: Arc<dyn Store>) -> Self {
        Self {
            inner,
            held: watch::Sender::new(false),
            arrived: Semaphore::new(0),
            failure: Mutex::new(None),
        }
    }

    /// Holds commits back from now on.
    pub fn hold(&self) {
        self.held.send_replace(true);
    }

    /// Returns when a commit is held back; each commit counts once.
    pub async fn holds_one(&self) {
        let arrived = self.arrived.acquire().await;
        arrived.expect("the semaphore is never closed").forget();
    }

    /// Lets commits pass again, those held back first.
    pub fn release(&self) {
        self.held.send_replace(false);
    }

    /// Fails commits with what `failure` says; they are written where it says nothing.
    pub fn fail_commits(&self, failure: impl FnMut() -> Option<StoreError> + Send + 'static) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(failure));
    }

    fn failure(&self) -> Option<StoreError> {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.as_mut().and_then(|failure| failure())
    }
}

impl fmt::Debug for ControlledStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ControlledStore")
            .field("held", &*self.held.borrow())
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Store for ControlledStore {
    async fn commit(&self, changeset: Changeset) -> Result<(), StoreError> {
        let mut held = self.held.subscribe();
        if *held.borrow_and_update() {
            self.arrived.add_permits(1);
            let released = held.wait_for(|held| !held).await;
            released.expect("the store that sends outlives its commits");
        }
        match self.failure() {
            Some(error) => Err(error),
            None => self.inner.commit(changeset).await,
        }
    }

    async fn find_sandbox(&self, id: SandboxId) -> Result<Option<Stored<Sandbox>>, StoreError> {
        self.inner.find_sandbox(id).await
    }

    async fn find_open_sandbox(
        &self,
        name: KeyHash,
    ) -> Result<Option<Stored<Sandbox>>, StoreError> {
        self.inner.find_open_sandbox(name).await
    }

    async fn find_account(
        &self,
        account: &AccountId,
        livemode: bool,
    ) -> Result<Option<Stored<Sandbox>>, StoreError> {
        self.inner.find_account(account, livemode).await
    }

    async fn find_own_account(&self) -> Result<Option<Stored<Sandbox>>, StoreError> {
        self.inner.find_own_account().await
    }

    async fn list_sandboxes(
        &self,
        filter: &SandboxFilter,
        page: PageRequest,
    ) -> Result<Page<Stored<Sandbox>>, StoreError> {
        self.inner.list_sandboxes(filter, page).await
    }

    async fn find_api_key(&self, hash: KeyHash) -> Result<Option<Stored<ApiKey>>, StoreError> {
        self.inner.find_api_key(hash).await
    }

    async fn find_api_key_by_id(
        &self,
        id: &ApiKeyId,
    ) -> Result<Option<Stored<ApiKey>>, StoreError> {
        self.inner.find_api_key_by_id(id).await
    }

    async fn list_api_keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        self.inner.list_api_keys().await
    }

    async fn has_object(&self, sandbox: SandboxId, id: &str) -> Result<bool, StoreError> {
        self.inner.has_object(sandbox, id).await
    }

    async fn find_idempotency(
        &self,
        sandbox: SandboxId,
        key: &str,
    ) -> Result<Option<IdempotencyRecord>, StoreError> {
        self.inner.find_idempotency(sandbox, key).await
    }

    async fn find_product(
        &self,
        sandbox: SandboxId,
        id: &ProductId,
    ) -> Result<Option<Stored<Product>>, StoreError> {
        self.inner.find_product(sandbox, id).await
    }

    async fn find_price(
        &self,
        sandbox: SandboxId,
        id: &PriceId,
    ) -> Result<Option<Stored<Price>>, StoreError> {
        self.inner.find_price(sandbox, id).await
    }

    async fn find_price_by_lookup_key(
        &self,
        sandbox: SandboxId,
        lookup_key: &str,
    ) -> Result<Option<Stored<Price>>, StoreError> {
        self.inner.find_price_by_lookup_key(sandbox, lookup_key).await
    }

    async fn find_coupon(
        &self,
        sandbox: SandboxId,
        id: &CouponId,
    ) -> Result<Option<Stored<Coupon>>, StoreError> {
        self.inner.find_coupon(sandbox, id).await
    }

    async fn find_shipping_rate(
        &self,
        sandbox: SandboxId,
        id: &ShippingRateId,
    ) -> Result<Option<Stored<ShippingRate>>, StoreError> {
        self.inner.find_shipping_rate(sandbox, id).await
    }

    async fn find_tax_rate(
        &self,
        sandbox: SandboxId,
        id: &TaxRateId,
    ) -> Result<Option<Stored<TaxRate>>, StoreError> {
        self.inner.find_tax_rate(sandbox, id).await
    }
    async fn find_deleted_coupon(
        &self,
        sandbox: SandboxId,
        ordinal: Ordinal,
    ) -> Result<Option<Coupon>, StoreError> {
        self.inner.find_deleted_coupon(sandbox, ordinal).await
    }

    async fn find_promotion_code(
        &self,
        sandbox: SandboxId,
        id: &PromotionCodeId,
    ) -> Result<Option<Stored<PromotionCode>>, StoreError> {
        self.inner.find_promotion_code(sandbox, id).await
    }

    async fn find_rival_promotion_code(
        &self,
        sandbox: SandboxId,
        code: &Code,
        customer: Option<&CustomerId>,
        now: Timestamp,
    ) -> Result<Option<PromotionCodeId>, StoreError> {
        self.inner.find_rival_promotion_code(sandbox, code, customer, now).await
    }

    async fn find_webhook_endpoint(
        &self,
        sandbox: SandboxId,
        id: &WebhookEndpointId,
    ) -> Result<Option<Stored<WebhookEndpoint>>, StoreError> {
        self.inner.find_webhook_endpoint(sandbox, id).await
    }

    async fn find_customer(
        &self,
        sandbox: SandboxId,
        id: &CustomerId,
    ) -> Result<Option<Stored<Customer>>, StoreError> {
        self.inner.find_customer(sandbox, id).await
    }

    async fn find_deleted_customer(
        &self,
        sandbox: SandboxId,
        id: &CustomerId,
    ) -> Result<Option<DeletedCustomer>, StoreError> {
        self.inner.find_deleted_customer(sandbox, id).await
    }

    async fn find_event(
        &self,
        sandbox: SandboxId,
        id: &EventId,
    ) -> Result<Option<Event>, StoreError> {
        self.inner.find_event(sandbox, id).await
    }

    async fn load_catalog(
        &self,
        sandbox: SandboxId,
        query: &CatalogQuery,
    ) -> Result<Catalog, StoreError> {
        self.inner.load_catalog(sandbox, query).await
    }

    async fn load_cart(
        &self,
        sandbox: SandboxId,
        session: &CheckoutSessionId,
        query: &CartQuery,
    ) -> Result<Option<Cart>, StoreError> {
        self.inner.load_cart(sandbox, session, query).await
    }

    async fn list_products(
        &self,
        sandbox: SandboxId,
        filter: &ProductFilter,
        page: PageRequest,
    ) -> Result<Page<Product>, StoreError> {
        self.inner.list_products(sandbox, filter, page).await
    }

    async fn list_prices(
        &self,
        sandbox: SandboxId,
        filter: &PriceFilter,
        page: PageRequest,
    ) -> Result<Page<Price>, StoreError> {
        self.inner.list_prices(sandbox, filter, page).await
    }

    async fn search_products(
        &self,
        sandbox: SandboxId,
        query: &SearchQuery<Product>,
        request: SearchRequest,
    ) -> Result<Found<Product>, StoreError> {
        self.inner.search_products(sandbox, query, request).await
    }

    async fn search_prices(
        &self,
        sandbox: SandboxId,
        query: &SearchQuery<Price>,
        request: SearchRequest,
    ) -> Result<Found<Price>, StoreError> {
        self.inner.search_prices(sandbox, query, request).await
    }

    async fn search_customers(
        &self,
        sandbox: SandboxId,
        query: &SearchQuery<Customer>,
        request: SearchRequest,
    ) -> Result<Found<Customer>, StoreError> {
        self.inner.search_customers(sandbox, query, request).await
    }

    async fn list_coupons(
        &self,
        sandbox: SandboxId,
        filter: &CouponFilter,
        page: PageRequest,
    ) -> Result<Page<Coupon>, StoreError> {
        self.inner.list_coupons(sandbox, filter, page).await
    }

    async fn list_shipping_rates(
        &self,
        sandbox: SandboxId,
        filter: &ShippingRateFilter,
        page: PageRequest,
    ) -> Result<Page<ShippingRate>, StoreError> {
        self.inner.list_shipping_rates(sandbox, filter, page).await
    }

    async fn list_tax_rates(
        &self,
        sandbox: SandboxId,
        filter: &TaxRateFilter,
        page: PageRequest,
    ) -> Result<Page<TaxRate>, StoreError> {
        self.inner.list_tax_rates(sandbox, filter, page).await
    }
    async fn list_promotion_codes(
        &self,
        sandbox: SandboxId,
        filter: &PromotionCodeFilter,
        page: PageRequest,
    ) -> Result<Page<PromotionCode>, StoreError> {
        self.inner.list_promotion_codes(sandbox, filter, page).await
    }

    async fn list_webhook_endpoints(
        &self,
        sandbox: SandboxId,
        page: PageRequest,
    ) -> Result<Page<WebhookEndpoint>, StoreError> {
        self.inner.list_webhook_endpoints(sandbox, page).await
    }

    async fn list_checkout_sessions(
        &self,
        sandbox: SandboxId,
        filter: &CheckoutSessionFilter,
        page: PageRequest,
    ) -> Result<Page<CheckoutSession>, StoreError> {
        self.inner.list_checkout_sessions(sandbox, filter, page).await
    }

    async fn list_customers(
        &self,
        sandbox: SandboxId,
        filter: &CustomerFilter,
        page: PageRequest,
    ) -> Result<Page<Customer>, StoreError> {
        self.inner.list_customers(sandbox, filter, page).await
    }

    async fn list_events(
        &self,
        sandbox: SandboxId,
        filter: &EventFilter,
        page: PageRequest,
    ) -> Result<Page<Event>, StoreError> {
        self.inner.list_events(sandbox, filter, page).await
    }

    async fn due_timers(&self, wall: Timestamp, limit: usize) -> Result<Vec<DueTimer>, StoreError> {
        self.inner.due_timers(wall, limit).await
    }

    async fn due_timers_of(
        &self,
        sandbox: SandboxId,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DueTimer>, StoreError> {
        self.inner.due_timers_of(sandbox, now, limit).await
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.inner.next_due().await
    }

    async fn prune(
        &self,
        what: Perishable,
        before: Timestamp,
        limit: usize,
    ) -> Result<usize, StoreError> {
        self.inner.prune(what, before, limit).await
    }

    async fn last_ordinal(&self) -> Result<Option<Ordinal>, StoreError> {
        self.inner.last_ordinal().await
    }
}
