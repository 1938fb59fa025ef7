//! `/paydesk/v1/idle`

use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

const PATH: &str = "/paydesk/v1/idle";

#[tokio::test]
async fn a_sandbox_in_which_nothing_goes_on_is_idle() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.get(PATH).await));
}

#[tokio::test]
async fn what_is_due_is_done_before_the_answer() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    app.session(&[(&tea, 1)]).await;
    app.clock().advance(86_400);
    app.get(PATH).await.ok();
    let events = app.get("/v1/events?type=checkout.session.expired").await.ok();
    assert_eq!(events.each("/id").len(), 1);
    assert_eq!(app.run_due().await, 0);
}

#[tokio::test]
async fn the_answer_waits_for_requests_in_flight() {
    let (app, store) = TestApp::with_controlled_store();
    app.get("/v1/products").await.ok();
    store.hold();
    let (created, busy, idle) = tokio::join!(
        app.post("/v1/products", &[("name", "Tea")]),
        async {
            store.holds_one().await;
            let busy = app.get(&format!("{PATH}?timeout=0")).await;
            store.release();
            busy
        },
        app.get(PATH),
    );
    created.ok();
    assert_snapshot!(shown(&busy));
    idle.ok();
}

#[tokio::test]
async fn other_sandboxes_are_not_waited_for() {
    let (app, store) = TestApp::with_controlled_store();
    let other = app.with_key("sk_test_other");
    other.get("/v1/products").await.ok();
    app.get("/v1/products").await.ok();
    store.hold();
    let (created, ()) = tokio::join!(other.post("/v1/products", &[("name", "Tea")]), async {
        store.holds_one().await;
        app.get(&format!("{PATH}?timeout=0")).await.ok();
        store.release();
    });
    created.ok();
}

#[tokio::test]
async fn nobody_waits_longer_than_half_a_minute() {
    let app = TestApp::new();
    let answer = app.get(&format!("{PATH}?timeout=31")).await;
    assert_eq!(answer.error(), "400 parameter_invalid_integer timeout");
}
