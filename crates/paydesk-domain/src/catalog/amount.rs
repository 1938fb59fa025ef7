//! What a Price charges: an amount for each unit, tiers of them, or what the buyer chooses.

use thiserror::Error;

use super::price::{Recurring, TaxBehavior};
use crate::money::{Currency, UnitAmount};

/// What a Price charges in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// As much for every unit: `unit_amount` or `unit_amount_decimal`, `billing_scheme=per_unit`.
    PerUnit(UnitAmount),
    /// What the buyer chooses: `custom_unit_amount`.
    Custom(CustomUnitAmount),
    /// What the tiers say: `billing_scheme=tiered`.
    Tiered(Tiers),
}

/// Bounds of what a buyer may choose, in minor units. Mirrors Stripe's `custom_unit_amount`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomUnitAmount {
    /// At least.
    pub minimum: Option<i64>,
    /// At most.
    pub maximum: Option<i64>,
    /// What it is before the buyer chooses.
    pub preset: Option<i64>,
}

impl CustomUnitAmount {
    /// Whether the bounds are in order and the preset lies within them.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        let known = [self.minimum, self.preset, self.maximum];
        known.into_iter().flatten().is_sorted()
    }
}

/// At least one tier, in the order of their bounds; the last one, and no other, has none. Mirrors
/// Stripe's `tiers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers(Vec<Tier>);

/// One tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The last unit that belongs to it; none for all further ones.
    pub up_to: Option<u64>,
    /// For each unit within it.
    pub unit_amount: Option<UnitAmount>,
    /// Once, when it is entered.
    pub flat_amount: Option<UnitAmount>,
}

/// Why tiers are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TiersRefusal {
    /// There is none.
    #[error("no tier")]
    None,
    /// The tier counted so from 0 has neither amount.
    #[error("tier {0} has no amount")]
    AmountMissing(usize),
    /// The tier counted so ends no later than the one before it.
    #[error("tier {0} ends before the one before it")]
    NotAscending(usize),
    /// The tier counted so is the last and has a bound.
    #[error("tier {0}, the last, has a bound")]
    LastIsBounded(usize),
    /// The tier counted so has no bound and is not the last.
    #[error("tier {0} has no bound")]
    UnboundedBeforeLast(usize),
}

impl Tiers {
    /// Tiers that cover every quantity once.
    ///
    /// # Errors
    /// [`TiersRefusal`], for the first tier that is wrong.
    pub fn new(tiers: Vec<Tier>) -> Result<Self, TiersRefusal> {
        let last = tiers.len().checked_sub(1).ok_or(TiersRefusal::None)?;
        let mut ended = 0;
        for (index, tier) in tiers.iter().enumerate() {
            if tier.unit_amount.is_none() && tier.flat_amount.is_none() {
                return Err(TiersRefusal::AmountMissing(index));
            }
            match tier.up_to {
                Some(_) if index == last => return Err(TiersRefusal::LastIsBounded(index)),
                Some(end) if end <= ended => return Err(TiersRefusal::NotAscending(index)),
                Some(end) => ended = end,
                None if index == last => {}
                None => return Err(TiersRefusal::UnboundedBeforeLast(index)),
            }
        }
        Ok(Self(tiers))
    }

    /// The tiers in their order.
    #[must_use]
    pub fn as_slice(&self) -> &[Tier] {
        &self.0
    }
}

/// How tiers add up. Mirrors Stripe's `tiers_mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TiersMode {
    /// Each tier charges the units within it.
    Graduated,
    /// The tier that the whole quantity reaches charges all units.
    Volume,
}

/// How a quantity becomes billed units. Mirrors Stripe's `transform_quantity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransformQuantity {
    /// So many make one billed unit; at least 1.
    pub divide_by: u64,
    /// What becomes of a rest.
    pub round: TransformRounding,
}

/// What becomes of units that make no whole billed unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransformRounding {
    /// They are free.
    Down,
    /// They count as a whole one.
    Up,
}

/// How the quantity of a recurring Price is known. Mirrors Stripe's `usage_type` and `meter`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Usage {
    /// It is set.
    #[default]
    Licensed,
    /// It is counted.
    Metered {
        /// The id of what counts it. Nothing of that name is looked for.
        meter: String,
    },
}

/// A Price in another currency than its own. Mirrors an entry of Stripe's `currency_options`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyOption {
    /// The other currency.
    pub currency: Currency,
    /// What is charged in it, in the same billing scheme.
    pub amount: Amount,
    /// How tax relates to that amount.
    pub tax_behavior: TaxBehavior,
}

/// What a request says about a Price in another currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyOptionChange {
    /// The other currency.
    pub currency: Currency,
    /// What is charged in it.
    pub amount: Option<Amount>,
    /// How tax relates to that amount.
    pub tax_behavior: Option<TaxBehavior>,
}

/// What a Price says beyond its own amount and interval; most say nothing of it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PriceTerms {
    /// How its tiers add up; given exactly where it has tiers.
    pub tiers_mode: Option<TiersMode>,
    /// How quantities become billed units.
    pub transform_quantity: Option<TransformQuantity>,
    /// How the quantity is known; anything but licensed only where the Price is recurring.
    pub usage: Usage,
    /// The days of a subscription's trial, 1 to 730; only where the Price is recurring.
    pub trial_period_days: Option<u32>,
    /// What it is in other currencies, in the order in which they were first named.
    pub currency_options: Vec<CurrencyOption>,
}

