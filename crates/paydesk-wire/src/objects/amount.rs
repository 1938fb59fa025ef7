//! What a Price charges, as its object shows it: in its own currency and in others.

use paydesk_domain::catalog::{
    Amount, CustomUnitAmount, Price, TaxBehavior, Tier, TransformQuantity, TransformRounding,
};
use paydesk_domain::money::UnitAmount;
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// What one amount shows; what it is not is null.
pub(super) struct AmountFields {
    pub(super) custom_unit_amount: Option<CustomUnitAmountObject>,
    pub(super) tiers: Option<Vec<TierObject>>,
    pub(super) unit_amount: Option<i64>,
    pub(super) unit_amount_decimal: Option<String>,
}

#[derive(JsonSchema, Serialize)]
pub(super) struct CustomUnitAmountObject {
    maximum: Option<i64>,
    minimum: Option<i64>,
    preset: Option<i64>,
}

#[derive(JsonSchema, Serialize)]
pub(super) struct TierObject {
    flat_amount: Option<i64>,
    flat_amount_decimal: Option<String>,
    unit_amount: Option<i64>,
    unit_amount_decimal: Option<String>,
    up_to: Option<u64>,
}

#[derive(JsonSchema, Serialize)]
pub(super) struct TransformQuantityObject {
    divide_by: u64,
    round: &'static str,
}

/// A Price in all of its currencies, its own first, by their codes.
pub(super) struct CurrencyOptions<'a> {
    pub(super) price: &'a Price,
    pub(super) shows_tiers: bool,
}

#[derive(JsonSchema, Serialize)]
pub(super) struct CurrencyOptionObject {
    custom_unit_amount: Option<CustomUnitAmountObject>,
    tax_behavior: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tiers: Option<Vec<TierObject>>,
    unit_amount: Option<i64>,
    unit_amount_decimal: Option<String>,
}

impl AmountFields {
    pub(super) fn of(amount: &Amount) -> Self {
        let nothing = Self {
            custom_unit_amount: None,
            tiers: None,
            unit_amount: None,
            unit_amount_decimal: None,
        };
        match amount {
            Amount::PerUnit(unit_amount) => Self {
                unit_amount: unit_amount.as_minor_units(),
                unit_amount_decimal: Some(unit_amount.to_string()),
                ..nothing
            },
            Amount::Custom(CustomUnitAmount { minimum, maximum, preset }) => {
                let (minimum, maximum, preset) = (*minimum, *maximum, *preset);
                let custom_unit_amount = Some(CustomUnitAmountObject { maximum, minimum, preset });
                Self { custom_unit_amount, ..nothing }
            }
            Amount::Tiered(tiers) => {
                let tiers = tiers.as_slice().iter().map(TierObject::from);
                Self { tiers: Some(tiers.collect()), ..nothing }
            }
        }
    }
}

impl From<&Tier> for TierObject {
    fn from(tier: &Tier) -> Self {
        Self {
            flat_amount: tier.flat_amount.and_then(UnitAmount::as_minor_units),
            flat_amount_decimal: tier.flat_amount.map(|amount| amount.to_string()),
            unit_amount: tier.unit_amount.and_then(UnitAmount::as_minor_units),
            unit_amount_decimal: tier.unit_amount.map(|amount| amount.to_string()),
            up_to: tier.up_to,
        }
    }
}

impl From<TransformQuantity> for TransformQuantityObject {
    fn from(transform: TransformQuantity) -> Self {
        let round = match transform.round {
            TransformRounding::Down => "down",
            TransformRounding::Up => "up",
        };
        Self { divide_by: transform.divide_by, round }
    }
}

impl Serialize for CurrencyOptions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Price { currency, amount, tax_behavior, terms, .. } = self.price;
        let own = (currency, amount, tax_behavior);
        let others = terms.currency_options.iter();
        let others = others.map(|option| (&option.currency, &option.amount, &option.tax_behavior));
        let mut map = serializer.serialize_map(None)?;
        for (currency, amount, tax_behavior) in std::iter::once(own).chain(others) {
            let fields = AmountFields::of(amount);
            let option = CurrencyOptionObject {
                custom_unit_amount: fields.custom_unit_amount,
                tax_behavior: tax_behavior_name(*tax_behavior),
                tiers: fields.tiers.filter(|_| self.shows_tiers),
                unit_amount: fields.unit_amount,
                unit_amount_decimal: fields.unit_amount_decimal,
            };
            map.serialize_entry(currency.code(), &option)?;
        }
        map.end()
    }
}

pub(super) const fn tax_behavior_name(behavior: TaxBehavior) -> &'static str {
    match behavior {
        TaxBehavior::Exclusive => "exclusive",
        TaxBehavior::Inclusive => "inclusive",
        TaxBehavior::Unspecified => "unspecified",
    }
}
