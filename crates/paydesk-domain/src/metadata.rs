//! The `metadata` every Stripe object carries: a small map of strings that Paydesk never reads.

use thiserror::Error;

/// Largest number of keys.
pub const KEYS_MAX: usize = 50;
/// Longest key, in characters.
pub const KEY_CHARS_MAX: usize = 40;
/// Longest value, in characters.
pub const VALUE_CHARS_MAX: usize = 500;

/// Up to 50 pairs of strings, in the order they were first sent. Mirrors Stripe's `metadata`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Metadata(Vec<(String, String)>);

/// What a request says about `metadata`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetadataChange {
    /// `metadata=""`: all keys go.
    Clear,
    /// Keys with a value are set, keys with `None` (an empty string) are deleted, others stay.
    Merge(Vec<(String, Option<String>)>),
}

/// Why a change of metadata is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MetadataRefusal {
    /// More than [`KEYS_MAX`] keys would remain.
    #[error("metadata would have {0} keys")]
    TooManyKeys(usize),
    /// A key is longer than [`KEY_CHARS_MAX`].
    #[error("metadata key is too long: {0}")]
    KeyTooLong(String),
    /// A key contains a square bracket.
    #[error("metadata key has a square bracket: {0}")]
    KeyWithBracket(String),
    /// A value is longer than [`VALUE_CHARS_MAX`].
    #[error("metadata value of {key} has {chars} characters")]
    ValueTooLong {
        /// The key whose value it is.
        key: String,
        /// How many characters it has.
        chars: usize,
    },
}

impl Metadata {
    /// Metadata from pairs that were checked before, as read from a store.
    #[must_use]
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The pairs, in the order their keys were first sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The metadata of a new object.
    ///
    /// # Errors
    /// As [`Self::changed`].
    pub fn created(change: Option<&MetadataChange>) -> Result<Self, MetadataRefusal> {
        Self::default().changed(change)
    }

    /// The metadata after a change; without one, the same.
    ///
    /// # Errors
    /// When a limit of Stripe's is passed: 50 keys, 40 characters a key, 500 a value.
    pub fn changed(&self, change: Option<&MetadataChange>) -> Result<Self, MetadataRefusal> {
        let pairs = match change {
            None => return Ok(self.clone()),
            Some(MetadataChange::Clear) => return Ok(Self::default()),
            Some(MetadataChange::Merge(pairs)) => pairs,
        };
        let mut merged = self.clone();
        for (key, value) in pairs {
            check_key(key)?;
            match value {
                None => merged.0.retain(|(existing, _)| existing != key),
                Some(value) => merged.set(key, value)?,
            }
        }
        if merged.len() > KEYS_MAX {
            return Err(MetadataRefusal::TooManyKeys(merged.len()));
        }
        Ok(merged)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), MetadataRefusal> {
        let chars = value.chars().count();
        if chars > VALUE_CHARS_MAX {
            return Err(MetadataRefusal::ValueTooLong { key: key.to_owned(), chars });
        }
        match self.0.iter_mut().find(|(existing, _)| existing == key) {
            Some((_, existing)) => value.clone_into(existing),
            None => self.0.push((key.to_owned(), value.to_owned())),
        }
        Ok(())
    }
}

fn check_key(key: &str) -> Result<(), MetadataRefusal> {
    if key.contains(['[', ']']) {
        return Err(MetadataRefusal::KeyWithBracket(key.to_owned()));
    }
    if key.chars().count() > KEY_CHARS_MAX {
        return Err(MetadataRefusal::KeyTooLong(key.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(pairs: &[(&str, &str)]) -> MetadataChange {
        let pairs = pairs.iter().map(|(key, value)| {
            ((*key).to_owned(), (!value.is_empty()).then(|| (*value).to_owned()))
        });
        MetadataChange::Merge(pairs.collect())
    }

    #[test]
    fn a_merge_sets_some_keys_deletes_others_and_keeps_the_rest() {
        let before =
            Metadata::created(Some(&merge(&[("a", "1"), ("b", "2"), ("c", "3")]))).unwrap();
        let after = before.changed(Some(&merge(&[("b", ""), ("c", "4"), ("d", "5")]))).unwrap();
        let pairs: Vec<_> = after.iter().collect();
        assert_eq!(pairs, [("a", "1"), ("c", "4"), ("d", "5")]);
    }

    #[test]
    fn an_empty_string_for_the_whole_clears_it() {
        let before = Metadata::created(Some(&merge(&[("a", "1")]))).unwrap();
        assert!(before.changed(Some(&MetadataChange::Clear)).unwrap().is_empty());
    }

    #[test]
    fn limits_are_refused_by_name() {
        let long_key = "k".repeat(41);
        let long_value = "v".repeat(501);
        assert_eq!(
            Metadata::created(Some(&merge(&[(&long_key, "1")]))),
            Err(MetadataRefusal::KeyTooLong(long_key.clone()))
        );
        assert_eq!(
            Metadata::created(Some(&merge(&[("a", &long_value)]))),
            Err(MetadataRefusal::ValueTooLong { key: "a".to_owned(), chars: 501 })
        );
        let keys: Vec<String> = (0..51).map(|i| format!("k{i}")).collect();
        let pairs: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), "v")).collect();
        assert_eq!(Metadata::created(Some(&merge(&pairs))), Err(MetadataRefusal::TooManyKeys(51)));
    }
}
