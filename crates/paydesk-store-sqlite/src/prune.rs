//! Forgetting records that were kept long enough, the oldest first and few at a time.

use paydesk_domain::id::{CheckoutSessionId, Ordinal};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Perishable, StoreError};
use rusqlite::{Connection, params};

use crate::readers::unavailable;

const OLD_KEYS: &str = "SELECT rowid FROM idempotency_keys WHERE created_wall < ?1
    ORDER BY created_wall, rowid LIMIT ?2";
const OLD_EVENTS: &str = "SELECT ordinal FROM events WHERE ordinal < ?1 ORDER BY ordinal LIMIT ?2";
const OLD_EXPIRED_SESSIONS: &str = "SELECT ordinal, id FROM checkout_sessions
    WHERE status = 'expired' AND ordinal < ?1 ORDER BY ordinal LIMIT ?2";

/// The tables that have a sandbox's records. Idempotency keys are not among them: their hashes are
/// of the sandbox too, and their age is short.
const TABLES_OF_A_SANDBOX: [&str; 14] = [
    "checkout_sessions",
    "coupons",
    "customers",
    "deleted_coupons",
    "deleted_customers",
    "events",
    "prices",
    "products",
    "promotion_codes",
    "shipping_rates",
    "tax_rates",
    "webhook_endpoints",
    "timers",
    "unique_keys",
];

/// A batch to be forgotten.
#[derive(Debug)]
pub(crate) enum Prune {
    /// Idempotency keys that were used before a second.
    IdempotencyKeys { before: i64, limit: i64 },
    /// Events of smaller ordinals.
    Events { before: i64, limit: i64 },
    /// What is in sandboxes that were closed before a second.
    ClosedSandboxes { before: i64, limit: i64 },
    /// These sessions. They are looked for beforehand, so that the cache can forget them first.
    ExpiredSessions(Vec<ExpiredSession>),
}

/// A session that is to be forgotten.
#[derive(Debug)]
pub(crate) struct ExpiredSession {
    pub(crate) id: CheckoutSessionId,
    ordinal: i64,
}

/// Finds out what the writer is to forget.
pub(crate) fn plan(
    connection: &Connection,
    what: Perishable,
    before: Timestamp,
    limit: usize,
) -> Result<Prune, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(match what {
        Perishable::IdempotencyKeys => {
            Prune::IdempotencyKeys { before: before.as_seconds(), limit }
        }
        Perishable::ClosedSandboxes => {
            Prune::ClosedSandboxes { before: before.as_seconds(), limit }
        }
        Perishable::Events => Prune::Events { before: first_ordinal_of(before), limit },
        Perishable::ExpiredSessions => {
            let sessions = expired_sessions(connection, first_ordinal_of(before), limit);
            Prune::ExpiredSessions(sessions.map_err(|error| unavailable(&error))?)
        }
    })
}

/// Forgets a batch within the writer's transaction; returns how many records that were.
pub(crate) fn apply(connection: &Connection, prune: &Prune) -> rusqlite::Result<usize> {
    match prune {
        Prune::IdempotencyKeys { before, limit } => connection
            .prepare_cached(&format!("DELETE FROM idempotency_keys WHERE rowid IN ({OLD_KEYS})"))?
            .execute(params![before, limit]),
        Prune::Events { before, limit } => connection
            .prepare_cached(&format!("DELETE FROM events WHERE ordinal IN ({OLD_EVENTS})"))?
            .execute(params![before, limit]),
        Prune::ClosedSandboxes { before, limit } => forget_closed(connection, *before, *limit),
        Prune::ExpiredSessions(sessions) => {
            let mut delete = connection.prepare_cached(
                "DELETE FROM checkout_sessions WHERE ordinal = ?1 AND status = 'expired'",
            )?;
            let mut forgotten = 0;
            for session in sessions {
                forgotten += delete.execute([session.ordinal])?;
            }
            Ok(forgotten)
        }
    }
}

