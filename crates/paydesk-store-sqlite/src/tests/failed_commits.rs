//! When a commit fails, nothing of it is visible and the connection is not trusted again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use paydesk_domain::catalog::Product;
use paydesk_store::{Store, StoreError};
use rusqlite::Connection;

use super::{durable, inserting, is_stored, open, outcomes, product, queue_up};
use crate::SqliteStore;
use crate::connection::Durability;
use crate::opened::Settings;

/// Decides on every commit of the writer's, and counts its connections.
struct Verdicts {
    /// Whether the next commit succeeds; the writer waits for it.
    next: Sender<bool>,
    /// Told when the writer begins to wait.
    waiting: Receiver<()>,
    connections: Arc<AtomicUsize>,
}

fn settings_with_verdicts(durability: Durability) -> (Settings, Verdicts) {
    let (next, verdicts) = channel::<bool>();
    let (begun, waiting) = channel();
    let verdicts = Arc::new(std::sync::Mutex::new(verdicts));
    let connections = Arc::new(AtomicUsize::new(0));
    let opened = Arc::clone(&connections);
    let prepare_writer = move |connection: &Connection| {
        opened.fetch_add(1, Ordering::SeqCst);
        let (verdicts, begun) = (Arc::clone(&verdicts), begun.clone());
        connection.commit_hook(Some(move || {
            begun.send(()).unwrap();
            let is_granted = verdicts.lock().unwrap().recv();
            // True makes SQLite fail the commit. Nobody is left to ask when the store closes.
            !is_granted.unwrap_or(true)
        }))
    };
    let settings =
        Settings { prepare_writer: Box::new(prepare_writer), ..Settings::new(durability) };
    let verdicts = Verdicts { next, waiting, connections };
    (settings, verdicts)
}

impl Verdicts {
    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn nothing_of_a_batch_that_failed_is_visible_and_the_connection_is_opened_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, verdicts) = settings_with_verdicts(Durability::Durable);
    let store = open(folder.path(), settings);
    check_failed_batch(&store, &verdicts).await;
    assert_eq!(verdicts.connections(), 2, "one before and one after");

    drop(verdicts);
    store.close().await;
    let store = open(folder.path(), durable());
    let stored = stored_of(&store, &products()).await;
    assert_eq!(stored, [true, true, true, true, true]);
}

#[tokio::test]
async fn a_store_in_memory_goes_on_after_a_batch_that_failed() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, verdicts) = settings_with_verdicts(Durability::Volatile);
    let store = open(folder.path(), settings);
    // As it is for a store in memory: the file can't be opened by its name.
    std::fs::remove_file(folder.path().join("paydesk.db")).unwrap();
    check_failed_batch(&store, &verdicts).await;
    assert_eq!(verdicts.connections(), 1);
}

/// The first batch succeeds; a second of three changesets fails; a third succeeds with them.
async fn check_failed_batch(store: &SqliteStore, verdicts: &Verdicts) {
    let products = products();
    let first = queue_up(store, [inserting(&products[0])]);
    verdicts.waiting.recv().unwrap();
    let second = queue_up(store, products[1..4].iter().map(inserting));
    verdicts.next.send(true).unwrap();
    assert_eq!(outcomes(first).await, [Ok(())]);

    verdicts.waiting.recv().unwrap();
    verdicts.next.send(false).unwrap();
    for outcome in outcomes(second).await {
        assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    }
    let stored = stored_of(store, &products).await;
    assert_eq!(stored, [true, false, false, false, false]);

    let third = queue_up(store, products[1..].iter().map(inserting));
    for _ in 0..2 {
        // They are one batch or two, as the writer comes to them.
        let _ = verdicts.next.send(true);
    }
    for outcome in outcomes(third).await {
        assert_eq!(outcome, Ok(()));
    }
    let stored = stored_of(store, &products).await;
    assert_eq!(stored, [true, true, true, true, true]);
}

#[tokio::test]
async fn a_statement_that_fails_for_want_of_space_fails_its_batch() {
    let folder = tempfile::tempdir().unwrap();
    let opened = AtomicUsize::new(0);
    let settings = Settings {
        prepare_writer: Box::new(move |connection| {
            // The first connection may not make the file larger; the next one may.
            if opened.fetch_add(1, Ordering::SeqCst) == 0 {
                connection.pragma_update(None, "max_page_count", 1)?;
            }
            Ok(())
        }),
        ..durable()
    };
    let store = open(folder.path(), settings);
    let large = product(1, 100_000);
    let outcome = store.commit(inserting(&large)).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    assert!(!is_stored(&store, &large).await);
    assert_eq!(store.commit(inserting(&large)).await, Ok(()));
    assert!(is_stored(&store, &large).await);
}

fn products() -> Vec<Product> {
    (1..=5).map(|number| product(number, 100)).collect()
}

async fn stored_of(store: &SqliteStore, products: &[Product]) -> Vec<bool> {
    let mut stored = Vec::new();
    for product in products {
        stored.push(is_stored(store, product).await);
    }
    stored
}
