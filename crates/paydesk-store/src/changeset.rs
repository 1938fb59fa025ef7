//! A decision on its way to disk: plain data, applied wholly or not at all.

use paydesk_domain::api_key::ApiKey;
use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::checkout_session::{CheckoutSession, Created};
use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::{Customer, DeletedCustomer};
use paydesk_domain::event::Event;
use paydesk_domain::id::{
    CheckoutSessionId, CouponId, CustomerId, PriceId, ProductId, WebhookEndpointId,
};
use paydesk_domain::promotion_code::{Code, PromotionCode};
use paydesk_domain::sandbox::{Sandbox, SandboxId};
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;

use crate::answer::IdempotencyRecord;
use crate::store::TimerKind;

/// How often a row was written; the first time is 1. Not the revision clients see: this one counts
/// every write, so that no concurrent change is ever overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowVersion(pub u64);

impl RowVersion {
    /// The version of a row's first write.
    pub const FIRST: Self = Self(1);

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Everything one commit writes. All of it belongs to one sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changeset {
    /// Whose world changes.
    pub sandbox: SandboxId,
    /// What must hold besides the versions that records were read at.
    pub checks: Vec<Check>,
    /// Records to insert or replace.
    pub puts: Vec<Put>,
    /// Records to delete.
    pub deletes: Vec<Delete>,
    /// Unique keys given up by the objects that have them; done before any is claimed.
    pub released_keys: Vec<UniqueKey>,
    /// Unique keys taken.
    pub claimed_keys: Vec<UniqueKey>,
    /// Timers set and cancelled.
    pub timers: Vec<TimerChange>,
    /// Events to keep, in order.
    pub events: Vec<Event>,
    /// The idempotency key of the request and the answer it gets.
    pub idempotency: Option<Idempotency>,
}

/// A record to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The record as it is to be.
    pub record: Record,
    /// The version it was read at; none for a record that must not exist yet.
    pub read_at: Option<RowVersion>,
}

/// A record of one of the kinds a store keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A sandbox. Its account, its mode and what opens it never change.
    Sandbox(Sandbox),
    /// An API key. Its text, its sandbox and its rights never change.
    ApiKey(ApiKey),
    /// A Product.
    Product(Product),
    /// A Price.
    Price(Price),
    /// A Coupon.
    Coupon(Coupon),
    /// A shipping rate.
    ShippingRate(ShippingRate),
    /// A tax rate.
    TaxRate(TaxRate),
    /// A Coupon that the same changeset deletes, as it is kept for what was made of it.
    DeletedCoupon(Coupon),
    /// A promotion code.
    PromotionCode(PromotionCode),
    /// A webhook endpoint.
    WebhookEndpoint(WebhookEndpoint),
    /// A Checkout Session with its lines.
    CheckoutSession(CheckoutSession),
    /// A customer with its tax ids.
    Customer(Box<Customer>),
    /// What remains of a customer that the same changeset deletes.
    DeletedCustomer(DeletedCustomer),
}

/// A record to be deleted, at the version it was read at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delete {
    /// A sandbox. Nothing in it is found any more; its records are forgotten later, as
    /// [`Perishable::ClosedSandboxes`](crate::Perishable::ClosedSandboxes).
    Sandbox {
        /// Which.
        id: SandboxId,
        /// The version it was read at.
        read_at: RowVersion,
        /// The sandbox that its API keys open from now on; without one they are gone too.
        successor: Option<SandboxId>,
        /// When that was, by the wall clock.
        closed: Timestamp,
    },
    /// A Product.
    Product {
        /// Which.
        id: ProductId,
        /// The version it was read at.
        read_at: RowVersion,
    },
    /// A Coupon.
    Coupon {
        /// Which.
        id: CouponId,
        /// The version it was read at.
        read_at: RowVersion,
    },
    /// A webhook endpoint.
    WebhookEndpoint {
        /// Which.
        id: WebhookEndpointId,
        /// The version it was read at.
        read_at: RowVersion,
    },
    /// A customer.
    Customer {
        /// Which.
        id: CustomerId,
        /// The version it was read at.
        read_at: RowVersion,
    },
}

