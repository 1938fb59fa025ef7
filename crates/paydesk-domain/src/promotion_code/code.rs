//! The text that customers type to redeem a promotion code.

use std::fmt;

use thiserror::Error;

use crate::id::IdSource;

/// The longest code, in characters.
pub const CODE_CHARS_MAX: usize = 500;
/// Characters of a code nobody chose.
const FRESH_CHARS: usize = 8;
/// What a code nobody chose is made of.
const FRESH_DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// What customers type: 1 to 500 letters and digits of ASCII and dashes. Mirrors Stripe's `code`.
///
/// It keeps the case it was given in. Two codes are the same where [`Self::folded`] is.
///
/// ```
/// use paydesk_domain::promotion_code::Code;
/// let code = Code::parse("Spring-25").expect("letters, digits and a dash");
/// assert_eq!(code.as_str(), "Spring-25");
/// assert_eq!(code.folded(), "SPRING-25");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(Box<str>);

/// Why text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CodeError {
    /// There is none.
    #[error("no characters")]
    Empty,
    /// More than [`CODE_CHARS_MAX`].
    #[error("{0} characters")]
    TooLong(usize),
    /// Something else than a letter or digit of ASCII or a dash.
    #[error("the character {0:?}")]
    ForbiddenCharacter(char),
}

impl Code {
    /// The code that text stands for.
    ///
    /// # Errors
    /// [`CodeError`]
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let is_allowed = |char: &char| char.is_ascii_alphanumeric() || *char == '-';
        if text.is_empty() {
            return Err(CodeError::Empty);
        }
        if let Some(other) = text.chars().find(|char| !is_allowed(char)) {
            return Err(CodeError::ForbiddenCharacter(other));
        }
        if text.len() > CODE_CHARS_MAX {
            return Err(CodeError::TooLong(text.len()));
        }
        Ok(Self(text.into()))
    }

    /// A code of eight random upper-case letters and digits. It may be in use, which a store
    /// notices.
    pub fn fresh(ids: &mut dyn IdSource) -> Self {
        let mut random = ids.random();
        let mut text = String::with_capacity(FRESH_CHARS);
        for _ in 0..FRESH_CHARS {
            let index = usize::try_from(random % 36).unwrap_or(0);
            text.push(char::from(FRESH_DIGITS.get(index).copied().unwrap_or(b'0')));
            random /= 36;
        }
        Self(text.into())
    }

    /// The code as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code in upper case, by which it is compared and found.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_ascii_uppercase()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::tests::CountingIds;

    #[test]
    fn a_code_is_letters_digits_and_dashes() {
        let longest = "x".repeat(CODE_CHARS_MAX);
        let too_long = "x".repeat(CODE_CHARS_MAX + 1);
        let table = [
            ("spring-25", Ok(())),
            (longest.as_str(), Ok(())),
            ("", Err(CodeError::Empty)),
            (too_long.as_str(), Err(CodeError::TooLong(501))),
            ("spring 25", Err(CodeError::ForbiddenCharacter(' '))),
            ("spring_25", Err(CodeError::ForbiddenCharacter('_'))),
            ("frühling", Err(CodeError::ForbiddenCharacter('ü'))),
        ];
        for (text, expected) in table {
            assert_eq!(Code::parse(text).map(|_| ()), expected, "{text}");
        }
    }

    #[test]
    fn a_code_nobody_chose_has_eight_letters_and_digits() {
        let mut ids = CountingIds::default();
        for _ in 0..100 {
            ids.next_ordinal();
            let code = Code::fresh(&mut ids);
            assert_eq!(code.as_str().len(), 8);
            assert_eq!(code.folded(), code.as_str());
            assert_eq!(Code::parse(code.as_str()), Ok(code));
        }
    }
}
