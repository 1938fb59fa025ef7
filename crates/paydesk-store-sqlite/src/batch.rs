//! A batch: what waits for the writer, applied in one transaction with one flush.

use paydesk_store::StoreError;
use rusqlite::{Connection, params};
use tokio::sync::oneshot;

use crate::apply::{NotApplied, apply};
use crate::encode::EncodedChangeset;

/// Something to write and who waits for it.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) task: Task,
    pub(crate) answer: oneshot::Sender<Outcome>,
}

/// Something to write.
#[derive(Debug)]
pub(crate) enum Task {
    /// A changeset.
    Commit(EncodedChangeset),
    /// Forget idempotency records of before a time, the oldest so many.
    PruneIdempotency { before: i64, limit: i64 },
}

/// How a task ended: how many records it forgot, which a changeset never does.
pub(crate) type Outcome = Result<usize, StoreError>;

/// Writes a batch and commits it. On an error nothing of it can be relied on; the outcomes may be
/// told when this returns.
pub(crate) fn write(connection: &Connection, batch: &[Job]) -> rusqlite::Result<Vec<Outcome>> {
    run(connection, "BEGIN IMMEDIATE")?;
    let outcomes: rusqlite::Result<Vec<Outcome>> = batch
        .iter()
        .map(|job| perform(connection, &job.task))
        .collect();
    let outcomes = outcomes?;
    run(connection, "COMMIT")?;
    Ok(outcomes)
}

/// Undoes a transaction that could not be ended, for a connection that must be used on.
pub(crate) fn abandon(connection: &Connection) -> rusqlite::Result<()> {
    if connection.is_autocommit() {
        return Ok(());
    }
    run(connection, "ROLLBACK")
}

fn perform(connection: &Connection, task: &Task) -> rusqlite::Result<Outcome> {
    match task {
        Task::Commit(changeset) => commit(connection, changeset).map(|outcome| outcome.map(|()| 0)),
        Task::PruneIdempotency { before, limit } => prune(connection, *before, *limit).map(Ok),
    }
}

fn commit(
    connection: &Connection,
    changeset: &EncodedChangeset,
) -> rusqlite::Result<Result<(), StoreError>> {
    run(connection, "SAVEPOINT changeset")?;
    let applied = match apply(connection, changeset) {
        Ok(()) => Ok(()),
        Err(NotApplied::Refused(refusal)) => {
            run(connection, "ROLLBACK TO changeset")?;
            Err(refusal)
        }
        Err(NotApplied::Failed(error)) => return Err(error),
    };
    run(connection, "RELEASE changeset")?;
    Ok(applied)
}

fn prune(connection: &Connection, before: i64, limit: i64) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "DELETE FROM idempotency_keys WHERE rowid IN (
                 SELECT rowid FROM idempotency_keys WHERE created_wall < ?1
                 ORDER BY created_wall, rowid LIMIT ?2)",
        )?
        .execute(params![before, limit])
}

fn run(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}
