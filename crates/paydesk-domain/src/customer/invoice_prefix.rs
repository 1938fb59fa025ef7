//! What the numbers of a customer's invoices begin with.

use crate::id::IdSource;

/// The most characters of a prefix.
const CHARS_MAX: usize = 12;
/// Characters of a prefix that nobody chose.
const FRESH_CHARS: usize = 8;
/// What a prefix is made of.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// One to twelve capital letters and digits. Mirrors Stripe's `invoice_prefix`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoicePrefix(Box<str>);

impl InvoicePrefix {
    /// A prefix the shop chose; none where the text is no prefix.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let is_prefix = (1..=CHARS_MAX).contains(&text.len())
            && text.bytes().all(|byte| ALPHABET.contains(&byte));
        is_prefix.then(|| Self(text.into()))
    }

    /// A prefix of eight random characters.
    #[must_use]
    pub fn fresh(ids: &mut dyn IdSource) -> Self {
        let mut number = ids.random();
        let mut text = String::with_capacity(FRESH_CHARS);
        for _ in 0..FRESH_CHARS {
            let index = usize::try_from(number % 36).unwrap_or(0);
            text.push(char::from(ALPHABET.get(index).copied().unwrap_or(b'0')));
            number /= 36;
        }
        Self(text.into_boxed_str())
    }

    /// The prefix.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::tests::CountingIds;

    #[test]
    fn a_prefix_is_short_and_made_of_capitals_and_digits() {
        for text in ["A", "7FE1103", "ABCDEFGHIJ12"] {
            assert_eq!(InvoicePrefix::from_text(text).unwrap().as_str(), text);
        }
        for text in ["", "a", "A-1", "Ä", "ABCDEFGHIJ123"] {
            assert_eq!(InvoicePrefix::from_text(text), None, "{text}");
        }
        let fresh = InvoicePrefix::fresh(&mut CountingIds::default());
        assert_eq!(InvoicePrefix::from_text(fresh.as_str()), Some(fresh));
    }
}
