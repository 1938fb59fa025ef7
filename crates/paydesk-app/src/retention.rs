//! What is kept for a time only, and for how long.

use paydesk_store::Perishable;

use crate::app::App;
use crate::error::AppError;

/// Records forgotten in one commit: few enough that a change which comes just then hardly waits.
const BATCH: usize = 250;

/// How long what was in a closed sandbox stays, in seconds: longer than a request that was let in
/// before may take.
const CLOSED_SANDBOXES_KEPT: i64 = 300;

/// A day in seconds.
const DAY: i64 = 86_400;

/// How long records are kept, in seconds of the wall clock; none for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Idempotency keys with their answers.
    pub idempotency_keys: Option<i64>,
    /// Events.
    pub events: Option<i64>,
    /// Sessions that expired, counted from when they were created.
    pub expired_sessions: Option<i64>,
}

impl Default for Retention {
    /// As Stripe does: keys for a day, events for thirty, sessions for ever.
    fn default() -> Self {
        Self { idempotency_keys: Some(DAY), events: Some(30 * DAY), expired_sessions: None }
    }
}

impl Retention {
    fn rules(self) -> [(Perishable, Option<i64>); 4] {
        [
            (Perishable::ClosedSandboxes, Some(CLOSED_SANDBOXES_KEPT)),
            (Perishable::IdempotencyKeys, self.idempotency_keys),
            (Perishable::Events, self.events),
            (Perishable::ExpiredSessions, self.expired_sessions),
        ]
    }
}

impl App {
    /// Forgets up to a batch of each kind of record that was kept long enough; returns how many.
    ///
    /// # Errors
    /// The store's.
    pub async fn prune(&self) -> Result<usize, AppError> {
        let mut forgotten = 0;
        for (what, seconds) in self.retention.rules() {
            if let Some(seconds) = seconds {
                let before = self.wall.now().plus_seconds(-seconds);
                forgotten += self.store.prune(what, before, BATCH).await?;
            }
        }
        Ok(forgotten)
    }
}
