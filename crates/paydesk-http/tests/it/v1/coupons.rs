//! `/v1/coupons`

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{Client, MockClock, Response, TestApp};

use crate::support::{Params, shown};

const QUARTER: Params<'_> = &[("id", "quarter"), ("percent_off", "25")];
const FIVE_OFF: Params<'_> = &[("id", "five"), ("amount_off", "500"), ("currency", "usd")];

async fn delete(client: &Client, path: &str) -> Response {
    client.send(Method::DELETE, path, Bytes::new()).await
}

#[tokio::test]
async fn a_percentage_is_all_a_coupon_needs() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.post("/v1/coupons", &[("percent_off", "12.50")]).await));
}

#[tokio::test]
async fn a_coupon_has_every_field_it_was_given() {
    let app = TestApp::new();
    for id in ["tea", "coffee"] {
        app.post("/v1/products", &[("id", id), ("name", id)]).await.ok();
    }
    let redeem_by = (MockClock::START + 86_400).to_string();
    let params = [
        ("id", "SPRING"),
        ("amount_off", "500"),
        ("currency", "USD"),
        ("currency_options[eur][amount_off]", "450"),
        ("currency_options[usd][amount_off]", "500"),
        ("duration", "repeating"),
        ("duration_in_months", "3"),
        ("applies_to[products][0]", "tea"),
        ("applies_to[products][1]", "coffee"),
        ("max_redemptions", "100"),
        ("redeem_by", redeem_by.as_str()),
        ("name", "Spring"),
        ("metadata[campaign]", "2027"),
        ("expand[0]", "applies_to"),
        ("expand[1]", "currency_options"),
    ];
    let created = app.post("/v1/coupons", &params).await.ok();
    assert_snapshot!(shown(&created));
    let query = "expand[0]=applies_to&expand[1]=currency_options";
    let read = app.get(&format!("/v1/coupons/SPRING?{query}")).await;
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn products_and_currencies_are_shown_where_they_are_asked_for() {
    let app = TestApp::new();
    app.post("/v1/products", &[("id", "tea"), ("name", "Tea")]).await.ok();
    let of_tea = [FIVE_OFF, &[("applies_to[products][0]", "tea")]].concat();
    app.post("/v1/coupons", &of_tea).await.ok();
    let fields = async |query: &str| {
        let coupon = app.get(&format!("/v1/coupons/five?{query}")).await;
        let fields = ["/applies_to/products/0", "/currency_options/usd/amount_off"];
        fields.map(|pointer| coupon.value(pointer).to_string())
    };
    assert_eq!(fields("").await, ["null", "null"]);
    assert_eq!(fields("expand[0]=applies_to").await, ["\"tea\"", "null"]);
    assert_eq!(fields("expand[0]=currency_options").await, ["null", "500"]);
}

#[tokio::test]
async fn a_coupon_that_contradicts_itself_is_refused() {
    let app = TestApp::new();
    let table: &[(Params<'_>, &str)] = &[
        (&[], "400 parameter_missing percent_off"),
        (&[("percent_off", "0")], "400 - percent_off"),
        (&[("percent_off", "100.5")], "400 - percent_off"),
        (&[("percent_off", "33.333")], "400 - percent_off"),
        (&[("percent_off", "a")], "400 - percent_off"),
        (&[("percent_off", "5"), ("amount_off", "5")], "400 parameters_exclusive percent_off"),
        (&[("percent_off", "5"), ("currency", "usd")], "400 parameters_exclusive percent_off"),
        (
            &[("percent_off", "5"), ("currency_options[eur][amount_off]", "5")],
            "400 parameters_exclusive percent_off",
        ),
        (&[("amount_off", "5")], "400 parameter_missing currency"),
        (&[("amount_off", "0"), ("currency", "usd")], "400 parameter_invalid_integer amount_off"),
        (&[("percent_off", "5"), ("duration", "always")], "400 - duration"),
        (
            &[("percent_off", "5"), ("duration", "repeating")],
            "400 parameter_missing duration_in_months",
        ),
        (&[("percent_off", "5"), ("duration_in_months", "3")], "400 - duration_in_months"),
        (&[("percent_off", "5"), ("redeem_by", "1")], "400 - redeem_by"),
        (
            &[("percent_off", "5"), ("applies_to[products][0]", "prod_x")],
            "400 resource_missing applies_to[products][0]",
        ),
        (&[("percent_off", "5"), ("max_redemptions", "0")], {
            "400 parameter_invalid_integer max_redemptions"
        }),
    ];
    for (params, expected) in table {
        assert_eq!(app.post("/v1/coupons", params).await.error(), *expected, "{params:?}");
    }
    let of_amount: &[(Params<'_>, &str)] = &[
        (
            &[("currency_options[usd][amount_off]", "501")],
            "400 - currency_options[usd][amount_off]",
        ),
        (&[("currency_options[xyz][amount_off]", "5")], "400 - currency_options[xyz]"),
        (
            &[("currency_options[eur][amount]", "5")],
            "400 parameter_unknown currency_options[eur][amount]",
        ),
        (&[("currency_options[eur]", "5")], "400 - currency_options[eur]"),
        (&[("currency_options", "eur")], "400 - currency_options"),
    ];
    for (params, expected) in of_amount {
        let params = [FIVE_OFF, params].concat();
        assert_eq!(app.post("/v1/coupons", &params).await.error(), *expected, "{params:?}");
    }
    assert_eq!(app.get("/v1/coupons").await.ids(), [""; 0], "a refusal makes nothing");
}

#[tokio::test]
async fn a_code_of_the_shop_is_used_once() {
    let app = TestApp::new();
    assert_eq!(app.post("/v1/coupons", QUARTER).await.id(), "quarter");
    let again = app.post("/v1/coupons", QUARTER).await;
    assert_eq!(again.error(), "400 resource_already_exists id");
}

#[tokio::test]
async fn an_update_changes_name_metadata_and_other_currencies() {
    let app = TestApp::new();
    app.post("/v1/coupons", FIVE_OFF).await.ok();
    let changes = [
        ("name", "Five"),
        ("metadata[a]", "1"),
        ("currency_options[eur][amount_off]", "450"),
        ("expand[0]", "currency_options"),
    ];
    assert_snapshot!(shown(&app.post("/v1/coupons/five", &changes).await));
    for (name, value) in [("amount_off", "1"), ("duration", "once"), ("percent_off", "5")] {
        let answer = app.post("/v1/coupons/five", &[(name, value)]).await;
        assert_eq!(answer.error(), format!("400 parameter_unknown {name}"));
    }
    app.post("/v1/coupons", QUARTER).await.ok();
    let option = [("currency_options[eur][amount_off]", "450")];
    let answer = app.post("/v1/coupons/quarter", &option).await;
    assert_eq!(answer.error(), "400 - currency_options");
}

#[tokio::test]
async fn a_coupon_is_valid_until_it_can_not_be_redeemed() {
    let app = TestApp::new();
    let last = (MockClock::START + 60).to_string();
    app.post("/v1/coupons", &[QUARTER, &[("redeem_by", &last)]].concat()).await.ok();
    let is_valid = async || app.get("/v1/coupons/quarter").await.value("/valid");
    app.clock().advance(60);
    assert_eq!(is_valid().await, true);
    app.clock().advance(1);
    assert_eq!(is_valid().await, false);
}

#[tokio::test]
async fn a_deleted_coupon_is_gone_and_its_code_is_free() {
    let app = TestApp::new();
    app.post("/v1/coupons", QUARTER).await.ok();
    assert_snapshot!(shown(&delete(&app, "/v1/coupons/quarter").await));
    for answer in [
        app.get("/v1/coupons/quarter").await,
        app.post("/v1/coupons/quarter", &[("name", "A quarter")]).await,
        delete(&app, "/v1/coupons/quarter").await,
    ] {
        assert_eq!(answer.error(), "404 resource_missing coupon");
    }
    assert_eq!(app.get("/v1/coupons").await.ids(), [""; 0]);
    app.post("/v1/coupons", QUARTER).await.ok();
}

#[tokio::test]
async fn coupons_are_listed_by_the_time_they_were_made() {
    let app = TestApp::new();
    app.post("/v1/coupons", QUARTER).await.ok();
    app.clock().advance(10);
    app.post("/v1/coupons", FIVE_OFF).await.ok();
    let start = MockClock::START;
    let ids = async |query: &str| app.get(&format!("/v1/coupons?{query}")).await.ids();
    assert_eq!(ids("").await, ["five", "quarter"]);
    assert_eq!(ids("limit=1").await, ["five"]);
    assert_eq!(ids("starting_after=five").await, ["quarter"]);
    assert_eq!(ids(&format!("created={start}")).await, ["quarter"]);
    assert_eq!(ids(&format!("created[gt]={start}")).await, ["five"]);
    let answer = app.get("/v1/coupons?starting_after=none").await;
    assert_eq!(answer.error(), "400 resource_missing starting_after");
}

#[tokio::test]
async fn what_happens_to_a_coupon_is_told() {
    let app = TestApp::new();
    app.post("/v1/coupons", FIVE_OFF).await.ok();
    app.post("/v1/coupons/five", &[("name", "Five")]).await.ok();
    app.post("/v1/coupons/five", &[("name", "Five")]).await.ok();
    delete(&app, "/v1/coupons/five").await.ok();
    let events = app.get("/v1/events").await;
    let types = ["coupon.deleted", "coupon.updated", "coupon.created"];
    assert_eq!(events.each("/type"), types);
    assert_eq!(events.value("/data/0/data/object/valid"), false);
    assert_eq!(events.value("/data/1/data/previous_attributes").to_string(), r#"{"name":null}"#);
    assert_eq!(events.value("/data/2/data/object/id"), "five");
}

#[tokio::test]
async fn a_coupon_looks_the_same_at_every_version() {
    let app = TestApp::new();
    let created = app.post("/v1/coupons", FIVE_OFF).await.ok();
    for version in ["2024-09-30.acacia", "2025-03-31.basil", "2026-03-25.dahlia"] {
        let client = app.with_header("Stripe-Version", version);
        assert_eq!(client.get("/v1/coupons/five").await.text(), created.text(), "{version}");
    }
}
