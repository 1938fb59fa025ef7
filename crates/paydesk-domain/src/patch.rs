//! What an update says about one field: nothing, unset it, or a new value.

/// The three states of an optional parameter on update.
///
/// Stripe's form encoding has no null: an absent parameter keeps the field, an empty string unsets
/// it, anything else is the new value.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// The parameter was not sent; the field stays as it is.
    #[default]
    Keep,
    /// The parameter was sent as an empty string; the field becomes null.
    Unset,
    /// The parameter was sent with a value.
    Set(T),
}

impl<T> Patch<T> {
    /// The field after the update, given its value before.
    #[must_use]
    pub fn apply(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Unset => None,
            Self::Set(value) => Some(value),
        }
    }

    /// Whether the parameter was sent at all.
    #[must_use]
    pub const fn is_sent(&self) -> bool {
        !matches!(self, Self::Keep)
    }
}
