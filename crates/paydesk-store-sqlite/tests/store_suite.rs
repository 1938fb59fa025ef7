//! The suite every store passes, on a file and in memory.

use paydesk_store::suite::Fixture;
use paydesk_store_sqlite::SqliteStore;

mod on_a_file {
    use super::{Fixture, SqliteStore};

    async fn empty() -> Fixture<SqliteStore> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = SqliteStore::open(&folder.path().join("paydesk.db")).expect("a new file");
        Fixture::on(store, folder)
    }

    paydesk_store::store_suite!(empty);
}

mod in_memory {
    use super::{Fixture, SqliteStore};

    async fn empty() -> Fixture<SqliteStore> {
        Fixture::new(SqliteStore::in_memory().expect("a new file"))
    }

    paydesk_store::store_suite!(empty);
}
