//! `coupon`

use std::collections::BTreeMap;

use paydesk_domain::coupon::{AmountOff, Coupon, CouponDuration, Off, PercentOff};
use paydesk_domain::id::ProductId;
use paydesk_domain::metadata::Metadata;
use paydesk_domain::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Number;

use crate::expand::Expand;

/// A Coupon. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub struct CouponObject<'a> {
    id: &'a str,
    object: &'static str,
    amount_off: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    applies_to: Option<AppliesToObject<'a>>,
    created: i64,
    currency: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<BTreeMap<String, CurrencyOption>>")]
    currency_options: Option<CurrencyOptions<'a>>,
    duration: &'static str,
    duration_in_months: Option<u32>,
    livemode: bool,
    max_redemptions: Option<u64>,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    name: Option<&'a str>,
    percent_off: Option<Number>,
    redeem_by: Option<i64>,
    times_redeemed: u64,
    valid: bool,
}

#[derive(JsonSchema, Serialize)]
struct AppliesToObject<'a> {
    products: Vec<&'a str>,
}

/// The amounts in all currencies, by their codes.
struct CurrencyOptions<'a>(&'a AmountOff);

#[derive(JsonSchema, Serialize)]
struct CurrencyOption {
    amount_off: i64,
}

impl Serialize for CurrencyOptions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for money in self.0.amounts() {
            let option = CurrencyOption { amount_off: money.minor_units() };
            map.serialize_entry(money.currency().code(), &option)?;
        }
        map.end()
    }
}

impl<'a> CouponObject<'a> {
    /// A Coupon as it is at `now`, which decides whether it is valid.
    #[must_use]
    pub fn new(coupon: &'a Coupon, now: Timestamp, expand: &Expand) -> Self {
        let (percent, amount) = match &coupon.off {
            Off::Percent(percent) => (Some(*percent), None),
            Off::Amount(amount) => (None, Some(amount)),
        };
        // Stripe has the field only where there is something to say.
        let applies_to = expand.has("applies_to") && !coupon.products.is_empty();
        let (duration, duration_in_months) = match coupon.duration {
            CouponDuration::Forever => ("forever", None),
            CouponDuration::Once => ("once", None),
            CouponDuration::Repeating { months } => ("repeating", Some(months)),
        };
        Self {
            id: coupon.id.as_str(),
            object: "coupon",
            amount_off: amount.map(|amount| amount.amount.minor_units()),
            applies_to: applies_to.then(|| AppliesToObject {
                products: coupon.products.iter().map(ProductId::as_str).collect(),
            }),
            created: coupon.created.as_seconds(),
            currency: amount.map(|amount| amount.amount.currency().code()),
            currency_options: amount
                .filter(|_| expand.has("currency_options"))
                .map(CurrencyOptions),
            duration,
            duration_in_months,
            livemode: false,
            max_redemptions: coupon.max_redemptions,
            metadata: &coupon.metadata,
            name: coupon.name.as_deref(),
            percent_off: percent.map(number),
            redeem_by: coupon.redeem_by.map(Timestamp::as_seconds),
            times_redeemed: coupon.times_redeemed,
            valid: coupon.is_valid(now),
        }
    }
}

/// A percentage as a JSON number with the same digits.
fn number(percent: PercentOff) -> Number {
    percent.to_string().parse().expect("a decimal of up to five digits is a JSON number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_percentage_is_a_number_of_the_same_digits() {
        for hundredths in 1..=10_000 {
            let percent = PercentOff::from_hundredths(hundredths).unwrap();
            assert_eq!(number(percent).to_string(), percent.to_string());
        }
    }
}
