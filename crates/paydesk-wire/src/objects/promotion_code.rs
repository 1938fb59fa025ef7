//! `promotion_code`

use std::collections::BTreeMap;

use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::Customer;
use paydesk_domain::id::CustomerId;
use paydesk_domain::metadata::Metadata;
use paydesk_domain::promotion_code::{MinimumAmount, PromotionCode, Restrictions};
use paydesk_domain::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::coupon::CouponObject;
use super::customer::CustomerObject;
use super::deleted::DeletedObject;
use super::{Expandable, Null};
use crate::expand::Expand;

/// A promotion code. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub struct PromotionCodeObject<'a> {
    id: &'a str,
    object: &'static str,
    active: bool,
    code: &'a str,
    created: i64,
    customer: Option<CustomerReference<'a>>,
    customer_account: Null,
    expires_at: Option<i64>,
    livemode: bool,
    max_redemptions: Option<u64>,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    promotion: PromotionObject<'a>,
    restrictions: RestrictionsObject<'a>,
    times_redeemed: u64,
}

/// A customer, or what remains of one that was deleted.
#[derive(JsonSchema, Serialize)]
#[schemars(inline)]
#[serde(untagged)]
enum CustomerReference<'a> {
    There(Expandable<'a, CustomerObject<'a>>),
    Deleted(DeletedObject<'a>),
}

#[derive(JsonSchema, Serialize)]
struct PromotionObject<'a> {
    coupon: Expandable<'a, CouponObject<'a>>,
    r#type: &'static str,
}

#[derive(JsonSchema, Serialize)]
struct RestrictionsObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<BTreeMap<String, CurrencyOption>>")]
    currency_options: Option<CurrencyOptions<'a>>,
    first_time_transaction: bool,
    minimum_amount: Option<i64>,
    minimum_amount_currency: Option<&'static str>,
}

/// The minimums in all currencies, by their codes.
struct CurrencyOptions<'a>(&'a MinimumAmount);

#[derive(JsonSchema, Serialize)]
struct CurrencyOption {
    minimum_amount: i64,
}

impl Serialize for CurrencyOptions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for money in self.0.amounts() {
            let option = CurrencyOption { minimum_amount: money.minor_units() };
            map.serialize_entry(money.currency().code(), &option)?;
        }
        map.end()
    }
}

/// What a promotion code refers to, where it is to be shown.
#[derive(Clone, Copy)]
pub struct PromotionCodeParts<'a> {
    /// The Coupon it was made of, deleted or not.
    pub coupon: &'a Coupon,
    /// Its customer; none where it has none, or one that was deleted.
    pub customer: Option<&'a Customer>,
}

impl<'a> PromotionCodeObject<'a> {
    /// A promotion code as it is at `now`, which decides whether it is active.
    #[must_use]
    pub fn new(
        promotion_code: &'a PromotionCode,
        parts: PromotionCodeParts<'a>,
        now: Timestamp,
        expand: &Expand,
    ) -> Self {
        let expand = &expand.of_kind("promotion_code");
        let shown = |id: &'a CustomerId| match parts.customer {
            _ if !expand.has("customer") => CustomerReference::There(Expandable::Id(id.as_str())),
            Some(customer) => {
                let customer = CustomerObject::new(customer, &expand.inside("customer"));
                CustomerReference::There(Expandable::Object(Box::new(customer)))
            }
            None => CustomerReference::Deleted(DeletedObject::new("customer", id.as_str())),
        };
        let coupon = if expand.has("promotion.coupon") {
            let inside = expand.inside("promotion.coupon");
            Expandable::Object(Box::new(CouponObject::new(parts.coupon, now, &inside)))
        } else {
            Expandable::Id(promotion_code.coupon.as_str())
        };
        Self {
            id: promotion_code.id.as_str(),
            object: "promotion_code",
            active: promotion_code.is_active(parts.coupon, now),
            code: promotion_code.code.as_str(),
            created: promotion_code.created.as_seconds(),
            customer: promotion_code.customer.as_ref().map(shown),
            customer_account: (),
            expires_at: promotion_code.expires_at.map(Timestamp::as_seconds),
            livemode: false,
            max_redemptions: promotion_code.max_redemptions,
            metadata: &promotion_code.metadata,
            promotion: PromotionObject { coupon, r#type: "coupon" },
            restrictions: RestrictionsObject::new(&promotion_code.restrictions, expand),
            times_redeemed: promotion_code.times_redeemed,
        }
    }
}

impl<'a> RestrictionsObject<'a> {
    fn new(restrictions: &'a Restrictions, expand: &Expand) -> Self {
        let minimum = restrictions.minimum.as_ref();
        Self {
            currency_options: minimum
                .filter(|_| expand.has("restrictions.currency_options"))
                .map(CurrencyOptions),
            first_time_transaction: restrictions.is_first_time,
            minimum_amount: minimum.map(|minimum| minimum.amount.minor_units()),
            minimum_amount_currency: minimum.map(|minimum| minimum.amount.currency().code()),
        }
    }
}
