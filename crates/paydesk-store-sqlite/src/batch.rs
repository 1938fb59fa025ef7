//! A batch: what waits for the writer, applied in one transaction with one flush.

use paydesk_store::StoreError;
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::apply::{NotApplied, apply};
use crate::encode::EncodedChangeset;
use crate::prune::{self, Prune};
use crate::reclaim;

/// Something to write and who waits for it.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) task: Task,
    pub(crate) answer: oneshot::Sender<Answer>,
}

/// How a task ended, and the task itself: whoever made it frees it. On the writer's thread that
/// would contend for the allocator with all the threads that make tasks.
pub(crate) type Answer = (Outcome, Task);

/// Something to write.
#[derive(Debug)]
pub(crate) enum Task {
    /// A changeset; boxed, since the queue's places are as large as what may stand in them.
    Commit(Box<EncodedChangeset>),
    /// Forget records that were kept long enough.
    Prune(Prune),
    /// Free pages of the file, if nobody else waits to be written.
    Reclaim,
}

/// How a task ended: how many records it forgot or pages it freed, which a changeset never does.
pub(crate) type Outcome = Result<usize, StoreError>;

/// Writes a batch and commits it. On an error nothing of it can be relied on; the outcomes may be
/// told when this returns.
///
/// A refused changeset must leave nothing behind. A savepoint around each would see to that, but
/// SQLite copies every page that is touched in one, which costs an eighth of the throughput. Most
/// refusals come before a changeset has written anything, and the others are rare: a batch with one
/// of those is rolled back and written again, with savepoints.
pub(crate) fn write(connection: &Connection, batch: &[Job]) -> rusqlite::Result<Vec<Outcome>> {
    if let Some(outcomes) = attempt(connection, batch, commit)? {
        return Ok(outcomes);
    }
    run(connection, "ROLLBACK")?;
    let again = attempt(connection, batch, commit_in_savepoint)?;
    Ok(again.expect("what a refused changeset wrote in a savepoint is undone"))
}

/// Undoes a transaction that could not be ended, for a connection that must be used on.
pub(crate) fn abandon(connection: &Connection) -> rusqlite::Result<()> {
    if connection.is_autocommit() {
        return Ok(());
    }
    run(connection, "ROLLBACK")
}

/// How a changeset ended in the transaction. None: it was refused after it had written something.
type Attempt = Option<Result<(), StoreError>>;

/// Writes a batch and commits it, unless something is in it that a refused changeset wrote.
fn attempt(
    connection: &Connection,
    batch: &[Job],
    commit: fn(&Connection, &EncodedChangeset) -> rusqlite::Result<Attempt>,
) -> rusqlite::Result<Option<Vec<Outcome>>> {
    run(connection, "BEGIN IMMEDIATE")?;
    let mut outcomes = Vec::with_capacity(batch.len());
    for job in batch {
        outcomes.push(match &job.task {
            Task::Commit(changeset) => match commit(connection, changeset)? {
                Some(outcome) => outcome.map(|()| 0),
                None => return Ok(None),
            },
            Task::Prune(prune) => Ok(prune::apply(connection, prune)?),
            Task::Reclaim if batch.len() == 1 => Ok(reclaim::step(connection)?),
            Task::Reclaim => Ok(0),
        });
    }
    run(connection, "COMMIT")?;
    Ok(Some(outcomes))
}

fn commit(connection: &Connection, changeset: &EncodedChangeset) -> rusqlite::Result<Attempt> {
    let changes = connection.total_changes();
    match apply(connection, changeset) {
        Ok(()) => Ok(Some(Ok(()))),
        Err(NotApplied::Refused(refusal)) => {
            let has_written = connection.total_changes() != changes;
            Ok((!has_written).then_some(Err(refusal)))
        }
        Err(NotApplied::Failed(error)) => Err(error),
    }
}

fn commit_in_savepoint(
    connection: &Connection,
    changeset: &EncodedChangeset,
) -> rusqlite::Result<Attempt> {
    run(connection, "SAVEPOINT changeset")?;
    let outcome = match apply(connection, changeset) {
        Ok(()) => Ok(()),
        Err(NotApplied::Refused(refusal)) => {
            run(connection, "ROLLBACK TO changeset")?;
            Err(refusal)
        }
        Err(NotApplied::Failed(error)) => return Err(error),
    };
    run(connection, "RELEASE changeset")?;
    Ok(Some(outcome))
}

fn run(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}
