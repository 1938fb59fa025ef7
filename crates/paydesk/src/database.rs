//! Which store the settings mean.

use std::sync::Arc;

use anyhow::Result;
use paydesk_store_sqlite::SqliteStore;

use crate::cli::Database;

/// Opens the store.
pub(crate) fn open(database: &Database) -> Result<Arc<SqliteStore>> {
    let store = match database {
        Database::Memory => SqliteStore::in_memory()?,
        Database::File(path) => SqliteStore::open(path)?,
    };
    Ok(Arc::new(store))
}
