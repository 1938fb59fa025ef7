//! `price`

use std::collections::BTreeMap;

use paydesk_domain::catalog::{
    Amount, Catalog, Interval, Price, PriceTerms, Recurring, TiersMode, Usage,
};
use paydesk_domain::metadata::Metadata;
use schemars::JsonSchema;
use serde::Serialize;

use super::Expandable;
use super::amount::{
    AmountFields, CurrencyOptionObject, CurrencyOptions, CustomUnitAmountObject, TierObject,
    TransformQuantityObject, tax_behavior_name,
};
use super::product::ProductObject;
use crate::expand::Expand;

/// A Price. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub struct PriceObject<'a> {
    id: &'a str,
    object: &'static str,
    active: bool,
    billing_scheme: &'static str,
    created: i64,
    currency: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<BTreeMap<String, CurrencyOptionObject>>")]
    currency_options: Option<CurrencyOptions<'a>>,
    custom_unit_amount: Option<CustomUnitAmountObject>,
    livemode: bool,
    lookup_key: Option<&'a str>,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    nickname: Option<&'a str>,
    product: Expandable<'a, ProductObject<'a>>,
    recurring: Option<RecurringObject<'a>>,
    tax_behavior: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tiers: Option<Vec<TierObject>>,
    tiers_mode: Option<&'static str>,
    transform_quantity: Option<TransformQuantityObject>,
    r#type: &'static str,
    unit_amount: Option<i64>,
    unit_amount_decimal: Option<String>,
}

#[derive(JsonSchema, Serialize)]
struct RecurringObject<'a> {
    interval: &'static str,
    interval_count: u32,
    meter: Option<&'a str>,
    trial_period_days: Option<u32>,
    usage_type: &'static str,
}

impl<'a> PriceObject<'a> {
    /// A Price, with its Product expanded where that is wanted and in the catalog.
    #[must_use]
    pub fn new(price: &'a Price, catalog: &'a Catalog, expand: &Expand) -> Self {
        let wanted = expand.has("product").then(|| catalog.product(&price.product)).flatten();
        let product = match wanted {
            Some(product) => Expandable::Object(Box::new(ProductObject::new(
                product,
                catalog,
                &expand.inside("product"),
            ))),
            None => Expandable::Id(price.product.as_str()),
        };
        let amount = AmountFields::of(&price.amount);
        let shows_tiers = expand.has("tiers");
        let is_tiered = matches!(price.amount, Amount::Tiered(_));
        Self {
            id: price.id.as_str(),
            object: "price",
            active: price.active,
            billing_scheme: if is_tiered { "tiered" } else { "per_unit" },
            created: price.created.as_seconds(),
            currency: price.currency.code(),
            currency_options: expand
                .has("currency_options")
                .then_some(CurrencyOptions { price, shows_tiers }),
            custom_unit_amount: amount.custom_unit_amount,
            livemode: false,
            lookup_key: price.lookup_key.as_deref(),
            metadata: &price.metadata,
            nickname: price.nickname.as_deref(),
            product,
            recurring: price
                .recurring
                .map(|recurring| RecurringObject::new(recurring, &price.terms)),
            tax_behavior: tax_behavior_name(price.tax_behavior),
            tiers: amount.tiers.filter(|_| shows_tiers),
            tiers_mode: price.terms.tiers_mode.map(|mode| match mode {
                TiersMode::Graduated => "graduated",
                TiersMode::Volume => "volume",
            }),
            transform_quantity: price.terms.transform_quantity.map(Into::into),
            r#type: if price.recurring.is_some() { "recurring" } else { "one_time" },
            unit_amount: amount.unit_amount,
            unit_amount_decimal: amount.unit_amount_decimal,
        }
    }
}

impl<'a> RecurringObject<'a> {
    fn new(recurring: Recurring, terms: &'a PriceTerms) -> Self {
        let (usage_type, meter) = match &terms.usage {
            Usage::Licensed => ("licensed", None),
            Usage::Metered { meter } => ("metered", Some(meter.as_str())),
        };
        let interval = match recurring.interval {
            Interval::Day => "day",
            Interval::Week => "week",
            Interval::Month => "month",
            Interval::Year => "year",
        };
        Self {
            interval,
            interval_count: recurring.interval_count,
            meter,
            trial_period_days: terms.trial_period_days,
            usage_type,
        }
    }
}
