//! `POST /v1/checkout/sessions/{id}/expire`

use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

#[tokio::test]
async fn an_expired_session_has_no_page_any_more() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    app.clock().advance(60);
    let expired = app.post(&format!("{}/expire", session.path), &[]).await;
    assert_snapshot!(shown(&expired));
    assert_eq!(app.get(&session.path).await.text(), expired.text());
}

#[tokio::test]
async fn an_expiry_is_told_once() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    app.post(&format!("{}/expire", session.path), &[]).await.ok();
    app.clock().advance(86_400);
    app.run_due().await;
    let events = app.get("/v1/events?type=checkout.session.expired").await;
    assert_eq!(events.each("/data/object/id"), [session.id]);
}

#[tokio::test]
async fn a_session_expires_once() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let path = format!("{}/expire", session.path);
    app.post(&path, &[]).await.ok();
    assert_snapshot!(shown(&app.post(&path, &[]).await));
    assert_eq!(app.get(&session.path).await.header("paydesk-revision"), Some("2"));
}

#[tokio::test]
async fn a_session_whose_time_is_up_has_expired_already() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    app.clock().advance(86_400);
    let answer = app.post(&format!("{}/expire", session.path), &[]).await;
    assert_eq!(answer.error(), "400 - -");
    let events = app.get("/v1/events?type=checkout.session.expired").await;
    assert_eq!(events.each("/data/object/id"), [session.id]);
    assert_eq!(events.value("/data/0/request/id"), serde_json::Value::Null);
}

#[tokio::test]
async fn expiring_takes_no_parameters_but_expand() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let path = format!("{}/expire", session.path);
    let answer = app.post(&path, &[("metadata[a]", "1")]).await;
    assert_eq!(answer.error(), "400 parameter_unknown metadata");
    let answer = app.post(&path, &[("expand[0]", "line_items")]).await.ok();
    assert_eq!(answer.string("/line_items/data/0/id"), session.lines[0]);
}

#[tokio::test]
async fn a_session_that_does_not_exist_does_not_expire() {
    let app = TestApp::new();
    let answer = app.post("/v1/checkout/sessions/cs_test_x/expire", &[]).await;
    assert_eq!(answer.error(), "404 resource_missing session");
}

#[tokio::test]
async fn metadata_of_an_expired_session_may_still_change_and_nothing_else() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    app.post(&format!("{}/expire", session.path), &[]).await.ok();

    let noted = app.post(&session.path, &[("metadata[note]", "too late")]).await.ok();
    assert_eq!(noted.string("/metadata/note"), "too late");
    assert_eq!(noted.header("paydesk-revision"), Some("2"));
    let line = [("line_items[0][id]", session.lines[0].as_str())];
    assert_snapshot!(shown(&app.post(&session.path, &line).await));
}
