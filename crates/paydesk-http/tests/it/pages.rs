//! Pages for people, and for whoever watches the server.

use axum::http::Method;
use bytes::Bytes;
use paydesk_testing::TestApp;
use paydesk_wire::Operation;

#[tokio::test]
async fn the_url_of_a_session_leads_to_a_page() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let url = app.get(&session.path).await.string("/url");
    let (page, secret) = url.split_once('#').unwrap();
    assert_eq!(page, format!("https://pay.example/c/pay/{}", session.id));
    assert_eq!(secret.len(), 44);

    let path = page.strip_prefix("https://pay.example").unwrap();
    let answer = app.without_key().get(path).await.ok();
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(answer.text().starts_with("<!doctype html>"));
}

#[tokio::test]
async fn every_session_has_its_own_secret() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let mut urls = Vec::new();
    for _ in 0..2 {
        let session = app.session(&[(&tea, 1)]).await;
        urls.push(app.get(&session.path).await.string("/url"));
    }
    let secrets: Vec<_> = urls.iter().filter_map(|url| url.split('#').nth(1)).collect();
    assert_ne!(secrets[0], secrets[1]);
}

#[tokio::test]
async fn the_server_describes_itself_to_anybody() {
    let app = TestApp::new();
    let answer = app.without_key().get("/openapi.json").await.ok();
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.json(), paydesk_wire::openapi::document());
    for operation in Operation::ALL {
        let method = operation.method().as_str().to_ascii_lowercase();
        let described = &answer.json()["paths"][operation.path()][method];
        assert_eq!(described["operationId"], operation.name());
    }
}

#[tokio::test]
async fn the_server_says_that_it_is_alive_and_ready() {
    let app = TestApp::new().without_key();
    for path in ["/healthz", "/readyz"] {
        assert_eq!(app.get(path).await.ok().text(), "ok\n");
        assert_eq!(app.send(Method::HEAD, path, Bytes::new()).await.status, 200);
    }
}
