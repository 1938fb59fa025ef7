//! `POST /paydesk/v1/import`

use insta::assert_snapshot;
use paydesk_testing::{Client, MockClock, Response, TestApp};
use serde_json::{Value, json};

use crate::support::shown;

/// A catalog as somebody writes it by hand.
const READABLE: &str = "
products:
  - {id: prod_tea, name: Tea, default_price: price_tea}
  - id: prod_club
    name: 'Tea club'
    metadata: {shelf: 3}
prices:
  - {id: price_tea, product: prod_tea, unit_amount: 350, currency: usd, lookup_key: tea}
  - id: price_club
    product: prod_club
    unit_amount_decimal: 1899.50
    currency: EUR
    recurring: {interval: month}
coupons:
  - {id: SPRING, percent_off: 12.5, applies_to: {products: [prod_tea]}}
shipping_rates:
  - {id: shr_ground, display_name: Ground, fixed_amount: {amount: 500, currency: usd}}
tax_rates:
  - {id: txr_vat, display_name: VAT, inclusive: true, percentage: 19.5}
webhook_endpoints:
  - id: we_orders
    url: http://127.0.0.1:3000/hooks
    enabled_events: [checkout.session.expired]
    secret: whsec_given
";

async fn import(client: &Client, file: &str) -> Response {
    let body = file.to_owned().into();
    client.post_body("/paydesk/v1/import", "application/yaml", body).await
}

async fn import_json(client: &Client, file: &Value) -> Response {
    let body = file.to_string().into();
    client.post_body("/paydesk/v1/import", "application/json; charset=utf-8", body).await
}

/// How many objects were made, changed and kept.
fn counts(response: Response) -> [Value; 3] {
    let response = response.ok();
    ["/made", "/changed", "/kept"].map(|pointer| response.value(pointer))
}

#[tokio::test]
async fn a_readable_file_makes_objects_with_its_ids() {
    let app = TestApp::new();
    assert_snapshot!(shown(&import(&app, READABLE).await));
    let price = app.get("/v1/prices/price_club?expand[0]=product").await.ok();
    assert_eq!(price.value("/unit_amount_decimal"), "1899.5");
    assert_eq!(price.value("/currency"), "eur");
    assert_eq!(price.value("/product/name"), "Tea club");
    assert_eq!(price.value("/product/metadata/shelf"), "3");
    assert_eq!(app.get("/v1/products/prod_tea").await.string("/default_price"), "price_tea");
    assert_eq!(app.get("/v1/prices?lookup_keys[0]=tea").await.ids(), ["price_tea"]);
    assert_eq!(app.get("/v1/coupons/SPRING").await.value("/percent_off"), 12.5);
    let shipping_rate = app.get("/v1/shipping_rates/shr_ground").await.ok();
    assert_eq!(shipping_rate.value("/fixed_amount/amount"), 500);
    assert_eq!(app.get("/v1/tax_rates/txr_vat").await.value("/percentage"), 19.5);
    let endpoint = app.get("/v1/webhook_endpoints/we_orders").await.ok();
    assert_eq!(endpoint.value("/status"), "enabled");
    let session = app.session(&[("price_tea", 2)]).await;
    assert_eq!(app.cart(&session).await.value("/amount_total"), 700);
}

#[tokio::test]
async fn an_import_is_no_event() {
    let app = TestApp::new();
    import(&app, READABLE).await.ok();
    assert_eq!(app.get("/v1/events").await.ids(), [""; 0]);
}

#[tokio::test]
async fn a_second_import_changes_nothing() {
    let app = TestApp::new();
    assert_eq!(counts(import(&app, READABLE).await), [8, 0, 0]);
    let tea = app.get("/v1/products/prod_tea").await.ok();
    app.clock().advance(60);
    assert_eq!(counts(import(&app, READABLE).await), [0, 0, 8]);
    assert_eq!(app.get("/v1/products/prod_tea").await.text(), tea.text());
}

