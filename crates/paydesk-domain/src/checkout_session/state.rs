//! Where a session is in its life.

use crate::time::Timestamp;

/// The state of a session with what that state knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// The buyer may still pay and the shop may still change the cart.
    Open,
    /// Over without payment.
    Expired {
        /// When: `expires_at`, or earlier when the shop expired it.
        at: Timestamp,
    },
}

/// Stripe's word for a state: the `status` of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// `open`
    Open,
    /// `complete`
    Complete,
    /// `expired`
    Expired,
}

impl SessionState {
    /// Stripe's word for it.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::Open => Status::Open,
            Self::Expired { .. } => Status::Expired,
        }
    }
}

impl Status {
    /// As Stripe writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }
}
