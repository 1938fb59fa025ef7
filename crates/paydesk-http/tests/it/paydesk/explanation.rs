//! `/paydesk/v1/checkout/sessions/{id}/explanation`

use insta::assert_snapshot;
use paydesk_testing::{Client, TestApp};

use crate::support::{Params, shown};

const NEW: Params<'_> = &[("mode", "payment"), ("success_url", "https://shop.example/thanks")];
const SUBSCRIPTION: Params<'_> =
    &[("mode", "subscription"), ("success_url", "https://shop.example/thanks")];

async fn tax_rate(client: &Client, percentage: &str, inclusive: &str) -> String {
    let rate = [("display_name", "Tax"), ("percentage", percentage), ("inclusive", inclusive)];
    client.post("/v1/tax_rates", &rate).await.ok().id()
}

async fn explanation(app: &TestApp, path: &str) -> paydesk_testing::Response {
    app.get(&format!("/paydesk{path}/explanation")).await.ok()
}

#[tokio::test]
async fn every_step_of_the_worked_example_is_told() {
    let app = TestApp::new();
    let shirt = app.price("Shirt", 1999).await;
    let book = app.price("日本茶の本", 1000).await;
    let texas = tax_rate(&app, "8.25", "false").await;
    let mwst = tax_rate(&app, "20", "true").await;
    let coupon = [("id", "TENTH"), ("percent_off", "10"), ("duration", "once")];
    app.post("/v1/coupons", &coupon).await.ok();
    let more = [
        ("line_items[0][tax_rates][0]", &*texas),
        ("line_items[1][tax_rates][0]", &*mwst),
        ("discounts[0][coupon]", "TENTH"),
        ("shipping_options[0][shipping_rate_data][display_name]", "Post"),
        ("shipping_options[0][shipping_rate_data][fixed_amount][amount]", "500"),
        ("shipping_options[0][shipping_rate_data][fixed_amount][currency]", "usd"),
    ];
    let session = app.session_with(&[(&shirt, 3), (&book, 1)], &[NEW, &more].concat()).await;
    let explained = explanation(&app, &session.path).await;
    assert_snapshot!("json", shown(&explained));
    let receipt = explained.string("/text");
    let guide = include_str!("../../../../../docs/amounts.md");
    let indented: String = receipt.lines().map(|line| format!("    {line}\n")).collect();
    assert!(guide.contains(&indented), "docs/amounts.md has this receipt:\n{indented}");
}

#[tokio::test]
async fn tiers_packages_and_parts_of_periods_are_told() {
    let app = TestApp::new();
    let tiered = [
        ("currency", "usd"),
        ("product_data[name]", "Seats"),
        ("billing_scheme", "tiered"),
        ("tiers_mode", "graduated"),
        ("tiers[0][up_to]", "5"),
        ("tiers[0][unit_amount]", "700"),
        ("tiers[1][up_to]", "inf"),
        ("tiers[1][unit_amount_decimal]", "650.5"),
        ("tiers[1][flat_amount]", "100"),
        ("recurring[interval]", "month"),
    ];
    let seats = app.post("/v1/prices", &tiered).await.ok().id();
    let packs = [
        ("currency", "usd"),
        ("product_data[name]", "Stickers"),
        ("unit_amount", "500"),
        ("transform_quantity[divide_by]", "5"),
        ("transform_quantity[round]", "up"),
    ];
    let packs = app.post("/v1/prices", &packs).await.ok().id();
    let anchor = (1_800_000_000 + 864_000).to_string();
    let anchored = [("subscription_data[billing_cycle_anchor]", &*anchor)];
    let lines = [(&*seats, 8), (&*packs, 11)];
    let session = app.session_with(&lines, &[SUBSCRIPTION, &anchored].concat()).await;
    assert_snapshot!("anchored", explanation(&app, &session.path).await.string("/text"));
    let trial = [("subscription_data[trial_period_days]", "14")];
    let session = app.session_with(&lines[..1], &[SUBSCRIPTION, &trial].concat()).await;
    assert_snapshot!("trial", explanation(&app, &session.path).await.string("/text"));
}

#[tokio::test]
async fn a_line_whose_price_was_changed_since_keeps_its_amount() {
    let app = TestApp::new();
    let euro = [("currency_options[eur][unit_amount]", "450")];
    let tea = app.price_with("Tea", 500, &euro).await;
    let session = app.session_with(&[(&tea, 2)], &[NEW, &[("currency", "eur")]].concat()).await;
    let changed = [("currency_options[eur][unit_amount]", "480")];
    app.post(&format!("/v1/prices/{tea}"), &changed).await.ok();
    let explained = explanation(&app, &session.path).await;
    assert!(explained.value("/lines/0/charge").is_null());
    assert_eq!(explained.value("/lines/0/amount_total"), 900);
}
