//! Events: what happened, with the object as it was at that moment.

use crate::catalog::{Price, Product};
use crate::checkout_session::CheckoutSession;
use crate::coupon::Coupon;
use crate::customer::{Customer, TaxId};
use crate::id::{CustomerId, EventId, IdSource, ObjectId, Ordinal};
use crate::promotion_code::PromotionCode;
use crate::tax_rate::TaxRate;
use crate::time::Timestamp;

/// What happened to which object. Mirrors Stripe's `type` and `data` of an Event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventData {
    /// `product.created`
    ProductCreated(Product),
    /// `product.updated`, with the Product before, from which `previous_attributes` follow.
    ProductUpdated {
        /// The Product now.
        product: Product,
        /// The Product before.
        previous: Product,
    },
    /// `product.deleted`, with the Product as it was.
    ProductDeleted(Product),
    /// `price.created`
    PriceCreated(Price),
    /// `price.updated`, with the Price before.
    PriceUpdated {
        /// The Price now.
        price: Price,
        /// The Price before.
        previous: Price,
    },
    /// `coupon.created`
    CouponCreated(Coupon),
    /// `coupon.updated`, with the Coupon before.
    CouponUpdated {
        /// The Coupon now.
        coupon: Coupon,
        /// The Coupon before.
        previous: Coupon,
    },
    /// `coupon.deleted`, with the Coupon as it was.
    CouponDeleted(Coupon),
    /// `tax_rate.created`
    TaxRateCreated(TaxRate),
    /// `tax_rate.updated`, with the tax rate before.
    TaxRateUpdated {
        /// The tax rate now.
        tax_rate: TaxRate,
        /// The tax rate before.
        previous: TaxRate,
    },
    /// `promotion_code.created`
    PromotionCodeCreated {
        /// The promotion code.
        promotion_code: Box<PromotionCode>,
        /// Its Coupon as it was then.
        coupon: Box<Coupon>,
    },
    /// `promotion_code.updated`, with the promotion code before.
    PromotionCodeUpdated {
        /// The promotion code now.
        promotion_code: Box<PromotionCode>,
        /// The promotion code before.
        previous: Box<PromotionCode>,
        /// Its Coupon as it was then.
        coupon: Box<Coupon>,
    },
    /// `checkout.session.expired`
    CheckoutSessionExpired(Box<CheckoutSession>),
    /// `customer.created`
    CustomerCreated(Box<Customer>),
    /// `customer.updated`, with the customer before.
    CustomerUpdated {
        /// The customer now.
        customer: Box<Customer>,
        /// The customer before.
        previous: Box<Customer>,
    },
    /// `customer.deleted`, with the customer as it was.
    CustomerDeleted(Box<Customer>),
    /// `customer.tax_id.created`
    CustomerTaxIdCreated {
        /// Whose it is.
        customer: CustomerId,
        /// The tax id.
        tax_id: TaxId,
    },
    /// `customer.tax_id.deleted`
    CustomerTaxIdDeleted {
        /// Whose it was.
        customer: CustomerId,
        /// The tax id as it was.
        tax_id: TaxId,
    },
}

impl EventData {
    /// Stripe's name of the event's type.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::ProductCreated(_) => "product.created",
            Self::ProductUpdated { .. } => "product.updated",
            Self::ProductDeleted(_) => "product.deleted",
            Self::PriceCreated(_) => "price.created",
            Self::PriceUpdated { .. } => "price.updated",
            Self::CouponCreated(_) => "coupon.created",
            Self::CouponUpdated { .. } => "coupon.updated",
            Self::CouponDeleted(_) => "coupon.deleted",
            Self::TaxRateCreated(_) => "tax_rate.created",
            Self::TaxRateUpdated { .. } => "tax_rate.updated",
            Self::PromotionCodeCreated { .. } => "promotion_code.created",
            Self::PromotionCodeUpdated { .. } => "promotion_code.updated",
            Self::CheckoutSessionExpired(_) => "checkout.session.expired",
            Self::CustomerCreated(_) => "customer.created",
            Self::CustomerUpdated { .. } => "customer.updated",
            Self::CustomerDeleted(_) => "customer.deleted",
            Self::CustomerTaxIdCreated { .. } => "customer.tax_id.created",
            Self::CustomerTaxIdDeleted { .. } => "customer.tax_id.deleted",
        }
    }
}

/// The request that caused an event. Mirrors Stripe's `request` of an Event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRequest {
    /// `req_…`
    pub id: String,
    /// The idempotency key it carried, as sent.
    pub idempotency_key: Option<String>,
}

/// An event as it is stored and listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `evt_…`
    pub id: EventId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it happened, in the sandbox's time.
    pub created: Timestamp,
    /// What happened.
    pub data: EventData,
    /// The API version `data.object` is shown in; text, because only the wire knows versions.
    pub api_version: Option<String>,
    /// The request that caused it; none when time did.
    pub request: Option<EventRequest>,
}

impl Event {
    /// An event that happens now.
    #[must_use]
    pub fn new(
        data: EventData,
        created: Timestamp,
        api_version: Option<String>,
        request: Option<EventRequest>,
        ids: &mut dyn IdSource,
    ) -> Self {
        let (id, ordinal) = EventId::fresh(ids);
        Self { id, ordinal, created, data, api_version, request }
    }
}
