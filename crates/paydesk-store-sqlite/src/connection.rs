//! Connections and what each of them is set to.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::checkpoint::LogBounds;

/// Bytes of a database page. A row is about one kilobyte, and most commits touch a page of it and a
/// page of an index, so larger pages write more bytes for the same change.
pub(crate) const PAGE_BYTES: u32 = 4096;

/// Kibibytes of pages the writer keeps: enough for the largest batch, so that no half batch is
/// written early.
const WRITER_CACHE_KIB: i64 = 32 * 1024;

/// More than all statements of this crate that have a fixed text, and a few made for lists.
const CACHED_STATEMENTS: usize = 96;

/// How long a statement waits for another program that works beside this one, such as a backup.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a checkpoint that the writer waits for waits for those who read from the log.
const CHECKPOINT_PATIENCE: Duration = Duration::from_millis(250);

/// Where the tables are and how much is done to keep them.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    pub(crate) path: PathBuf,
    pub(crate) durability: Durability,
    pub(crate) log_bounds: LogBounds,
}

/// Whether what was committed survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Every commit is flushed to disk before it is answered.
    Durable,
    /// The file goes with the process; nothing is flushed, and nothing can be opened again.
    Volatile,
}

impl Durability {
    const fn synchronous(self) -> &'static str {
        match self {
            Self::Durable => "FULL",
            Self::Volatile => "OFF",
        }
    }
}

impl Database {
    /// A connection with nothing set; the file must exist.
    pub(crate) fn bare(path: &Path) -> rusqlite::Result<Connection> {
        Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )
    }

    /// A connection for a look at a file that may be in any state, beside whoever serves it. It
    /// leaves the log alone, also where it is the last to close.
    pub(crate) fn visitor(path: &Path) -> rusqlite::Result<Connection> {
        let connection = Self::bare(path)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        Ok(connection)
    }

    /// The writer's connection. It leaves checkpoints to others.
    pub(crate) fn writer(&self) -> rusqlite::Result<Connection> {
        let connection = self.configured()?;
        connection.pragma_update(None, "synchronous", self.durability.synchronous())?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        // A log that grew further, because something read from it for long, is cut back.
        let log_bytes = i64::from(self.log_bounds.pages_max) * i64::from(PAGE_BYTES);
        connection.pragma_update(None, "journal_size_limit", log_bytes)?;
        Ok(connection)
    }

    /// The checkpointer's connection.
    pub(crate) fn checkpointer(&self) -> rusqlite::Result<Connection> {
        let connection = self.configured()?;
        connection.busy_timeout(CHECKPOINT_PATIENCE)?;
        connection.pragma_update(None, "synchronous", self.durability.synchronous())?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        Ok(connection)
    }

    /// A connection that only reads.
    pub(crate) fn reader(&self) -> rusqlite::Result<Connection> {
        let connection = self.configured()?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }

    fn configured(&self) -> rusqlite::Result<Connection> {
        let connection = Self::bare(&self.path)?;
        connection.busy_timeout(PATIENCE)?;
        // No memory mapping: SQLite drops a mapping whenever somebody else committed, which is
        // before nearly every read, and dropping one stops every processor for a moment.
        connection.pragma_update(None, "mmap_size", 0)?;
        connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        // SQLite opens its files on first use; a volatile store's are gone after that.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    }
}
