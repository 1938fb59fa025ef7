//! Prices and Products that an update writes out: they serve one line and nothing else.

use paydesk_testing::{Session, TestApp};

const INLINE: &[(&str, &str)] = &[
    ("line_items[0][price_data][currency]", "usd"),
    ("line_items[0][price_data][product_data][name]", "Gift wrap"),
    ("line_items[0][price_data][unit_amount]", "250"),
    ("line_items[0][quantity]", "1"),
    ("expand[0]", "line_items"),
];

/// A session whose one line has an inline price, and that price's id.
async fn wrapped(app: &TestApp) -> (Session, String) {
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let answer = app.post(&session.path, INLINE).await.ok();
    (Session::of(&answer), answer.string("/line_items/data/0/price/id"))
}

#[tokio::test]
async fn an_inline_price_and_its_product_are_inactive() {
    let app = TestApp::new();
    let (_, price) = wrapped(&app).await;
    let price = app.get(&format!("/v1/prices/{price}?expand[]=product")).await.ok();
    assert_eq!(price.value("/active"), false);
    assert_eq!(price.value("/product/active"), false);
    assert_eq!(price.string("/product/name"), "Gift wrap");
    let told = app.get("/v1/events?limit=2").await.each("/type");
    assert_eq!(told, ["price.created", "product.created"]);
}

#[tokio::test]
async fn an_inline_price_serves_no_other_cart() {
    let app = TestApp::new();
    let (_, price) = wrapped(&app).await;
    let params = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/thanks"),
        ("line_items[0][price]", &price),
        ("line_items[0][quantity]", "1"),
    ];
    let other = app.post("/v1/checkout/sessions", &params).await;
    assert_eq!(other.error(), "400 - line_items[0][price]");
}

#[tokio::test]
async fn an_inline_price_cannot_be_activated() {
    let app = TestApp::new();
    let (_, price) = wrapped(&app).await;
    let path = format!("/v1/prices/{price}");
    assert_eq!(app.post(&path, &[("active", "true")]).await.error(), "400 - active");
    assert_eq!(app.get(&path).await.ok().value("/active"), false);
}

#[tokio::test]
async fn an_inline_price_serves_no_other_line_of_its_cart() {
    let app = TestApp::new();
    let (session, price) = wrapped(&app).await;
    let again = [
        ("line_items[0][id]", session.lines[0].as_str()),
        ("line_items[1][price]", &price),
        ("line_items[1][quantity]", "1"),
    ];
    let answer = app.post(&session.path, &again).await;
    assert_eq!(answer.error(), "400 - line_items[1][price]");
}

#[tokio::test]
async fn a_line_may_be_sent_back_with_the_inline_price_it_has() {
    let app = TestApp::new();
    let (session, price) = wrapped(&app).await;
    let change = [
        ("line_items[0][id]", session.lines[0].as_str()),
        ("line_items[0][price]", &price),
        ("line_items[0][quantity]", "3"),
    ];
    let answer = app.post(&session.path, &change).await.ok();
    assert_eq!(answer.value("/amount_total"), 750);
}

#[tokio::test]
async fn an_inline_price_may_be_of_a_product_that_exists() {
    let app = TestApp::new();
    let product = app.product("Tea").await;
    let (session, _) = wrapped(&app).await;
    let change = async |product: &str| {
        let params = [
            ("line_items[0][price_data][currency]", "usd"),
            ("line_items[0][price_data][product]", product),
            ("line_items[0][price_data][unit_amount]", "800"),
            ("line_items[0][quantity]", "1"),
            ("expand[0]", "line_items"),
        ];
        app.post(&session.path, &params).await
    };
    let answer = change(&product).await.ok();
    assert_eq!(answer.string("/line_items/data/0/price/product"), product);
    let unknown = change("prod_x").await;
    assert_eq!(unknown.error(), "400 resource_missing line_items[0][price_data][product]");
}

#[tokio::test]
async fn an_inline_product_serves_no_other_price() {
    let app = TestApp::new();
    let (session, price) = wrapped(&app).await;
    let product = app.get(&format!("/v1/prices/{price}")).await.string("/product");
    let params = [
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][product]", &product),
        ("line_items[0][price_data][unit_amount]", "800"),
        ("line_items[0][quantity]", "1"),
    ];
    let answer = app.post(&session.path, &params).await;
    assert_eq!(answer.status, 400);
}
