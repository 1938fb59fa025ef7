//! The `Idempotency-Key` header.

use axum::http::HeaderMap;
use insta::assert_snapshot;
use paydesk_testing::{Client, Response, TestApp};

use crate::support::shown;

const DAY: u32 = 86_400;

fn keyed(client: &Client) -> Client {
    client.with_header("Idempotency-Key", "key-1")
}

/// An answer's status, body and headers, without those that say that it is a repetition.
fn as_first(response: &Response) -> (u16, String, HeaderMap) {
    let mut headers = response.headers.clone();
    for own in ["request-id", "original-request", "idempotent-replayed"] {
        headers.remove(own);
    }
    (response.status, response.text(), headers)
}

#[tokio::test]
async fn a_repetition_is_answered_byte_for_byte() {
    let app = TestApp::new();
    let client = keyed(&app);
    let first = client.post("/v1/products", &[("name", "Tea"), ("active", "true")]).await.ok();
    app.post(&format!("/v1/products/{}", first.id()), &[("name", "Sencha")]).await.ok();
    let again = client.post("/v1/products", &[("active", "true"), ("name", "Tea")]).await;

    assert_eq!(as_first(&again), as_first(&first));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.header("original-request"), first.header("request-id"));
    assert_ne!(again.header("request-id"), first.header("request-id"));
    assert_eq!(again.header("idempotency-key"), Some("key-1"));
    assert_eq!(first.header("idempotent-replayed"), None);
    assert_eq!(app.get("/v1/products").await.ids().len(), 1);
}

#[tokio::test]
async fn a_repetition_has_the_version_of_the_first_answer() {
    let app = TestApp::new();
    let create = async |version: &str| {
        let client = keyed(&app).with_header("Stripe-Version", version);
        let params = [("name", "Tea")];
        client.post("/v1/products", &params).await.ok()
    };
    let first = create("2025-03-31.basil").await;
    let again = create("2026-10-28.endive").await;
    assert_eq!(as_first(&again), as_first(&first));
    assert_eq!(again.header("stripe-version"), Some("2025-03-31.basil"));
}

#[tokio::test]
async fn a_repeated_update_of_a_cart_is_done_once() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let add = [
        ("line_items[0][id]", session.lines[0].as_str()),
        ("line_items[1][price]", &tea),
        ("line_items[1][quantity]", "2"),
        ("expand[]", "line_items"),
    ];
    let first = keyed(&app).post(&session.path, &add).await.ok();
    app.post(&session.path, &[("line_items[0][id]", &session.lines[0])]).await.ok();
    let again = keyed(&app).post(&session.path, &add).await;
    assert_eq!(as_first(&again), as_first(&first));
    assert_eq!(again.header("paydesk-revision"), Some("2"));
    assert_eq!(app.get(&session.path).await.header("paydesk-revision"), Some("3"));
}

#[tokio::test]
async fn a_repetition_after_a_restart_is_answered_as_before() {
    let app = TestApp::new();
    let first = keyed(&app).post("/v1/products", &[("name", "Tea")]).await.ok();
    let app = app.restarted().await;
    let again = keyed(&app).post("/v1/products", &[("name", "Tea")]).await;
    assert_eq!(as_first(&again), as_first(&first));
}

#[tokio::test]
async fn a_request_that_changes_nothing_is_repeated_too() {
    let app = TestApp::new();
    let tea = app.product("Tea").await;
    let path = format!("/v1/products/{tea}");
    let first = keyed(&app).post(&path, &[]).await.ok();
    app.post(&path, &[("name", "Sencha")]).await.ok();
    let again = keyed(&app).post(&path, &[]).await;
    assert_eq!(again.text(), first.text());
}

#[tokio::test]
async fn a_key_is_used_with_the_parameters_it_was_first_used_with() {
    let app = TestApp::new();
    keyed(&app).post("/v1/products", &[("name", "Tea")]).await.ok();
    assert_snapshot!(shown(&keyed(&app).post("/v1/products", &[("name", "Coffee")]).await));
}

#[tokio::test]
async fn a_key_is_used_for_the_endpoint_it_was_first_used_for() {
    let app = TestApp::new();
    let tea = keyed(&app).post("/v1/products", &[("name", "Tea")]).await.ok();
    let path = format!("/v1/products/{}", tea.id());
    assert_snapshot!(shown(&keyed(&app).post(&path, &[("name", "Tea")]).await));
}

