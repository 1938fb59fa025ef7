//! How many percent a Coupon takes off, exact to a hundredth.

use std::fmt;

use thiserror::Error;

use crate::money::decimal::{self, DecimalError};

/// Decimal places of a percentage.
const DECIMAL_PLACES: usize = 2;
/// A hundred percent, in hundredths of a percent.
const WHOLE: u16 = 10_000;

/// More than 0 and at most 100 percent, with up to two decimal places. Mirrors Stripe's
/// `percent_off`.
///
/// ```
/// use paydesk_domain::coupon::PercentOff;
/// let third = PercentOff::parse("33.330").expect("a percentage");
/// assert_eq!(third.to_string(), "33.33");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PercentOff {
    hundredths: u16,
}

/// Why text is no percentage of a Coupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PercentOffError {
    /// Not digits with at most one decimal point.
    #[error("not a decimal number")]
    NotDecimal,
    /// More than two digits after the decimal point.
    #[error("more than {DECIMAL_PLACES} decimal places")]
    TooPrecise,
    /// Zero, negative, or above a hundred.
    #[error("not more than 0 and at most 100")]
    OutOfRange,
}

impl PercentOff {
    /// The percentage that decimal text such as `25` or `12.5` stands for.
    ///
    /// # Errors
    /// When the text is no decimal, too precise, or not above 0 and up to 100.
    pub fn parse(text: &str) -> Result<Self, PercentOffError> {
        let (text, is_negative) = match text.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let scaled = match decimal::parse(text, DECIMAL_PLACES) {
            Ok(scaled) if !is_negative => u16::try_from(scaled).ok(),
            Ok(_) | Err(DecimalError::TooLarge) => None,
            Err(DecimalError::NotDecimal) => return Err(PercentOffError::NotDecimal),
            Err(DecimalError::TooPrecise) => return Err(PercentOffError::TooPrecise),
        };
        scaled.and_then(Self::from_hundredths).ok_or(PercentOffError::OutOfRange)
    }

    /// A percentage from hundredths of a percent, 1 to 10,000.
    #[must_use]
    pub const fn from_hundredths(hundredths: u16) -> Option<Self> {
        if hundredths == 0 || hundredths > WHOLE { None } else { Some(Self { hundredths }) }
    }

    /// The percentage in hundredths of a percent, 1 to 10,000.
    #[must_use]
    pub const fn hundredths(self) -> u16 {
        self.hundredths
    }
}

impl fmt::Display for PercentOff {
    /// Decimal text without needless zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::write(f, i128::from(self.hundredths), DECIMAL_PLACES)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_that_is_no_percentage_is_refused() {
        let table = [
            ("", PercentOffError::NotDecimal),
            ("ten", PercentOffError::NotDecimal),
            ("1.", PercentOffError::NotDecimal),
            (".5", PercentOffError::NotDecimal),
            ("1e1", PercentOffError::NotDecimal),
            ("33.333", PercentOffError::TooPrecise),
            ("0", PercentOffError::OutOfRange),
            ("0.00", PercentOffError::OutOfRange),
            ("-5", PercentOffError::OutOfRange),
            ("100.01", PercentOffError::OutOfRange),
            ("99999999999999999999", PercentOffError::OutOfRange),
        ];
        for (text, expected) in table {
            assert_eq!(PercentOff::parse(text), Err(expected), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_percentage_survives_as_text(hundredths in 1u16..=10_000) {
            let percent = PercentOff::from_hundredths(hundredths).unwrap();
            prop_assert_eq!(PercentOff::parse(&percent.to_string()), Ok(percent));
        }
    }
}
