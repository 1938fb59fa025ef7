//! The end of a session without payment: by the shop, or by time.

use super::refusal::SessionRefusal;
use super::state::SessionState;
use super::{CheckoutSession, Created, SessionDecision};
use crate::event::EventData;
use crate::time::Timestamp;

/// The longest a session is open, and how long where the request does not say: a day.
pub const EXPIRES_AFTER_SECONDS_MAX: i64 = 86_400;
/// The shortest a session is open.
const EXPIRES_AFTER_SECONDS_MIN: i64 = 1_800;

/// The end of a session created now.
pub(super) fn checked_expires_at(
    requested: Option<Timestamp>,
    now: Timestamp,
) -> Result<Timestamp, SessionRefusal> {
    let earliest = now.plus_seconds(EXPIRES_AFTER_SECONDS_MIN);
    let latest = now.plus_seconds(EXPIRES_AFTER_SECONDS_MAX);
    match requested {
        None => Ok(latest),
        Some(at) if at < earliest => Err(SessionRefusal::ExpiresTooSoon { earliest }),
        Some(at) if at > latest => Err(SessionRefusal::ExpiresTooLate { latest }),
        Some(at) => Ok(at),
    }
}

/// The session after its time is up; none when it is not, or when it ended before.
pub(super) fn due_expiry(session: &CheckoutSession, now: Timestamp) -> Option<CheckoutSession> {
    session.is_expiry_due(now).then(|| expired(session, session.expires_at))
}

fn expired(session: &CheckoutSession, at: Timestamp) -> CheckoutSession {
    CheckoutSession {
        state: SessionState::Expired { at },
        revision: session.revision.next(),
        ..session.clone()
    }
}

fn decision(session: CheckoutSession) -> SessionDecision {
    let events = vec![EventData::CheckoutSessionExpired(Box::new(session.clone()))];
    SessionDecision { session, created: Created::default(), events }
}

impl CheckoutSession {
    /// Ends an open session at the shop's request.
    ///
    /// # Errors
    /// [`SessionRefusal::NotExpirable`] when it is over already.
    pub fn expire(&self, now: Timestamp) -> Result<SessionDecision, SessionRefusal> {
        match self.clone().observed_at(now).state {
            SessionState::Open => Ok(decision(expired(self, now))),
            state @ SessionState::Expired { .. } => {
                Err(SessionRefusal::NotExpirable(state.status()))
            }
        }
    }

    /// Whether its time is up and that is not recorded yet.
    #[must_use]
    pub fn is_expiry_due(&self, now: Timestamp) -> bool {
        self.state == SessionState::Open && now >= self.expires_at
    }

    /// Records that the time of an open session is up; none when there is nothing to record.
    #[must_use]
    pub fn record_expiry(&self, now: Timestamp) -> Option<SessionDecision> {
        due_expiry(self, now).map(decision)
    }
}
