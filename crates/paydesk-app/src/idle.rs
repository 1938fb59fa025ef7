//! Waiting until nothing is due and nothing is in flight in a sandbox, so that a test need not
//! guess how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::sandboxes::OpenSandbox;

/// The requests of a sandbox that are being worked on.
#[derive(Default)]
pub(crate) struct Activity {
    in_flight: AtomicUsize,
    /// Told when a request has ended.
    ended: Notify,
}

/// A request that is being worked on until this is dropped, however it ends.
pub struct InFlightRequest {
    sandbox: Arc<OpenSandbox>,
}

impl OpenSandbox {
    /// Counts a request as being worked on.
    #[must_use]
    pub fn begin_request(self: &Arc<Self>) -> InFlightRequest {
        self.activity.in_flight.fetch_add(1, Ordering::SeqCst);
        InFlightRequest { sandbox: Arc::clone(self) }
    }

    fn in_flight(&self) -> usize {
        self.activity.in_flight.load(Ordering::SeqCst)
    }
}

impl Drop for InFlightRequest {
    fn drop(&mut self) {
        let activity = &self.sandbox.activity;
        activity.in_flight.fetch_sub(1, Ordering::SeqCst);
        activity.ended.notify_waiters();
    }
}

impl App {
    /// Does what is due in a sandbox by its own clock, and returns once no request to it is being
    /// worked on either. The request that waits must not be counted itself.
    ///
    /// # Errors
    /// [`AppError::NotIdle`] when that is not so within a time, or the store's.
    pub async fn wait_until_idle(
        self: &Arc<Self>,
        call: &Call,
        within: Duration,
    ) -> Result<(), AppError> {
        let sandbox = &call.sandbox;
        let until = Instant::now() + within;
        loop {
            // Listening begins before looking, so that no end is missed between the two.
            let ended = sandbox.activity.ended.notified();
            let done = self.run_due_of(sandbox.id(), call.now(self)).await?;
            let in_flight = sandbox.in_flight();
            if done == 0 && in_flight == 0 {
                return Ok(());
            }
            // The time to wait is one for others; looking once is always within it.
            let is_over = if done == 0 {
                timeout_at(until, ended).await.is_err()
            } else {
                Instant::now() >= until
            };
            if is_over {
                return Err(AppError::NotIdle { in_flight });
            }
        }
    }
}