/// Forgets what is in closed sandboxes, one after the other; one of which nothing is left is
/// forgotten itself.
fn forget_closed(connection: &Connection, before: i64, limit: i64) -> rusqlite::Result<usize> {
    let closed: rusqlite::Result<Vec<i64>> = connection
        .prepare_cached("SELECT id FROM closed_sandboxes WHERE closed_wall < ?1 LIMIT ?2")?
        .query_map([before, limit], |row| row.get(0))?
        .collect();
    let mut left = limit;
    let mut forgotten = 0;
    for sandbox in closed? {
        for table in TABLES_OF_A_SANDBOX {
            let rows = forget_of(connection, table, sandbox, left)?;
            forgotten += rows;
            left -= i64::try_from(rows).unwrap_or(left);
        }
        if left == 0 {
            return Ok(forgotten);
        }
        connection
            .prepare_cached("DELETE FROM closed_sandboxes WHERE id = ?1")?
            .execute([sandbox])?;
    }
    Ok(forgotten)
}

/// Forgets records of a sandbox from one table, the nearest ones by its indices.
fn forget_of(
    connection: &Connection,
    table: &str,
    sandbox: i64,
    limit: i64,
) -> rusqlite::Result<usize> {
    let (key, columns) = match table {
        "timers" => ("(sandbox, kind, session)", "sandbox, kind, session"),
        "unique_keys" => ("(sandbox, kind, name)", "sandbox, kind, name"),
        _ => ("ordinal", "ordinal"),
    };
    connection
        .prepare_cached(&format!(
            "DELETE FROM {table} WHERE {key} IN
                 (SELECT {columns} FROM {table} WHERE sandbox = ?1 LIMIT ?2)"
        ))?
        .execute([sandbox, limit])
}

/// The smallest ordinal that is given at a moment of wall time, as a column has it.
fn first_ordinal_of(moment: Timestamp) -> i64 {
    let milliseconds = u64::try_from(moment.as_seconds()).unwrap_or(0).saturating_mul(1000);
    i64::try_from(Ordinal::first_of_millisecond(milliseconds).get()).unwrap_or(i64::MAX)
}

fn expired_sessions(
    connection: &Connection,
    before: i64,
    limit: i64,
) -> rusqlite::Result<Vec<ExpiredSession>> {
    connection
        .prepare_cached(OLD_EXPIRED_SESSIONS)?
        .query_map(params![before, limit], |row| {
            let id: String = row.get(1)?;
            Ok(ExpiredSession { id: CheckoutSessionId::from(id.as_str()), ordinal: row.get(0)? })
        })?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_forgotten_is_found_without_a_search() {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::schema::migrate(&mut connection).unwrap();
        let plan = |sql: &str| {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let steps = statement.query_map([5, 2], |row| row.get::<_, String>(3)).unwrap();
            steps.collect::<rusqlite::Result<Vec<_>>>().unwrap().join("; ")
        };
        for (sql, index) in [
            (OLD_KEYS, "idempotency_keys_by_age (created_wall<?)"),
            (OLD_EVENTS, "INTEGER PRIMARY KEY (rowid<?)"),
            (OLD_EXPIRED_SESSIONS, "checkout_sessions_expired (ordinal<?)"),
        ] {
            let plan = plan(sql);
            assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
        }
    }

    #[test]
    fn every_table_with_a_sandbox_is_known() {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::schema::migrate(&mut connection).unwrap();
        let mut statement = connection
            .prepare(
                "SELECT tables.name FROM sqlite_schema AS tables
                 JOIN pragma_table_info(tables.name) AS columns ON columns.name = 'sandbox'
                 WHERE tables.type = 'table' AND tables.name <> 'api_keys' ORDER BY 1",
            )
            .unwrap();
        let names = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let mut known = TABLES_OF_A_SANDBOX.to_vec();
        known.sort_unstable();
        assert_eq!(names.collect::<rusqlite::Result<Vec<_>>>().unwrap(), known);
    }

    #[test]
    fn moments_that_no_ordinal_reaches_are_at_the_ends() {
        assert_eq!(first_ordinal_of(Timestamp::from_seconds(-1)), 0);
        assert_eq!(first_ordinal_of(Timestamp::from_seconds(i64::MAX)), i64::MAX);
    }
}
