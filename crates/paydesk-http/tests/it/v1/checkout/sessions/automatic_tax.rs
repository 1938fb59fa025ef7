//! `automatic_tax` of sessions, by the operator's tax table.

use paydesk_domain::address::Country;
use paydesk_domain::tax_rate::Percentage;
use paydesk_domain::tax_table::{TaxTable, TaxTableEntry};
use paydesk_testing::{Session, TestApp};
use serde_json::{Value, json};

use crate::support::Params;

const NEW: Params<'_> = &[
    ("mode", "payment"),
    ("ui_mode", "elements"),
    ("return_url", "https://shop.example/back"),
    ("automatic_tax[enabled]", "true"),
];
const HOSTED: Params<'_> = &[
    ("mode", "payment"),
    ("success_url", "https://shop.example/thanks"),
    ("automatic_tax[enabled]", "true"),
];

/// Germany at 19 percent, inside prices; books at 7.
fn germany() -> TaxTable {
    let entry = |percentage, tax_code: Option<&str>| TaxTableEntry {
        country: Country::from_code("DE").expect("a country"),
        state: None,
        postal_prefix: None,
        tax_code: tax_code.map(str::to_owned),
        percentage: Percentage::parse(percentage).expect("a percentage"),
        inclusive: true,
        display_name: "MwSt.".to_owned(),
        jurisdiction: Some("DE".to_owned()),
    };
    let entries = vec![entry("19", None), entry("7", Some("txcd_35010000"))];
    TaxTable::new(entries).expect("a table")
}

async fn ship_to(app: &TestApp, session: &Session, country: &str) -> Value {
    let details = [
        ("collected_information[shipping_details][name]", "Jenny Rosen"),
        ("collected_information[shipping_details][address][line1]", "1 Main Street"),
        ("collected_information[shipping_details][address][country]", country),
        ("expand[0]", "line_items.data.taxes"),
        ("expand[1]", "total_details.breakdown"),
    ];
    app.post(&session.path, &details).await.ok().json()
}

#[tokio::test]
async fn taxes_follow_the_address() {
    let app = TestApp::with_tax_table(germany());
    let shirt = app.price("Shirt", 1190).await;
    let session = app.session_with(&[(&shirt, 1)], NEW).await;
    let open = app.cart(&session).await;
    let enabled = json!({
        "enabled": true,
        "liability": { "type": "self" },
        "provider": null,
        "status": "requires_location_inputs",
    });
    assert_eq!(open.value("/automatic_tax"), enabled);

    let taxed = ship_to(&app, &session, "DE").await;
    assert_eq!(taxed["automatic_tax"]["status"], "complete");
    assert_eq!(
        (&taxed["amount_total"], &taxed["total_details"]["amount_tax"]),
        (&json!(1190), &json!(190))
    );
    let tax = &taxed["line_items"]["data"][0]["taxes"][0];
    assert_eq!(tax["taxability_reason"], "standard_rated");
    assert_eq!(tax["taxable_amount"], 1000);
    assert_eq!(tax["rate"]["percentage"], 19);
    assert_eq!(taxed["total_details"]["breakdown"]["taxes"][0]["amount"], 190);
    let rate = tax["rate"]["id"].as_str().expect("an id");
    let kept = app.get(&format!("/v1/tax_rates/{rate}")).await.ok();
    assert_eq!(kept.json(), tax["rate"]);

    // The rate is there already for the next cart, and is the same.
    let next = app.session_with(&[(&shirt, 2)], NEW).await;
    let next = ship_to(&app, &next, "DE").await;
    assert_eq!(next["line_items"]["data"][0]["taxes"][0]["rate"], tax["rate"]);
    let untaxed = ship_to(&app, &session, "CH").await;
    assert_eq!(untaxed["automatic_tax"]["status"], "complete");
    assert_eq!(untaxed["total_details"]["amount_tax"], 0);
}

#[tokio::test]
async fn a_customer_is_taxed_where_they_are_unless_they_are_exempt() {
    let app = TestApp::with_tax_table(germany());
    let shirt = app.price("Shirt", 1190).await;
    for (exempt, tax, reason) in [
        ("none", 190, "standard_rated"),
        ("exempt", 0, "customer_exempt"),
        ("reverse", 0, "reverse_charge"),
    ] {
        let customer =
            [("address[country]", "DE"), ("address[line1]", "Allee 1"), ("tax_exempt", exempt)];
        let customer = app.post("/v1/customers", &customer).await.ok().id();
        let of = [("customer", &*customer)];
        let session = app.session_with(&[(&shirt, 1)], &[HOSTED, &of].concat()).await;
        let query = "expand[]=line_items.data.taxes";
        let cart = app.get(&format!("{}?{query}", session.path)).await.ok();
        assert_eq!(cart.value("/total_details/amount_tax"), json!(tax), "{exempt}");
        assert_eq!(cart.value("/amount_total"), 1190);
        assert_eq!(cart.value("/line_items/data/0/taxes/0/taxability_reason"), json!(reason));
    }
}

#[tokio::test]
async fn a_customer_without_an_address_is_refused_unless_asked_for_one() {
    let app = TestApp::with_tax_table(germany());
    let shirt = app.price("Shirt", 1190).await;
    let customer = app.post("/v1/customers", &[("name", "Jenny")]).await.ok().id();
    let of = [
        ("customer", &*customer),
        ("line_items[0][price]", &*shirt),
        ("line_items[0][quantity]", "1"),
    ];
    let refused = app.post("/v1/checkout/sessions", &[HOSTED, &of].concat()).await;
    assert_eq!(refused.error(), "400 customer_tax_location_invalid customer");
    let asked = [&of[..], &[("customer_update[address]", "auto")]].concat();
    let asked = app.post("/v1/checkout/sessions", &[HOSTED, &asked].concat()).await.ok();
    assert_eq!(asked.value("/automatic_tax/status"), "requires_location_inputs");
}

#[tokio::test]
async fn rates_by_hand_and_a_missing_table_are_refused() {
    let rate = [("display_name", "Tax"), ("percentage", "8"), ("inclusive", "false")];
    let with = TestApp::with_tax_table(germany());
    let without = TestApp::new();
    for (app, expected) in
        [(&with, "400 - line_items[0][tax_rates]"), (&without, "400 - automatic_tax[enabled]")]
    {
        let shirt = app.price("Shirt", 1190).await;
        let rate = app.post("/v1/tax_rates", &rate).await.ok().id();
        let line = [
            ("line_items[0][price]", &*shirt),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][tax_rates][0]", &*rate),
        ];
        let refused = app.post("/v1/checkout/sessions", &[NEW, &line].concat()).await;
        assert_eq!(refused.error(), expected);
    }
}
