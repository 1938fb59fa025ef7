//! The `page` of a search: where in the order of lists the next page begins.
//!
//! It is a place and not the id of an object, which may be gone when the page is asked for.

use paydesk_domain::id::Ordinal;
use paydesk_domain::listing::Cursor;
use paydesk_domain::time::Timestamp;

/// Hexadecimal digits of each of the two numbers.
const DIGITS: usize = 16;

/// The token behind which the next page begins.
pub(crate) fn page_token(last: Cursor) -> String {
    let created = last.created.as_seconds().cast_unsigned();
    format!("{created:0DIGITS$x}{:0DIGITS$x}", last.ordinal.get())
}

/// The place that a token stands for; none for what is no token.
pub(crate) fn read_page_token(token: &str) -> Option<Cursor> {
    let is_token = token.len() == 2 * DIGITS
        && token.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_token {
        return None;
    }
    let (created, ordinal) = token.split_at(DIGITS);
    let created = u64::from_str_radix(created, 16).ok()?.cast_signed();
    let ordinal = u64::from_str_radix(ordinal, 16).ok()?;
    Some(Cursor { created: Timestamp::from_seconds(created), ordinal: Ordinal::new(ordinal) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_the_place_it_was_written_for() {
        for (created, ordinal) in [(0, 0), (1_800_000_000, u64::MAX), (-1, 7)] {
            let place = Cursor {
                created: Timestamp::from_seconds(created),
                ordinal: Ordinal::new(ordinal),
            };
            assert_eq!(read_page_token(&page_token(place)), Some(place));
        }
    }

    #[test]
    fn what_is_no_token_is_none() {
        let short = "0".repeat(31);
        let upper = "A".repeat(32);
        let not_ascii = "é".repeat(16);
        for token in ["", "prod_1", &short, &upper, &not_ascii] {
            assert_eq!(read_page_token(token), None, "{token}");
        }
    }
}