/// Something a decision relied on that no version says: a record it only read, or that there is
/// none. Where it no longer holds, nothing is written and the operation is decided again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// The Product is there.
    ProductExists(ProductId),
    /// No Price is the Product's.
    ProductHasNoPrices(ProductId),
    /// No active promotion code has the code that the customer, or anybody, could redeem; as
    /// [`Store::find_rival_promotion_code`](crate::Store::find_rival_promotion_code) looks for one.
    PromotionCodeHasNoRival {
        /// The code.
        code: Code,
        /// For whom it is to be; none for everybody.
        customer: Option<CustomerId>,
        /// The sandbox's present, which decides what is active.
        now: Timestamp,
    },
    /// The sandbox has at most so many webhook endpoints, before this is written.
    WebhookEndpointsAtMost(usize),
}

/// A name that at most one object of a sandbox has at a time, and the object that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UniqueKey {
    /// The lookup key of an active Price.
    PriceLookupKey {
        /// The name.
        lookup_key: String,
        /// Whose it is.
        price: PriceId,
    },
}

/// A timer set or cancelled. A session has at most one timer of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimerChange {
    /// Something will be due.
    Set {
        /// What.
        kind: TimerKind,
        /// For which session.
        session: CheckoutSessionId,
        /// When, in the sandbox's time. The store finds the wall time, from the clock as it is when
        /// this is written: another changeset may have moved it since this one was decided.
        due_at: Timestamp,
    },
    /// It no longer will.
    Cancel {
        /// What.
        kind: TimerKind,
        /// For which session.
        session: CheckoutSessionId,
    },
}

/// An idempotency key together with the answer its request gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// The key as the client sent it.
    pub key: String,
    /// What a repetition is compared with, and the answer it gets.
    pub record: IdempotencyRecord,
    /// The wall time, from which its age counts.
    pub created_wall: Timestamp,
}

impl Changeset {
    /// A changeset that writes nothing yet.
    #[must_use]
    pub const fn new(sandbox: SandboxId) -> Self {
        Self {
            sandbox,
            checks: Vec::new(),
            puts: Vec::new(),
            deletes: Vec::new(),
            released_keys: Vec::new(),
            claimed_keys: Vec::new(),
            timers: Vec::new(),
            events: Vec::new(),
            idempotency: None,
        }
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.puts.is_empty()
            && self.deletes.is_empty()
            && self.released_keys.is_empty()
            && self.claimed_keys.is_empty()
            && self.timers.is_empty()
            && self.events.is_empty()
            && self.idempotency.is_none()
    }

    /// Adds a record that must not exist yet.
    pub fn insert(&mut self, record: Record) {
        self.puts.push(Put { record, read_at: None });
    }

    /// Adds Prices and Products that must not exist yet. The Product of a Price is one of them, or
    /// must still be there: it can't be deleted once it has a Price, but until then.
    pub fn insert_catalog(&mut self, prices: &[Price], products: &[Product]) {
        for price in prices {
            if !products.iter().any(|product| product.id == price.product) {
                self.checks.push(Check::ProductExists(price.product.clone()));
            }
        }
        for product in products {
            self.insert(Record::Product(product.clone()));
        }
        for price in prices {
            self.insert(Record::Price(price.clone()));
        }
    }

    /// Adds what a request for a session wrote out.
    pub fn insert_created(&mut self, created: &Created) {
        self.insert_catalog(&created.prices, &created.products);
        if let Some(coupon) = &created.coupon {
            self.insert(Record::Coupon(coupon.clone()));
        }
        for rate in &created.tax_rates {
            self.insert(Record::TaxRate(rate.clone()));
        }
        for rate in &created.shipping_rates {
            self.insert(Record::ShippingRate(rate.clone()));
        }
    }

    /// Adds a record that was read at a version.
    pub fn replace(&mut self, record: Record, read_at: RowVersion) {
        self.puts.push(Put { record, read_at: Some(read_at) });
    }
}
