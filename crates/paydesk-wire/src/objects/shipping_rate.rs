//! `shipping_rate`

use std::collections::BTreeMap;

use paydesk_domain::metadata::Metadata;
use paydesk_domain::shipping_rate::{
    DeliveryEstimate, DeliveryTime, DeliveryUnit, ShippingCurrencyOption, ShippingRate,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::amount::tax_behavior_name;
use crate::expand::Expand;

/// A shipping rate. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub struct ShippingRateObject<'a> {
    id: &'a str,
    object: &'static str,
    active: bool,
    created: i64,
    delivery_estimate: Option<DeliveryEstimateObject>,
    display_name: &'a str,
    fixed_amount: FixedAmountObject<'a>,
    livemode: bool,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    tax_behavior: &'static str,
    tax_code: Option<&'a str>,
    r#type: &'static str,
}

#[derive(JsonSchema, Serialize)]
struct DeliveryEstimateObject {
    maximum: Option<DeliveryTimeObject>,
    minimum: Option<DeliveryTimeObject>,
}

#[derive(JsonSchema, Serialize)]
struct DeliveryTimeObject {
    unit: &'static str,
    value: u32,
}

#[derive(JsonSchema, Serialize)]
struct FixedAmountObject<'a> {
    amount: i64,
    currency: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<BTreeMap<String, ShippingCurrencyOptionObject>>")]
    currency_options: Option<ShippingCurrencyOptions<'a>>,
}

/// What a rate is in all of its currencies, its own first, by their codes.
struct ShippingCurrencyOptions<'a>(&'a ShippingRate);

#[derive(JsonSchema, Serialize)]
struct ShippingCurrencyOptionObject {
    amount: i64,
    tax_behavior: &'static str,
}

impl<'a> ShippingRateObject<'a> {
    /// A shipping rate.
    #[must_use]
    pub fn new(rate: &'a ShippingRate, expand: &Expand) -> Self {
        let amount = rate.fixed_amount.amount;
        let currency_options =
            expand.has("fixed_amount.currency_options").then_some(ShippingCurrencyOptions(rate));
        Self {
            id: rate.id.as_str(),
            object: "shipping_rate",
            active: rate.active,
            created: rate.created.as_seconds(),
            delivery_estimate: rate.delivery_estimate.map(DeliveryEstimateObject::from),
            display_name: &rate.display_name,
            fixed_amount: FixedAmountObject {
                amount: amount.minor_units(),
                currency: amount.currency().code(),
                currency_options,
            },
            livemode: false,
            metadata: &rate.metadata,
            tax_behavior: tax_behavior_name(rate.tax_behavior),
            tax_code: rate.tax_code.as_deref(),
            r#type: "fixed_amount",
        }
    }
}

impl Serialize for ShippingCurrencyOptions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ShippingRate { fixed_amount, tax_behavior, .. } = self.0;
        let own = (fixed_amount.amount, *tax_behavior);
        let others = fixed_amount.others.iter();
        let others =
            others.map(|ShippingCurrencyOption { amount, tax_behavior }| (*amount, *tax_behavior));
        let mut map = serializer.serialize_map(None)?;
        for (amount, tax_behavior) in std::iter::once(own).chain(others) {
            let option = ShippingCurrencyOptionObject {
                amount: amount.minor_units(),
                tax_behavior: tax_behavior_name(tax_behavior),
            };
            map.serialize_entry(amount.currency().code(), &option)?;
        }
        map.end()
    }
}

impl From<DeliveryEstimate> for DeliveryEstimateObject {
    fn from(estimate: DeliveryEstimate) -> Self {
        Self {
            maximum: estimate.maximum().map(DeliveryTimeObject::from),
            minimum: estimate.minimum().map(DeliveryTimeObject::from),
        }
    }
}

impl From<DeliveryTime> for DeliveryTimeObject {
    fn from(time: DeliveryTime) -> Self {
        let unit = match time.unit {
            DeliveryUnit::BusinessDay => "business_day",
            DeliveryUnit::Day => "day",
            DeliveryUnit::Hour => "hour",
            DeliveryUnit::Month => "month",
            DeliveryUnit::Week => "week",
        };
        Self { unit, value: time.value }
    }
}