#[tokio::test]
async fn two_imports_at_once_make_each_object_once() {
    let app = TestApp::new();
    let (one, other) = tokio::join!(import(&app, READABLE), import(&app, READABLE));
    let mut both = [counts(one), counts(other)];
    both.sort_by_key(|counts| counts[0].as_u64());
    assert_eq!(both, [[0, 0, 8], [8, 0, 0]].map(|counts| counts.map(Value::from)));
}

#[tokio::test]
async fn what_may_change_becomes_what_the_file_says() {
    let app = TestApp::new();
    import(&app, READABLE).await.ok();
    app.clock().advance(60);
    let changed = READABLE
        .replace("name: Tea,", "name: Green tea,")
        .replace("lookup_key: tea", "nickname: Pot")
        .replace("percent_off: 12.5", "percent_off: 12.5, name: Spring")
        .replace("currency: usd}}", "currency: usd, currency_options: {eur: {amount: 450}}}}")
        .replace("display_name: VAT", "display_name: MwSt.")
        .replace("whsec_given", "whsec_other");
    assert_snapshot!(shown(&import(&app, &changed).await));
    let tea = app.get("/v1/products/prod_tea").await.ok();
    assert_eq!(tea.value("/name"), "Green tea");
    assert_eq!(tea.value("/created"), MockClock::START);
    assert_eq!(tea.value("/updated"), MockClock::START + 60);
    assert_eq!(app.get("/v1/prices?lookup_keys[0]=tea").await.ids(), [""; 0]);
    let exported = app.get("/paydesk/v1/export?include=secrets").await;
    assert_eq!(exported.value("/webhook_endpoints/0/secret"), "whsec_other");
}

#[tokio::test]
async fn a_refused_object_refuses_the_whole_file() {
    let app = TestApp::new();
    import(&app, READABLE).await.ok();
    let refused = import(
        &app,
        "
products:
  - {id: prod_new, name: New}
prices:
  - {id: price_tea, product: prod_tea, unit_amount: 400, currency: usd}
  - {id: price_new, product: prod_none, unit_amount: 1, currency: usd}
",
    )
    .await;
    assert_snapshot!(shown(&refused));
    let answer = app.get("/v1/products/prod_new").await;
    assert_eq!(answer.error(), "404 resource_missing id");
    assert_eq!(app.get("/v1/prices/price_tea").await.value("/unit_amount"), 350);
}

#[tokio::test]
async fn every_mistake_of_a_file_is_named_at_its_place() {
    let app = TestApp::new();
    let file = "
products:
  - {name: Tea}
  - {id: prod_a, name: A, default_price_data: {currency: usd, unit_amount: 1}}
  - {id: prod_b, name: B, colour: brown}
prices:
  - {id: price_a, product: prod_a, unit_amount: 3.5, currency: usd}
  - {id: price_b, product: prod_a, unit_amount: 1, currency: usd, tiers_mode: volume}
  - {id: price_c, unit_amount: 1, currency: usd, product_data: {name: C}}
  - {id: price_d, product: prod_a, unit_amount: 1, currency: usd, recurring: {interval: moon}}
  - {id: price_e, product: prod_a, unit_amount: 1, currency: usd, transfer_lookup_key: true}
  - {id: price_f, product: prod_a, unit_amount: 1, currency: usd, type: recurring}
  - {id: price_g, product: prod_a, unit_amount: 1, currency: usd, object: coupon}
  - price_h
coupons:
  - {id: A}
  - {id: B, percent_off: 33.333}
webhook_endpoints:
  - {id: we_a, url: shop, enabled_events: ['*'], secret: secret}
  - {id: we_b, url: 'https://shop.example', enabled_events: [cart.changed]}
customers: []
";
    let refused = import(&app, file).await;
    assert_eq!(refused.status, 400);
    let refused = refused.value("/error/refused");
    let lines: Vec<String> = refused
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let code = one["code"].as_str().unwrap_or("-");
            format!(
                "{} {code}\n  {}",
                one["param"].as_str().unwrap(),
                one["message"].as_str().unwrap()
            )
        })
        .collect();
    assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn a_file_that_can_not_be_read_says_where() {
    let app = TestApp::new();
    let table = [
        ("{\"prices\": [}", "line 1 column 13"),
        ("{\"prices\": [], \"prices\": []}", "`prices` is there twice at line 1 column 23"),
        ("prices:\n  - id: a\n   - b", "at line 3 column 4"),
        ("prices: []\nprices: []", "`prices` is there twice at line 2"),
        ("a: &x [1]\nb: *x", "aliases are not supported"),
        ("a: !!binary x", "tags are not supported"),
        ("a: 1\n---\nb: 2", "second document"),
        ("? [a]\n: b", "a name is plain text"),
    ];
    for (file, expected) in table {
        let answer = import(&app, file).await;
        let message = answer.string("/error/message");
        assert_eq!(answer.error(), "400 - -", "{file}: {message}");
        assert!(message.contains(expected), "{file}: {message}");
    }
    for deep in ["[".repeat(100_000), "a: ".to_owned() + &"[".repeat(100_000)] {
        assert_eq!(import(&app, &deep).await.error(), "400 - -");
    }
    let not_text = app.post_body("/paydesk/v1/import", "application/json", vec![0xff].into()).await;
    assert_eq!(not_text.error(), "400 - -");
}

