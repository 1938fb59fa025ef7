//! `GET /v1/checkout/sessions/{id}`

use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

#[tokio::test]
async fn a_session_is_read_as_it_was_created() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let params = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/thanks"),
        ("line_items[0][price]", &tea),
        ("line_items[0][quantity]", "3"),
        ("metadata[order]", "17"),
    ];
    let created = app.post("/v1/checkout/sessions", &params).await.ok();
    let read = app.get(&format!("/v1/checkout/sessions/{}", created.id())).await;
    assert_eq!(read.text(), created.text());
    assert_eq!(read.header("paydesk-revision"), Some("1"));
}

#[tokio::test]
async fn a_session_that_does_not_exist_is_not_found() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.get("/v1/checkout/sessions/cs_test_x").await));
}

#[tokio::test]
async fn a_session_shows_its_first_ten_lines() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(tea.as_str(), 1); 11]).await;
    let cart = app.cart(&session).await;
    let lines = cart.value("/line_items/data").as_array().map(Vec::len);
    assert_eq!(lines, Some(10));
    assert_eq!(cart.value("/line_items/has_more"), true);
    assert_eq!(cart.string("/line_items/url"), format!("{}/line_items", session.path));
    assert_eq!(cart.value("/amount_total"), 5500);
}

#[tokio::test]
async fn a_session_whose_time_is_up_is_expired_before_anybody_recorded_it() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;

    app.clock().advance(86_399);
    let open = app.get(&session.path).await.ok();
    assert_eq!(open.string("/status"), "open");
    app.clock().advance(1);
    let expired = app.get(&session.path).await.ok();
    assert_eq!(expired.string("/status"), "expired");
    assert_eq!(expired.header("paydesk-revision"), Some("2"));
    assert_eq!(app.get("/v1/events?type=checkout.session.expired").await.ids(), [""; 0]);
}

#[tokio::test]
async fn lines_show_their_prices_and_products_as_they_are_now() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let product = app.get(&format!("/v1/prices/{tea}")).await.string("/product");
    app.post(&format!("/v1/products/{product}"), &[("name", "Sencha")]).await.ok();
    app.post(&format!("/v1/prices/{tea}"), &[("nickname", "Old")]).await.ok();

    let cart = app.cart(&session).await;
    assert_eq!(cart.string("/line_items/data/0/description"), "Sencha");
    assert_eq!(cart.string("/line_items/data/0/price/nickname"), "Old");
}
