//! Discounts of sessions: a coupon in a cart, and what it takes off.

use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::{CheckoutSession, Discount};
use paydesk_domain::id::PromotionCodeId;
use paydesk_domain::money::Money;
use paydesk_domain::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::coupon::CouponObject;
use super::promotion_code::{PromotionCodeObject, PromotionCodeParts};
use super::{Expandable, Null};
use crate::expand::Expand;

/// A discount of a session. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub(super) struct DiscountObject<'a> {
    id: &'a str,
    object: &'static str,
    checkout_session: &'a str,
    customer: Option<&'a str>,
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
    coupon: Expandable<'a, CouponObject<'a>>,
    r#type: &'static str,
}

/// A discount as a session names it.
#[derive(JsonSchema, Serialize)]
pub(super) struct SessionDiscountObject<'a> {
    coupon: Expandable<'a, CouponObject<'a>>,
    promotion_code: Option<Expandable<'a, PromotionCodeObject<'a>>>,
}

/// What a discount takes off a line, or off the whole cart.
#[derive(JsonSchema, Serialize)]
pub(super) struct DiscountAmountObject<'a> {
    amount: i64,
    discount: DiscountObject<'a>,
}

impl<'a> DiscountAmountObject<'a> {
    /// The discounts of a session with what they take off; none where there is no discount.
    pub(super) fn of(
        session: &'a CheckoutSession,
        amount: Money,
        now: Timestamp,
        expand: &Expand,
    ) -> Vec<Self> {
        let object = |discount| Self {
            amount: amount.minor_units(),
            discount: DiscountObject::new(session, discount, now, &expand.of_kind("discount")),
        };
        session.discount.iter().map(object).collect()
    }
}

impl<'a> SessionDiscountObject<'a> {
    /// The discounts of a session; a promotion code that is shown is one of the catalog.
    pub(super) fn of(
        session: &'a CheckoutSession,
        catalog: &'a Catalog,
        now: Timestamp,
        expand: &Expand,
    ) -> Vec<Self> {
        let object = |discount: &'a Discount| Self {
            coupon: coupon(discount, now, "coupon", expand),
            promotion_code: discount
                .promotion_code
                .as_ref()
                .map(|code| promotion_code(code, discount, catalog, now, expand)),
        };
        session.discount.iter().map(object).collect()
    }
}

fn coupon<'a>(
    discount: &'a Discount,
    now: Timestamp,
    path: &str,
    expand: &Expand,
) -> Expandable<'a, CouponObject<'a>> {
    if expand.has(path) {
        let object = CouponObject::new(&discount.coupon, now, &expand.inside(path));
        Expandable::Object(Box::new(object))
    } else {
        Expandable::Id(discount.coupon.id.as_str())
    }
}

fn promotion_code<'a>(
    code: &'a PromotionCodeId,
    discount: &'a Discount,
    catalog: &'a Catalog,
    now: Timestamp,
    expand: &Expand,
) -> Expandable<'a, PromotionCodeObject<'a>> {
    let wanted = expand.has("promotion_code").then(|| catalog.promotion_code(code)).flatten();
    match wanted {
        None => Expandable::Id(code.as_str()),
        Some(found) => {
            let parts = PromotionCodeParts { coupon: &discount.coupon, customer: None };
            let inside = expand.inside("promotion_code");
            let object = PromotionCodeObject::new(found, parts, now, &inside);
            Expandable::Object(Box::new(object))
        }
    }
}

impl<'a> DiscountObject<'a> {
    fn new(
        session: &'a CheckoutSession,
        discount: &'a Discount,
        now: Timestamp,
        expand: &Expand,
    ) -> Self {
        let customer = session.collection.buyer.customer();
        Self {
            id: discount.id.as_str(),
            object: "discount",
            checkout_session: session.id.as_str(),
            customer: customer.map(|known| known.id.as_str()),
            customer_account: (),
            end: (),
            invoice: (),
            invoice_item: (),
            promotion_code: discount.promotion_code.as_ref().map(PromotionCodeId::as_str),
            source: SourceObject {
                coupon: coupon(discount, now, "source.coupon", expand),
                r#type: "coupon",
            },
            start: discount.start.as_seconds(),
            subscription: (),
            subscription_item: (),
        }
    }
}
