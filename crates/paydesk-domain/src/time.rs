//! Instants and spans, in whole seconds.

use std::fmt;

/// An instant as Unix time in whole seconds, as Stripe writes `created` and `expires_at`.
///
/// May be negative in principle; every instant Paydesk makes is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant `seconds` after the start of 1970 (UTC).
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the start of 1970 (UTC).
    #[must_use]
    pub const fn as_seconds(self) -> i64 {
        self.0
    }

    /// This instant moved by `seconds`, which may be negative. Stops at the ends of the range: no
    /// instant near them is ever compared.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this instant; negative when `earlier` is later.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
