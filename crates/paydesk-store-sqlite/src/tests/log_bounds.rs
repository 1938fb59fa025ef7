//! The write-ahead log stays within its bounds however much is written.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use paydesk_store::{Changeset, Store};
use rusqlite::Connection;
use tokio::task::JoinSet;

use super::{durable, inserting, open, product};
use crate::SqliteStore;
use crate::checkpoint::LogBounds;
use crate::connection::PAGE_BYTES;
use crate::opened::Settings;

const BOUNDS: LogBounds = LogBounds { passive_pages: 16, restart_pages: 128, pages_max: 256 };
/// Bytes of a row: six pages with what it spills.
const ROW_BYTES: usize = 20_000;
const COMMITTERS: u64 = 16;
/// Pages that one batch may add behind the bound: a row's own and a few of the trees, each.
const BATCH_PAGES: u32 = 16 * 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_that_never_pauses_does_not_let_the_log_grow() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_bounded(folder.path());
    let mut largest = 0;
    for round in 0..60 {
        write(&store, round).await;
        largest = largest.max(bytes(&log(folder.path())));
    }
    store.close().await;
    let written = bytes(&folder.path().join("paydesk.db"));
    assert!(written > 6 * bound_bytes(), "only {written} were written");
    let bound = bound_bytes() + page_bytes(BATCH_PAGES);
    assert!(largest <= bound, "{largest} is more than {bound}");
    assert!(largest > bound_bytes() / 2, "the bound was never met");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_read_lets_the_log_grow_until_it_ends_and_no_commit_fails() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_bounded(folder.path());
    write(&store, 0).await;
    let reader = Connection::open(folder.path().join("paydesk.db")).unwrap();
    reader.execute_batch("BEGIN").unwrap();
    let seen = count_products(&reader);
    for round in 1..10 {
        write(&store, round).await;
    }
    assert_eq!(count_products(&reader), seen);
    let grown = bytes(&log(folder.path()));
    assert!(grown > bound_bytes(), "the read was no hindrance");

    reader.execute_batch("COMMIT").unwrap();
    for round in 10..14 {
        write(&store, round).await;
    }
    let after = bytes(&log(folder.path()));
    let bound = bound_bytes() + page_bytes(BATCH_PAGES);
    assert!(after <= bound, "{after} is more than {bound}");
}

fn open_bounded(folder: &Path) -> Arc<SqliteStore> {
    let settings = Settings { log_bounds: BOUNDS, ..durable() };
    open(folder, settings)
}

/// Writes a batch's worth of rows, each committer one.
async fn write(store: &Arc<SqliteStore>, round: u64) {
    let changesets = (1..=COMMITTERS)
        .map(|committer| inserting(&product(round * COMMITTERS + committer, ROW_BYTES)));
    let mut tasks = JoinSet::new();
    for changeset in changesets {
        tasks.spawn(commit(Arc::clone(store), changeset));
    }
    tasks.join_all().await;
}

async fn commit(store: Arc<SqliteStore>, changeset: Changeset) {
    store.commit(changeset).await.unwrap();
}

fn count_products(connection: &Connection) -> i64 {
    let count = connection.query_row("SELECT count(*) FROM products", [], |row| row.get(0));
    count.unwrap()
}

fn log(folder: &Path) -> PathBuf {
    folder.join("paydesk.db-wal")
}

fn bytes(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}

fn bound_bytes() -> u64 {
    page_bytes(BOUNDS.pages_max)
}

/// Bytes of so many pages in the log, each with its head of 24 bytes.
fn page_bytes(pages: u32) -> u64 {
    u64::from(pages) * u64::from(PAGE_BYTES + 24)
}
