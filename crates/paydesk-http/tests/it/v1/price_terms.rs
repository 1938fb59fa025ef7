//! `/v1/prices`: tiers, packages, amounts that buyers choose, other currencies, usage and trials.

use insta::assert_snapshot;
use paydesk_testing::{Client, Response, TestApp};
use serde_json::json;

use crate::support::{Params, shown};

/// A Price of a new Product in US dollars, with these parameters.
async fn create(client: &Client, params: Params<'_>) -> Response {
    let basics = [("currency", "usd"), ("product_data[name]", "Tea")];
    client.post("/v1/prices", &[&basics[..], params].concat()).await
}

const TIERED: Params<'_> = &[
    ("billing_scheme", "tiered"),
    ("tiers_mode", "graduated"),
    ("tiers[0][up_to]", "5"),
    ("tiers[0][unit_amount]", "700"),
    ("tiers[1][up_to]", "inf"),
    ("tiers[1][unit_amount_decimal]", "0.000000000001"),
    ("tiers[1][flat_amount]", "100"),
    ("recurring[interval]", "month"),
    ("currency_options[eur][tiers][0][up_to]", "inf"),
    ("currency_options[eur][tiers][0][unit_amount]", "650"),
    ("currency_options[eur][tax_behavior]", "inclusive"),
    ("expand[0]", "tiers"),
    ("expand[1]", "currency_options"),
];

#[tokio::test]
async fn a_price_in_tiers_shows_them_on_demand() {
    let app = TestApp::new();
    let created = create(&app, TIERED).await.ok();
    assert_snapshot!(shown(&created));
    let plain = app.get(&format!("/v1/prices/{}", created.id())).await.ok();
    assert_eq!(plain.value("/tiers_mode"), "graduated");
    assert!(plain.json().get("tiers").is_none());
    assert!(plain.json().get("currency_options").is_none());
    let options = app.get(&format!("/v1/prices/{}?expand[]=currency_options", created.id())).await;
    assert!(options.value("/currency_options/eur").get("tiers").is_none());
}

#[tokio::test]
async fn a_price_has_every_term_it_was_given() {
    let app = TestApp::new();
    let created = create(
        &app,
        &[
            ("unit_amount_decimal", "12.5"),
            ("transform_quantity[divide_by]", "12"),
            ("transform_quantity[round]", "up"),
            ("recurring[interval]", "month"),
            ("recurring[usage_type]", "metered"),
            ("recurring[meter]", "mtr_1"),
            ("recurring[trial_period_days]", "14"),
            ("product_data[tax_details][tax_code]", "txcd_10000000"),
        ],
    );
    assert_snapshot!(shown(&created.await.ok()));
    let chosen = [
        ("custom_unit_amount[enabled]", "true"),
        ("custom_unit_amount[minimum]", "100"),
        ("custom_unit_amount[preset]", "500"),
    ];
    let chosen = create(&app, &chosen).await.ok();
    let bounds = json!({"maximum": null, "minimum": 100, "preset": 500});
    assert_eq!(chosen.value("/custom_unit_amount"), bounds);
    assert!(chosen.value("/unit_amount_decimal").is_null());
}

