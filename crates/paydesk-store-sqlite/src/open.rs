//! Opening a file: whose it is, whether it is free, and bringing its schema up to date.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::ErrorCode;
use thiserror::Error;

use crate::connection::{Database, PAGE_BYTES};
use crate::copy::with_suffix;
use crate::inspect::number_in;
use crate::schema::{self, APPLICATION_ID, FileKind};

/// How long a file that another process prepares is waited for, and how often it is looked at.
const PREPARED_WITHIN: Duration = Duration::from_secs(5);
const PREPARED_PAUSE: Duration = Duration::from_millis(20);

/// Why a file can't be opened, in a line that says what to do.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another process serves this file.
    #[error(
        "{} is in use by another process{}; stop that one or choose another file",
        path.display(),
        process.map_or_else(String::new, |number| format!(" ({number})"))
    )]
    Locked {
        /// The file.
        path: PathBuf,
        /// The number that the process gave of itself.
        process: Option<u32>,
    },
    /// The file or its folder can't be written.
    #[error("can't write {}: {reason}; check the folder and its permissions", path.display())]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file belongs to another program.
    #[error("{} is not a Paydesk database; choose another file", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later release.
    #[error(
        "{} was written by a newer Paydesk (schema {found}, this one knows {known}); use that or a \
         later release",
        path.display()
    )]
    NewerSchema {
        /// The file.
        path: PathBuf,
        /// The file's schema.
        found: usize,
        /// The latest schema this program knows.
        known: usize,
    },
    /// Anything else.
    #[error("can't open {}: {reason}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        reason: String,
    },
}

/// Whoever looks at a lock holds it for a moment; so often, and so long, it is waited for.
const LOOKS_OUTLASTED: u32 = 5;
const A_LOOK: Duration = Duration::from_millis(10);

/// Held while a process serves a file. A file of its own: closing any descriptor of the database
/// itself would drop SQLite's locks on it.
#[derive(Debug)]
pub(crate) struct FileLock {
    _file: File,
}

impl FileLock {
    /// Takes the lock, without waiting for a process that serves the file.
    pub(crate) fn take(path: &Path) -> Result<Self, OpenError> {
        let failed = |error| io_error(path, &error);
        let mut file = private_file(&with_suffix(path, "-lock")).map_err(failed)?;
        for _ in 0..LOOKS_OUTLASTED {
            match file.try_lock() {
                Ok(()) => {
                    note_process(&file).map_err(failed)?;
                    return Ok(Self { _file: file });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(A_LOOK),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
        let process = number_in(&mut file);
        Err(OpenError::Locked { path: path.to_owned(), process })
    }
}

/// The same beside whoever serves the file. Only a file that is new, or of an earlier release, is
/// changed, and then with the lock that keeps servers away.
pub(crate) fn prepare_beside(path: &Path) -> Result<(), OpenError> {
    let mut waited = Duration::ZERO;
    while !is_prepared(path)? {
        match FileLock::take(path) {
            Ok(_lock) => return prepare(path),
            // Somebody prepares it right now, or serves it with another release.
            Err(OpenError::Locked { .. }) if waited < PREPARED_WITHIN => {
                thread::sleep(PREPARED_PAUSE);
                waited += PREPARED_PAUSE;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether there is a file of ours with the latest schema.
fn is_prepared(path: &Path) -> Result<bool, OpenError> {
    if !path.exists() {
        return Ok(false);
    }
    let failed = |error| sqlite_error(path, &error);
    let connection = Database::bare(path).map_err(failed)?;
    connection.busy_timeout(PREPARED_WITHIN).map_err(failed)?;
    let kind = schema::file_kind(&connection).map_err(failed)?;
    Ok(kind == FileKind::Ours && schema::is_latest(&connection).map_err(failed)?)
}

/// Makes sure that there is a file of ours with the latest schema.
pub(crate) fn prepare(path: &Path) -> Result<(), OpenError> {
    drop(private_file(path).map_err(|error| io_error(path, &error))?);
    let failed = |error| sqlite_error(path, &error);
    let mut connection = Database::bare(path).map_err(failed)?;
    match schema::file_kind(&connection).map_err(failed)? {
        FileKind::Foreign => {
            return Err(OpenError::Foreign { path: path.to_owned() });
        }
        FileKind::Newer { found } => {
            return Err(OpenError::NewerSchema {
                path: path.to_owned(),
                found,
                known: schema::known_version(),
            });
        }
        FileKind::Empty => {
            connection
                .pragma_update(None, "page_size", PAGE_BYTES)
                // Before the first table, or never: the file knows which pages point to which, so
                // that room can be given back without writing the whole file anew.
                .and_then(|()| connection.pragma_update(None, "auto_vacuum", "INCREMENTAL"))
                .and_then(|()| connection.pragma_update(None, "application_id", APPLICATION_ID))
                .map_err(failed)?;
        }
        FileKind::Ours => {}
    }
    connection.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
    schema::migrate(&mut connection)
        .map_err(|error| OpenError::Other { path: path.to_owned(), reason: error.to_string() })
}

/// What SQLite's refusal to open or prepare a file means.
pub(crate) fn sqlite_error(path: &Path, error: &rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::Foreign { path },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            OpenError::NotWritable { path, reason: error.to_string() }
        }
        _ => OpenError::Other { path, reason: error.to_string() },
    }
}

/// Writes down who has the lock, for whoever does not get it.
fn note_process(file: &File) -> io::Result<()> {
    file.set_len(0)?;
    let mut file = file;
    writeln!(file, "{}", std::process::id())
}

fn io_error(path: &Path, error: &io::Error) -> OpenError {
    OpenError::NotWritable { path: path.to_owned(), reason: error.to_string() }
}

/// Opens a file for writing, made for its owner's eyes only where it does not exist.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
