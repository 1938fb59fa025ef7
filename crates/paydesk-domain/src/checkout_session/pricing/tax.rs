//! What taxes a base carries: each rate on its own, rounded once.

use crate::id::TaxRateId;
use crate::money::{Currency, Money, MoneyError};
use crate::tax_rate::{Percentage, TaxRate};

/// A hundred percent, in the unit of [`Percentage::ten_thousandths`].
const WHOLE: i128 = 1_000_000;

/// A rate as it is applied to a line or to shipping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AppliedRate {
    pub(crate) rate: TaxRateId,
    pub(crate) percentage: Percentage,
    pub(crate) inclusive: bool,
    /// Why it is applied, where the tax table says so.
    pub(crate) reason: Option<TaxabilityReason>,
}

/// Why a tax is what it is. Mirrors Stripe's `taxability_reason`, as far as the tax table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxabilityReason {
    /// The rate of everything that has no rate of its own.
    StandardRated,
    /// The rate of this kind of product.
    ReducedRated,
    /// Nothing, by a rate of zero.
    ZeroRated,
    /// Nothing, since the customer owes none.
    CustomerExempt,
    /// Nothing, since the customer owes it to the state themselves.
    ReverseCharge,
}

impl TaxabilityReason {
    /// Whether nothing is taken because of who buys.
    const fn is_exemption(self) -> bool {
        matches!(self, Self::CustomerExempt | Self::ReverseCharge)
    }
}

impl From<&TaxRate> for AppliedRate {
    fn from(rate: &TaxRate) -> Self {
        Self {
            rate: rate.id.clone(),
            percentage: rate.percentage,
            inclusive: rate.inclusive,
            reason: None,
        }
    }
}

impl From<&TaxAmount> for AppliedRate {
    fn from(tax: &TaxAmount) -> Self {
        let TaxAmount { rate, percentage, inclusive, reason, .. } = tax;
        Self { rate: rate.clone(), percentage: *percentage, inclusive: *inclusive, reason: *reason }
    }
}

/// What one rate makes of a base. Mirrors Stripe's `taxes[]` of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxAmount {
    /// The rate: Stripe's `rate`.
    pub rate: TaxRateId,
    /// The rate's percentage, which never changes.
    pub percentage: Percentage,
    /// Whether the tax is inside the base; on top of it otherwise.
    pub inclusive: bool,
    /// What the tax is taken from, without any tax inside it: Stripe's `taxable_amount`.
    pub taxable: Money,
    /// The tax, rounded half away from zero.
    pub amount: Money,
    /// Why it is so much; none for a rate that the shop defined by hand.
    pub reason: Option<TaxabilityReason>,
}

impl TaxAmount {
    /// All of them together, inside and on top. Amounts of one session never add up to more than
    /// its totals, which were checked to fit.
    pub(crate) fn sum(taxes: &[Self], currency: Currency) -> Money {
        let add = |sum: i64, tax: &Self| sum.saturating_add(tax.amount.minor_units());
        Money::new(taxes.iter().fold(0, add), currency)
    }

    /// A base with those taxes added that are on top of it.
    pub(crate) fn on_top_of(base: Money, taxes: &[Self]) -> Result<Money, MoneyError> {
        let mut on_top = taxes.iter().filter(|tax| !tax.inclusive);
        on_top.try_fold(base, |total, tax| total.checked_add(tax.amount))
    }
}

/// The taxes of a base, in the order of the rates.
///
/// Inclusive rates share what is inside the base: each is its part of base × rate / (100 + all
/// inclusive rates). Exclusive ones are taken from what is left when those are taken out. They do
/// not compound.
pub(crate) fn taxes_of(base: Money, rates: &[AppliedRate]) -> Result<Vec<TaxAmount>, MoneyError> {
    let all_inside: i128 =
        rates.iter().filter(|rate| rate.is_inside()).map(AppliedRate::ten_thousandths).sum();
    let mut net = base;
    let mut inside = Vec::new();
    for rate in rates.iter().filter(|rate| rate.is_inside()) {
        let tax = rate.of(base, all_inside)?;
        // Several halves of a cent, each rounded up, can't be more than there is.
        let tax = if tax.minor_units() > net.minor_units() { net } else { tax };
        net = net.checked_sub(tax)?;
        inside.push(tax);
    }
    let mut inside = inside.into_iter();
    rates
        .iter()
        .map(|rate| {
            let taken = if rate.is_inside() { inside.next() } else { None };
            let is_exempt = rate.reason.is_some_and(TaxabilityReason::is_exemption);
            let nothing = Money::zero(base.currency());
            Ok(TaxAmount {
                rate: rate.rate.clone(),
                percentage: rate.percentage,
                inclusive: rate.inclusive,
                taxable: if is_exempt { nothing } else { net },
                amount: match taken {
                    _ if is_exempt => nothing,
                    Some(tax) => tax,
                    None => rate.of(net, 0)?,
                },
                reason: rate.reason,
            })
        })
        .collect()
}

