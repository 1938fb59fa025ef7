//! The room of what was deleted goes back to the file system, and not where others wait for it.

use std::fs;
use std::path::Path;
use std::pin::pin;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::task::{Context, Waker};

use paydesk_domain::catalog::Product;
use paydesk_store::{Changeset, Delete, RowVersion, Store};

use super::{SANDBOX, durable, inserting, is_stored, open, outcomes, product, queue_up};
use crate::SqliteStore;
use crate::opened::Settings;

const MIB: u64 = 1 << 20;

#[tokio::test]
async fn a_file_shrinks_when_most_of_it_was_deleted_and_keeps_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), durable());
    // Every tenth stays, so that pages at the end of the file have to be moved.
    let products = fill(&store, 600).await;
    let (kept, deleted): (Vec<_>, Vec<_>) =
        products.into_iter().enumerate().partition(|(index, _)| index % 10 == 9);
    for (_, product) in &deleted {
        store.commit(deleting(product)).await.unwrap();
    }
    let freed = reclaim_all(&store).await;
    assert!(freed > 15 * MIB, "{freed}");
    for (_, product) in &kept {
        assert!(is_stored(&store, product).await);
    }
    store.close().await;
    let left = size(folder.path());
    assert!(left < 7 * MIB, "{left} bytes are left, a tenth and what is kept free");
    assert_sound(folder.path());
}

#[tokio::test]
async fn a_little_free_room_is_kept_for_what_comes_next() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), durable());
    for product in fill(&store, 100).await {
        store.commit(deleting(&product)).await.unwrap();
    }
    assert_eq!(store.reclaim_space().await, Ok(0));
}

#[tokio::test]
async fn no_room_is_given_back_while_others_wait_to_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let (begun, waiting) = channel();
    let (go_on, told) = channel::<()>();
    let told = Mutex::new(Some(told));
    let settings = Settings {
        prepare_writer: Box::new(move |connection| {
            let (begun, told) = (begun.clone(), told.lock().unwrap().take());
            connection.commit_hook(Some(move || {
                let _ = begun.send(());
                // Waits at each commit until the other end is gone.
                if let Some(told) = &told {
                    let _ = told.recv();
                }
                false
            }))
        }),
        ..durable()
    };
    {
        let store = open(folder.path(), durable());
        for product in fill(&store, 300).await {
            store.commit(deleting(&product)).await.unwrap();
        }
        store.close().await;
    }
    let store = open(folder.path(), settings);
    let first = queue_up(&store, [inserting(&product(1_001, 10))]);
    waiting.recv().unwrap();
    let mut reclaiming = pin!(store.reclaim_space());
    let is_queued = reclaiming.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending();
    assert!(is_queued);
    let second = queue_up(&store, [inserting(&product(1_002, 10))]);
    drop(go_on);
    assert_eq!(reclaiming.await, Ok(0));
    assert_eq!(outcomes(first).await, [Ok(())]);
    assert_eq!(outcomes(second).await, [Ok(())]);
    assert!(store.reclaim_space().await.unwrap() > 0, "now nobody waits");
}

/// Products of about forty kilobytes each.
async fn fill(store: &SqliteStore, count: u64) -> Vec<Product> {
    let products: Vec<Product> = (1..=count).map(|number| product(number, 40_000)).collect();
    for batch in products.chunks(20) {
        for outcome in outcomes(queue_up(store, batch.iter().map(inserting))).await {
            outcome.unwrap();
        }
    }
    products
}

fn deleting(product: &Product) -> Changeset {
    let mut changeset = Changeset::new(SANDBOX);
    let delete = Delete::Product { id: product.id.clone(), read_at: RowVersion::FIRST };
    changeset.deletes.push(delete);
    changeset
}

async fn reclaim_all(store: &SqliteStore) -> u64 {
    let mut all = 0;
    loop {
        match store.reclaim_space().await.unwrap() {
            0 => return all,
            freed => all += freed,
        }
    }
}

fn size(folder: &Path) -> u64 {
    fs::metadata(folder.join("paydesk.db")).unwrap().len()
}

fn assert_sound(folder: &Path) {
    let file = rusqlite::Connection::open(folder.join("paydesk.db")).unwrap();
    let verdict: Result<String, _> =
        file.pragma_query_value(None, "integrity_check", |row| row.get(0));
    assert_eq!(verdict.as_deref(), Ok("ok"));
}
