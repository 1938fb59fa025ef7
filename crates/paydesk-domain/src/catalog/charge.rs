//! What a Price charges for a quantity: units times amounts, summed exactly.
//!
//! Nothing is rounded here. A line of a cart rounds its sum once, so that a fraction of a cent is
//! neither lost nor counted twice, however many tiers a quantity runs through.

use super::amount::{Amount, Tier, Tiers, TiersMode, TransformQuantity, TransformRounding};
use super::price::{Price, TaxBehavior};
use crate::money::{Currency, MoneyError, UnitAmount};

/// What a quantity costs, before it is rounded, and by which steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// How many units are billed, where `transform_quantity` makes them differ from the quantity.
    pub billed_units: Option<u64>,
    /// The terms of the sum, in the order of the tiers; one where there are no tiers, none where
    /// nothing is charged yet.
    pub steps: Vec<ChargeStep>,
    /// The sum of the steps.
    pub exact: UnitAmount,
}

/// So many units at an amount each, and a flat amount once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChargeStep {
    /// How many units.
    pub units: u64,
    /// For each of them; none where the tier has a flat amount only.
    pub unit_amount: Option<UnitAmount>,
    /// Once, for entering the tier.
    pub flat_amount: Option<UnitAmount>,
}

impl Charge {
    fn of(steps: Vec<ChargeStep>) -> Result<Self, MoneyError> {
        let mut exact = UnitAmount::ZERO;
        for step in &steps {
            exact = exact.checked_add(step.exact()?)?;
        }
        Ok(Self { billed_units: None, steps, exact })
    }

    /// Nothing now: what is metered is charged when it was counted.
    #[must_use]
    pub const fn nothing() -> Self {
        Self { billed_units: None, steps: Vec::new(), exact: UnitAmount::ZERO }
    }
}

impl ChargeStep {
    fn exact(self) -> Result<UnitAmount, MoneyError> {
        let units = match self.unit_amount {
            Some(unit_amount) => unit_amount.checked_mul(self.units)?,
            None => UnitAmount::ZERO,
        };
        units.checked_add(self.flat_amount.unwrap_or(UnitAmount::ZERO))
    }
}

impl Price {
    /// What the Price is in a currency, its own or one of its `currency_options`: the amount, and
    /// how tax relates to it.
    #[must_use]
    pub fn in_currency(&self, currency: Currency) -> Option<(&Amount, TaxBehavior)> {
        if currency == self.currency {
            return Some((&self.amount, self.tax_behavior));
        }
        let options = &self.terms.currency_options;
        let option = options.iter().find(|option| option.currency == currency)?;
        Some((&option.amount, option.tax_behavior))
    }

    /// What a quantity costs of an amount that [`Self::in_currency`] gave.
    ///
    /// A buyer who has not chosen a `custom_unit_amount` yet is charged its preset, or nothing.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn charge(&self, amount: &Amount, quantity: u64) -> Result<Charge, MoneyError> {
        let step = |units, unit_amount| ChargeStep {
            units,
            unit_amount: Some(unit_amount),
            flat_amount: None,
        };
        match amount {
            Amount::PerUnit(unit_amount) => match self.terms.transform_quantity {
                None => Charge::of(vec![step(quantity, *unit_amount)]),
                Some(transform) => {
                    let billed = transform.billed_units(quantity);
                    let charge = Charge::of(vec![step(billed, *unit_amount)])?;
                    Ok(Charge { billed_units: Some(billed), ..charge })
                }
            },
            Amount::Custom(custom) => {
                let preset = custom.preset.and_then(|preset| {
                    // A preset was checked to be no negative amount when the Price was made.
                    UnitAmount::from_minor_units(preset).ok()
                });
                Charge::of(vec![step(quantity, preset.unwrap_or(UnitAmount::ZERO))])
            }
            Amount::Tiered(tiers) => {
                let mode = self.terms.tiers_mode.unwrap_or(TiersMode::Graduated);
                Charge::of(tiers.steps(mode, quantity))
            }
        }
    }
}

impl TransformQuantity {
    /// How many units are billed for a quantity.
    #[must_use]
    pub const fn billed_units(self, quantity: u64) -> u64 {
        let whole = match quantity.checked_div(self.divide_by) {
            Some(whole) => whole,
            None => quantity,
        };
        let has_rest = !matches!(quantity.checked_rem(self.divide_by), Some(0) | None);
        match self.round {
            TransformRounding::Up if has_rest => whole.saturating_add(1),
            TransformRounding::Up | TransformRounding::Down => whole,
        }
    }
}

impl Tiers {
    /// The terms of the sum for a quantity. The first tier is entered in any case, so that its flat
    /// amount is charged for a quantity of zero too.
    fn steps(&self, mode: TiersMode, quantity: u64) -> Vec<ChargeStep> {
        let step = |tier: &Tier, units| ChargeStep {
            units,
            unit_amount: tier.unit_amount,
            flat_amount: tier.flat_amount,
        };
        let reaches = |tier: &Tier| tier.up_to.is_none_or(|end| quantity <= end);
        match mode {
            TiersMode::Volume => {
                let reached = self.as_slice().iter().find(|tier| reaches(tier));
                reached.map(|tier| step(tier, quantity)).into_iter().collect()
            }
            TiersMode::Graduated => {
                let mut steps = Vec::new();
                let mut begin = 0;
                for tier in self.as_slice() {
                    let end = tier.up_to.unwrap_or(u64::MAX).min(quantity);
                    steps.push(step(tier, end.saturating_sub(begin)));
                    begin = end;
                    if reaches(tier) {
                        break;
                    }
                }
                steps
            }
        }
    }
}
