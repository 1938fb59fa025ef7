//! Unit prices, exact to twelve decimal places of a minor unit.

use std::fmt;

use thiserror::Error;

use super::decimal::{self, DecimalError};
use super::{Currency, Money, MoneyError};

/// Decimal places of a minor unit that a unit price may have.
const DECIMAL_PLACES: usize = 12;
/// One minor unit in the scale of [`UnitAmount`].
const SCALE: i128 = 1_000_000_000_000;

/// The price of one unit, in minor units with up to 12 decimal places, zero or more; or a sum of
/// such prices.
///
/// Mirrors Stripe's `unit_amount` and `unit_amount_decimal`. It is exact: rounding happens once,
/// when a whole line becomes money.
///
/// ```
/// use paydesk_domain::money::{Currency, UnitAmount};
/// let usd = Currency::from_code("usd").expect("a known currency");
/// let unit = UnitAmount::parse("0.05").expect("a decimal");
/// let line = unit.checked_mul(30).expect("it fits");
/// assert_eq!(line.rounded(usd).expect("it fits").minor_units(), 2);
/// assert_eq!(unit.to_string(), "0.05");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitAmount {
    scaled: i128,
}

/// Why text is not a unit amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UnitAmountError {
    /// Not digits with at most one decimal point.
    #[error("not a decimal number")]
    NotDecimal,
    /// More than 12 digits after the decimal point.
    #[error("more than {DECIMAL_PLACES} decimal places")]
    TooPrecise,
    /// More digits before the decimal point than any price needs.
    #[error("too large")]
    TooLarge,
    /// Below zero.
    #[error("negative")]
    Negative,
}

impl UnitAmount {
    /// Nothing.
    pub const ZERO: Self = Self { scaled: 0 };

    /// A whole number of minor units.
    ///
    /// # Errors
    /// When it is negative or has more than 15 digits.
    pub fn from_minor_units(minor_units: i64) -> Result<Self, UnitAmountError> {
        Self::parse(&minor_units.to_string())
    }

    /// The unit amount that decimal text such as `1050` or `0.0125` stands for.
    ///
    /// # Errors
    /// When the text is no decimal, is negative, too precise or too large.
    pub fn parse(text: &str) -> Result<Self, UnitAmountError> {
        if text.starts_with('-') {
            return Err(UnitAmountError::Negative);
        }
        match decimal::parse(text, DECIMAL_PLACES) {
            Ok(scaled) => Ok(Self { scaled }),
            Err(DecimalError::NotDecimal) => Err(UnitAmountError::NotDecimal),
            Err(DecimalError::TooPrecise) => Err(UnitAmountError::TooPrecise),
            Err(DecimalError::TooLarge) => Err(UnitAmountError::TooLarge),
        }
    }

    /// The whole number of minor units, or none when there is a fraction. Stripe's `unit_amount` is
    /// null in that case.
    #[must_use]
    pub fn as_minor_units(self) -> Option<i64> {
        if self.scaled.checked_rem(SCALE) != Some(0) {
            return None;
        }
        self.scaled.checked_div(SCALE).and_then(|whole| i64::try_from(whole).ok())
    }

    /// So many times this, exactly.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn checked_mul(self, quantity: u64) -> Result<Self, MoneyError> {
        let scaled = self.scaled.checked_mul(i128::from(quantity)).ok_or(MoneyError::Overflow)?;
        Ok(Self { scaled })
    }

    /// The sum, exactly.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        let scaled = self.scaled.checked_add(other.scaled).ok_or(MoneyError::Overflow)?;
        Ok(Self { scaled })
    }

    /// In whole minor units, rounded half away from zero.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn rounded(self, currency: Currency) -> Result<Money, MoneyError> {
        Money::divided(self.scaled, SCALE, currency)
    }

    /// A part of this, such as 10 of 30 days, rounded half away from zero.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`]; also where `whole` is zero.
    pub fn part(self, part: u64, whole: u64, currency: Currency) -> Result<Money, MoneyError> {
        let exact = self.scaled.checked_mul(i128::from(part)).ok_or(MoneyError::Overflow)?;
        let divisor = SCALE.checked_mul(i128::from(whole)).ok_or(MoneyError::Overflow)?;
        Money::divided(exact, divisor, currency)
    }
}

impl fmt::Display for UnitAmount {
    /// Decimal text without needless zeros, as Stripe's `unit_amount_decimal`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::write(f, self.scaled, DECIMAL_PLACES)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usd() -> Currency {
        Currency::from_code("usd").unwrap()
    }

    #[test]
    fn a_half_cent_rounds_away_from_zero_once_per_line() {
        let unit = UnitAmount::parse("0.05").unwrap();
        let line = |quantity| unit.checked_mul(quantity)?.rounded(usd()).map(Money::minor_units);
        assert_eq!(line(30), Ok(2));
        assert_eq!(line(29), Ok(1));
        assert_eq!(line(10), Ok(1));
        assert_eq!(line(9), Ok(0));
    }

    #[test]
    fn text_that_is_no_unit_amount_is_refused() {
        let refused = [
            ("", UnitAmountError::NotDecimal),
            (".", UnitAmountError::NotDecimal),
            ("1.", UnitAmountError::NotDecimal),
            (".5", UnitAmountError::NotDecimal),
            ("1e3", UnitAmountError::NotDecimal),
            ("+1", UnitAmountError::NotDecimal),
            ("1.2.3", UnitAmountError::NotDecimal),
            ("-1", UnitAmountError::Negative),
            ("0.1234567890123", UnitAmountError::TooPrecise),
            ("1234567890123456", UnitAmountError::TooLarge),
        ];
        for (text, expected) in refused {
            assert_eq!(UnitAmount::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_quantity_that_overflows_is_refused() {
        let unit = UnitAmount::parse("999999999999999").unwrap();
        assert_eq!(unit.checked_mul(u64::MAX), Err(MoneyError::Overflow));
        let large = unit.checked_mul(100_000).unwrap();
        assert_eq!(large.rounded(usd()), Err(MoneyError::Overflow));
    }

    proptest! {
        #[test]
        fn text_survives_a_round_trip(
            whole in 0u64..1_000_000_000_000,
            fraction in 0u64..1_000_000_000_000,
        ) {
            let parsed = UnitAmount::parse(&format!("{whole}.{fraction:012}")).unwrap();
            prop_assert_eq!(UnitAmount::parse(&parsed.to_string()).unwrap(), parsed);
        }

        #[test]
        fn whole_units_multiply_without_rounding(
            unit in 0i64..1_000_000_000,
            quantity in 0u64..1_000_000,
        ) {
            let price = UnitAmount::from_minor_units(unit).unwrap();
            let amount = price.checked_mul(quantity).unwrap().rounded(usd()).unwrap();
            let exact = i128::from(unit) * i128::from(quantity);
            prop_assert_eq!(i128::from(amount.minor_units()), exact);
        }
    }
}
