//! `/v1/webhook_endpoints`

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{Client, Response, TestApp};

use crate::support::{Params, shown};

const BARE: Params<'_> =
    &[("url", "https://shop.example/hooks"), ("enabled_events[0]", "checkout.session.completed")];

async fn create(client: &Client, params: Params<'_>) -> Response {
    client.post("/v1/webhook_endpoints", params).await
}

/// An answer without its secret, which is in no snapshot.
fn masked(mut response: Response) -> String {
    let secret = response.string("/secret");
    assert!(secret.starts_with("whsec_") && secret.len() > 40, "the secret has a secret's form");
    response.body = response.text().replace(&secret, "whsec_…").into();
    shown(&response)
}

#[tokio::test]
async fn an_address_and_types_are_all_an_endpoint_needs() {
    let app = TestApp::new();
    assert_snapshot!(masked(create(&app, BARE).await));
}

#[tokio::test]
async fn an_endpoint_has_every_field_it_was_given() {
    let app = TestApp::new();
    let params = [
        ("url", "http://127.0.0.1:4243/hooks"),
        ("enabled_events[0]", "*"),
        ("api_version", "2025-03-31.basil"),
        ("description", "Orders"),
        ("metadata[shop]", "1"),
    ];
    assert_snapshot!(masked(create(&app, &params).await));
}

#[tokio::test]
async fn the_secret_is_shown_once() {
    let app = TestApp::new();
    let id = create(&app, BARE).await.ok().id();
    let path = format!("/v1/webhook_endpoints/{id}");
    for answer in [
        app.get(&path).await,
        app.post(&path, &[("description", "Orders")]).await,
        app.get("/v1/webhook_endpoints").await,
        app.get("/v1/events").await,
    ] {
        assert!(!answer.ok().text().contains("whsec_"));
    }
}

#[tokio::test]
async fn every_answer_says_that_nothing_is_delivered_yet() {
    let app = TestApp::new();
    let created = create(&app, BARE).await.ok();
    let path = format!("/v1/webhook_endpoints/{}", created.id());
    let answers = [
        created,
        app.get(&path).await,
        app.post(&path, &[]).await,
        app.get("/v1/webhook_endpoints").await,
        create(&app, &[]).await,
        app.send(Method::DELETE, &path, Bytes::new()).await,
    ];
    for answer in answers {
        let warning = answer.header("paydesk-warning").unwrap_or_default();
        assert!(warning.contains("delivers no events to them yet"), "{warning}");
    }
    let older = app.with_header("Stripe-Version", "2023-10-16");
    let answer = older.get("/v1/webhook_endpoints").await;
    let warning = answer.header("paydesk-warning").unwrap_or_default();
    assert!(warning.contains("acacia") && warning.contains("no events"), "{warning}");
}

#[tokio::test]
async fn an_endpoint_that_means_nothing_is_refused() {
    let app = TestApp::new();
    let url = ("url", "https://shop.example/hooks");
    let all = ("enabled_events[0]", "*");
    let table: &[(Params<'_>, &str)] = &[
        (&[all], "400 parameter_missing url"),
        (&[url], "400 parameter_missing enabled_events"),
        (&[("url", "shop.example"), all], "400 url_invalid url"),
        (&[("url", "ftp://shop.example"), all], "400 url_invalid url"),
        (&[url, ("enabled_events", "*")], "400 - enabled_events"),
        (&[url, ("enabled_events", "")], "400 parameter_invalid_empty enabled_events"),
        (&[url, all, ("enabled_events[1]", "cart.changed")], "400 - enabled_events[1]"),
        (&[url, ("enabled_events[0]", "price.*")], "400 - enabled_events[0]"),
        (&[url, all, ("api_version", "2025-03-31.fig")], "400 - api_version"),
        (&[url, all, ("connect", "true")], "400 parameter_unsupported connect"),
    ];
    for (params, expected) in table {
        assert_eq!(create(&app, params).await.error(), *expected, "{params:?}");
    }
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let app = TestApp::new();
    let id = create(&app, BARE).await.ok().id();
    let path = format!("/v1/webhook_endpoints/{id}");
    let changes = [
        ("url", "https://shop.example/new"),
        ("enabled_events[0]", "price.created"),
        ("enabled_events[1]", "price.created"),
        ("description", "Prices"),
        ("disabled", "true"),
        ("metadata[a]", "1"),
    ];
    let changed = app.post(&path, &changes).await.ok();
    assert_snapshot!(shown(&changed));
    assert_eq!(app.get(&path).await.text(), changed.text());
    let enabled = app.post(&path, &[("disabled", "false"), ("description", "")]).await.ok();
    assert_eq!(enabled.value("/status"), "enabled");
    assert!(enabled.value("/description").is_null());
    let answer = app.post(&path, &[("api_version", "2025-03-31.basil")]).await;
    assert_eq!(answer.error(), "400 parameter_unknown api_version");
}

#[tokio::test]
async fn there_are_at_most_sixteen() {
    let app = TestApp::new();
    let mut ids = Vec::new();
    for _ in 0..16 {
        ids.push(create(&app, BARE).await.ok().id());
    }
    let answer = create(&app, BARE).await;
    assert_eq!(answer.error(), "400 - -");
    assert!(answer.string("/error/message").contains("16"));
    let path = format!("/v1/webhook_endpoints/{}", ids[0]);
    app.send(Method::DELETE, &path, Bytes::new()).await.ok();
    create(&app, BARE).await.ok();
}

#[tokio::test]
async fn a_deleted_endpoint_is_gone() {
    let app = TestApp::new();
    let id = create(&app, BARE).await.ok().id();
    let path = format!("/v1/webhook_endpoints/{id}");
    let deleted = app.send(Method::DELETE, &path, Bytes::new()).await;
    assert_snapshot!(shown(&deleted));
    assert_eq!(app.get(&path).await.error(), "404 resource_missing webhook_endpoint");
    assert_eq!(app.get("/v1/webhook_endpoints").await.ids(), [""; 0]);
}

#[tokio::test]
async fn endpoints_are_listed_newest_first() {
    let app = TestApp::new();
    let first = create(&app, BARE).await.ok().id();
    let second = create(&app, BARE).await.ok().id();
    assert_eq!(app.get("/v1/webhook_endpoints").await.ids(), [second.clone(), first.clone()]);
    let page = app.get(&format!("/v1/webhook_endpoints?starting_after={second}")).await;
    assert_eq!(page.ids(), [first]);
}
