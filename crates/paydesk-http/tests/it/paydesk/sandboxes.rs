//! `/paydesk/v1/sandboxes`

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{Client, MockClock, Response, TestApp};

use crate::support::shown;

const PATH: &str = "/paydesk/v1/sandboxes";

async fn reset(client: &Client, id: &str) -> Response {
    client.post(&format!("{PATH}/{id}/reset"), &[]).await
}

async fn delete(client: &Client, id: &str) -> Response {
    client.send(Method::DELETE, &format!("{PATH}/{id}"), Bytes::new()).await
}

/// The id of the sandbox that a client's key opens.
async fn id_of(client: &Client) -> String {
    client.get(&format!("{PATH}/current")).await.ok().id()
}

async fn product_count(client: &Client) -> usize {
    client.get("/v1/products").await.ok().ids().len()
}

#[tokio::test]
async fn the_sandbox_of_a_key() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.get(&format!("{PATH}/current")).await));
}

#[tokio::test]
async fn open_sandboxes_are_listed_newest_first() {
    let app = TestApp::new();
    let mut ids = Vec::new();
    for name in ["one", "two", "three"] {
        ids.push(id_of(&app.with_key(&format!("sk_test_{name}"))).await);
    }
    let listed = app.with_key("sk_test_three").get(&format!("{PATH}?limit=2")).await.ok();
    assert_eq!(listed.ids(), [ids[2].as_str(), &ids[1]]);
    assert_eq!(listed.value("/data/0/current"), true);
    assert_eq!(listed.value("/data/1/current"), false);
    assert_eq!(listed.value("/has_more"), true);
    let rest = app.with_key("sk_test_three");
    let rest = rest.get(&format!("{PATH}?limit=2&starting_after={}", ids[1])).await.ok();
    assert_eq!(rest.ids(), [ids[0].as_str()]);
    assert_eq!(rest.value("/has_more"), false);
}

#[tokio::test]
async fn a_reset_sandbox_is_empty_at_once_and_its_key_goes_on() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    app.post("/paydesk/v1/clock", &[("advance", "3600")]).await.ok();
    let before = id_of(&app).await;

    assert_snapshot!(shown(&reset(&app, "current").await));
    assert_eq!(id_of(&app).await, before);
    assert_eq!(product_count(&app).await, 0);
    assert_eq!(app.get(&session.path).await.status, 404);
    assert!(app.get("/v1/events").await.ok().ids().is_empty());
    assert_eq!(app.get("/paydesk/v1/clock").await.value("/offset"), 0);
    let tea = app.price("Tea", 500).await;
    app.session(&[(&tea, 2)]).await;
}

#[tokio::test]
async fn a_reset_keeps_the_api_version_and_the_time_to_live() {
    let app = TestApp::new();
    let pinned = app.with_header("Stripe-Version", "2025-03-31.basil");
    pinned.get("/v1/products").await.ok();
    app.post(&format!("{PATH}/current"), &[("time_to_live", "3600")]).await.ok();
    let after = reset(&app, "current").await.ok();
    assert_eq!(after.string("/api_version"), "2025-03-31.basil");
    assert_eq!(after.value("/time_to_live"), 3600);
}

#[tokio::test]
async fn a_repeated_reset_is_done_once() {
    let app = TestApp::new();
    let keyed = app.with_header("Idempotency-Key", "reset 1");
    let first = reset(&keyed, "current").await.ok();
    app.product("Tea").await;
    let again = reset(&keyed, "current").await.ok();
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.body, first.body);
    assert_eq!(product_count(&app).await, 1);
}

#[tokio::test]
async fn a_deleted_sandbox_begins_anew_when_its_key_is_used() {
    let app = TestApp::new();
    app.product("Tea").await;
    let id = id_of(&app).await;
    let answer = delete(&app, "current").await;
    assert_eq!(answer.clone().ok().value("/deleted"), true);
    assert_eq!(answer.id(), id);
    assert_eq!(product_count(&app).await, 0);
    assert_ne!(id_of(&app).await, id);
}

#[tokio::test]
async fn an_open_key_cleans_up_after_others() {
    let app = TestApp::new();
    let other = app.with_key("sk_test_other");
    other.product("Tea").await;
    let id = id_of(&other).await;
    reset(&app, &id).await.ok();
    assert_eq!(product_count(&other).await, 0);
    delete(&app, &id).await.ok();
    assert_eq!(app.get(&format!("{PATH}/{id}")).await.error(), "404 resource_missing id");
    assert_ne!(id_of(&other).await, id);
}

#[tokio::test]
async fn what_was_in_a_closed_sandbox_is_forgotten_later() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    app.session(&[(&tea, 1)]).await;
    app.product("Coffee").await;
    reset(&app, "current").await.ok();
    let kept = app.price("Juice", 300).await;
    assert_eq!(app.prune().await, 0, "somebody may still be reading");
    app.clock().advance(600);
    // Two Products, a Price, a session and its timer, and three Events.
    assert_eq!(app.prune().await, 8);
    assert_eq!(app.prune().await, 0);
    app.session(&[(&kept, 1)]).await;
}

#[tokio::test]
async fn a_sandbox_that_nobody_uses_goes_when_its_time_is_over() {
    let app = TestApp::new();
    let path = format!("{PATH}/current");
    let kept = app.post(&path, &[("time_to_live", "600")]).await.ok();
    assert_eq!(kept.value("/expires_at"), MockClock::START + 600);
    let id = kept.id();
    app.product("Tea").await;

    // Every use counts from when it was, as far as that is noted.
    app.clock().advance(500);
    assert_eq!(product_count(&app).await, 1);
    app.clock().advance(599);
    assert_eq!(app.close_expired_sandboxes().await, 0);
    assert_eq!(id_of(&app).await, id);
    app.clock().advance(600);
    assert_eq!(app.close_expired_sandboxes().await, 1);
    assert_eq!(app.close_expired_sandboxes().await, 0);
    assert_eq!(product_count(&app).await, 0);
    assert_ne!(id_of(&app).await, id);
}

#[tokio::test]
async fn a_time_to_live_is_unset_by_an_empty_text_and_is_a_minute_at_least() {
    let app = TestApp::new();
    let path = format!("{PATH}/current");
    app.post(&path, &[("time_to_live", "600")]).await.ok();
    let kept = app.post(&path, &[("time_to_live", "")]).await.ok();
    assert_eq!(kept.value("/time_to_live"), serde_json::Value::Null);
    assert_eq!(kept.value("/expires_at"), serde_json::Value::Null);
    let too_short = app.post(&path, &[("time_to_live", "59")]).await;
    assert_eq!(too_short.error(), "400 parameter_invalid_integer time_to_live");
}
