//! The store: one way to write, and the questions that operations ask.

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

use crate::answer::IdempotencyRecord;
use crate::changeset::{Changeset, RowVersion};
use crate::error::StoreError;
use crate::query::{
    CheckoutSessionFilter, CouponFilter, CustomerFilter, EventFilter, Found, Page, PageRequest,
    PriceFilter, ProductFilter, PromotionCodeFilter, SandboxFilter, SearchRequest,
    ShippingRateFilter, TaxRateFilter,
};

/// A record and the version it was read at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<T> {
    /// The record.
    pub value: T,
    /// The version to name when it is written back.
    pub version: RowVersion,
}

/// What a decision on a session needs, from one snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cart {
    /// The session with its lines.
    pub session: Stored<CheckoutSession>,
    /// What the query asked for besides, as far as it exists.
    pub catalog: Catalog,
}

/// What to read with a session.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CartQuery {
    /// What to read of the objects its lines refer to.
    pub lines: LineDetail,
    /// Whether to read the promotion code that brought its discount.
    pub promotion_code: bool,
    /// Whether to read the shipping rates that the session can be shipped by.
    pub shipping_rates: bool,
    /// What a request names besides.
    pub named: CatalogQuery,
}

/// Parts of a catalog, by their ids.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CatalogQuery {
    /// Prices, read with their Products.
    pub prices: Vec<PriceId>,
    /// Products.
    pub products: Vec<ProductId>,
    /// Coupons.
    pub coupons: Vec<CouponId>,
    /// Promotion codes, read with their Coupons.
    pub promotion_codes: Vec<PromotionCodeId>,
    /// Tax rates.
    pub tax_rates: Vec<TaxRateId>,
    /// Shipping rates.
    pub shipping_rates: Vec<ShippingRateId>,
}

impl CatalogQuery {
    /// Nothing but Prices with their Products.
    #[must_use]
    pub fn of_prices(prices: Vec<PriceId>) -> Self {
        Self { prices, ..Self::default() }
    }

    /// Nothing but Products.
    #[must_use]
    pub fn of_products(products: Vec<ProductId>) -> Self {
        Self { products, ..Self::default() }
    }

    /// Whether it names nothing but what a cart's lines are made of: Prices, Products and tax
    /// rates.
    #[must_use]
    pub const fn is_of_lines_only(&self) -> bool {
        self.coupons.is_empty() && self.promotion_codes.is_empty() && self.shipping_rates.is_empty()
    }
}

/// How much is read of the objects that a session's lines refer to. Every object is a look-up, so
/// an operation asks for no more than it decides on or shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LineDetail {
    /// Nothing: the session alone, whose lines know their amounts.
    #[default]
    None,
    /// The Prices and tax rates, which the rules of a cart look at.
    Prices,
    /// The Prices, their Products and tax rates, which an answer shows.
    Products,
}

/// Records that are kept for a time only. Their age is by the wall clock, whatever the clock of
/// their sandbox shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Perishable {
    /// Idempotency keys with their answers, from when they were used.
    IdempotencyKeys,
    /// Events, from when they were written.
    Events,
    /// What was in a sandbox that was closed, from when it was closed.
    ClosedSandboxes,
    /// Sessions whose expiry is recorded, from when they were created, which is at most a day
    /// before they expired.
    ExpiredSessions,
}

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerKind {
    /// The session's `expires_at` has come.
    SessionExpiry,
}

/// A timer whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueTimer {
    /// In which sandbox.
    pub sandbox: SandboxId,
    /// What for.
    pub kind: TimerKind,
    /// For which session.
    pub session: CheckoutSessionId,
    /// When it was due, in the sandbox's time.
    pub due_at: Timestamp,
}

