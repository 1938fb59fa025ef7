//! Changes of one session, one after the other.
//!
//! Requests for one session wait here before they load it, so that they do not decide on something
//! that another is about to change. The store would notice, but only after the work was done.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use paydesk_domain::id::CheckoutSessionId;
use tokio::sync::OwnedMutexGuard;

/// How long a request waits for its turn.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// A queue for each session that somebody changes right now.
#[derive(Default)]
pub(crate) struct SessionQueue {
    sessions: Mutex<HashMap<CheckoutSessionId, Waiting>>,
}

struct Waiting {
    lock: Arc<tokio::sync::Mutex<()>>,
    requests: usize,
}

/// One request's turn; the next has its turn when this is dropped.
pub(crate) struct Turn<'a> {
    // Dropped before the place, so that whoever comes last finds the queue gone.
    _lock: OwnedMutexGuard<()>,
    _place: Place<'a>,
}

/// A place in a session's queue, given up when dropped, even by a client that went away.
struct Place<'a> {
    queue: &'a SessionQueue,
    session: CheckoutSessionId,
}

impl SessionQueue {
    /// Waits for a turn with a session; none when it does not come in time.
    pub(crate) async fn enter(&self, session: &CheckoutSessionId) -> Option<Turn<'_>> {
        let (lock, place) = self.queue_up(session);
        let lock = tokio::time::timeout(WAIT_MAX, lock.lock_owned()).await.ok()?;
        Some(Turn { _lock: lock, _place: place })
    }

    fn queue_up(&self, session: &CheckoutSessionId) -> (Arc<tokio::sync::Mutex<()>>, Place<'_>) {
        let mut sessions = self.sessions();
        let waiting = sessions
            .entry(session.clone())
            .or_insert_with(|| Waiting { lock: Arc::default(), requests: 0 });
        waiting.requests += 1;
        let place = Place { queue: self, session: session.clone() };
        (Arc::clone(&waiting.lock), place)
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<CheckoutSessionId, Waiting>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut sessions = self.queue.sessions();
        if let Some(waiting) = sessions.get_mut(&self.session) {
            waiting.requests -= 1;
            if waiting.requests == 0 {
                sessions.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_turn_that_does_not_come_in_time_is_given_up() {
        let queue = SessionQueue::default();
        let session = CheckoutSessionId::from("cs_test_1");
        let first = queue.enter(&session).await;
        assert!(first.is_some());
        assert!(queue.enter(&session).await.is_none());
        assert!(queue.enter(&CheckoutSessionId::from("cs_test_2")).await.is_some());
        drop(first);
        assert!(queue.enter(&session).await.is_some());
        assert!(queue.sessions().is_empty(), "nobody is waiting any more");
    }
}
