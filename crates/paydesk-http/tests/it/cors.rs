//! What browsers on other origins may do.

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{Response, TestApp};

fn headers(response: &Response) -> String {
    let mut lines: Vec<String> = response
        .headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("access-control") || *name == "vary")
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    lines.sort();
    lines.join("\n")
}

#[tokio::test]
async fn a_page_of_any_origin_may_ask() {
    let app = TestApp::new();
    let client = app
        .without_key()
        .with_header("Origin", "https://shop.example")
        .with_header("Access-Control-Request-Method", "POST")
        .with_header("Access-Control-Request-Headers", "authorization, if-match");
    let answer = client.send(Method::OPTIONS, "/v1/checkout/sessions", Bytes::new()).await;
    assert_eq!(answer.status, 200);
    assert_snapshot!(headers(&answer));
}

#[tokio::test]
async fn a_page_may_read_the_headers_its_clients_need() {
    let app = TestApp::new().with_header("Origin", "https://shop.example");
    assert_snapshot!(headers(&app.get("/v1/products").await));
}

#[tokio::test]
async fn errors_may_be_read_too() {
    let app = TestApp::new().with_header("Origin", "https://shop.example");
    for path in ["/v1/products/prod_x", "/v1/nothing", "/v1/coupons", "/v1/products?limit=0"] {
        let answer = app.get(path).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
    }
    let answer = app.without_key().get("/v1/products").await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
}
