//! A folder of its own for each test: the database in it, the log beside it.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

/// A temporary folder that goes with the test.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["work", "tmp"] {
            fs::create_dir(folder.path().join(name)).expect("a folder in it");
        }
        Self { folder }
    }

    /// The folder that servers are started in, empty at first.
    pub(crate) fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// The folder that servers are told to keep temporary files in, empty at first.
    pub(crate) fn tmp(&self) -> PathBuf {
        self.folder.path().join("tmp")
    }

    /// Where the database is, unless a test says otherwise.
    pub(crate) fn database(&self) -> PathBuf {
        self.work().join("paydesk.db")
    }

    /// Where the standard error of all servers of this home goes.
    pub(crate) fn log_path(&self) -> PathBuf {
        self.folder.path().join("stderr.log")
    }

    /// What all servers of this home have written to standard error so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log_path()).unwrap_or_default()
    }
}
