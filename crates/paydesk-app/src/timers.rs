//! Work that time brings: sessions that expire.

use std::sync::Arc;

use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::time::Timestamp;
use paydesk_store::{DueTimer, TimerKind};
use tokio::task::JoinSet;

use crate::app::App;
use crate::error::AppError;

/// Timers worked on at a time. Enough to share a disk flush, few enough that requests, which wait
/// in the same queue to the writer, hardly notice.
const BATCH: usize = 32;

impl App {
    /// Does up to a batch of what is due by the wall clock, the longest overdue first; returns how
    /// much that was.
    ///
    /// # Errors
    /// The store's.
    pub async fn run_due(self: &Arc<Self>) -> Result<usize, AppError> {
        let due = self.store.due_timers(self.wall.now(), BATCH).await?;
        self.run_timers(due).await
    }

    /// Does up to a batch of what is due in one sandbox by its own clock, in due order.
    pub(crate) async fn run_due_of(
        self: &Arc<Self>,
        sandbox: SandboxId,
        now: Timestamp,
    ) -> Result<usize, AppError> {
        let due = self.store.due_timers_of(sandbox, now, BATCH).await?;
        self.run_timers(due).await
    }

    /// When something will be due, by the wall clock.
    ///
    /// # Errors
    /// The store's.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, AppError> {
        Ok(self.store.next_due().await?)
    }

    /// Returns when a sandbox's clock was moved, and with it what is due next.
    pub async fn clocks_changed(&self) {
        self.clocks_changed.notified().await;
    }

    async fn run_timers(self: &Arc<Self>, due: Vec<DueTimer>) -> Result<usize, AppError> {
        let count = due.len();
        let mut running = JoinSet::new();
        for timer in due {
            let app = Arc::clone(self);
            running.spawn(async move { app.run_timer(timer).await });
        }
        // Every timer of the batch is finished before the first failure is reported.
        let mut first_failure = Ok(());
        while let Some(done) = running.join_next().await {
            match done {
                Ok(result) => first_failure = first_failure.and(result),
                Err(panicked) => tracing::error!(%panicked, "a timer failed"),
            }
        }
        first_failure.map(|()| count)
    }

    async fn run_timer(&self, timer: DueTimer) -> Result<(), AppError> {
        let Some(sandbox) = self.sandbox_by_id(timer.sandbox).await? else {
            return self.cancel_timer(timer.sandbox, &timer.session).await;
        };
        let _turn = self.session_queue.enter(&timer.session).await.ok_or(AppError::LockTimeout)?;
        match timer.kind {
            TimerKind::SessionExpiry => {
                self.record_expiry(&sandbox, &timer.session, timer.due_at).await
            }
        }
    }
}
