//! `price`

use paydesk_domain::catalog::{Catalog, Interval, Price, Recurring, TaxBehavior};
use paydesk_domain::metadata::Metadata;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::product::ProductObject;
use super::{Expandable, Null};
use crate::expand::Expand;

/// A Price. Fields are in Stripe's order: the id, then by name.
#[derive(Serialize)]
pub struct PriceObject<'a> {
    id: &'a str,
    object: &'static str,
    active: bool,
    billing_scheme: &'static str,
    created: i64,
    currency: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency_options: Option<CurrencyOptions>,
    custom_unit_amount: Null,
    livemode: bool,
    lookup_key: Option<&'a str>,
    #[serde(serialize_with = "super::metadata")]
    metadata: &'a Metadata,
    nickname: Option<&'a str>,
    product: Expandable<'a, ProductObject<'a>>,
    recurring: Option<RecurringObject>,
    tax_behavior: &'static str,
    tiers_mode: Null,
    transform_quantity: Null,
    r#type: &'static str,
    unit_amount: Option<i64>,
    unit_amount_decimal: String,
}

#[derive(Serialize)]
struct RecurringObject {
    interval: &'static str,
    interval_count: u32,
    meter: Null,
    trial_period_days: Null,
    usage_type: &'static str,
}

/// The one currency a Price has, in the form of all the currencies it could have.
struct CurrencyOptions {
    code: &'static str,
    option: CurrencyOption,
}

#[derive(Clone, Serialize)]
struct CurrencyOption {
    custom_unit_amount: Null,
    tax_behavior: &'static str,
    unit_amount: Option<i64>,
    unit_amount_decimal: String,
}

impl Serialize for CurrencyOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.code, &self.option)?;
        map.end()
    }
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
        let tax_behavior = tax_behavior_name(price.tax_behavior);
        let unit_amount = price.unit_amount.as_minor_units();
        let unit_amount_decimal = price.unit_amount.to_string();
        let currency_options = expand.has("currency_options").then(|| CurrencyOptions {
            code: price.currency.code(),
            option: CurrencyOption {
                custom_unit_amount: (),
                tax_behavior,
                unit_amount,
                unit_amount_decimal: unit_amount_decimal.clone(),
            },
        });
        Self {
            id: price.id.as_str(),
            object: "price",
            active: price.active,
            billing_scheme: "per_unit",
            created: price.created.as_seconds(),
            currency: price.currency.code(),
            currency_options,
            custom_unit_amount: (),
            livemode: false,
            lookup_key: price.lookup_key.as_deref(),
            metadata: &price.metadata,
            nickname: price.nickname.as_deref(),
            product,
            recurring: price.recurring.map(RecurringObject::from),
            tax_behavior,
            tiers_mode: (),
            transform_quantity: (),
            r#type: if price.recurring.is_some() { "recurring" } else { "one_time" },
            unit_amount,
            unit_amount_decimal,
        }
    }
}

impl From<Recurring> for RecurringObject {
    fn from(recurring: Recurring) -> Self {
        let interval = match recurring.interval {
            Interval::Day => "day",
            Interval::Week => "week",
            Interval::Month => "month",
            Interval::Year => "year",
        };
        Self {
            interval,
            interval_count: recurring.interval_count,
            meter: (),
            trial_period_days: (),
            usage_type: "licensed",
        }
    }
}

const fn tax_behavior_name(behavior: TaxBehavior) -> &'static str {
    match behavior {
        TaxBehavior::Exclusive => "exclusive",
        TaxBehavior::Inclusive => "inclusive",
        TaxBehavior::Unspecified => "unspecified",
    }
}
