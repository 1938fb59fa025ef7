//! What holds for every request: sizes, time, codings, `HEAD` and `OPTIONS`.

use std::time::Duration;

use axum::http::Method;
use bytes::Bytes;
use paydesk_testing::{Client, Response, TestApp};

/// The headers of an answer without those that no two answers share.
fn headers(answer: &Response) -> Vec<(String, String)> {
    let headers = answer.headers.iter().filter(|(name, _)| *name != "request-id");
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    headers.map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect()
}

async fn head(client: &Client, path: &str) -> Response {
    client.send(Method::HEAD, path, Bytes::new()).await
}

async fn allowed(client: &Client, path: &str) -> String {
    let answer = client.send(Method::OPTIONS, path, Bytes::new()).await;
    let allowed = answer.header("allow").unwrap_or_default();
    format!("{} {allowed}", answer.status).trim_end().to_owned()
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_no_body() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let paths = ["/v1/prices?limit=1", &session.path, "/v1/products/none", "/v1/coupons/none"];
    let too_long = format!("/v1/products?limit={}", "0".repeat(16_384));
    for path in paths.into_iter().chain(["/v1/nothing", "/readyz", "/c/pay/cs_x", &too_long]) {
        let get = app.get(path).await;
        let head = head(&app, path).await;
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(headers(&head), headers(&get), "{path}");
        assert_eq!(head.header("content-length"), Some(&*get.body.len().to_string()), "{path}");
        assert!(head.body.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn head_of_what_is_compressed_says_that_it_is() {
    let app = TestApp::new().with_header("Accept-Encoding", "gzip");
    let get = app.get("/c/pay/cs_x").await;
    let head = head(&app, "/c/pay/cs_x").await;
    assert_eq!(head.header("content-encoding"), Some("gzip"));
    assert_eq!(headers(&head), headers(&get));
    assert!(head.body.is_empty());
}

#[tokio::test]
async fn options_says_which_methods_an_address_has() {
    let app = TestApp::new();
    let client = app.without_key();
    let table = [
        ("/v1/checkout/sessions", "204 GET, HEAD, POST, OPTIONS"),
        ("/v1/checkout/sessions/cs_x", "204 GET, HEAD, POST, OPTIONS"),
        ("/v1/checkout/sessions/cs_x/expire", "204 POST, OPTIONS"),
        ("/v1/events", "204 GET, HEAD, OPTIONS"),
        ("/readyz", "204 GET, HEAD, OPTIONS"),
        ("*", "204 GET, HEAD, POST, DELETE, OPTIONS"),
        ("/v1/nothing", "404"),
    ];
    for (path, expected) in table {
        assert_eq!(allowed(&client, path).await, expected, "{path}");
    }
}

#[tokio::test]
async fn a_large_answer_is_compressed_for_those_who_ask() {
    let app = TestApp::new();
    let plain = app.get("/c/pay/cs_x").await;
    assert_eq!(plain.header("content-encoding"), None);
    for (accepted, expected) in [("gzip, deflate", "gzip"), ("gzip, deflate, br", "br")] {
        let answer = app.with_header("Accept-Encoding", accepted).get("/c/pay/cs_x").await;
        assert_eq!(answer.header("content-encoding"), Some(expected), "{accepted}");
        assert_eq!(answer.header("content-length"), None, "{accepted}");
        assert!(answer.body.len() < plain.body.len(), "{accepted}");
    }
}

#[tokio::test]
async fn a_large_answer_says_that_it_depends_on_the_coding_also_where_it_is_in_none() {
    let app = TestApp::new();
    let varies_by_coding = async |client: &Client, path: &str| {
        let answer = client.get(path).await;
        let vary = answer.headers.get_all("vary").iter();
        vary.filter(|value| *value == "accept-encoding").count()
    };
    for client in [app.client(), app.with_header("Accept-Encoding", "gzip")] {
        assert_eq!(varies_by_coding(&client, "/c/pay/cs_x").await, 1);
        assert_eq!(varies_by_coding(&client, "/v1/products").await, 0);
    }
}

#[tokio::test]
async fn what_fits_into_a_packet_is_never_compressed() {
    let app = TestApp::new().with_header("Accept-Encoding", "gzip, br");
    assert_eq!(app.get("/v1/products").await.ok().header("content-encoding"), None);
}

#[tokio::test]
async fn a_client_that_accepts_no_coding_of_ours_is_answered_in_none() {
    let app = TestApp::new();
    for accepted in ["zstd", "identity;q=0", "*;q=0", "gzip;q=0, identity;q=0", "?"] {
        let client = app.with_header("Accept-Encoding", accepted);
        let made = client.post("/v1/products", &[("name", "Tea")]).await;
        assert_eq!(made.status, 200, "{accepted}");
        assert_eq!(client.get("/c/pay/cs_x").await.header("content-encoding"), None);
    }
}

#[tokio::test]
async fn a_compressed_body_is_refused_and_not_read() {
    let app = TestApp::new();
    let answer =
        app.with_header("Content-Encoding", "gzip").post("/v1/products", &[("name", "Tea")]).await;
    assert_eq!(answer.error(), "415 - -");
    let message = answer.string("/error/message");
    assert!(message.contains("(gzip)") && message.contains("Content-Encoding"), "{message}");
    let same = app.with_header("Content-Encoding", "identity");
    same.post("/v1/products", &[("name", "Tea")]).await.ok();
}

#[tokio::test]
async fn a_long_address_and_large_headers_are_refused_with_the_limit() {
    let app = TestApp::new();
    let path = |bytes: usize| {
        let path = "/v1/products?created[gte]=";
        path.to_owned() + &"0".repeat(bytes - path.len())
    };
    app.get(&path(16_384)).await.ok();
    let answer = app.get(&path(16_385)).await;
    assert_eq!(answer.error(), "414 - -");
    assert!(answer.string("/error/message").contains("16384 bytes"));

    let client = app.with_header("X-Large", &"a".repeat(32_768));
    let answer = client.get("/v1/products").await;
    assert_eq!(answer.error(), "431 - -");
    assert!(answer.string("/error/message").contains("32768 bytes"));
}

#[tokio::test]
async fn what_nobody_can_expect_is_refused() {
    let app = TestApp::new();
    assert_eq!(app.with_header("Expect", "miracles").get("/v1/products").await.error(), "417 - -");
    app.with_header("Expect", "100-Continue").get("/v1/products").await.ok();
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_told_to_try_again() {
    let (app, store) = TestApp::with_controlled_store();
    let app = app.answering_within(Duration::from_millis(1));
    store.hold();
    let answer = app.expecting_failure().post("/v1/products", &[("name", "Tea")]).await;
    assert_eq!(answer.error(), "503 - -");
    assert_eq!(answer.header("stripe-should-retry"), Some("true"));
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert!(answer.string("/error/message").contains("same idempotency key"));
    store.release();
}
