//! Requests that no sane client makes: each is answered, none with a failure of the server's.

use axum::http::Method;
use bytes::Bytes;
use paydesk_testing::{Client, TestApp};
use proptest::prelude::{Strategy, any, prop};
use proptest::test_runner::{Config, TestRunner};

const PATHS: [&str; 5] = [
    "/v1/products",
    "/v1/prices",
    "/v1/checkout/sessions",
    "/v1/checkout/sessions/cs_test_x",
    "/paydesk/v1/clock",
];

/// Asks everywhere. Answers are checked by the client, which lets no 5xx pass.
async fn ask_everywhere(client: &Client, body: &Bytes) {
    for path in PATHS {
        client.post_body(path, "application/x-www-form-urlencoded", body.clone()).await;
    }
}

#[tokio::test]
async fn odd_forms_are_answered() {
    let app = TestApp::new();
    let deep = format!("line_items{}=1", "[a]".repeat(100_000));
    let bodies = [
        "=",
        "&&&&",
        "=&=&=",
        "%",
        "%zz=%zz",
        "%00=%00",
        "name=%00",
        "name=a%00b",
        "name=%ff%fe",
        "\u{0}",
        "name[]=1&name=2",
        "name[=1",
        "name]=1",
        "[name]=1",
        "[]=1",
        "[][]=1",
        "name[][][]=1",
        "metadata[]=1",
        "metadata[a][b]=1",
        "metadata[]]=1",
        "line_items[-1][price]=1",
        "line_items[18446744073709551615][price]=p",
        "line_items[18446744073709551616][price]=p",
        "line_items[1e3][price]=p",
        "line_items[0x1][price]=p",
        "line_items[][]=1",
        "line_items[0]=1",
        "line_items=1",
        "expires_at=9223372036854775807",
        "expires_at=-9223372036854775808",
        "now=9223372036854775807",
        "advance=9223372036854775808",
        "unit_amount=999999999999&currency=usd",
        "unit_amount_decimal=1e400&currency=usd",
        "unit_amount_decimal=NaN",
        "currency=%F0%9F%98%80",
        "name=%F0%9F%98%80&id=%2F",
        "id=a%2Fb%3Fc%23d&name=a",
        "id=%0D%0AX-Injected%3A%201&name=a",
        &deep,
    ];
    for body in bodies {
        ask_everywhere(&app, &Bytes::from(body.to_owned())).await;
    }
}

#[tokio::test]
async fn odd_ids_are_not_found() {
    let app = TestApp::new();
    for id in [
        "%00",
        "%FF",
        "%F0%9F%98%80",
        "..",
        "'%20OR%201=1--",
        "%2e%2e%2f",
        "a".repeat(5000).as_str(),
    ] {
        for path in ["/v1/products", "/v1/prices", "/v1/events", "/v1/checkout/sessions"] {
            let answer = app.get(&format!("{path}/{id}")).await;
            assert!(matches!(answer.status, 400 | 404), "{path}/{id}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn odd_queries_are_answered() {
    let app = TestApp::new();
    for query in ["%", "&", "limit", "limit=", "limit[]=1", "created[]=1", "created[gt]=x", "ids=1"]
    {
        for path in ["/v1/products", "/v1/prices", "/v1/events", "/v1/checkout/sessions"] {
            app.get(&format!("{path}?{query}")).await;
        }
    }
}

#[tokio::test]
async fn long_texts_are_not_sent_back_whole() {
    let app = TestApp::new();
    let long = "é".repeat(100_000);
    for form in
        [format!("name=a&active={long}"), format!("{long}=1"), format!("name=a&metadata[{long}]=1")]
    {
        let answer = app.post_form("/v1/products", &form).await;
        assert_eq!(answer.status, 400);
        let message = answer.string("/error/message");
        assert_eq!(message.chars().count(), 40_000);
    }
}

#[tokio::test]
async fn a_get_with_a_body_is_answered() {
    let app = TestApp::new();
    let client = app.with_header("Content-Type", "application/json");
    let body = Bytes::from_static(b"{\"limit\": 1}");
    client.send(Method::GET, "/v1/products", body).await.ok();
}

/// Names that exist and names that don't, values of every kind, nested anyhow.
fn forms() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "line_items",
        "price_data",
        "product_data",
        "metadata",
        "quantity",
        "price",
        "name",
        "currency",
        "unit_amount",
        "recurring",
        "interval",
        "expand",
        "mode",
        "success_url",
        "adjustable_quantity",
        "enabled",
        "0",
        "1",
        "",
        "x",
    ]);
    let value = prop::sample::select(vec![
        "",
        "0",
        "1",
        "-1",
        "true",
        "usd",
        "payment",
        "https://shop.example",
        "price_x",
        "month",
        "line_items",
        "99999999999999999999",
        "1.5",
        "%00",
        "\u{e9}",
    ]);
    let pair = (prop::collection::vec(name, 1..5), value).prop_map(|(names, value)| {
        let (first, inner) = names.split_first().unwrap_or((&"x", &[]));
        let brackets: String = inner.iter().map(|name| format!("[{name}]")).collect();
        format!("{first}{brackets}={value}")
    });
    prop::collection::vec(pair, 0..12).prop_map(|pairs| pairs.join("&"))
}

#[test]
fn any_form_is_answered() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let app = TestApp::new();
    let mut runner =
        TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&forms(), |form| {
        runtime.block_on(ask_everywhere(&app, &Bytes::from(form)));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn any_bytes_are_answered() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let app = TestApp::new();
    let mut runner =
        TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
    let bytes = prop::collection::vec(any::<u8>(), 0..300);
    let outcome = runner.run(&bytes, |bytes| {
        runtime.block_on(ask_everywhere(&app, &Bytes::from(bytes)));
        Ok(())
    });
    outcome.unwrap();
}
