//! `tax_rates` of lines, on create and on update.

use insta::assert_snapshot;
use paydesk_testing::{Client, TestApp};
use serde_json::json;

use crate::support::{Params, shown};

const NEW: Params<'_> = &[("mode", "payment"), ("success_url", "https://shop.example/thanks")];

async fn tax_rate(client: &Client, percentage: &str, inclusive: &str) -> String {
    let rate = [("display_name", "Tax"), ("percentage", percentage), ("inclusive", inclusive)];
    client.post("/v1/tax_rates", &rate).await.ok().id()
}

#[tokio::test]
async fn the_worked_example_comes_to_its_cent() {
    let app = TestApp::new();
    let shirt = app.price("Shirt", 1999).await;
    let book = app.price("Book", 1000).await;
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
    let query = "expand[]=line_items.data.taxes&expand[]=total_details.breakdown\
                 &expand[]=shipping_cost.taxes&expand[]=shipping_options.shipping_rate";
    let cart = app.get(&format!("{}?{query}", session.path)).await.ok();
    assert_eq!(cart.value("/amount_subtotal"), 6997);
    assert_eq!(cart.value("/amount_total"), 7242);
    assert_snapshot!(shown(&cart));

    let lines = format!("{}/line_items?expand[]=data.taxes", session.path);
    let lines = app.get(&lines).await.ok();
    assert_eq!(lines.value("/data"), cart.value("/line_items/data"));
    let plain = app.get(&format!("{}?expand[]=line_items", session.path)).await.ok();
    assert!(plain.value("/line_items/data/0").get("taxes").is_none());
}

#[tokio::test]
async fn tax_rates_follow_the_shipping_address() {
    let app = TestApp::new();
    let shirt = app.price("Shirt", 2000).await;
    let session = app.session(&[(&shirt, 1)]).await;
    let texas = tax_rate(&app, "8.25", "false").await;
    let maine = tax_rate(&app, "5.5", "false").await;
    let id = ("line_items[0][id]", &*session.lines[0]);
    for (rates, expected) in [
        (&[("line_items[0][tax_rates][0]", &*texas)][..], json!([165, 2165])),
        (&[("line_items[0][tax_rates][0]", &*maine)], json!([110, 2110])),
        (&[], json!([110, 2110])),
        (&[("line_items[0][tax_rates]", "")], json!([0, 2000])),
    ] {
        let cart = app.post(&session.path, &[&[id], rates].concat()).await.ok();
        let sums = json!([cart.value("/total_details/amount_tax"), cart.value("/amount_total")]);
        assert_eq!(sums, expected, "{rates:?}");
    }
}

#[tokio::test]
async fn a_tax_rate_that_can_not_be_used_is_refused_by_its_place() {
    let app = TestApp::new();
    let shirt = app.price("Shirt", 2000).await;
    let session = app.session(&[(&shirt, 1)]).await;
    let texas = tax_rate(&app, "8.25", "false").await;
    let old = tax_rate(&app, "7", "false").await;
    app.post(&format!("/v1/tax_rates/{old}"), &[("active", "false")]).await.ok();
    let id = ("line_items[0][id]", &*session.lines[0]);
    for (rate, expected) in [
        ("txr_none", "400 resource_missing line_items[0][tax_rates][1]"),
        (&*old, "400 - line_items[0][tax_rates][1]"),
        (&*texas, "400 - line_items[0][tax_rates][1]"),
    ] {
        let rates =
            [id, ("line_items[0][tax_rates][0]", &*texas), ("line_items[0][tax_rates][1]", rate)];
        assert_eq!(app.post(&session.path, &rates).await.error(), expected, "{rate}");
    }
    assert_eq!(app.cart(&session).await.value("/amount_total"), 2000);
}

#[tokio::test]
async fn dynamic_tax_rates_count_where_the_cart_goes() {
    let app = TestApp::new();
    let shirt = app.price("Shirt", 2000).await;
    let rate = [
        ("display_name", "MwSt."),
        ("percentage", "19"),
        ("inclusive", "false"),
        ("country", "DE"),
    ];
    let rate = app.post("/v1/tax_rates", &rate).await.ok().id();
    let new = [
        ("mode", "payment"),
        ("ui_mode", "custom"),
        ("return_url", "https://shop.example/back"),
        ("line_items[0][price]", &*shirt),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][dynamic_tax_rates][0]", &*rate),
    ];
    let path = "/v1/checkout/sessions";
    let unknown = app.post(path, &new).await;
    assert_eq!(unknown.error(), "400 parameter_unknown line_items[0][dynamic_tax_rates]");
    let clover = app.with_header("Stripe-Version", "2025-12-15.clover");
    let session = clover.post(path, &new).await.ok();
    assert_eq!(session.value("/amount_total"), 2000);
    let to = [
        ("collected_information[shipping_details][name]", "Jenny Rosen"),
        ("collected_information[shipping_details][address][line1]", "Allee 1"),
        ("collected_information[shipping_details][address][country]", "DE"),
    ];
    let taxed = clover.post(&format!("{path}/{}", session.id()), &to).await.ok();
    assert_eq!(taxed.value("/amount_total"), 2380);
}