/// Where Paydesk keeps everything.
///
/// Reads see what was committed before they began. Lists are newest first.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Writes a changeset wholly and durably, or not at all. Returns after it is on disk.
    async fn commit(&self, changeset: Changeset) -> Result<(), StoreError>;

    /// A sandbox.
    async fn find_sandbox(&self, id: SandboxId) -> Result<Option<Stored<Sandbox>>, StoreError>;

    /// The sandbox that keys open by their name, of which this is the hash.
    async fn find_open_sandbox(&self, name: KeyHash)
    -> Result<Option<Stored<Sandbox>>, StoreError>;

    /// An account's world in one mode.
    async fn find_account(
        &self,
        account: &AccountId,
        livemode: bool,
    ) -> Result<Option<Stored<Sandbox>>, StoreError>;

    /// The test world of the store's own account, which is the only one that is neither opened by
    /// name nor below another.
    async fn find_own_account(&self) -> Result<Option<Stored<Sandbox>>, StoreError>;

    /// Sandboxes, the newest first. Their place in the list is by their id alone.
    async fn list_sandboxes(
        &self,
        filter: &SandboxFilter,
        page: PageRequest,
    ) -> Result<Page<Stored<Sandbox>>, StoreError>;

    /// The API key whose text has this hash, revoked or not.
    async fn find_api_key(&self, hash: KeyHash) -> Result<Option<Stored<ApiKey>>, StoreError>;

    /// An API key, revoked or not.
    async fn find_api_key_by_id(&self, id: &ApiKeyId)
    -> Result<Option<Stored<ApiKey>>, StoreError>;

    /// Every API key that was made, revoked or not, oldest first.
    async fn list_api_keys(&self) -> Result<Vec<ApiKey>, StoreError>;

    /// Whether a sandbox has an object of this id, of whatever kind.
    async fn has_object(&self, sandbox: SandboxId, id: &str) -> Result<bool, StoreError>;

    /// What is remembered under an idempotency key.
    async fn find_idempotency(
        &self,
        sandbox: SandboxId,
        key: &str,
    ) -> Result<Option<IdempotencyRecord>, StoreError>;

    /// A Product.
    async fn find_product(
        &self,
        sandbox: SandboxId,
        id: &ProductId,
    ) -> Result<Option<Stored<Product>>, StoreError>;

    /// A Price.
    async fn find_price(
        &self,
        sandbox: SandboxId,
        id: &PriceId,
    ) -> Result<Option<Stored<Price>>, StoreError>;

    /// The Price that claims a lookup key.
    async fn find_price_by_lookup_key(
        &self,
        sandbox: SandboxId,
        lookup_key: &str,
    ) -> Result<Option<Stored<Price>>, StoreError>;

    /// A Coupon.
    async fn find_coupon(
        &self,
        sandbox: SandboxId,
        id: &CouponId,
    ) -> Result<Option<Stored<Coupon>>, StoreError>;

    /// A shipping rate.
    async fn find_shipping_rate(
        &self,
        sandbox: SandboxId,
        id: &ShippingRateId,
    ) -> Result<Option<Stored<ShippingRate>>, StoreError>;

    /// A tax rate.
    async fn find_tax_rate(
        &self,
        sandbox: SandboxId,
        id: &TaxRateId,
    ) -> Result<Option<Stored<TaxRate>>, StoreError>;
    /// A Coupon that was deleted, by its ordinal: another may have its id.
    async fn find_deleted_coupon(
        &self,
        sandbox: SandboxId,
        ordinal: Ordinal,
    ) -> Result<Option<Coupon>, StoreError>;

    /// A promotion code.
    async fn find_promotion_code(
        &self,
        sandbox: SandboxId,
        id: &PromotionCodeId,
    ) -> Result<Option<Stored<PromotionCode>>, StoreError>;

    /// An active promotion code that has this code, in whatever case, and that the customer could
    /// redeem; where none is named, that anybody could.
    async fn find_rival_promotion_code(
        &self,
        sandbox: SandboxId,
        code: &Code,
        customer: Option<&CustomerId>,
        now: Timestamp,
    ) -> Result<Option<PromotionCodeId>, StoreError>;

    /// A webhook endpoint.
    async fn find_webhook_endpoint(
        &self,
        sandbox: SandboxId,
        id: &WebhookEndpointId,
    ) -> Result<Option<Stored<WebhookEndpoint>>, StoreError>;

    /// A customer.
    async fn find_customer(
        &self,
        sandbox: SandboxId,
        id: &CustomerId,
    ) -> Result<Option<Stored<Customer>>, StoreError>;

    /// What remains of a customer that was deleted.
    async fn find_deleted_customer(
        &self,
        sandbox: SandboxId,
        id: &CustomerId,
    ) -> Result<Option<DeletedCustomer>, StoreError>;

    /// An Event.
    async fn find_event(
        &self,
        sandbox: SandboxId,
        id: &EventId,
    ) -> Result<Option<Event>, StoreError>;

    /// What a query names, from one snapshot; what does not exist is not in it.
    async fn load_catalog(
        &self,
        sandbox: SandboxId,
        query: &CatalogQuery,
    ) -> Result<Catalog, StoreError>;

    /// A session with what else the query asks for, from one snapshot.
    async fn load_cart(
        &self,
        sandbox: SandboxId,
        session: &CheckoutSessionId,
        query: &CartQuery,
    ) -> Result<Option<Cart>, StoreError>;

    /// Products, newest first.
    async fn list_products(
        &self,
        sandbox: SandboxId,
        filter: &ProductFilter,
        page: PageRequest,
    ) -> Result<Page<Product>, StoreError>;

    /// Prices, newest first.
    async fn list_prices(
        &self,
        sandbox: SandboxId,
        filter: &PriceFilter,
        page: PageRequest,
    ) -> Result<Page<Price>, StoreError>;

    /// Coupons, newest first.
    async fn list_coupons(
        &self,
        sandbox: SandboxId,
        filter: &CouponFilter,
        page: PageRequest,
    ) -> Result<Page<Coupon>, StoreError>;

    /// Shipping rates, newest first.
    async fn list_shipping_rates(
        &self,
        sandbox: SandboxId,
        filter: &ShippingRateFilter,
        page: PageRequest,
    ) -> Result<Page<ShippingRate>, StoreError>;

    /// Tax rates, newest first.
    async fn list_tax_rates(
        &self,
        sandbox: SandboxId,
        filter: &TaxRateFilter,
        page: PageRequest,
    ) -> Result<Page<TaxRate>, StoreError>;
    /// Promotion codes, newest first.
    async fn list_promotion_codes(
        &self,
        sandbox: SandboxId,
        filter: &PromotionCodeFilter,
        page: PageRequest,
    ) -> Result<Page<PromotionCode>, StoreError>;

    /// Webhook endpoints, newest first.
    async fn list_webhook_endpoints(
        &self,
        sandbox: SandboxId,
        page: PageRequest,
    ) -> Result<Page<WebhookEndpoint>, StoreError>;

    /// Products that a query matches, newest first.
    async fn search_products(
        &self,
        sandbox: SandboxId,
        query: &SearchQuery<Product>,
        request: SearchRequest,
    ) -> Result<Found<Product>, StoreError>;

    /// Prices that a query matches, newest first.
    async fn search_prices(
        &self,
        sandbox: SandboxId,
        query: &SearchQuery<Price>,
        request: SearchRequest,
    ) -> Result<Found<Price>, StoreError>;

    /// Customers that a query matches, newest first.
    async fn search_customers(
        &self,
        sandbox: SandboxId,
        query: &SearchQuery<Customer>,
        request: SearchRequest,
    ) -> Result<Found<Customer>, StoreError>;

    /// Sessions, newest first.
    async fn list_checkout_sessions(
        &self,
        sandbox: SandboxId,
        filter: &CheckoutSessionFilter,
        page: PageRequest,
    ) -> Result<Page<CheckoutSession>, StoreError>;

    /// Customers, newest first.
    async fn list_customers(
        &self,
        sandbox: SandboxId,
        filter: &CustomerFilter,
        page: PageRequest,
    ) -> Result<Page<Customer>, StoreError>;

    /// Events, newest first.
    async fn list_events(
        &self,
        sandbox: SandboxId,
        filter: &EventFilter,
        page: PageRequest,
    ) -> Result<Page<Event>, StoreError>;

    /// Timers of all sandboxes that are due by the wall clock, the longest overdue first.
    async fn due_timers(&self, wall: Timestamp, limit: usize) -> Result<Vec<DueTimer>, StoreError>;

    /// Timers of one sandbox that are due by its own clock, in due order.
    async fn due_timers_of(
        &self,
        sandbox: SandboxId,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DueTimer>, StoreError>;

    /// When the next timer of any sandbox is due by the wall clock.
    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Forgets up to `limit` records of a kind that are from before a moment of wall time, oldest
    /// first; returns how many. Whatever is done meanwhile is done as if between two changesets.
    async fn prune(
        &self,
        what: Perishable,
        before: Timestamp,
        limit: usize,
    ) -> Result<usize, StoreError>;

    /// The largest ordinal stored, so that a new process goes on behind it.
    async fn last_ordinal(&self) -> Result<Option<Ordinal>, StoreError>;
}
