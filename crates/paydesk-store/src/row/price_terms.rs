//! What few Prices have, as parts of their row: absent where it says nothing.

use minicbor::{Decode, Encode};
use paydesk_domain::catalog::{
    Amount, CurrencyOption, CustomUnitAmount, PriceTerms, Tier, Tiers, TiersMode,
    TransformQuantity, TransformRounding, Usage,
};
use paydesk_domain::money::UnitAmount;

use super::catalog::TaxBehaviorRow;
use super::{RowError, currency};

/// What a Price charges, where it is not an amount per unit.
#[derive(Encode, Decode)]
pub(super) enum OtherAmountRow {
    /// Minimum, maximum, preset.
    #[n(0)]
    Custom(#[n(0)] Option<i64>, #[n(1)] Option<i64>, #[n(2)] Option<i64>),
    #[n(1)]
    Tiered(#[n(0)] Vec<TierRow>),
}

#[derive(Encode, Decode)]
pub(super) struct TierRow {
    #[n(0)]
    up_to: Option<u64>,
    /// Decimal text of minor units, exact; so is the other.
    #[n(1)]
    unit_amount: Option<String>,
    #[n(2)]
    flat_amount: Option<String>,
}

#[derive(Encode, Decode)]
pub(super) struct TermsRow<'b> {
    /// Whether the tiers are graduated.
    #[n(0)]
    is_graduated: Option<bool>,
    /// How many make a unit, and whether a rest counts as one.
    #[n(1)]
    transform_quantity: Option<(u64, bool)>,
    #[b(2)]
    meter: Option<&'b str>,
    #[n(3)]
    trial_period_days: Option<u32>,
    #[b(4)]
    currency_options: Option<Vec<CurrencyOptionRow<'b>>>,
}

#[derive(Encode, Decode)]
struct CurrencyOptionRow<'b> {
    #[b(0)]
    currency: &'b str,
    #[n(1)]
    unit_amount: String,
    #[n(2)]
    other_amount: Option<OtherAmountRow>,
    #[n(3)]
    tax_behavior: TaxBehaviorRow,
}

/// An amount as the text of an amount per unit, empty where it is none, and what it is otherwise.
pub(super) fn amount_columns(amount: &Amount) -> (String, Option<OtherAmountRow>) {
    match amount {
        Amount::PerUnit(unit_amount) => (unit_amount.to_string(), None),
        Amount::Custom(custom) => {
            let CustomUnitAmount { minimum, maximum, preset } = *custom;
            (String::new(), Some(OtherAmountRow::Custom(minimum, maximum, preset)))
        }
        Amount::Tiered(tiers) => {
            let tiers = tiers.as_slice().iter().map(|tier| TierRow {
                up_to: tier.up_to,
                unit_amount: tier.unit_amount.map(|amount| amount.to_string()),
                flat_amount: tier.flat_amount.map(|amount| amount.to_string()),
            });
            (String::new(), Some(OtherAmountRow::Tiered(tiers.collect())))
        }
    }
}

pub(super) fn amount(unit_amount: &str, other: Option<OtherAmountRow>) -> Result<Amount, RowError> {
    match other {
        None => Ok(Amount::PerUnit(UnitAmount::parse(unit_amount).map_err(RowError::of)?)),
        Some(OtherAmountRow::Custom(minimum, maximum, preset)) => {
            let custom = CustomUnitAmount { minimum, maximum, preset };
            if custom.is_consistent() {
                Ok(Amount::Custom(custom))
            } else {
                Err(RowError::of("a custom amount whose bounds are not in order"))
            }
        }
        Some(OtherAmountRow::Tiered(rows)) => {
            let exact = |text: Option<String>| {
                text.map(|text| UnitAmount::parse(&text)).transpose().map_err(RowError::of)
            };
            let tier = |row: TierRow| {
                Ok(Tier {
                    up_to: row.up_to,
                    unit_amount: exact(row.unit_amount)?,
                    flat_amount: exact(row.flat_amount)?,
                })
            };
            let tiers: Result<Vec<Tier>, RowError> = rows.into_iter().map(tier).collect();
            Ok(Amount::Tiered(Tiers::new(tiers?).map_err(RowError::of)?))
        }
    }
}

/// The row of terms that say something.
pub(super) fn terms_row(terms: &PriceTerms) -> Option<TermsRow<'_>> {
    if *terms == PriceTerms::default() {
        return None;
    }
    let options = terms.currency_options.iter().map(|option| {
        let (unit_amount, other_amount) = amount_columns(&option.amount);
        CurrencyOptionRow {
            currency: option.currency.code(),
            unit_amount,
            other_amount,
            tax_behavior: option.tax_behavior.into(),
        }
    });
    Some(TermsRow {
        is_graduated: terms.tiers_mode.map(|mode| mode == TiersMode::Graduated),
        transform_quantity: terms
            .transform_quantity
            .map(|transform| (transform.divide_by, transform.round == TransformRounding::Up)),
        meter: match &terms.usage {
            Usage::Licensed => None,
            Usage::Metered { meter } => Some(meter),
        },
        trial_period_days: terms.trial_period_days,
        currency_options: (!terms.currency_options.is_empty()).then(|| options.collect()),
    })
}

pub(super) fn terms(row: Option<TermsRow<'_>>) -> Result<PriceTerms, RowError> {
    let Some(row) = row else {
        return Ok(PriceTerms::default());
    };
    let mut currency_options = Vec::new();
    for option in row.currency_options.into_iter().flatten() {
        currency_options.push(CurrencyOption {
            currency: currency(option.currency)?,
            amount: amount(&option.unit_amount, option.other_amount)?,
            tax_behavior: option.tax_behavior.into(),
        });
    }
    let mode = |is_graduated| if is_graduated { TiersMode::Graduated } else { TiersMode::Volume };
    let rounding = |up| if up { TransformRounding::Up } else { TransformRounding::Down };
    Ok(PriceTerms {
        tiers_mode: row.is_graduated.map(mode),
        transform_quantity: row
            .transform_quantity
            .map(|(divide_by, up)| TransformQuantity { divide_by, round: rounding(up) }),
        usage: match row.meter {
            None => Usage::Licensed,
            Some(meter) => Usage::Metered { meter: meter.to_owned() },
        },
        trial_period_days: row.trial_period_days,
        currency_options,
    })
}
