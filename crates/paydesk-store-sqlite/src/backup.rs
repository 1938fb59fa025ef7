//! A copy of the database while it is served, in a file of its own.

use std::fs;
use std::path::Path;

use crate::copy::{self, CopyError, CopyProgress};
use crate::open::FileLock;

/// Copies a database, as it is at this moment, to `target`: one file without a log, found sound and
/// flushed to disk before it gets its name. Whoever serves the database is not held up; its log
/// grows while this lasts. Returns the copy's size in bytes.
///
/// # Errors
/// [`CopyError`]; there is no `target` then, or the one from before.
pub fn back_up(
    database: &Path,
    target: &Path,
    overwrite: bool,
    report: &mut dyn FnMut(CopyProgress),
) -> Result<u64, CopyError> {
    let from = copy::source(database)?;
    let exists = target.exists() || copy::with_suffix(target, "-wal").exists();
    let _lock = match exists {
        false => None,
        true if !overwrite => return Err(CopyError::Exists { path: target.to_owned() }),
        true if is_same_file(database, target) => {
            return Err(CopyError::Same { path: target.to_owned() });
        }
        // Nobody's running database is overwritten.
        true => Some(FileLock::take(target)?),
    };
    let copy = copy::copy(&from, database, target, report)?;
    if overwrite {
        copy::remove_companions(target)?;
        copy.persist(target).map_err(|error| copy::not_written(target, &error.error))?;
    } else {
        copy.persist_noclobber(target).map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => CopyError::Exists { path: target.to_owned() },
            _ => copy::not_written(target, &error.error),
        })?;
    }
    copy::sync_folder(target)?;
    fs::metadata(target)
        .map(|metadata| metadata.len())
        .map_err(|error| copy::not_written(target, &error))
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