impl AppliedRate {
    /// Whether the base has a tax of this rate in it.
    fn is_inside(&self) -> bool {
        self.inclusive && !self.reason.is_some_and(TaxabilityReason::is_exemption)
    }

    fn ten_thousandths(&self) -> i128 {
        i128::from(self.percentage.ten_thousandths())
    }

    /// Amount × rate / (100 % + what is inside the amount).
    fn of(&self, amount: Money, inside: i128) -> Result<Money, MoneyError> {
        let dividend = i128::from(amount.minor_units())
            .checked_mul(self.ten_thousandths())
            .ok_or(MoneyError::Overflow)?;
        Money::divided(dividend, WHOLE.saturating_add(inside), amount.currency())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usd(minor_units: i64) -> Money {
        Money::new(minor_units, Currency::from_code("usd").unwrap())
    }

    /// `8.25` for an exclusive rate, `20i` for an inclusive one.
    fn rates(text: &str) -> Vec<AppliedRate> {
        let rate = |word: &str| AppliedRate {
            rate: TaxRateId::from(word),
            percentage: Percentage::parse(word.trim_end_matches('i')).unwrap(),
            inclusive: word.ends_with('i'),
            reason: None,
        };
        text.split_whitespace().map(rate).collect()
    }

    #[test]
    fn each_rate_is_rounded_on_its_own() {
        for (base, text, expected) in [
            (5397, "8.25", &[445][..]),
            (900, "20i", &[150]),
            (1000, "", &[]),
            (1000, "0", &[0]),
            (1000, "100", &[1000]),
            (1000, "100i", &[500]),
            (50, "1", &[1]),
            (49, "1", &[0]),
            (1000, "6.25 1.5 0.4375", &[63, 15, 4]),
            (1100, "5i 5i", &[50, 50]),
            (1210, "10 10i", &[110, 110]),
            (1, "99.9999", &[1]),
            (0, "20i 8.25", &[0, 0]),
            (3, "100i 100i 100i 100i 100i 100", &[1, 1, 1, 0, 0, 0]),
        ] {
            let taxes = taxes_of(usd(base), &rates(text)).unwrap();
            let amounts: Vec<i64> = taxes.iter().map(|tax| tax.amount.minor_units()).collect();
            assert_eq!(amounts, expected, "{base} at {text}");
        }
    }

    #[test]
    fn all_rates_are_taken_from_what_has_no_tax_inside() {
        let taxes = taxes_of(usd(1210), &rates("10 10i")).unwrap();
        assert!(taxes.iter().all(|tax| tax.taxable == usd(1100)));
    }

    proptest! {
        /// Taking an inclusive tax out and putting it on again comes back to the base, but for the
        /// cent that rounding may move.
        #[test]
        fn an_inclusive_tax_round_trips(
            base in 0i64..=99_999_999,
            ten_thousandths in 0u32..=1_000_000,
        ) {
            let text = format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000);
            let inside = taxes_of(usd(base), &rates(&format!("{text}i"))).unwrap();
            let net = base - inside[0].amount.minor_units();
            let on_top = taxes_of(usd(net), &rates(&text)).unwrap();
            let back = net + on_top[0].amount.minor_units();
            prop_assert!((back - base).abs() <= 1, "{base} became {back}");
        }

        #[test]
        fn nothing_overflows_at_the_largest_amounts(
            base in (i64::MAX - 1000)..=i64::MAX,
            count in 1usize..=5,
        ) {
            let text = vec!["100i"; count].join(" ");
            prop_assert!(taxes_of(usd(base), &rates(&text)).is_ok());
        }
    }
}
