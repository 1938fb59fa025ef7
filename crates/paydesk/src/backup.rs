//! `paydesk backup` and `paydesk restore`: copies of the file, out of its place and into it.

use std::path::Path;

use anyhow::{Result, anyhow, bail};
use paydesk_store_sqlite::{CopyError, Replaced, back_up, restore};

use crate::cli::{Backup, Database, Restore};
use crate::sizes;
use crate::terminal::ProgressLine;

/// Copies the database to a file while it may be served.
pub(crate) fn run_backup(settings: &Backup) -> Result<()> {
    let database = file_of(&settings.database)?;
    let mut progress = ProgressLine::new();
    let target = &settings.file;
    let copied = back_up(database, target, settings.force, &mut |copied| progress.show(copied));
    drop(progress);
    let bytes = copied.map_err(|error| match error {
        CopyError::Exists { .. } => anyhow!("{error}; choose another name, or say --force"),
        other => other.into(),
    })?;
    println!(
        "{} is a backup of {}: {}, checked and on disk",
        target.display(),
        database.display(),
        sizes::readable(bytes)
    );
    Ok(())
}

/// Puts a backup in the database's place.
pub(crate) fn run_restore(settings: &Restore) -> Result<()> {
    let database = file_of(&settings.database)?;
    let replaced = if settings.discard_current { Replaced::Discarded } else { Replaced::KeptAside };
    let mut progress = ProgressLine::new();
    let restored = restore(&settings.file, database, replaced, &mut |copied| progress.show(copied));
    drop(progress);
    let restored = restored?;
    println!(
        "{} is what {} was: {}, checked and on disk",
        database.display(),
        settings.file.display(),
        sizes::readable(restored.bytes)
    );
    if let Some(aside) = restored.kept_aside {
        println!("what was there before is in {}", aside.display());
    }
    Ok(())
}

fn file_of(database: &Database) -> Result<&Path> {
    match database {
        Database::File(path) => Ok(path),
        Database::Memory => bail!("what is kept in memory has no file; name one with --database"),
    }
}
