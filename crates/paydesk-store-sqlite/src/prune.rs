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

/// A batch to be forgotten.
#[derive(Debug)]
pub(crate) enum Prune {
    /// Idempotency keys that were used before a second.
    IdempotencyKeys { before: i64, limit: i64 },
    /// Events of smaller ordinals.
    Events { before: i64, limit: i64 },
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
    fn moments_that_no_ordinal_reaches_are_at_the_ends() {
        assert_eq!(first_ordinal_of(Timestamp::from_seconds(-1)), 0);
        assert_eq!(first_ordinal_of(Timestamp::from_seconds(i64::MAX)), i64::MAX);
    }
}
