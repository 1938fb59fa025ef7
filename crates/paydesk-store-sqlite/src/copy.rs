//! A whole, verified copy of a database, put in its place at once.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode};
use tempfile::NamedTempFile;
use thiserror::Error;

use crate::connection::Database;
use crate::inspect::damage;
use crate::open::{self, OpenError};
use crate::schema::{self, FileKind};

/// Pages copied between two reports of progress: four mebibytes.
const STEP_PAGES: i32 = 1024;

/// The pause before a step that something else made impossible is tried again.
const RETRY_PAUSE: Duration = Duration::from_millis(50);

/// How far a copy has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyProgress {
    /// Bytes that are copied.
    pub done: u64,
    /// Bytes in all.
    pub all: u64,
}

/// Why a backup was not made or not put in place. What was there before is as it was.
#[derive(Debug, Error)]
pub enum CopyError {
    /// One of the two files can't be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file to copy is not there.
    #[error("there is no file {}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Something is in the place of the copy and may not be overwritten.
    #[error("{} exists already", path.display())]
    Exists {
        /// The place.
        path: PathBuf,
    },
    /// The copy would replace what it is a copy of.
    #[error("{} is the database itself", path.display())]
    Same {
        /// The file.
        path: PathBuf,
    },
    /// The contents are damaged.
    #[error("{} is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the integrity check says first.
        what: String,
    },
    /// The copy can't be written.
    #[error("can't write {}: {reason}", path.display())]
    NotWritten {
        /// Where it was to be.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
}

/// The database to copy, if it is one of ours that this program knows.
pub(crate) fn source(path: &Path) -> Result<Connection, CopyError> {
    if !path.exists() {
        return Err(CopyError::Missing { path: path.to_owned() });
    }
    let failed = |error| open::sqlite_error(path, &error);
    let connection = Database::visitor(path).map_err(failed)?;
    match schema::file_kind(&connection).map_err(failed)? {
        FileKind::Ours => Ok(connection),
        FileKind::Empty | FileKind::Foreign => {
            Err(OpenError::Foreign { path: path.to_owned() }.into())
        }
        FileKind::Newer { found } => {
            let known = schema::known_version();
            Err(OpenError::NewerSchema { path: path.to_owned(), found, known }.into())
        }
    }
}

/// Copies a database, as it is at this moment, into a file without a final name beside `target`.
/// The copy is one file without a log, is found sound, and is flushed to disk.
pub(crate) fn copy(
    from: &Connection,
    from_path: &Path,
    target: &Path,
    report: &mut dyn FnMut(CopyProgress),
) -> Result<NamedTempFile, CopyError> {
    let not_written = |error: io::Error| not_written(target, &error);
    let file = tempfile::Builder::new()
        .prefix(".paydesk-")
        .suffix(".partial")
        .tempfile_in(folder_of(target))
        .map_err(not_written)?;
    let copied = copy_pages(from, file.path(), report);
    copied.map_err(|error| not_copied(&error, from_path, target))?;
    verify(file.path(), from_path)?;
    file.as_file().sync_all().map_err(not_written)?;
    Ok(file)
}

/// Whose fault it is that pages were not copied: a damaged original is found out at the first page
/// that makes no sense, wherever that is.
fn not_copied(error: &rusqlite::Error, original: &Path, target: &Path) -> CopyError {
    let what = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            CopyError::Damaged { path: original.to_owned(), what }
        }
        _ => CopyError::NotWritten { path: target.to_owned(), reason: what },
    }
}

/// Copies all pages from one snapshot: the transaction keeps it while others go on writing, where
/// the copy would begin again after each of their commits otherwise.
fn copy_pages(
    from: &Connection,
    to: &Path,
    report: &mut dyn FnMut(CopyProgress),
) -> rusqlite::Result<()> {
    let mut target = Database::bare(to)?;
    // The file has no name yet; it is flushed once, as a whole.
    target.pragma_update(None, "synchronous", "OFF")?;
    from.execute_batch("BEGIN")?;
    let page_bytes: u64 =
        from.query_row("PRAGMA page_size", [], |row| row.get::<_, u32>(0))?.into();
    from.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    {
        let backup = Backup::new(from, &mut target)?;
        loop {
            let step = backup.step(STEP_PAGES)?;
            let progress = backup.progress();
            let bytes = |pages: i32| u64::try_from(pages).unwrap_or(0) * page_bytes;
            report(CopyProgress {
                done: bytes(progress.pagecount - progress.remaining),
                all: bytes(progress.pagecount),
            });
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                _ => thread::sleep(RETRY_PAUSE),
            }
        }
    }
    from.execute_batch("COMMIT")?;
    // The header says that there is a log, as for the original; whoever serves the copy begins one.
    target.pragma_update(None, "journal_mode", "DELETE")
}

/// Expects that a copy opens as a database of ours and holds together.
fn verify(copy: &Path, original: &Path) -> Result<(), CopyError> {
    let damaged = |what: String| CopyError::Damaged { path: original.to_owned(), what };
    let connection = Database::bare(copy).map_err(|error| damaged(error.to_string()))?;
    let kind = schema::file_kind(&connection).map_err(|error| damaged(error.to_string()))?;
    if kind != FileKind::Ours {
        return Err(damaged("the copy is no database".to_owned()));
    }
    match damage(&connection, "PRAGMA integrity_check(1)") {
        Ok(None) => Ok(()),
        Ok(Some(what)) => Err(damaged(what)),
        Err(error) => Err(damaged(error.to_string())),
    }
}

/// Makes what happened to the names in a file's folder durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), CopyError> {
    let synced = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    synced.map_err(|error| not_written(path, &error))
}

/// Removes the files that SQLite keeps beside a database: they belong to the one that goes, and
/// would be applied to the one that comes.
pub(crate) fn remove_companions(path: &Path) -> Result<(), CopyError> {
    for suffix in ["-wal", "-shm"] {
        match fs::remove_file(with_suffix(path, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(not_written(path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

pub(crate) fn not_written(path: &Path, error: &io::Error) -> CopyError {
    CopyError::NotWritten { path: path.to_owned(), reason: error.to_string() }
}

/// A path whose name is longer by a suffix.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
