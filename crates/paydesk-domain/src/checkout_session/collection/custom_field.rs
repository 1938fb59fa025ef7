//! Questions of the shop's own on the page, and what they can look like.

use std::collections::BTreeSet;

use thiserror::Error;

use super::words::words;

/// A question of the shop's own. Mirrors an entry of `custom_fields`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    /// `key`: the shop's name for it, of letters, digits and underscores, up to 200 characters;
    /// another one for each field.
    pub key: String,
    /// `label[custom]`: what the buyer reads, up to 100 characters.
    pub label: String,
    /// `optional`: whether the buyer may leave it out.
    pub optional: bool,
    /// How it is answered.
    pub answer: CustomAnswer,
}

/// How a question is answered. Mirrors `type` and the object of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomAnswer {
    /// `dropdown`: one of several options.
    Dropdown {
        /// `options`: at most 200.
        options: Vec<DropdownOption>,
        /// `default_value`: the option that is chosen to begin with.
        default_value: Option<String>,
    },
    /// `numeric`: digits.
    Numeric(AskedText),
    /// `text`: anything.
    Text(AskedText),
}

/// One of several answers. Mirrors an entry of `dropdown[options]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropdownOption {
    /// What the buyer reads, up to 100 characters.
    pub label: String,
    /// The shop's name for it, of letters, digits and underscores, up to 100 characters; another
    /// one for each option.
    pub value: String,
}

/// What a written answer may be. Mirrors the object `numeric` or `text`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AskedText {
    /// `default_value`: what stands there to begin with.
    pub default_value: Option<String>,
    /// `minimum_length`, in characters.
    pub minimum_length: Option<u16>,
    /// `maximum_length`, in characters.
    pub maximum_length: Option<u16>,
}

words! {
    /// The kind of a written answer. Mirrors its `type`.
    WrittenKind {
        /// Digits.
        Numeric = "numeric",
        /// Anything.
        Text = "text",
    }
}

/// What is wrong with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CustomFieldRefusal {
    /// The key has other characters than letters, digits and underscores.
    #[error("the key is not alphanumeric")]
    KeyNotAlphanumeric,
    /// An earlier field has the key.
    #[error("another field has this key")]
    KeyTwice,
    /// The value of an option has other characters than letters, digits and underscores.
    #[error("the value of option {0} is not alphanumeric")]
    OptionNotAlphanumeric(usize),
    /// An earlier option has the value.
    #[error("another option has the value of option {0}")]
    OptionTwice(usize),
    /// What is chosen to begin with is no option.
    #[error("the default is no option")]
    DefaultIsNoOption,
    /// The least length of a written answer is above the greatest.
    #[error("the bounds are crossed")]
    LengthsCrossed(WrittenKind),
    /// What stands there to begin with is no number.
    #[error("the default is no number")]
    DefaultIsNoNumber,
    /// What stands there to begin with is too short or too long.
    #[error("the default does not have the length that is asked for")]
    DefaultLength(WrittenKind),
}

/// Checks all questions; the first thing wrong with the index of the question it is wrong with.
pub(super) fn check(fields: &[CustomField]) -> Result<(), (usize, CustomFieldRefusal)> {
    let mut keys = BTreeSet::new();
    for (index, field) in fields.iter().enumerate() {
        if !is_alphanumeric(&field.key) {
            return Err((index, CustomFieldRefusal::KeyNotAlphanumeric));
        }
        if !keys.insert(&field.key) {
            return Err((index, CustomFieldRefusal::KeyTwice));
        }
        field.answer.check().map_err(|reason| (index, reason))?;
    }
    Ok(())
}

impl CustomAnswer {
    fn check(&self) -> Result<(), CustomFieldRefusal> {
        match self {
            Self::Dropdown { options, default_value } => {
                check_options(options, default_value.as_deref())
            }
            Self::Numeric(asked) => {
                let mut digits = asked.default_value.iter().flat_map(|value| value.chars());
                if !digits.all(|char| char.is_ascii_digit()) {
                    return Err(CustomFieldRefusal::DefaultIsNoNumber);
                }
                asked.check(WrittenKind::Numeric)
            }
            Self::Text(asked) => asked.check(WrittenKind::Text),
        }
    }
}

impl AskedText {
    fn check(&self, kind: WrittenKind) -> Result<(), CustomFieldRefusal> {
        let least = usize::from(self.minimum_length.unwrap_or(0));
        let most = self.maximum_length.map_or(usize::MAX, usize::from);
        if least > most {
            return Err(CustomFieldRefusal::LengthsCrossed(kind));
        }
        let length = self.default_value.as_ref().map(|value| value.chars().count());
        if length.is_some_and(|length| length < least || length > most) {
            return Err(CustomFieldRefusal::DefaultLength(kind));
        }
        Ok(())
    }
}

fn check_options(
    options: &[DropdownOption],
    default_value: Option<&str>,
) -> Result<(), CustomFieldRefusal> {
    let mut values = BTreeSet::new();
    for (index, option) in options.iter().enumerate() {
        if !is_alphanumeric(&option.value) {
            return Err(CustomFieldRefusal::OptionNotAlphanumeric(index));
        }
        if !values.insert(option.value.as_str()) {
            return Err(CustomFieldRefusal::OptionTwice(index));
        }
    }
    match default_value {
        Some(value) if !values.contains(value) => Err(CustomFieldRefusal::DefaultIsNoOption),
        Some(_) | None => Ok(()),
    }
}

/// Stripe calls keys and values alphanumeric, and takes underscores as well.
fn is_alphanumeric(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
