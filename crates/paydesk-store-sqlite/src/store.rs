//! What is asked of the store, and where each question is answered.

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

use crate::batch::Task;
use crate::encode;
use crate::opened::SqliteStore;
use crate::readers::unavailable;
use crate::{access, find, list, promotion_codes, prune, timers};

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
    async fn find_deleted_coupon(
        &self,
        sandbox: SandboxId,
        ordinal: Ordinal,
    ) -> Result<Option<Coupon>, StoreError> {
        self.look_ups.read_once(|connection| find::deleted_coupon(connection, sandbox, ordinal))
    }

    async fn find_promotion_code(
        &self,
        sandbox: SandboxId,
        id: &PromotionCodeId,
    ) -> Result<Option<Stored<PromotionCode>>, StoreError> {
        self.look_ups.read_once(|connection| promotion_codes::find(connection, sandbox, id))
    }

    async fn find_rival_promotion_code(
        &self,
        sandbox: SandboxId,
        code: &Code,
        customer: Option<&CustomerId>,
        now: Timestamp,
    ) -> Result<Option<PromotionCodeId>, StoreError> {
        self.look_ups.read_once(|connection| {
            promotion_codes::find_rival(connection, sandbox, code, customer, now)
                .map_err(|error| unavailable(&error))
        })
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
    async fn list_promotion_codes(
        &self,
        sandbox: SandboxId,
        filter: &PromotionCodeFilter,
        page: PageRequest,
    ) -> Result<Page<PromotionCode>, StoreError> {
        let filter = filter.clone();
        self.scan(move |connection| promotion_codes::list(connection, sandbox, &filter, page)).await
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
