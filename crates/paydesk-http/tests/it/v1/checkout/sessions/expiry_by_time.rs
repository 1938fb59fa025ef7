//! Sessions that nobody paid or expired: their time comes.

use paydesk_testing::{MockClock, Session, TestApp};

const EXPIRED: &str = "/v1/events?limit=100&type=checkout.session.expired";

/// A session that is open for so many seconds.
async fn session_for(app: &TestApp, seconds: u32) -> Session {
    let tea = app.price("Tea", 500).await;
    let expires_at = (app.clock().seconds() + i64::from(seconds)).to_string();
    let params = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/thanks"),
        ("expires_at", &expires_at),
    ];
    app.session_with(&[(&tea, 1)], &params).await
}

#[tokio::test]
async fn an_expiry_is_recorded_at_the_moment_it_was_due() {
    let app = TestApp::new();
    let session = session_for(&app, 1800).await;
    assert_eq!(app.next_due().await, Some(MockClock::START + 1800));
    app.clock().advance(1799);
    assert_eq!(app.run_due().await, 0);

    app.clock().advance(1000);
    assert_eq!(app.run_due().await, 1);
    let events = app.get(EXPIRED).await.ok();
    assert_eq!(events.each("/data/object/id"), [session.id]);
    assert_eq!(events.value("/data/0/created"), MockClock::START + 1800);
    assert_eq!(events.string("/data/0/data/object/status"), "expired");
    assert_eq!(app.run_due().await, 0);
    assert_eq!(app.next_due().await, None);
}

#[tokio::test]
async fn what_is_recorded_is_what_was_read_before() {
    let app = TestApp::new();
    let session = session_for(&app, 1800).await;
    app.clock().advance(1800);
    let before = app.get(&session.path).await.ok();
    app.run_due().await;
    let after = app.get(&session.path).await.ok();
    assert_eq!(after.text(), before.text());
    assert_eq!(after.header("paydesk-revision"), before.header("paydesk-revision"));
}

#[tokio::test]
async fn a_server_that_was_down_catches_up_with_each_expiry_at_its_own_time() {
    let app = TestApp::new();
    let mut due = Vec::new();
    for number in 0..70 {
        session_for(&app, 1800 + number).await;
        due.push(MockClock::START + 1800 + i64::from(number));
    }
    app.clock().advance(86_400);
    let app = app.restarted().await;

    assert_eq!(app.run_due().await, 70);
    let events = app.get(EXPIRED).await.json();
    let created: Vec<i64> = events["data"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|event| event["created"].as_i64())
        .collect();
    due.reverse();
    assert_eq!(created, due);
    assert_eq!(app.next_due().await, None);
}

#[tokio::test]
async fn before_a_server_has_caught_up_it_shows_what_is_over_as_over() {
    let app = TestApp::new();
    let session = session_for(&app, 1800).await;
    app.clock().advance(1800);
    let app = app.restarted().await;
    assert_eq!(app.get(&session.path).await.string("/status"), "expired");
    let line = [("line_items[0][id]", session.lines[0].as_str())];
    assert_eq!(app.post(&session.path, &line).await.error(), "400 - -");
}

#[tokio::test]
async fn an_update_that_comes_too_late_is_refused_and_the_expiry_recorded() {
    let app = TestApp::new();
    let session = session_for(&app, 1800).await;
    app.clock().advance(5000);
    let line = [("line_items[0][id]", session.lines[0].as_str())];
    let refused = app.post(&session.path, &line).await;
    assert_eq!(refused.error(), "400 - -");

    let events = app.get(EXPIRED).await.ok();
    assert_eq!(events.each("/data/object/id"), [session.id]);
    assert_eq!(events.value("/data/0/created"), MockClock::START + 1800);
    assert_eq!(app.run_due().await, 0);
}

#[tokio::test]
async fn an_expired_session_has_no_timer_left() {
    let app = TestApp::new();
    let session = session_for(&app, 1800).await;
    app.post(&format!("{}/expire", session.path), &[]).await.ok();
    assert_eq!(app.next_due().await, None);
}

#[tokio::test]
async fn metadata_may_be_written_on_a_session_whose_time_just_came() {
    let app = TestApp::new();
    let session = session_for(&app, 1800).await;
    app.clock().advance(1800);
    let noted = app.post(&session.path, &[("metadata[note]", "gone")]).await.ok();
    assert_eq!(noted.string("/status"), "expired");
    assert_eq!(noted.header("paydesk-revision"), Some("2"));
    let told = app.get(EXPIRED).await.value("/data/0/data/object/metadata");
    assert_eq!(told, serde_json::json!({}), "the expiry was before the note");
}
