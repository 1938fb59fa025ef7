//! The queue is bounded; what has a place in it is written.

use std::sync::Mutex;
use std::sync::mpsc::channel;

use paydesk_store::{Changeset, StoreError};

use super::{durable, inserting, open, outcomes, product, queue_up};
use crate::opened::Settings;
use crate::writer::QUEUE_MAX;

#[tokio::test]
async fn changesets_beyond_the_queue_are_sent_away() {
    let folder = tempfile::tempdir().unwrap();
    let (begun, waiting) = channel();
    let (go_on, told) = channel::<()>();
    let until = Mutex::new(Some(told));
    let settings = Settings {
        prepare_writer: Box::new(move |connection| {
            let (begun, told) = (begun.clone(), until.lock().unwrap().take());
            connection.commit_hook(Some(move || {
                let _ = begun.send(());
                // Waits at the first commit; then the other end is gone.
                if let Some(told) = &told {
                    let _ = told.recv();
                }
                false
            }))
        }),
        ..durable()
    };
    let store = open(folder.path(), settings);
    let number = |number: usize| u64::try_from(number).unwrap();
    let first = queue_up(&store, [inserting(&product(1, 10))]);
    waiting.recv().unwrap();

    let excess = 10;
    let more: Vec<Changeset> =
        (0..QUEUE_MAX + excess).map(|index| inserting(&product(number(index) + 2, 10))).collect();
    let more = queue_up(&store, more);
    drop(go_on);
    let told = outcomes(more).await;
    let count =
        |wanted: &Result<(), StoreError>| told.iter().filter(|outcome| *outcome == wanted).count();
    assert_eq!(outcomes(first).await, [Ok(())]);
    assert_eq!(count(&Err(StoreError::Busy)), excess);
    assert_eq!(count(&Ok(())), QUEUE_MAX);
}

#[tokio::test]
async fn what_waits_when_the_store_closes_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), durable());
    let changesets: Vec<Changeset> =
        (1..=1_000).map(|number| inserting(&product(number, 10))).collect();
    let waiting = queue_up(&store, changesets);
    store.close().await;
    for outcome in outcomes(waiting).await {
        assert_eq!(outcome, Ok(()));
    }
}
