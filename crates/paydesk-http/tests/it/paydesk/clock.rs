//! `/paydesk/v1/clock`

use insta::assert_snapshot;
use paydesk_testing::{MockClock, TestApp};

use crate::support::shown;

const PATH: &str = "/paydesk/v1/clock";

#[tokio::test]
async fn a_sandbox_begins_at_the_time_of_the_wall() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.get(PATH).await));
}

#[tokio::test]
async fn an_advanced_clock_goes_on_running() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.post(PATH, &[("advance", "3600")]).await));
    app.clock().advance(10);
    assert_eq!(app.get(PATH).await.value("/now"), MockClock::START + 3610);
    let more = app.post(PATH, &[("advance", "90")]).await.ok();
    assert_eq!(more.value("/now"), MockClock::START + 3700);
    assert_eq!(more.value("/offset"), 3690);
}

#[tokio::test]
async fn a_clock_that_is_set_stands_still() {
    let app = TestApp::new();
    let at = (MockClock::START + 500).to_string();
    assert_snapshot!(shown(&app.post(PATH, &[("now", &at)]).await));
    app.clock().advance(10);
    assert_eq!(app.get(PATH).await.value("/now"), MockClock::START + 500);
    let advanced = app.post(PATH, &[("advance", "60")]).await.ok();
    assert_eq!(advanced.value("/now"), MockClock::START + 560);
    assert_eq!(advanced.value("/frozen"), true);
}

#[tokio::test]
async fn a_clock_never_goes_back() {
    let app = TestApp::new();
    app.post(PATH, &[("advance", "3600")]).await.ok();
    let at = (MockClock::START + 3599).to_string();
    assert_snapshot!(shown(&app.post(PATH, &[("now", &at)]).await));
    let negative = app.post(PATH, &[("advance", "-1")]).await;
    assert_eq!(negative.error(), "400 parameter_invalid_integer advance");
    assert_eq!(app.get(PATH).await.value("/now"), MockClock::START + 3600);
}

#[tokio::test]
async fn a_clock_goes_a_hundred_years_ahead_at_most() {
    let app = TestApp::new();
    let century = "3162240000";
    app.post(PATH, &[("advance", century)]).await.ok();
    assert_eq!(app.post(PATH, &[("advance", "1")]).await.error(), "400 - -");
    let beyond = app.post(PATH, &[("advance", "3162240001")]).await;
    assert_eq!(beyond.error(), "400 parameter_invalid_integer advance");
}

#[tokio::test]
async fn a_clock_is_advanced_or_set_but_not_both() {
    let app = TestApp::new();
    let both = app.post(PATH, &[("advance", "1"), ("now", "2000000000")]).await;
    assert_eq!(both.error(), "400 parameters_exclusive advance");
    assert_eq!(app.post(PATH, &[]).await.error(), "400 parameter_missing advance");
}

#[tokio::test]
async fn sessions_whose_time_comes_by_an_advance_are_expired_within_the_request() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let first = app.session(&[(&tea, 1)]).await;
    app.clock().advance(600);
    let second = app.session(&[(&tea, 1)]).await;
    app.post(PATH, &[("advance", "90000")]).await.ok();

    let events = app.get("/v1/events?type=checkout.session.expired").await.ok();
    assert_eq!(events.each("/data/object/id"), [second.id, first.id]);
    assert_eq!(events.value("/data/0/created"), MockClock::START + 600 + 86_400);
    assert_eq!(events.value("/data/1/created"), MockClock::START + 86_400);
    assert_eq!(app.run_due().await, 0);
}

#[tokio::test]
async fn a_frozen_clock_expires_nothing_however_late_it_gets() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let at = MockClock::START.to_string();
    app.post(PATH, &[("now", &at)]).await.ok();
    app.clock().advance(1_000_000);
    assert_eq!(app.run_due().await, 0);
    assert_eq!(app.get(&session.path).await.string("/status"), "open");
}

#[tokio::test]
async fn a_session_of_a_frozen_sandbox_expires_when_its_clock_is_advanced() {
    let app = TestApp::new();
    let at = MockClock::START + 1000;
    app.post(PATH, &[("now", &at.to_string())]).await.ok();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    assert_eq!(app.next_due().await, None);
    app.post(PATH, &[("advance", "86399")]).await.ok();
    assert_eq!(app.get(&session.path).await.string("/status"), "open");
    app.post(PATH, &[("advance", "1")]).await.ok();
    let event = app.get("/v1/events?type=checkout.session.expired").await;
    assert_eq!(event.value("/data/0/created"), at + 86_400);
}

#[tokio::test]
async fn objects_are_created_at_the_time_of_their_sandbox() {
    let app = TestApp::new();
    app.post(PATH, &[("advance", "3600")]).await.ok();
    let tea = app.post("/v1/products", &[("name", "Tea")]).await.ok();
    assert_eq!(tea.value("/created"), MockClock::START + 3600);
    let event = app.get("/v1/events").await;
    assert_eq!(event.value("/data/0/created"), MockClock::START + 3600);
}

#[tokio::test]
async fn every_sandbox_has_its_own_clock() {
    let app = TestApp::new();
    let other = app.with_key("sk_test_other");
    let tea = other.price("Tea", 500).await;
    let session = other.session(&[(&tea, 1)]).await;
    app.post(PATH, &[("advance", "90000")]).await.ok();
    assert_eq!(other.get(PATH).await.value("/now"), MockClock::START);
    assert_eq!(app.run_due().await, 0);
    assert_eq!(other.get(&session.path).await.string("/status"), "open");
}

#[tokio::test]
async fn a_moved_clock_moves_what_is_due_next() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    app.session(&[(&tea, 1)]).await;
    app.post(PATH, &[("advance", "86000")]).await.ok();
    assert_eq!(app.next_due().await, Some(MockClock::START + 400));
    app.clock().advance(400);
    assert_eq!(app.run_due().await, 1);
    let event = app.get("/v1/events?type=checkout.session.expired").await;
    assert_eq!(event.value("/data/0/created"), MockClock::START + 86_400);
}

#[tokio::test]
async fn a_clock_survives_a_restart() {
    let app = TestApp::new();
    app.post(PATH, &[("advance", "3600")]).await.ok();
    let app = app.restarted().await;
    assert_eq!(app.get(PATH).await.value("/offset"), 3600);
}
