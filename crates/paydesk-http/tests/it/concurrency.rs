//! Requests for one session at the same time.

use insta::assert_snapshot;
use paydesk_testing::TestApp;
use tokio::task::JoinSet;

use crate::support::shown;

#[tokio::test]
async fn concurrent_updates_of_one_session_all_land() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let mut updates = JoinSet::new();
    for quantity in 2..22 {
        let (client, session) = (app.client(), session.clone());
        updates.spawn(async move {
            let quantity = quantity.to_string();
            let line = ("line_items[0][id]", session.lines[0].as_str());
            client.post(&session.path, &[line, ("line_items[0][quantity]", &quantity)]).await.ok()
        });
    }
    let mut revisions: Vec<u64> = updates
        .join_all()
        .await
        .iter()
        .map(|answer| answer.header("paydesk-revision").unwrap().parse().unwrap())
        .collect();
    revisions.sort_unstable();
    assert_eq!(revisions, (2..22).collect::<Vec<_>>());
}

#[tokio::test]
async fn of_concurrent_updates_for_one_revision_one_wins() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let mut updates = JoinSet::new();
    for quantity in 2..12 {
        let (client, session) = (app.with_header("If-Match", "1"), session.clone());
        updates.spawn(async move {
            let quantity = quantity.to_string();
            let line = ("line_items[0][id]", session.lines[0].as_str());
            client.post(&session.path, &[line, ("line_items[0][quantity]", &quantity)]).await.status
        });
    }
    let mut statuses = updates.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses[..2], [200, 412]);
    assert_eq!(app.get(&session.path).await.header("paydesk-revision"), Some("2"));
}

#[tokio::test(start_paused = true)]
async fn a_request_whose_turn_does_not_come_is_told_to_try_again() {
    let (app, store) = TestApp::with_controlled_store();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let line = session.lines[0].as_str();
    let change = [("line_items[0][id]", line), ("line_items[0][quantity]", "2")];

    store.hold();
    let (first, second) = tokio::join!(app.post(&session.path, &change), async {
        store.holds_one().await;
        let second = app.post(&session.path, &change).await;
        store.release();
        second
    });
    assert_eq!(first.status, 200);
    assert_snapshot!(shown(&second));
}

#[tokio::test]
async fn reads_do_not_wait_for_an_update() {
    let (app, store) = TestApp::with_controlled_store();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let line = session.lines[0].as_str();
    let change = [("line_items[0][id]", line), ("line_items[0][quantity]", "2")];

    store.hold();
    let (updated, read) = tokio::join!(app.post(&session.path, &change), async {
        store.holds_one().await;
        let read = app.get(&session.path).await.ok();
        store.release();
        read
    });
    assert_eq!(read.header("paydesk-revision"), Some("1"));
    assert_eq!(updated.header("paydesk-revision"), Some("2"));
}