/// Why the terms of a Price contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TermsRefusal {
    /// A buyer chooses an amount for once, not for every month.
    #[error("a custom amount is charged once")]
    CustomAmountRecurring,
    /// Quantities are transformed for an amount per unit only.
    #[error("quantities are transformed for an amount per unit only")]
    TransformNotPerUnit,
    /// What is said about a currency.
    #[error("{currency}: {reason}")]
    CurrencyOption {
        /// Which.
        currency: Currency,
        /// What is wrong with it.
        reason: CurrencyOptionRefusal,
    },
}

/// What is wrong with an entry of `currency_options`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CurrencyOptionRefusal {
    /// It is the Price's own currency.
    #[error("it is the price's own currency")]
    OwnCurrency,
    /// A currency that the Price does not have yet needs an amount.
    #[error("its amount is missing")]
    AmountMissing,
    /// The amount is of another kind than the Price's own.
    #[error("its amount is of another kind than the price's")]
    OtherKind,
    /// `tax_behavior` can't be changed once it is inclusive or exclusive.
    #[error("its tax behavior is fixed")]
    TaxBehaviorFixed,
}

impl PriceTerms {
    /// The terms of a new Price, with what a request says about other currencies.
    ///
    /// # Errors
    /// [`TermsRefusal`]
    pub fn with_currencies(
        mut self,
        own: (Currency, &Amount),
        recurring: Option<Recurring>,
        changes: Vec<CurrencyOptionChange>,
    ) -> Result<Self, TermsRefusal> {
        let (_, amount) = own;
        if recurring.is_some() && matches!(amount, Amount::Custom(_)) {
            return Err(TermsRefusal::CustomAmountRecurring);
        }
        if self.transform_quantity.is_some() && !matches!(amount, Amount::PerUnit(_)) {
            return Err(TermsRefusal::TransformNotPerUnit);
        }
        self.currency_options = merged(self.currency_options, own, changes)?;
        Ok(self)
    }
}

/// Options with the changes of a request: those it names anew are added, the others changed.
pub(super) fn merged(
    mut options: Vec<CurrencyOption>,
    (own, own_amount): (Currency, &Amount),
    changes: Vec<CurrencyOptionChange>,
) -> Result<Vec<CurrencyOption>, TermsRefusal> {
    for CurrencyOptionChange { currency, amount, tax_behavior } in changes {
        let refused = |reason| Err(TermsRefusal::CurrencyOption { currency, reason });
        if currency == own {
            return refused(CurrencyOptionRefusal::OwnCurrency);
        }
        if amount.as_ref().is_some_and(|amount| !amount.is_of_kind(own_amount)) {
            return refused(CurrencyOptionRefusal::OtherKind);
        }
        if let Some(option) = options.iter_mut().find(|option| option.currency == currency) {
            let behavior = tax_behavior.unwrap_or(option.tax_behavior);
            if option.tax_behavior != TaxBehavior::Unspecified && behavior != option.tax_behavior {
                return refused(CurrencyOptionRefusal::TaxBehaviorFixed);
            }
            option.tax_behavior = behavior;
            if let Some(amount) = amount {
                option.amount = amount;
            }
            continue;
        }
        let Some(amount) = amount else {
            return refused(CurrencyOptionRefusal::AmountMissing);
        };
        let tax_behavior = tax_behavior.unwrap_or_default();
        options.push(CurrencyOption { currency, amount, tax_behavior });
    }
    Ok(options)
}

impl Amount {
    /// Whether both are in the same billing scheme, and both chosen by the buyer or neither.
    #[must_use]
    pub const fn is_of_kind(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::PerUnit(_), Self::PerUnit(_))
                | (Self::Custom(_), Self::Custom(_))
                | (Self::Tiered(_), Self::Tiered(_))
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `5:700 10:650 inf:600+100`: each tier's bound, unit amount and flat amount.
    fn tiers(text: &str) -> Result<Tiers, TiersRefusal> {
        let amount = |text: &str| UnitAmount::parse(text).ok();
        let tier = |word: &str| {
            let (up_to, amounts) = word.split_once(':').unwrap();
            let (unit, flat) = amounts.split_once('+').unwrap_or((amounts, ""));
            Tier { up_to: up_to.parse().ok(), unit_amount: amount(unit), flat_amount: amount(flat) }
        };
        Tiers::new(text.split_whitespace().map(tier).collect())
    }

    #[test]
    fn tiers_cover_every_quantity_once() {
        for text in ["inf:1", "inf:+5", "5:700 10:650 inf:600+100", "1:0.000000000001 inf:0"] {
            assert!(tiers(text).is_ok(), "{text}");
        }
        for (text, expected) in [
            ("", TiersRefusal::None),
            ("5:700", TiersRefusal::LastIsBounded(0)),
            ("5:700 10:650", TiersRefusal::LastIsBounded(1)),
            ("inf:1 inf:2", TiersRefusal::UnboundedBeforeLast(0)),
            ("5:1 5:2 inf:3", TiersRefusal::NotAscending(1)),
            ("5:1 4:2 inf:3", TiersRefusal::NotAscending(1)),
            ("0:1 inf:3", TiersRefusal::NotAscending(0)),
            ("5:1 inf:", TiersRefusal::AmountMissing(1)),
        ] {
            assert_eq!(tiers(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_preset_lies_between_its_bounds() {
        let custom = |minimum, preset, maximum| CustomUnitAmount { minimum, maximum, preset };
        assert!(custom(None, None, None).is_consistent());
        assert!(custom(Some(100), Some(100), Some(100)).is_consistent());
        assert!(custom(None, Some(500), None).is_consistent());
        assert!(!custom(Some(100), Some(50), None).is_consistent());
        assert!(!custom(None, Some(500), Some(400)).is_consistent());
        assert!(!custom(Some(500), None, Some(400)).is_consistent());
    }
}