#[tokio::test]
async fn terms_that_contradict_each_other_are_refused_by_name() {
    let app = TestApp::new();
    let tiered = ("billing_scheme", "tiered");
    let mode = ("tiers_mode", "volume");
    let amount = ("unit_amount", "500");
    let table: &[(Params<'_>, &str)] = &[
        (&[tiered, mode], "parameter_missing tiers"),
        (
            &[tiered, ("tiers[0][up_to]", "inf"), ("tiers[0][unit_amount]", "1")],
            "parameter_missing tiers_mode",
        ),
        (&[tiered, mode, ("tiers[0][unit_amount]", "1")], "parameter_missing tiers[0][up_to]"),
        (
            &[tiered, mode, ("tiers[0][up_to]", "5"), ("tiers[0][unit_amount]", "1")],
            "- tiers[0][up_to]",
        ),
        (&[tiered, mode, ("tiers[0][up_to]", "inf")], "- tiers[0][unit_amount]"),
        (&[tiered, mode, amount, ("tiers[0][up_to]", "inf")], "parameters_exclusive tiers"),
        (&[amount, mode], "- tiers_mode"),
        (&[amount, ("custom_unit_amount[enabled]", "true")], "parameters_exclusive unit_amount"),
        (&[("custom_unit_amount[enabled]", "false")], "- custom_unit_amount[enabled]"),
        (&[("custom_unit_amount[preset]", "5")], "parameter_missing custom_unit_amount[enabled]"),
        (
            &[("custom_unit_amount[enabled]", "true"), ("recurring[interval]", "month")],
            "- custom_unit_amount",
        ),
        (
            &[
                ("custom_unit_amount[enabled]", "true"),
                ("custom_unit_amount[minimum]", "9"),
                ("custom_unit_amount[maximum]", "8"),
            ],
            "- custom_unit_amount[preset]",
        ),
        (
            &[amount, ("transform_quantity[divide_by]", "0"), ("transform_quantity[round]", "up")],
            "parameter_invalid_integer transform_quantity[divide_by]",
        ),
        (
            &[amount, ("transform_quantity[divide_by]", "5")],
            "parameter_missing transform_quantity[round]",
        ),
        (
            &[amount, ("recurring[interval]", "month"), ("recurring[usage_type]", "metered")],
            "parameter_missing recurring[meter]",
        ),
        (
            &[amount, ("recurring[interval]", "month"), ("recurring[meter]", "mtr_1")],
            "- recurring[meter]",
        ),
        (
            &[amount, ("recurring[interval]", "month"), ("recurring[trial_period_days]", "731")],
            "parameter_invalid_integer recurring[trial_period_days]",
        ),
        (&[amount, ("currency_options[usd][unit_amount]", "1")], "- currency_options[usd]"),
        (&[amount, ("currency_options[xxx][unit_amount]", "1")], "- currency_options[xxx]"),
        (
            &[amount, ("currency_options[eur][tax_behavior]", "inclusive")],
            "- currency_options[eur]",
        ),
        (
            &[amount, ("currency_options[eur][custom_unit_amount][enabled]", "true")],
            "- currency_options[eur]",
        ),
    ];
    for (params, expected) in table {
        let answer = create(&app, params).await;
        assert_eq!(answer.error(), format!("400 {expected}"), "{params:?}");
    }
    assert!(app.get("/v1/prices").await.ids().is_empty());
}

#[tokio::test]
async fn other_currencies_are_added_changed_and_taken_away() {
    let app = TestApp::new();
    let price =
        create(&app, &[("unit_amount", "500"), ("currency_options[eur][unit_amount]", "450")]);
    let path = format!("/v1/prices/{}", price.await.ok().id());
    let changes = [
        ("currency_options[eur][tax_behavior]", "inclusive"),
        ("currency_options[jpy][unit_amount]", "700"),
        ("expand[0]", "currency_options"),
    ];
    let changed = app.post(&path, &changes).await.ok();
    let options = changed.value("/currency_options");
    assert_eq!(options["usd"]["unit_amount"], 500);
    assert_eq!(
        (&options["eur"]["unit_amount"], &options["eur"]["tax_behavior"]),
        (&json!(450), &json!("inclusive"))
    );
    assert_eq!(options["jpy"]["unit_amount"], 700);

    let fixed = app.post(&path, &[("currency_options[eur][tax_behavior]", "exclusive")]).await;
    assert_eq!(fixed.error(), "400 - currency_options[eur]");
    let gone = [("currency_options", ""), ("expand[0]", "currency_options")];
    let gone = app.post(&path, &gone).await.ok();
    assert_eq!(gone.value("/currency_options").as_object().map(serde_json::Map::len), Some(1));
}

#[tokio::test]
async fn lists_of_prices_are_filtered_by_how_they_recur() {
    let app = TestApp::new();
    let once = app.price("Tea", 500).await;
    let monthly = app.monthly_price("Club", 900).await;
    let metered = [
        ("unit_amount", "5"),
        ("recurring[interval]", "day"),
        ("recurring[usage_type]", "metered"),
        ("recurring[meter]", "mtr_1"),
    ];
    let metered = create(&app, &metered).await.ok().id();
    for (query, expected) in [
        ("recurring[interval]=month", &monthly),
        ("recurring[usage_type]=licensed", &monthly),
        ("recurring[usage_type]=metered", &metered),
        ("recurring[meter]=mtr_1&recurring[interval]=day", &metered),
        ("type=one_time", &once),
    ] {
        let found = app.get(&format!("/v1/prices?{query}")).await.ok();
        assert_eq!(found.ids(), std::slice::from_ref(expected), "{query}");
    }
    let unknown = app.get("/v1/prices?recurring[interval]=decade").await;
    assert_eq!(unknown.error(), "400 - recurring[interval]");
}

#[tokio::test]
async fn sessions_charge_prices_of_every_kind() {
    let app = TestApp::new();
    let packs: Params<'_> = &[
        ("unit_amount", "500"),
        ("transform_quantity[divide_by]", "5"),
        ("transform_quantity[round]", "up"),
    ];
    let chosen: Params<'_> =
        &[("custom_unit_amount[enabled]", "true"), ("custom_unit_amount[preset]", "700")];
    let foreign: Params<'_> =
        &[("unit_amount", "500"), ("currency_options[eur][unit_amount]", "450")];
    let metered: Params<'_> = &[
        ("unit_amount", "5"),
        ("recurring[interval]", "month"),
        ("recurring[usage_type]", "metered"),
        ("recurring[meter]", "mtr_1"),
    ];
    for (price, mode, quantity, currency, expected) in [
        (packs, "payment", "11", "usd", json!([1500, 11, "usd"])),
        (chosen, "payment", "1", "usd", json!([700, 1, "usd"])),
        (foreign, "payment", "2", "eur", json!([900, 2, "eur"])),
        (TIERED, "subscription", "6", "usd", json!([3600, 6, "usd"])),
        (TIERED, "subscription", "6", "eur", json!([3900, 6, "eur"])),
        (metered, "subscription", "", "usd", json!([0, null, "usd"])),
    ] {
        let price = create(&app, price).await.ok().id();
        let mut new = vec![
            ("mode", mode),
            ("success_url", "https://shop.example/thanks"),
            ("line_items[0][price]", price.as_str()),
            ("currency", currency),
            ("expand[0]", "line_items"),
        ];
        if !quantity.is_empty() {
            new.push(("line_items[0][quantity]", quantity));
        }
        let session = app.post("/v1/checkout/sessions", &new).await.ok();
        let line = session.value("/line_items/data/0");
        assert_eq!(json!([line["amount_total"], line["quantity"], line["currency"]]), expected);
        assert_eq!(session.value("/amount_total"), expected[0]);
    }
}