#[tokio::test]
async fn a_file_of_mistakes_is_refused_with_the_first_of_them() {
    let app = TestApp::new();
    let sections: String = (0..2_000).map(|number| format!("section{number}: []\n")).collect();
    let refused = import(&app, &sections).await;
    assert_eq!(refused.error(), "400 import_refused section0");
    assert_eq!(refused.value("/error/refused").as_array().map(Vec::len), Some(1_000));
    assert!(refused.string("/error/message").contains("and 1997 more"));
}

#[tokio::test]
async fn a_file_is_sent_as_what_it_is() {
    let app = TestApp::new();
    let form = app.post("/paydesk/v1/import", &[("prices", "1")]).await;
    assert_eq!(form.error(), "400 - -");
    assert!(form.string("/error/message").contains("Content-Type: application/json"));
    let large = vec![b' '; 33 * 1024 * 1024];
    let answer = app.post_body("/paydesk/v1/import", "application/json", large.into()).await;
    assert_eq!(answer.error(), "413 - -");
    assert_eq!(import(&app, "key: sk_test_other").await.error(), "400 - key");
    assert_eq!(counts(import(&app, "").await), [0, 0, 0]);
}

#[tokio::test]
async fn what_a_list_answers_is_imported_at_every_version() {
    let app = TestApp::new();
    let tea = app.price_with("Tea", 350, &[("lookup_key", "tea")]).await;
    app.monthly_price("Tea club", 1900).await;
    app.clock().advance(3_600);
    for version in ["2024-09-30.acacia", "2025-03-31.basil", "2026-10-28.endive"] {
        let client = app.with_header("Stripe-Version", version);
        let products = client.get("/v1/products").await.json();
        let prices = client.get("/v1/prices").await.json();
        let other = client.with_key(&format!("sk_test_{}", &version[..4]));

        let alone = import_json(&other, &prices).await;
        assert_eq!(alone.error(), "400 import_refused data[1][product]", "{version}");
        assert_eq!(counts(import_json(&other, &products).await), [2, 0, 0]);
        assert_eq!(counts(import_json(&other, &prices).await), [2, 0, 0]);
        let sections = json!({"products": products, "prices": prices["data"]});
        assert_eq!(counts(import_json(&other, &sections).await), [0, 0, 4]);

        assert_eq!(other.get("/v1/prices").await.json(), prices, "{version}");
        assert_eq!(other.get("/v1/products").await.json(), products, "{version}");
        assert_eq!(other.get("/v1/prices?lookup_keys[0]=tea").await.ids(), [tea.as_str()]);
    }
}

