//! Timers: which are due, and how their kinds are written.

use paydesk_domain::id::CheckoutSessionId;
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::time::Timestamp;
use paydesk_store::{DueTimer, StoreError, TimerKind};
use rusqlite::{Connection, Params, Row, params};

use crate::encode::{sandbox_column, sandbox_id};
use crate::readers::unavailable;

/// A kind as its column has it.
pub(crate) const fn kind_name(kind: TimerKind) -> &'static str {
    match kind {
        TimerKind::SessionExpiry => "session_expiry",
    }
}

/// Timers of all sandboxes that are due by the wall clock, the longest overdue first.
pub(crate) fn due(
    connection: &Connection,
    wall: Timestamp,
    limit: usize,
) -> Result<Vec<DueTimer>, StoreError> {
    timers(
        connection,
        "SELECT sandbox, kind, session, due_at FROM timers WHERE due_wall <= ?1
         ORDER BY due_wall, due_at, sandbox, kind, session LIMIT ?2",
        params![wall.as_seconds(), limit_column(limit)],
    )
}

/// Timers of one sandbox that are due by its own clock, in due order.
pub(crate) fn due_of(
    connection: &Connection,
    sandbox: SandboxId,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<DueTimer>, StoreError> {
    timers(
        connection,
        "SELECT sandbox, kind, session, due_at FROM timers WHERE sandbox = ?1 AND due_at <= ?2
         ORDER BY due_at, kind, session LIMIT ?3",
        params![sandbox_column(sandbox), now.as_seconds(), limit_column(limit)],
    )
}

/// When the next timer of any sandbox is due by the wall clock.
pub(crate) fn next_due(connection: &Connection) -> Result<Option<Timestamp>, StoreError> {
    connection
        .prepare_cached("SELECT min(due_wall) FROM timers WHERE due_wall IS NOT NULL")
        .and_then(|mut statement| statement.query_row([], |row| row.get::<_, Option<i64>>(0)))
        .map(|due| due.map(Timestamp::from_seconds))
        .map_err(|error| unavailable(&error))
}

fn limit_column(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

fn timers(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<DueTimer>, StoreError> {
    let rows: rusqlite::Result<Vec<Result<DueTimer, StoreError>>> = connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_map(params, timer)?.collect());
    rows.map_err(|error| unavailable(&error))?.into_iter().collect()
}

fn timer(row: &Row<'_>) -> rusqlite::Result<Result<DueTimer, StoreError>> {
    let session: String = row.get(2)?;
    let kind = match row.get_ref(1)?.as_str()? {
        "session_expiry" => TimerKind::SessionExpiry,
        unknown => {
            return Ok(Err(StoreError::Inconsistent {
                table: "timers",
                id: session,
                what: format!("unknown kind {unknown:?}"),
            }));
        }
    };
    Ok(Ok(DueTimer {
        sandbox: sandbox_id(row.get(0)?),
        kind,
        session: CheckoutSessionId::from(session.as_str()),
        due_at: Timestamp::from_seconds(row.get(3)?),
    }))
}
