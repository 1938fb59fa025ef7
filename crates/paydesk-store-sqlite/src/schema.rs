//! The schema: its numbered migrations, and the mark that says a file is Paydesk's.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

/// What SQLite's header says of a file of ours: `PYDS`.
pub(crate) const APPLICATION_ID: i32 = 0x5059_4453;

const STEPS: &[M<'_>] = &[
    M::up(include_str!("../migrations/0001_initial.sql")),
    M::up(include_str!("../migrations/0002_coupons_and_webhook_endpoints.sql")),
    M::up(include_str!("../migrations/0003_expired_sessions.sql")),
    M::up(include_str!("../migrations/0004_accounts_and_keys.sql")),
    M::up(include_str!("../migrations/0005_closed_sandboxes.sql")),
    M::up(include_str!("../migrations/0006_catalog_filters.sql")),
    M::up(include_str!("../migrations/0007_customers.sql")),
    M::up(include_str!("../migrations/0008_sessions_of_customers.sql")),
    M::up(include_str!("../migrations/0009_tax_rates.sql")),
    M::up(include_str!("../migrations/0010_shipping_rates.sql")),
    M::up(include_str!("../migrations/0011_promotion_codes.sql")),
];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// What a file is, by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Nothing is in it yet.
    Empty,
    /// A file of ours with a schema that this program knows.
    Ours,
    /// A file of ours with a schema that it does not.
    Newer {
        /// The number of the file's last migration.
        found: usize,
    },
    /// A file of some other program.
    Foreign,
}

/// The number of the last migration this program has.
pub(crate) const fn known_version() -> usize {
    STEPS.len()
}

/// Looks at a file before anything is written to it.
pub(crate) fn file_kind(connection: &Connection) -> rusqlite::Result<FileKind> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let application_id = number("PRAGMA application_id")?;
    if application_id == i64::from(APPLICATION_ID) {
        let found = usize::try_from(number("PRAGMA user_version")?).unwrap_or(usize::MAX);
        return Ok(if found > known_version() {
            FileKind::Newer { found }
        } else {
            FileKind::Ours
        });
    }
    let is_empty = application_id == 0 && number("SELECT count(*) FROM sqlite_schema")? == 0;
    Ok(if is_empty { FileKind::Empty } else { FileKind::Foreign })
}

/// Whether a file of ours has this program's schema.
pub(crate) fn is_latest(connection: &Connection) -> rusqlite::Result<bool> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(usize::try_from(found) == Ok(known_version()))
}

/// Brings a file of ours up to this program's schema.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), rusqlite_migration::Error> {
    MIGRATIONS.to_latest(connection)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_migrations_apply_to_an_empty_file() {
        super::MIGRATIONS.validate().unwrap();
    }
}
