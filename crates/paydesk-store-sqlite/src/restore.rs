//! A backup put in the place of the database.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::connection::Database;
use crate::copy::{self, CopyError, CopyProgress};
use crate::open::FileLock;

/// What is done with the database that was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaced {
    /// It stays under another name.
    KeptAside,
    /// It is gone for good.
    Discarded,
}

/// A database that was put in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Its size in bytes.
    pub bytes: u64,
    /// Where the one from before is now.
    pub kept_aside: Option<PathBuf>,
}

/// Puts a copy of `backup` in the place of `database`, which nobody may serve meanwhile. The copy
/// is whole, found sound and flushed before the place changes hands, which happens at once.
///
/// # Errors
/// [`CopyError`]; the database from before is in its place then.
pub fn restore(
    backup: &Path,
    database: &Path,
    replaced: Replaced,
    report: &mut dyn FnMut(CopyProgress),
) -> Result<Restored, CopyError> {
    let from = copy::source(backup)?;
    let _lock = FileLock::take(database)?;
    let copy = copy::copy(&from, backup, database, report)?;
    let kept_aside = match replaced {
        Replaced::KeptAside if database.exists() => Some(keep_aside(database)?),
        Replaced::KeptAside | Replaced::Discarded => None,
    };
    copy::remove_companions(database)?;
    copy.persist(database).map_err(|error| copy::not_written(database, &error.error))?;
    copy::sync_folder(database)?;
    let size = fs::metadata(database).map_err(|error| copy::not_written(database, &error))?;
    Ok(Restored { bytes: size.len(), kept_aside })
}

/// Gives the database a second name, under which it stays. It is in its place until the copy is.
fn keep_aside(database: &Path) -> Result<PathBuf, CopyError> {
    // Brings what is in the log into the file. A file so damaged that this fails is just what one
    // restores a backup over; then its log is kept with it.
    let _ = empty_log(database);
    let names = (1_u32..).map(|number| match number {
        1 => copy::with_suffix(database, ".before-restore"),
        _ => copy::with_suffix(database, &format!(".before-restore-{number}")),
    });
    for aside in names {
        match fs::hard_link(database, &aside) {
            Ok(()) => {
                let log = copy::with_suffix(database, "-wal");
                if log.exists() {
                    fs::rename(&log, copy::with_suffix(&aside, "-wal"))
                        .map_err(|error| copy::not_written(&aside, &error))?;
                }
                return Ok(aside);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(copy::not_written(&aside, &error)),
        }
    }
    unreachable!("there is always another number")
}

fn empty_log(database: &Path) -> rusqlite::Result<()> {
    Database::visitor(database)?.pragma_update(None, "journal_mode", "DELETE")
}
