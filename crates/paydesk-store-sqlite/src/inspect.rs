//! What can be seen of a database from outside, beside whoever serves it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::Path;

use paydesk_domain::id::Ordinal;
use paydesk_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use crate::checkpoint::LogBounds;
use crate::connection::{Database, PAGE_BYTES};
use crate::copy::{CopyError, with_suffix};
use crate::find;
use crate::open::{self, OpenError};
use crate::schema::{self, FileKind};

/// What a database looks like. Sizes are in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The number of its last migration.
    pub schema: usize,
    /// The last one this program knows.
    pub known_schema: usize,
    /// SQLite's word for how it commits: `wal` once it was served.
    pub journal_mode: String,
    /// Whether room that is no longer needed can be given back.
    pub gives_room_back: bool,
    /// The file.
    pub file: u64,
    /// How much of it is free.
    pub free: u64,
    /// The write-ahead log.
    pub log: u64,
    /// The length at which the log is made to start anew.
    pub log_max: u64,
    /// When the youngest object was made by the wall clock, in milliseconds since 1970.
    pub youngest_object: Option<u64>,
    /// The same of the oldest event.
    pub oldest_event: Option<u64>,
    /// The same of the oldest session whose expiry is recorded.
    pub oldest_expired_session: Option<u64>,
    /// When the oldest idempotency key was used.
    pub oldest_idempotency_key: Option<Timestamp>,
    /// What a quick check of its integrity found first.
    pub damage: Option<String>,
}

/// Whether a process serves a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// None does.
    Nobody,
    /// One does, and this is the number it gave.
    Process(Option<u32>),
}

/// Looks at a database without changing it. A check of a large file takes seconds.
///
/// # Errors
/// [`CopyError::Missing`] where there is no file, [`CopyError::Open`] where it is none of ours.
pub fn inspect(path: &Path) -> Result<Inspection, CopyError> {
    if !path.exists() {
        return Err(CopyError::Missing { path: path.to_owned() });
    }
    let looked = Database::visitor(path).and_then(|connection| look(&connection, path));
    looked.map_err(|error| open::sqlite_error(path, &error))?
}

fn look(connection: &Connection, path: &Path) -> rusqlite::Result<Result<Inspection, CopyError>> {
    connection.pragma_update(None, "query_only", true)?;
    if matches!(schema::file_kind(connection)?, FileKind::Foreign | FileKind::Empty) {
        return Ok(Err(OpenError::Foreign { path: path.to_owned() }.into()));
    }
    let number = |sql: &str| {
        let found = connection.query_row(sql, [], |row| row.get::<_, Option<i64>>(0));
        found.optional().map(Option::flatten)
    };
    let pages = |sql: &str| {
        let pages = u64::try_from(number(sql)?.unwrap_or(0)).unwrap_or(0);
        Ok::<u64, rusqlite::Error>(pages)
    };
    let page_bytes = pages("PRAGMA page_size")?;
    let schema = number("PRAGMA user_version")?.and_then(|found| usize::try_from(found).ok());
    let damage = damage(connection, "PRAGMA quick_check(1)")?;
    let made = |ordinal: Option<i64>| {
        ordinal.map(|ordinal| Ordinal::new(ordinal.cast_unsigned()).millisecond())
    };
    let size = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    Ok(Ok(Inspection {
        schema: schema.unwrap_or(0),
        known_schema: schema::known_version(),
        journal_mode: connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?,
        gives_room_back: number("PRAGMA auto_vacuum")? == Some(2),
        file: size(path),
        free: pages("PRAGMA freelist_count")? * page_bytes,
        log: size(&with_suffix(path, "-wal")),
        log_max: u64::from(LogBounds::DEFAULT.pages_max) * u64::from(PAGE_BYTES),
        youngest_object: find::last_ordinal(connection).ok().flatten().map(Ordinal::millisecond),
        oldest_event: made(number("SELECT min(ordinal) FROM events")?),
        oldest_expired_session: made(number(
            "SELECT min(ordinal) FROM checkout_sessions WHERE status = 'expired'",
        )?),
        oldest_idempotency_key: number("SELECT min(created_wall) FROM idempotency_keys")?
            .map(Timestamp::from_seconds),
        damage,
    }))
}

/// What a check of a database finds wrong first, in one line.
pub(crate) fn damage(connection: &Connection, check: &str) -> rusqlite::Result<Option<String>> {
    let verdict: String = connection.query_row(check, [], |row| row.get(0))?;
    let lines = verdict.lines().map(str::trim).filter(|line| !line.starts_with("***"));
    let found = lines.collect::<Vec<_>>().join("; ");
    Ok((found != "ok").then_some(found))
}

/// Finds out whether a database is served.
///
/// # Errors
/// Where the lock beside the file can't be read.
pub fn holder(path: &Path) -> io::Result<Holder> {
    let mut file = match OpenOptions::new().read(true).open(with_suffix(path, "-lock")) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Holder::Nobody),
        Err(error) => return Err(error),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(Holder::Nobody),
        Err(TryLockError::WouldBlock) => Ok(Holder::Process(number_in(&mut file))),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The number of the process that a lock file names.
pub(crate) fn number_in(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
