//! `GET /paydesk/v1/export`

use insta::assert_snapshot;
use paydesk_testing::{Client, TestApp};

use crate::support::shown;

/// Something of everything that is exported.
async fn fill(client: &Client) {
    let product = [
        ("id", "prod_tea"),
        ("name", "Tea"),
        ("images[0]", "https://shop.example/tea.png"),
        ("metadata[shelf]", "3"),
        ("default_price_data[currency]", "usd"),
        ("default_price_data[unit_amount_decimal]", "12.5"),
    ];
    client.post("/v1/products", &product).await.ok();
    let more = [("lookup_key", "club"), ("tax_behavior", "inclusive"), ("nickname", "Club")];
    client
        .price_with("Club", 1900, &[&more[..], &[("recurring[interval]", "month")]].concat())
        .await;
    let coupon = [
        ("id", "SPRING"),
        ("amount_off", "500"),
        ("currency", "usd"),
        ("currency_options[eur][amount_off]", "450"),
        ("applies_to[products][0]", "prod_tea"),
        ("duration", "repeating"),
        ("duration_in_months", "3"),
        ("max_redemptions", "9"),
    ];
    client.post("/v1/coupons", &coupon).await.ok();
    client.post("/v1/coupons", &[("percent_off", "33.33")]).await.ok();
    let shipping_rate = [
        ("display_name", "Ground"),
        ("fixed_amount[amount]", "500"),
        ("fixed_amount[currency]", "usd"),
        ("fixed_amount[currency_options][eur][amount]", "450"),
        ("delivery_estimate[minimum][unit]", "business_day"),
        ("delivery_estimate[minimum][value]", "5"),
        ("tax_behavior", "exclusive"),
    ];
    let id = client.post("/v1/shipping_rates", &shipping_rate).await.ok().id();
    client.post(&format!("/v1/shipping_rates/{id}"), &[("active", "false")]).await.ok();
    let tax_rate = [
        ("display_name", "Sales tax"),
        ("inclusive", "false"),
        ("percentage", "8.875"),
        ("country", "US"),
        ("tax_type", "sales_tax"),
    ];
    client.post("/v1/tax_rates", &tax_rate).await.ok();
    let endpoint = [("url", "https://shop.example/hooks"), ("enabled_events[0]", "*")];
    let id = client.post("/v1/webhook_endpoints", &endpoint).await.ok().id();
    client.post(&format!("/v1/webhook_endpoints/{id}"), &[("disabled", "true")]).await.ok();
}

async fn export(client: &Client) -> String {
    client.get("/paydesk/v1/export?include=secrets").await.ok().text()
}

async fn import(client: &Client, file: String) -> [u64; 3] {
    let path = "/paydesk/v1/import";
    let report = client.post_body(path, "application/json", file.into()).await.ok();
    ["/made", "/changed", "/kept"].map(|count| report.value(count).as_u64().expect("a count"))
}

#[tokio::test]
async fn an_export_is_a_file_of_todays_objects() {
    let app = TestApp::new();
    fill(&app).await;
    let older = app.with_header("Stripe-Version", "2024-09-30.acacia");
    assert_snapshot!(shown(&older.get("/paydesk/v1/export").await));
}

#[tokio::test]
async fn an_import_takes_an_export_back_to_the_same_objects() {
    let app = TestApp::new();
    fill(&app).await;
    let exported = export(&app).await;
    app.clock().advance(3_600);
    let other = app.with_key("sk_test_other");
    assert_eq!(import(&other, exported.clone()).await, [9, 0, 0]);
    assert_eq!(export(&other).await, exported);
    assert_eq!(import(&other, exported.clone()).await, [0, 0, 9]);
    assert_eq!(import(&app, exported).await, [0, 0, 9]);
    for list in
        ["products", "prices", "coupons", "shipping_rates", "tax_rates", "webhook_endpoints"]
    {
        let path = format!("/v1/{list}");
        assert_eq!(other.get(&path).await.text(), app.get(&path).await.text(), "{list}");
    }
}

#[tokio::test]
async fn secrets_are_exported_where_they_are_asked_for() {
    let app = TestApp::new();
    fill(&app).await;
    let without = app.get("/paydesk/v1/export").await.ok().text();
    assert!(!without.contains("whsec_"));
    assert!(export(&app).await.contains("\"secret\": \"whsec_"));
    // An endpoint that is there keeps its secret.
    let before = export(&app).await;
    assert_eq!(import(&app, without).await, [0, 0, 9]);
    assert_eq!(export(&app).await, before);
    let answer = app.get("/paydesk/v1/export?include=everything").await;
    assert_eq!(answer.error(), "400 - include");
}

#[tokio::test]
async fn what_was_made_for_single_lines_is_not_exported() {
    let app = TestApp::new();
    let tea = app.price("Tea", 350).await;
    let inline = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/thanks"),
        ("line_items[1][price_data][currency]", "usd"),
        ("line_items[1][price_data][unit_amount]", "500"),
        ("line_items[1][price_data][product_data][name]", "Gift wrap"),
        ("line_items[1][quantity]", "1"),
    ];
    app.session_with(&[(&tea, 1)], &inline).await;
    let exported = app.get("/paydesk/v1/export").await.ok();
    assert_eq!(exported.value("/prices/0/id"), tea.as_str());
    assert!(exported.value("/prices/1").is_null());
    assert_eq!(exported.value("/products/0/name"), "Tea");
    assert!(exported.value("/products/1").is_null());

    // One that has a Price of its own by now must come along, or the Price could not come back.
    let wrap = app.get("/v1/products?active=false").await.ok().ids().remove(0);
    let price = [("product", wrap.as_str()), ("currency", "usd"), ("unit_amount", "600")];
    app.post("/v1/prices", &price).await.ok();
    let exported = app.get("/paydesk/v1/export").await.ok().text();
    assert_eq!(import(&app.with_key("sk_test_other"), exported).await, [4, 0, 0]);
}
