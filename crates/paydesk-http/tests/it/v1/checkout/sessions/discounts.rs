//! `discounts` of sessions: on create, and on update under the preview.

use insta::assert_snapshot;
use paydesk_testing::{Client, Session, TestApp};
use serde_json::json;

use crate::support::shown;

const PREVIEW: &str = "2026-10-28.endive; checkout_server_update_beta=v1";

const NEW: [(&str, &str); 2] =
    [("mode", "payment"), ("success_url", "https://shop.example/thanks")];

async fn coupon(client: &Client, id: &str, off: (&str, &str)) -> String {
    let coupon = [("id", id), off, ("duration", "once")];
    client.post("/v1/coupons", &coupon).await.ok().id()
}

/// What the session comes to: its discount and its total.
async fn sums(app: &TestApp, session: &Session) -> serde_json::Value {
    let cart = app.cart(session).await;
    json!([cart.value("/total_details/amount_discount"), cart.value("/amount_total")])
}

#[tokio::test]
async fn a_discount_is_shown_wherever_it_is_asked_for() {
    let app = TestApp::new();
    let tea = app.price("Tea", 1999).await;
    let mug = app.price("Mug", 1000).await;
    coupon(&app, "TENTH", ("percent_off", "10")).await;
    let with = [NEW[0], NEW[1], ("discounts[0][coupon]", "TENTH")];
    let session = app.session_with(&[(&tea, 3), (&mug, 1)], &with).await;
    let query = "expand[]=line_items.data.discounts&expand[]=total_details.breakdown\
                 &expand[]=discounts.coupon";
    let shown_session = app.get(&format!("{}?{query}", session.path)).await.ok();
    assert_snapshot!(shown(&shown_session));
    let plain = app.get(&session.path).await.ok();
    assert_eq!(plain.value("/discounts"), json!([{ "coupon": "TENTH", "promotion_code": null }]));
    assert!(plain.value("/total_details").get("breakdown").is_none());
}

#[tokio::test]
async fn the_preview_updates_the_discount() {
    let app = TestApp::new();
    let tea = app.price("Tea", 2000).await;
    coupon(&app, "TENTH", ("percent_off", "10")).await;
    let session = app.session(&[(&tea, 1)]).await;
    let preview = app.with_header("Stripe-Version", PREVIEW);
    let set = [("discounts[0][coupon]", "TENTH")];
    let unknown = app.post(&session.path, &set).await;
    assert_eq!(unknown.error(), "400 parameter_unknown discounts");

    preview.post(&session.path, &set).await.ok();
    assert_eq!(sums(&app, &session).await, json!([200, 1800]));
    let made = [
        ("discounts[0][coupon_data][amount_off]", "500"),
        ("discounts[0][coupon_data][currency]", "usd"),
        ("discounts[0][coupon_data][name]", "Sorry for the wait"),
    ];
    let made = preview.post(&session.path, &made).await.ok();
    assert_eq!(sums(&app, &session).await, json!([500, 1500]));
    let coupon = app.get(&format!("/v1/coupons/{}", made.string("/discounts/0/coupon"))).await;
    assert_eq!(coupon.ok().value("/name"), "Sorry for the wait");

    preview.post(&session.path, &[("discounts", "")]).await.ok();
    assert_eq!(sums(&app, &session).await, json!([0, 2000]));
}

#[tokio::test]
async fn a_coupon_that_is_deleted_stays_where_it_is() {
    let app = TestApp::new();
    let tea = app.price("Tea", 2000).await;
    coupon(&app, "TENTH", ("percent_off", "10")).await;
    let with = [NEW[0], NEW[1], ("discounts[0][coupon]", "TENTH")];
    let session = app.session_with(&[(&tea, 1)], &with).await;
    app.send(http::Method::DELETE, "/v1/coupons/TENTH", bytes::Bytes::new()).await.ok();
    let more = [("line_items[0][id]", &*session.lines[0]), ("line_items[0][quantity]", "3")];
    app.post(&session.path, &more).await.ok();
    assert_eq!(sums(&app, &session).await, json!([600, 5400]));
    let line = [("line_items[0][price]", &*tea), ("line_items[0][quantity]", "1")];
    let refused = app.post("/v1/checkout/sessions", &[&line[..], &with].concat()).await;
    assert_eq!(refused.error(), "400 resource_missing discounts[0][coupon]");
}

#[tokio::test]
async fn a_session_takes_its_discount_from_the_shop_or_from_the_buyer() {
    let app = TestApp::new();
    let both = [
        ("mode", "payment"),
        ("allow_promotion_codes", "false"),
        ("discounts[0][coupon]", "TENTH"),
    ];
    let refused = app.post("/v1/checkout/sessions", &both).await;
    assert!(refused.text().contains("allow_promotion_codes, discounts"), "{}", refused.text());
}

#[tokio::test]
async fn a_promotion_code_brings_its_coupon_where_the_cart_is_worth_it() {
    let app = TestApp::new();
    let tea = app.price("Tea", 2000).await;
    coupon(&app, "TENTH", ("percent_off", "10")).await;
    let code = [
        ("promotion[type]", "coupon"),
        ("promotion[coupon]", "TENTH"),
        ("code", "SPRING"),
        ("restrictions[minimum_amount]", "4000"),
        ("restrictions[minimum_amount_currency]", "usd"),
    ];
    let code = app.post("/v1/promotion_codes", &code).await.ok().id();
    let with = [NEW[0], NEW[1], ("discounts[0][promotion_code]", &*code)];
    let session = app.session_with(&[(&tea, 2)], &with).await;
    assert_eq!(sums(&app, &session).await, json!([400, 3600]));
    let shown = format!("{}?expand[]=discounts.promotion_code", session.path);
    let shown = app.get(&shown).await.ok();
    assert_eq!(shown.value("/discounts/0/promotion_code/code"), "SPRING");
    assert_eq!(shown.value("/discounts/0/coupon"), "TENTH");

    let less = [("line_items[0][id]", &*session.lines[0]), ("line_items[0][quantity]", "1")];
    let refused = app.post(&session.path, &less).await;
    assert_eq!(refused.error(), "400 - discounts[0][promotion_code]");
    assert_eq!(sums(&app, &session).await, json!([400, 3600]));
}

#[tokio::test]
async fn before_clover_a_discount_shows_its_coupon_itself() {
    let app = TestApp::new();
    let tea = app.price("Tea", 2000).await;
    coupon(&app, "TENTH", ("percent_off", "10")).await;
    let with = [NEW[0], NEW[1], ("discounts[0][coupon]", "TENTH")];
    let session = app.session_with(&[(&tea, 1)], &with).await;
    let query = "expand[]=line_items.data.discounts&expand[]=total_details.breakdown";
    let basil = app.with_header("Stripe-Version", "2025-03-31.basil");
    let shown = basil.get(&format!("{}?{query}", session.path)).await.ok();
    for place in ["/line_items/data/0/discounts/0", "/total_details/breakdown/discounts/0"] {
        let discount = shown.value(&format!("{place}/discount"));
        assert_eq!(discount["coupon"]["percent_off"], json!(10), "{place}");
        assert!(discount.get("source").is_none(), "{place}");
    }
}
