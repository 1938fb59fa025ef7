//! The percentage of a tax rate, exact to a ten-thousandth.

use std::fmt;

use thiserror::Error;

use crate::money::decimal::{self, DecimalError};

/// Decimal places of a percentage.
const DECIMAL_PLACES: usize = 4;
/// A hundred percent, in ten-thousandths of a percent.
const WHOLE: u32 = 1_000_000;

/// From 0 to 100 percent, both included, with up to four decimal places; never rounded. Mirrors
/// Stripe's `percentage` of a tax rate.
///
/// ```
/// use paydesk_domain::tax_rate::Percentage;
/// let texas = Percentage::parse("8.250").expect("a percentage");
/// assert_eq!(texas.ten_thousandths(), 82_500);
/// assert_eq!(texas.to_string(), "8.25");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentage {
    ten_thousandths: u32,
}

/// Why text is no percentage of a tax rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PercentageError {
    /// Not digits with at most one decimal point.
    #[error("not a decimal number")]
    NotDecimal,
    /// More than four digits after the decimal point.
    #[error("more than {DECIMAL_PLACES} decimal places")]
    TooPrecise,
    /// Negative, or above a hundred.
    #[error("not from 0 to 100")]
    OutOfRange,
}

impl Percentage {
    /// The percentage that decimal text such as `19` or `8.25` stands for.
    ///
    /// # Errors
    /// When the text is no decimal, too precise, negative, or above 100.
    pub fn parse(text: &str) -> Result<Self, PercentageError> {
        let (text, is_negative) = match text.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let scaled = match decimal::parse(text, DECIMAL_PLACES) {
            Ok(scaled) if !is_negative => u32::try_from(scaled).ok(),
            Ok(_) | Err(DecimalError::TooLarge) => None,
            Err(DecimalError::NotDecimal) => return Err(PercentageError::NotDecimal),
            Err(DecimalError::TooPrecise) => return Err(PercentageError::TooPrecise),
        };
        scaled.and_then(Self::from_ten_thousandths).ok_or(PercentageError::OutOfRange)
    }

    /// A percentage from ten-thousandths of a percent, 0 to 1,000,000.
    #[must_use]
    pub const fn from_ten_thousandths(ten_thousandths: u32) -> Option<Self> {
        if ten_thousandths > WHOLE { None } else { Some(Self { ten_thousandths }) }
    }

    /// The percentage in ten-thousandths of a percent, 0 to 1,000,000.
    #[must_use]
    pub const fn ten_thousandths(self) -> u32 {
        self.ten_thousandths
    }
}

impl fmt::Display for Percentage {
    /// Decimal text without needless zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::write(f, i128::from(self.ten_thousandths), DECIMAL_PLACES)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_percentage_is_read_and_written_exactly() {
        let table = [
            ("0", 0, "0"),
            ("0.0001", 1, "0.0001"),
            ("8.25", 82_500, "8.25"),
            ("08.2500000", 82_500, "8.25"),
            ("19", 190_000, "19"),
            ("100.0", 1_000_000, "100"),
        ];
        for (text, ten_thousandths, written) in table {
            let percentage = Percentage::parse(text).unwrap();
            assert_eq!(percentage.ten_thousandths(), ten_thousandths, "{text}");
            assert_eq!(percentage.to_string(), written, "{text}");
        }
    }

    #[test]
    fn text_that_is_no_percentage_is_refused() {
        let table = [
            ("", PercentageError::NotDecimal),
            ("ten", PercentageError::NotDecimal),
            ("1.", PercentageError::NotDecimal),
            (".5", PercentageError::NotDecimal),
            ("+1", PercentageError::NotDecimal),
            ("1e1", PercentageError::NotDecimal),
            ("1.2.3", PercentageError::NotDecimal),
            ("8.25001", PercentageError::TooPrecise),
            ("-5", PercentageError::OutOfRange),
            ("-0", PercentageError::OutOfRange),
            ("100.0001", PercentageError::OutOfRange),
            ("99999999999999999999", PercentageError::OutOfRange),
        ];
        for (text, expected) in table {
            assert_eq!(Percentage::parse(text), Err(expected), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_percentage_survives_as_text(ten_thousandths in 0u32..=WHOLE) {
            let percentage = Percentage::from_ten_thousandths(ten_thousandths).unwrap();
            prop_assert_eq!(Percentage::parse(&percentage.to_string()), Ok(percentage));
        }
    }
}
