//! `discount`: a coupon in a cart, and what it takes off.

use paydesk_domain::checkout_session::{CheckoutSession, Discount};
use paydesk_domain::id::PromotionCodeId;
use paydesk_domain::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

use super::Null;

/// A discount of a session. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub(super) struct DiscountObject<'a> {
    id: &'a str,
    object: &'static str,
    checkout_session: &'a str,
    customer: Null,
    customer_account: Null,
    end: Null,
    invoice: Null,
    invoice_item: Null,
    promotion_code: Option<&'a str>,
    source: SourceObject<'a>,
    start: i64,
    subscription: Null,
    subscription_item: Null,
}

#[derive(JsonSchema, Serialize)]
struct SourceObject<'a> {
    coupon: &'a str,
    r#type: &'static str,
}

/// What a discount takes off a line, or off the whole cart.
#[derive(JsonSchema, Serialize)]
pub(super) struct DiscountAmountObject<'a> {
    amount: i64,
    discount: DiscountObject<'a>,
}

impl<'a> DiscountAmountObject<'a> {
    /// The discounts of a session with what they take off; none where there is no discount.
    pub(super) fn of(session: &'a CheckoutSession, amount: Money) -> Vec<Self> {
        let object = |discount| Self {
            amount: amount.minor_units(),
            discount: DiscountObject::new(session, discount),
        };
        session.discount.iter().map(object).collect()
    }
}

impl<'a> DiscountObject<'a> {
    fn new(session: &'a CheckoutSession, discount: &'a Discount) -> Self {
        Self {
            id: discount.id.as_str(),
            object: "discount",
            checkout_session: session.id.as_str(),
            customer: (),
            customer_account: (),
            end: (),
            invoice: (),
            invoice_item: (),
            promotion_code: discount.promotion_code.as_ref().map(PromotionCodeId::as_str),
            source: SourceObject { coupon: discount.coupon.id.as_str(), r#type: "coupon" },
            start: discount.start.as_seconds(),
            subscription: (),
            subscription_item: (),
        }
    }
}
