//! What a Price charges: amounts per unit, tiers, what a buyer may choose, other currencies.

use paydesk_domain::catalog::{
    Amount, CurrencyOptionChange, CustomUnitAmount, Tier, Tiers, TiersMode, TransformQuantity,
    TransformRounding,
};
use paydesk_domain::money::UnitAmount;

use super::catalog::tax_behavior;
use crate::form::{Choices, Fields, ParamProblem};

/// More than any currency can charge; the total of a cart has its own bound.
const UNIT_AMOUNT_MAX: i64 = 999_999_999_999;
/// The largest integer that JavaScript's numbers hold exactly.
const INTEGER_MAX: i64 = 9_007_199_254_740_991;
const TIERS_MAX: usize = 100;

#[derive(Clone, Copy, PartialEq, Eq)]
enum BillingScheme {
    PerUnit,
    Tiered,
}

const BILLING_SCHEMES: Choices<BillingScheme> =
    &[("per_unit", Some(BillingScheme::PerUnit)), ("tiered", Some(BillingScheme::Tiered))];
const TIERS_MODES: Choices<TiersMode> =
    &[("graduated", Some(TiersMode::Graduated)), ("volume", Some(TiersMode::Volume))];
const ROUNDINGS: Choices<TransformRounding> =
    &[("down", Some(TransformRounding::Down)), ("up", Some(TransformRounding::Up))];

/// Reads `unit_amount` or `unit_amount_decimal`.
pub(super) fn unit_amount(fields: &mut Fields<'_>) -> Option<UnitAmount> {
    fields.exactly_one(&["unit_amount", "unit_amount_decimal"]);
    either(fields, "unit_amount", "unit_amount_decimal")
}

/// Reads the amount of a Price in its own currency, by its billing scheme, and `tiers_mode`.
pub(super) fn amount(fields: &mut Fields<'_>) -> Option<(Amount, Option<TiersMode>)> {
    let scheme = fields.choice("billing_scheme", BILLING_SCHEMES);
    if scheme != Some(BillingScheme::Tiered) {
        for name in ["tiers", "tiers_mode"] {
            if fields.is_sent(name) {
                let (other, value) = ("billing_scheme", "tiered");
                let param = fields.param(name);
                fields.report(ParamProblem::OnlyWith { param, other, value });
            }
        }
        // Taken all the same, so that they are not unknown.
        tiers(fields);
        fields.choice("tiers_mode", TIERS_MODES);
        return Some((per_unit_or_custom(fields)?, None));
    }
    fields.at_most_one(&["tiers", "unit_amount", "unit_amount_decimal", "custom_unit_amount"]);
    either(fields, "unit_amount", "unit_amount_decimal");
    custom(fields);
    let was_sent = fields.is_sent("tiers");
    let tiers = tiers(fields);
    let tiers = fields.required("tiers", tiers, was_sent);
    let was_sent = fields.is_sent("tiers_mode");
    let mode = fields.choice("tiers_mode", TIERS_MODES);
    let mode = fields.required("tiers_mode", mode, was_sent);
    Some((Amount::Tiered(tiers?), Some(mode?)))
}

/// Reads the amount of a Price that has no tiers.
pub(super) fn per_unit_or_custom(fields: &mut Fields<'_>) -> Option<Amount> {
    fields.exactly_one(&["unit_amount", "unit_amount_decimal", "custom_unit_amount"]);
    let unit_amount = either(fields, "unit_amount", "unit_amount_decimal").map(Amount::PerUnit);
    let custom = custom(fields).map(Amount::Custom);
    unit_amount.or(custom)
}

/// Reads `currency_options`.
pub(super) fn currency_options(fields: &mut Fields<'_>) -> Option<Vec<CurrencyOptionChange>> {
    fields.by_currency("currency_options", |currency, fields| {
        let names = &["unit_amount", "unit_amount_decimal", "custom_unit_amount", "tiers"];
        fields.at_most_one(names);
        let unit_amount = either(fields, "unit_amount", "unit_amount_decimal");
        let custom = custom(fields).map(Amount::Custom);
        let tiers = tiers(fields).map(Amount::Tiered);
        Some(CurrencyOptionChange {
            currency,
            amount: unit_amount.map(Amount::PerUnit).or(custom).or(tiers),
            tax_behavior: tax_behavior(fields),
        })
    })
}

/// Reads `transform_quantity`.
pub(super) fn transform_quantity(fields: &mut Fields<'_>) -> Option<TransformQuantity> {
    fields.object("transform_quantity", |fields| {
        let was_sent = fields.is_sent("divide_by");
        let divide_by = fields.integer("divide_by", 1, INTEGER_MAX);
        let divide_by = fields.required("divide_by", divide_by, was_sent);
        let was_sent = fields.is_sent("round");
        let round = fields.choice("round", ROUNDINGS);
        let round = fields.required("round", round, was_sent);
        Some(TransformQuantity { divide_by: u64::try_from(divide_by?).ok()?, round: round? })
    })
}

/// Reads an amount that is sent as an integer or as a decimal.
fn either(fields: &mut Fields<'_>, whole: &str, decimal: &str) -> Option<UnitAmount> {
    let whole = fields.integer(whole, 0, UNIT_AMOUNT_MAX);
    let decimal = fields.decimal(decimal);
    decimal.or_else(|| UnitAmount::from_minor_units(whole?).ok())
}

fn custom(fields: &mut Fields<'_>) -> Option<CustomUnitAmount> {
    fields.object("custom_unit_amount", |fields| {
        let was_sent = fields.is_sent("enabled");
        let enabled = fields.boolean("enabled");
        if fields.required("enabled", enabled, was_sent) == Some(false) {
            let param = fields.param("enabled");
            fields.report(ParamProblem::NotEnabled { param });
        }
        let mut bound = |name: &str| fields.integer(name, 0, UNIT_AMOUNT_MAX);
        let (minimum, maximum, preset) = (bound("minimum"), bound("maximum"), bound("preset"));
        let custom = CustomUnitAmount { minimum, maximum, preset };
        if !custom.is_consistent() {
            let param = fields.param("preset");
            fields.report(ParamProblem::CustomBounds { param });
        }
        Some(custom)
    })
}

fn tiers(fields: &mut Fields<'_>) -> Option<Tiers> {
    let param = fields.param("tiers");
    let tiers = fields.objects("tiers", TIERS_MAX, |fields| {
        fields.at_most_one(&["unit_amount", "unit_amount_decimal"]);
        fields.at_most_one(&["flat_amount", "flat_amount_decimal"]);
        let unit_amount = either(fields, "unit_amount", "unit_amount_decimal");
        let flat_amount = either(fields, "flat_amount", "flat_amount_decimal");
        let was_sent = fields.is_sent("up_to");
        let up_to = up_to(fields);
        let up_to = fields.required("up_to", up_to, was_sent)?;
        Some(Tier { up_to, unit_amount, flat_amount })
    });
    match Tiers::new(tiers?) {
        Ok(tiers) => Some(tiers),
        Err(reason) => {
            fields.report(ParamProblem::Tiers { param, reason });
            None
        }
    }
}

/// `inf` or the last unit of a tier.
fn up_to(fields: &mut Fields<'_>) -> Option<Option<u64>> {
    if fields.take_text_equal("up_to", "inf") {
        return Some(None);
    }
    let last = fields.integer("up_to", 1, INTEGER_MAX)?;
    u64::try_from(last).ok().map(Some)
}