#[tokio::test]
async fn an_object_shown_inside_another_is_imported_with_it() {
    let app = TestApp::new();
    app.price("Tea", 350).await;
    app.price("Coffee", 400).await;
    let prices = app.get("/v1/prices?expand[0]=data.product").await.json();
    let other = app.with_key("sk_test_other");
    let report = import_json(&other, &prices["data"]).await;
    let places = report.value("/objects/2/place");
    assert!(places.as_str().unwrap().ends_with("[product]"), "{places}");
    assert_eq!(counts(report), [4, 0, 0]);
    assert_eq!(other.get("/v1/prices?expand[0]=data.product").await.json(), prices);
}

#[tokio::test]
async fn a_page_of_a_longer_list_is_noted() {
    let app = TestApp::new();
    app.product("Tea").await;
    app.product("Coffee").await;
    let page = app.get("/v1/products?limit=1").await.json();
    let report = import_json(&app, &page).await.ok();
    assert!(report.string("/notes/0").contains("has_more"), "{}", report.text());
}

#[tokio::test]
async fn what_paydesk_does_not_keep_is_refused_by_name() {
    let app = TestApp::new();
    let customers = json!({"object": "list", "data": [{"id": "cus_1", "object": "customer"}]});
    let answer = import_json(&app, &customers).await;
    assert_eq!(answer.error(), "400 import_refused data[0][object]");
    let mut price = json!({
        "id": "price_1", "object": "price", "product": "prod_1", "currency": "usd",
        "unit_amount": 350, "transform_quantity": null, "tiers": [],
    });
    let products = json!([{"id": "prod_1", "name": "Tea", "object": "product"}]);
    let file = |price: &Value| json!({"products": products, "prices": [price]});
    assert_eq!(counts(import_json(&app, &file(&price)).await), [2, 0, 0], "nulls say nothing");
    price["recurring"] = json!({"interval": "month", "aggregate_usage": "sum"});
    let answer = import_json(&app, &file(&price)).await;
    assert_eq!(answer.error(), "400 import_refused prices[0][recurring][aggregate_usage]");
    let deleted = json!([{"id": "prod_1", "object": "product", "deleted": true}]);
    let answer = import_json(&app, &deleted).await;
    assert_eq!(answer.error(), "400 import_refused 0[deleted]");
}

#[tokio::test]
async fn a_repeated_import_gets_the_first_report() {
    let app = TestApp::new();
    let client = app.with_header("Idempotency-Key", "seed");
    let first = import(&client, READABLE).await.ok();
    let again = import(&client, READABLE).await.ok();
    assert_eq!(again.text(), first.text());
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    let other = import(&client, &READABLE.replace("350", "351")).await;
    assert_eq!(other.status, 400);
}

#[tokio::test]
async fn a_large_catalog_is_imported_at_once() {
    let app = TestApp::new();
    let prices: Vec<Value> = (0..2_000)
        .map(|number| {
            let id = format!("price_{number}");
            json!({"id": id, "product": "prod_1", "currency": "usd", "unit_amount": number})
        })
        .collect();
    let file = json!({"products": [{"id": "prod_1", "name": "Tea"}], "prices": prices});
    assert_eq!(counts(import_json(&app, &file).await), [2_001, 0, 0]);
    assert_eq!(counts(import_json(&app, &file).await), [0, 0, 2_001]);
    assert_eq!(app.get("/v1/prices?limit=1").await.ids(), ["price_1999"]);
    let many: Vec<Value> =
        (0..20_001).map(|number| json!({"id": format!("p{number}"), "name": "Tea"})).collect();
    let answer = import_json(&app, &json!({"products": many})).await;
    assert_eq!(answer.error(), "400 - -");
    assert!(answer.string("/error/message").contains("20000"), "{}", answer.text());
}
