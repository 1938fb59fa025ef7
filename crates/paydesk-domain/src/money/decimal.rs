//! Decimal text, read into a whole number of its smallest places and written back, digit by digit.

use std::fmt;

/// Why text is no decimal of so many places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecimalError {
    /// Not digits with at most one decimal point, and digits on both sides of it.
    NotDecimal,
    /// More digits after the decimal point.
    TooPrecise,
    /// More digits in all than anything here needs.
    TooLarge,
}

/// Digits before the decimal point: more than any currency's largest charge.
const WHOLE_DIGITS_MAX: usize = 15;

/// The number that unsigned decimal text stands for, in units of its last place. Zeros that say
/// nothing are passed over, in front and at the end.
pub(crate) fn parse(text: &str, places: usize) -> Result<i128, DecimalError> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let missing = whole.is_empty() || (fraction.is_empty() && text.contains('.'));
    if missing || !is_digits(whole) || !is_digits(fraction) {
        return Err(DecimalError::NotDecimal);
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places {
        return Err(DecimalError::TooPrecise);
    }
    if whole.len() > WHOLE_DIGITS_MAX {
        return Err(DecimalError::TooLarge);
    }
    // At most 27 digits, which an i128 always holds; none at all is zero.
    match format!("{whole}{fraction:0<places$}").as_str() {
        "" => Ok(0),
        digits => digits.parse().map_err(|_| DecimalError::NotDecimal),
    }
}

/// Writes such a number, zero or more, without needless zeros.
pub(crate) fn write(f: &mut fmt::Formatter<'_>, scaled: i128, places: usize) -> fmt::Result {
    let digits = format!("{scaled:0>width$}", width = places.saturating_add(1));
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { f.write_str(whole) } else { write!(f, "{whole}.{fraction}") }
}
