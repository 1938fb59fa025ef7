//! Work that nobody asks for: sessions that expire, records that grow old, room to give back.

use std::sync::Arc;
use std::time::Duration;

use paydesk_app::App;
use paydesk_store_sqlite::SqliteStore;
use tokio::task::JoinSet;

/// The longest sleep between two looks at what is due; a shorter one when something is due sooner.
const SLEEP_MAX: Duration = Duration::from_secs(30);
/// The pause after a failure, so that a broken disk does not fill the log.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);
/// How often old records are looked for.
const PRUNE_EVERY: Duration = Duration::from_secs(60);
/// The pause between two batches of old records. Requests come first; at some ten thousand records
/// a second this still forgets faster than they are made.
const PRUNE_PAUSE: Duration = Duration::from_millis(25);
/// How often it is seen whether there is room to give back.
const RECLAIM_EVERY: Duration = Duration::from_secs(10);
/// The pause between two steps of giving room back: some ten megabytes a second.
const RECLAIM_PAUSE: Duration = Duration::from_millis(25);

/// Starts the background work. It ends when the set is dropped or shut down.
pub(crate) fn start(app: &Arc<App>, store: &Arc<SqliteStore>) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(run_timers(Arc::clone(app)));
    tasks.spawn(prune(Arc::clone(app)));
    tasks.spawn(close_sandboxes(Arc::clone(app)));
    tasks.spawn(reclaim(Arc::clone(store)));
    tasks
}

/// Does what is due, the longest overdue first, and sleeps until something is due again. After a
/// downtime this catches up batch by batch, between requests.
async fn run_timers(app: Arc<App>) {
    loop {
        match app.run_due().await {
            Ok(0) => {
                let sleep = sleep_until_due(&app).await;
                tokio::select! {
                    () = tokio::time::sleep(sleep) => {}
                    () = app.clocks_changed() => {}
                }
            }
            Ok(_) => tokio::task::yield_now().await,
            Err(error) => {
                tracing::error!(%error, "timers failed");
                tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
            }
        }
    }
}

async fn sleep_until_due(app: &App) -> Duration {
    match app.next_due().await {
        Ok(Some(due)) => {
            let seconds = due.seconds_since(app.wall_now());
            // Whole seconds: a timer of this second is due when the second has begun.
            Duration::from_secs(u64::try_from(seconds).unwrap_or(0)).min(SLEEP_MAX)
        }
        Ok(None) => SLEEP_MAX,
        Err(error) => {
            tracing::error!(%error, "timers failed");
            PAUSE_AFTER_FAILURE
        }
    }
    .max(Duration::from_millis(200))
}

async fn prune(app: Arc<App>) {
    loop {
        match app.prune().await {
            Ok(0) => tokio::time::sleep(PRUNE_EVERY).await,
            Ok(_) => tokio::time::sleep(PRUNE_PAUSE).await,
            Err(error) => {
                tracing::error!(%error, "forgetting old records failed");
                tokio::time::sleep(PRUNE_EVERY).await;
            }
        }
    }
}

/// Closes sandboxes that nobody used for as long as they are kept.
async fn close_sandboxes(app: Arc<App>) {
    loop {
        match app.close_expired_sandboxes().await {
            Ok(0) => tokio::time::sleep(PRUNE_EVERY).await,
            Ok(_) => tokio::time::sleep(PRUNE_PAUSE).await,
            Err(error) => {
                tracing::error!(%error, "closing unused sandboxes failed");
                tokio::time::sleep(PRUNE_EVERY).await;
            }
        }
    }
}

/// Gives the room of what was deleted back to the file system.
async fn reclaim(store: Arc<SqliteStore>) {
    loop {
        match store.reclaim_space().await {
            Ok(0) => tokio::time::sleep(RECLAIM_EVERY).await,
            Ok(_) => tokio::time::sleep(RECLAIM_PAUSE).await,
            Err(error) => {
                tracing::error!(%error, "giving room back failed");
                tokio::time::sleep(PRUNE_EVERY).await;
            }
        }
    }
}
