//! Which objects a list is asked for.

use crate::catalog::{Interval, ProductKind};
use crate::checkout_session::Status;
use crate::id::{CouponId, CustomerId, Ordinal, ProductId};
use crate::money::Currency;
use crate::time::Timestamp;

/// A place in a list ordered by `created` and then by ordinal, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The object's `created`.
    pub created: Timestamp,
    /// Its ordinal.
    pub ordinal: Ordinal,
}

/// Bounds on `created`, both included; strict ones are a second further in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct CreatedRange {
    /// Not before.
    pub from: Option<Timestamp>,
    /// Not after.
    pub to: Option<Timestamp>,
}

/// Which Products.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ProductFilter {
    /// Archived or not.
    pub active: Option<bool>,
    /// By `created`.
    pub created: CreatedRange,
    /// Only these; empty for all.
    pub ids: Vec<ProductId>,
    /// Physical goods or not; those that say neither are neither.
    pub shippable: Option<bool>,
    /// Of this kind.
    pub kind: Option<ProductKind>,
    /// With this address.
    pub url: Option<String>,
}

/// Which Prices.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PriceFilter {
    /// Archived or not.
    pub active: Option<bool>,
    /// By `created`.
    pub created: CreatedRange,
    /// In this currency.
    pub currency: Option<Currency>,
    /// Of this Product.
    pub product: Option<ProductId>,
    /// Recurring or not.
    pub recurring: Option<bool>,
    /// With this unit of its interval.
    pub interval: Option<Interval>,
    /// Metered, or licensed and recurring.
    pub is_metered: Option<bool>,
    /// Counted by this meter.
    pub meter: Option<String>,
    /// With one of these lookup keys; empty for all.
    pub lookup_keys: Vec<String>,
}

/// Which Coupons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct CouponFilter {
    /// By `created`.
    pub created: CreatedRange,
}

/// Which shipping rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ShippingRateFilter {
    /// Archived or not.
    pub active: Option<bool>,
    /// By `created`.
    pub created: CreatedRange,
    /// With this currency as their own.
    pub currency: Option<Currency>,
}

/// Which tax rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TaxRateFilter {
    /// Archived or not.
    pub active: Option<bool>,
    /// By `created`.
    pub created: CreatedRange,
    /// In the amount, or on top of it.
    pub inclusive: Option<bool>,
}
/// Which promotion codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionCodeFilter {
    /// The sandbox's present, which decides what is active.
    pub now: Timestamp,
    /// Active or not, as Stripe says it.
    pub active: Option<bool>,
    /// With this code, in whatever case; a text that is no code finds none.
    pub code: Option<String>,
    /// For this Coupon.
    pub coupon: Option<CouponId>,
    /// For this customer only.
    pub customer: Option<CustomerId>,
    /// By `created`.
    pub created: CreatedRange,
    /// Only those for an account that is a customer. No promotion code is, so that none is found.
    pub is_for_account: bool,
}

/// Which sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutSessionFilter {
    /// The sandbox's present, which decides what is expired.
    pub now: Timestamp,
    /// In this state.
    pub status: Option<Status>,
    /// By `created`.
    pub created: CreatedRange,
    /// With this `customer_details.email`.
    pub customer_email: Option<String>,
    /// Created for this customer.
    pub customer: Option<CustomerId>,
    /// Only those that belong to a named account, payment, payment link or subscription.
    /// No session belongs to one yet, so that none is found.
    pub is_linked: bool,
}

/// Which customers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CustomerFilter {
    /// By `created`.
    pub created: CreatedRange,
    /// With this `email`, letter by letter.
    pub email: Option<String>,
}

/// Which Events.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct EventFilter {
    /// Of one of these types; empty for all. A type may end in `*`.
    pub types: Vec<String>,
    /// By `created`.
    pub created: CreatedRange,
    /// By whether it was delivered to every endpoint that is to get it. Where nothing is to be
    /// delivered, all of it was.
    pub delivery_success: Option<bool>,
}
