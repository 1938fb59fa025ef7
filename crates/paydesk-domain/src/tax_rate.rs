//! What a tax rate takes: an exact percentage.

use std::fmt;

/// The percentage of a tax rate, held as whole ten-thousandths of a percent, from 0 to 100 percent
/// inclusive. Never rounded. Mirrors Stripe's `percentage`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percentage(u32);

/// Why a text is not a percentage of a tax rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentageRefusal {
    /// Not digits with at most one decimal point between them.
    NotDecimal,
    /// More than four decimals.
    TooPrecise,
    /// More than one hundred percent.
    TooLarge,
}

impl Percentage {
    const DECIMALS: usize = 4;
    const TEN_THOUSANDTHS_PER_PERCENT: u32 = 10_000;
    const MAX: u32 = 1_000_000;

    /// The percentage with this many ten-thousandths of a percent; none above one hundred percent.
    #[must_use]
    pub const fn from_ten_thousandths(number: u32) -> Option<Self> {
        if number <= Self::MAX { Some(Self(number)) } else { None }
    }

    /// Reads decimal digits such as `8.25`, exactly.
    ///
    /// # Errors
    ///
    /// If the text is no such number, has more than four decimals, or is above one hundred.
    pub fn parse(text: &str) -> Result<Self, PercentageRefusal> {
        let (whole, decimals) = match text.split_once('.') {
            Some((_, "")) => return Err(PercentageRefusal::NotDecimal),
            Some(parts) => parts,
            None => (text, ""),
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(decimals) {
            return Err(PercentageRefusal::NotDecimal);
        }
        if decimals.len() > Self::DECIMALS {
            return Err(PercentageRefusal::TooPrecise);
        }
        // Only digits are left, so the one way to fail is to be too large for the number.
        format!("{whole}{decimals:0<4}")
            .parse()
            .ok()
            .and_then(Self::from_ten_thousandths)
            .ok_or(PercentageRefusal::TooLarge)
    }

    /// How many ten-thousandths of a percent it is, from 0 to 1 000 000.
    #[must_use]
    pub const fn ten_thousandths(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0 / Self::TEN_THOUSANDTHS_PER_PERCENT;
        let rest = self.0 % Self::TEN_THOUSANDTHS_PER_PERCENT;
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{rest:04}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_read_and_written_exactly() {
        for (text, number, written) in [
            ("0", 0, "0"),
            ("8.25", 82_500, "8.25"),
            ("0.0001", 1, "0.0001"),
            ("20.500", 205_000, "20.5"),
            ("100.0000", 1_000_000, "100"),
        ] {
            let read = Percentage::parse(text);
            assert_eq!(read.map(Percentage::ten_thousandths), Ok(number), "{text}");
            assert_eq!(read.map(|rate| rate.to_string()), Ok(written.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_percentage_is_refused_with_its_reason() {
        use PercentageRefusal::{NotDecimal, TooLarge, TooPrecise};
        for (text, reason) in [
            ("", NotDecimal),
            (".5", NotDecimal),
            ("5.", NotDecimal),
            ("-1", NotDecimal),
            ("+1", NotDecimal),
            ("1e1", NotDecimal),
            ("1.2.3", NotDecimal),
            ("1.23456", TooPrecise),
            ("100.0001", TooLarge),
            ("99999999999999", TooLarge),
        ] {
            assert_eq!(Percentage::parse(text), Err(reason), "{text}");
        }
    }
}
