//! An amount of money and its checked arithmetic.

use std::fmt;

use thiserror::Error;

use super::Currency;

/// An amount in minor units (cents, or whole yen) of one currency.
///
/// Mirrors Stripe's integer amounts such as `amount_total`. Arithmetic never wraps and never mixes
/// currencies: both are errors.
///
/// ```
/// use paydesk_domain::money::{Currency, Money};
/// let usd = Currency::from_code("usd").expect("a known currency");
/// let sum = Money::new(1999, usd).checked_add(Money::new(1, usd)).expect("it fits");
/// assert_eq!(sum.minor_units(), 2000);
/// assert_eq!(sum.to_string(), "20.00 usd");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    minor_units: i64,
    currency: Currency,
}

/// Why an amount can't be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The result does not fit 64 bits.
    #[error("the amount is too large to be computed")]
    Overflow,
    /// Two currencies met.
    #[error("cannot add {1} to {0}")]
    CurrencyMismatch(Currency, Currency),
}

impl Money {
    /// So many minor units of a currency.
    #[must_use]
    pub const fn new(minor_units: i64, currency: Currency) -> Self {
        Self { minor_units, currency }
    }

    /// Nothing, of a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The amount in minor units, as JSON carries it.
    #[must_use]
    pub const fn minor_units(self) -> i64 {
        self.minor_units
    }

    /// Its currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether nothing is owed.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor_units == 0
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] and [`MoneyError::CurrencyMismatch`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch(self.currency, other.currency));
        }
        let sum = self.minor_units.checked_add(other.minor_units).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(sum, self.currency))
    }

    /// The difference; below zero where `other` is more.
    ///
    /// # Errors
    /// As [`Self::checked_add`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        let negative = other.minor_units.checked_neg().ok_or(MoneyError::Overflow)?;
        self.checked_add(Self::new(negative, other.currency))
    }

    /// A quotient of exact numbers, neither below zero, in minor units: rounded half away from
    /// zero. The one place where amounts are rounded.
    pub(crate) fn divided(
        dividend: i128,
        divisor: i128,
        currency: Currency,
    ) -> Result<Self, MoneyError> {
        // Twice as much, half of the divisor more, and down: no half is ever lost.
        let doubled = dividend.checked_mul(2).ok_or(MoneyError::Overflow)?;
        let raised = doubled.checked_add(divisor).ok_or(MoneyError::Overflow)?;
        let twice = divisor.checked_mul(2).ok_or(MoneyError::Overflow)?;
        let rounded = raised.checked_div(twice).ok_or(MoneyError::Overflow)?;
        let minor_units = i64::try_from(rounded).map_err(|_| MoneyError::Overflow)?;
        Ok(Self::new(minor_units, currency))
    }

    /// The sum of amounts of one currency; zero when there are none.
    ///
    /// # Errors
    /// As [`Self::checked_add`].
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }
}

impl fmt::Display for Money {
    /// In major units with the currency's decimal places: `20.00 usd`, `2000 jpy`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = usize::from(self.currency.decimal_places());
        let digits = format!(
            "{:0>width$}",
            self.minor_units.unsigned_abs(),
            width = places.saturating_add(1)
        );
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        let sign = if self.minor_units < 0 { "-" } else { "" };
        if fraction.is_empty() {
            write!(f, "{sign}{whole} {}", self.currency)
        } else {
            write!(f, "{sign}{whole}.{fraction} {}", self.currency)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::from_code(code).unwrap()
    }

    #[test]
    fn currencies_do_not_mix() {
        let sum = Money::new(1, currency("usd")).checked_add(Money::new(1, currency("eur")));
        assert_eq!(sum, Err(MoneyError::CurrencyMismatch(currency("usd"), currency("eur"))));
    }

    #[test]
    fn amounts_are_shown_in_major_units() {
        assert_eq!(Money::new(5, currency("usd")).to_string(), "0.05 usd");
        assert_eq!(Money::new(-1250, currency("eur")).to_string(), "-12.50 eur");
        assert_eq!(Money::new(2000, currency("jpy")).to_string(), "2000 jpy");
        assert_eq!(Money::new(1500, currency("kwd")).to_string(), "1.500 kwd");
    }

    proptest! {
        #[test]
        fn a_sum_is_exact_or_refused(amounts in prop::collection::vec(any::<i64>(), 0..8)) {
            let usd = currency("usd");
            let exact: i128 = amounts.iter().map(|amount| i128::from(*amount)).sum();
            let sum = Money::sum(usd, amounts.iter().map(|amount| Money::new(*amount, usd)));
            if let Ok(sum) = sum {
                prop_assert_eq!(i128::from(sum.minor_units()), exact);
            }
        }
    }
}