#[tokio::test]
async fn a_key_belongs_to_its_sandbox() {
    let app = TestApp::new();
    keyed(&app).post("/v1/products", &[("name", "Tea")]).await.ok();
    let other = app.with_key("sk_test_other");
    let answer = keyed(&other).post("/v1/products", &[("name", "Coffee")]).await.ok();
    assert_eq!(answer.header("idempotent-replayed"), None);
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let app = TestApp::new();
    let client = keyed(&app);
    let own = [("id", "tea"), ("name", "Tea")];
    let taken = app.post("/v1/products", &own).await.ok();
    assert_eq!(client.post("/v1/products", &own).await.status, 400);
    let unknown = client.post("/v1/products", &[("colour", "brown")]).await;
    assert_eq!(unknown.error(), "400 parameter_unknown colour");
    assert_eq!(unknown.header("idempotency-key"), Some("key-1"));

    let other = client.post("/v1/products", &[("name", "Coffee")]).await.ok();
    assert_ne!(other.id(), taken.id());
    assert_eq!(other.header("idempotent-replayed"), None);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let app = TestApp::new();
    let client = keyed(&app);
    client.post("/v1/products", &[("name", "Tea")]).await.ok();
    app.clock().advance(DAY);
    assert_eq!(app.prune().await, 0);
    let again = client.post("/v1/products", &[("name", "Tea")]).await;
    assert_eq!(again.header("idempotent-replayed"), Some("true"));

    app.clock().advance(1);
    assert_eq!(app.prune().await, 1);
    let fresh = client.post("/v1/products", &[("name", "Coffee")]).await.ok();
    assert_eq!(fresh.header("idempotent-replayed"), None);
}

#[tokio::test]
async fn the_age_of_a_key_is_told_by_the_wall_not_by_the_sandbox() {
    let app = TestApp::new();
    keyed(&app).post("/v1/products", &[("name", "Tea")]).await.ok();
    app.post("/paydesk/v1/clock", &[("advance", "1000000")]).await.ok();
    assert_eq!(app.prune().await, 0);
}

#[tokio::test]
async fn a_key_in_use_is_refused_until_its_request_is_answered() {
    let (app, store) = TestApp::with_controlled_store();
    let client = keyed(&app);
    app.product("Coffee").await;

    store.hold();
    let tea = [("name", "Tea")];
    let (first, second) = tokio::join!(client.post("/v1/products", &tea), async {
        store.holds_one().await;
        let second = client.post("/v1/products", &tea).await;
        store.release();
        second
    });
    assert_snapshot!(shown(&second));
    let again = client.post("/v1/products", &tea).await;
    assert_eq!(as_first(&again), as_first(&first.ok()));
}

#[tokio::test]
async fn reading_ignores_the_header() {
    let app = TestApp::new();
    let before = keyed(&app).get("/v1/products").await.ok();
    assert_eq!(before.header("idempotency-key"), None);
    app.product("Tea").await;
    let after = keyed(&app).get("/v1/products").await.ok();
    assert_ne!(after.text(), before.text());
}

#[tokio::test]
async fn a_key_has_1_to_255_characters() {
    let app = TestApp::new();
    let with = |key: &str| app.with_header("Idempotency-Key", key);
    let tea = [("name", "Tea")];
    with(&"k".repeat(255)).post("/v1/products", &tea).await.ok();
    for key in ["", &"k".repeat(256), "caf\u{e9}"] {
        assert_eq!(with(key).post("/v1/products", &tea).await.error(), "400 - -", "{key}");
    }
    assert_eq!(app.get("/v1/products").await.ids().len(), 1);
}

#[tokio::test]
async fn a_moved_clock_is_not_moved_again() {
    let app = TestApp::new();
    let advance = [("advance", "60")];
    let first = keyed(&app).post("/paydesk/v1/clock", &advance).await.ok();
    let again = keyed(&app).post("/paydesk/v1/clock", &advance).await;
    assert_eq!(as_first(&again), as_first(&first));
    assert_eq!(app.get("/paydesk/v1/clock").await.value("/offset"), 60);
}

#[tokio::test]
async fn a_session_expired_twice_with_one_key_is_expired_once() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let path = format!("{}/expire", session.path);
    let first = keyed(&app).post(&path, &[]).await.ok();
    let again = keyed(&app).post(&path, &[]).await;
    assert_eq!(as_first(&again), as_first(&first));
}
