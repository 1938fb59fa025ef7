//! `/v1/prices`

use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

const ONE_TIME: &[(&str, &str)] =
    &[("currency", "usd"), ("unit_amount", "1250"), ("product_data[name]", "Tea")];

#[tokio::test]
async fn a_one_time_price_makes_its_product() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.post("/v1/prices", ONE_TIME).await));
    assert_eq!(app.get("/v1/products").await.each("/name"), ["Tea"]);
}

#[tokio::test]
async fn a_recurring_price_has_every_field_it_was_given() {
    let app = TestApp::new();
    let params = [
        ("currency", "eur"),
        ("unit_amount_decimal", "0.052"),
        ("product_data[name]", "Tea club"),
        ("product_data[id]", "club"),
        ("product_data[active]", "false"),
        ("product_data[metadata][kind]", "club"),
        ("product_data[statement_descriptor]", "TEA CLUB"),
        ("product_data[tax_code]", "txcd_10000000"),
        ("product_data[unit_label]", "member"),
        ("recurring[interval]", "month"),
        ("recurring[interval_count]", "3"),
        ("recurring[usage_type]", "licensed"),
        ("billing_scheme", "per_unit"),
        ("tax_behavior", "exclusive"),
        ("lookup_key", "club"),
        ("nickname", "Club, quarterly"),
        ("metadata[tier]", "gold"),
        ("expand[0]", "product"),
        ("expand[1]", "currency_options"),
    ];
    assert_snapshot!(shown(&app.post("/v1/prices", &params).await));
}

#[tokio::test]
async fn a_product_that_is_made_with_a_price_is_described_elsewhere() {
    let app = TestApp::new();
    let more = [("product_data[description]", "Green"), ("product_data[images][]", "x")];
    let answer = app.post("/v1/prices", &[ONE_TIME, &more].concat()).await;
    assert_eq!(answer.error(), "400 parameter_unknown product_data[description]");
}

#[tokio::test]
async fn a_price_is_read_as_it_was_created() {
    let app = TestApp::new();
    let created = app.post("/v1/prices", ONE_TIME).await.ok();
    let read = app.get(&format!("/v1/prices/{}", created.id())).await;
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn a_price_belongs_to_a_product_that_exists() {
    let app = TestApp::new();
    let params = [("currency", "usd"), ("unit_amount", "1"), ("product", "prod_x")];
    let answer = app.post("/v1/prices", &params).await;
    assert_eq!(answer.error(), "400 resource_missing product");
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let app = TestApp::new();
    let price = app.post("/v1/prices", ONE_TIME).await.ok().id();
    let changes = [
        ("active", "false"),
        ("lookup_key", "tea"),
        ("nickname", "Old tea"),
        ("tax_behavior", "inclusive"),
        ("metadata[a]", "1"),
    ];
    assert_snapshot!(shown(&app.post(&format!("/v1/prices/{price}"), &changes).await));
}

#[tokio::test]
async fn what_a_price_costs_never_changes() {
    let app = TestApp::new();
    let price = app.price("Tea", 500).await;
    let path = format!("/v1/prices/{price}");
    for param in ["unit_amount", "unit_amount_decimal", "currency", "product", "recurring"] {
        let answer = app.post(&path, &[(param, "1")]).await;
        assert_eq!(answer.error(), format!("400 parameter_unknown {param}"));
    }
}

#[tokio::test]
async fn tax_behavior_is_said_once() {
    let app = TestApp::new();
    let price = app.price_with("Tea", 500, &[("tax_behavior", "exclusive")]).await;
    let path = format!("/v1/prices/{price}");
    app.post(&path, &[("tax_behavior", "exclusive")]).await.ok();
    for other in ["inclusive", "unspecified"] {
        let answer = app.post(&path, &[("tax_behavior", other)]).await;
        assert_eq!(answer.error(), "400 - tax_behavior");
    }
}

#[tokio::test]
async fn the_default_price_of_a_product_is_not_archived() {
    let app = TestApp::new();
    let params = [
        ("name", "Tea"),
        ("default_price_data[currency]", "usd"),
        ("default_price_data[unit_amount]", "500"),
    ];
    let price = app.post("/v1/products", &params).await.ok().string("/default_price");
    let answer = app.post(&format!("/v1/prices/{price}"), &[("active", "false")]).await;
    assert_eq!(answer.error(), "400 - active");
}

#[tokio::test]
async fn a_lookup_key_belongs_to_one_active_price() {
    let app = TestApp::new();
    let standard = [("lookup_key", "standard")];
    let first = app.price_with("Tea", 500, &standard).await;
    let taken = app.post("/v1/prices", &[ONE_TIME, &standard].concat()).await;
    assert_eq!(taken.error(), "400 - lookup_key");

    let params = [ONE_TIME, &standard, &[("transfer_lookup_key", "true")]].concat();
    let second = app.post("/v1/prices", &params).await.ok().id();
    let holders = app.get("/v1/prices?lookup_keys[0]=standard").await.ids();
    assert_eq!(holders, [second]);
    let first = app.get(&format!("/v1/prices/{first}")).await;
    assert!(first.value("/lookup_key").is_null());
    assert_eq!(
        app.get("/v1/events?type=price.updated").await.each("/data/previous_attributes/lookup_key"),
        ["standard"]
    );
}

#[tokio::test]
async fn an_archived_price_does_not_defend_its_lookup_key() {
    let app = TestApp::new();
    let standard = [("lookup_key", "standard")];
    let first = app.price_with("Tea", 500, &standard).await;
    let path = format!("/v1/prices/{first}");
    app.post(&path, &[("active", "false")]).await.ok();
    app.price_with("Tea", 700, &standard).await;

    let restored = app.post(&path, &[("active", "true")]).await;
    assert_eq!(restored.error(), "400 - lookup_key");
    let unset = [("active", "true"), ("lookup_key", "")];
    assert!(app.post(&path, &unset).await.ok().value("/lookup_key").is_null());
}

#[tokio::test]
async fn a_list_is_of_the_prices_asked_for() {
    let app = TestApp::new();
    let nicknamed = |name| [("nickname", name)];
    let tea = app.price_with("Tea", 500, &nicknamed("tea")).await;
    let club = [("nickname", "club"), ("recurring[interval]", "year"), ("lookup_key", "club")];
    app.price_with("Club", 900, &club).await;
    let euro = [
        ("nickname", "euro"),
        ("currency", "eur"),
        ("unit_amount", "5"),
        ("active", "false"),
        ("product_data[name]", "Coffee"),
    ];
    app.post("/v1/prices", &euro).await.ok();
    let product = app.get(&format!("/v1/prices/{tea}")).await.string("/product");

    let names = async |query: &str| app.get(&format!("/v1/prices?{query}")).await.each("/nickname");
    assert_eq!(names("").await, ["euro", "club", "tea"]);
    assert_eq!(names("active=true").await, ["club", "tea"]);
    assert_eq!(names("currency=eur").await, ["euro"]);
    assert_eq!(names("type=recurring").await, ["club"]);
    assert_eq!(names("type=one_time").await, ["euro", "tea"]);
    assert_eq!(names(&format!("product={product}")).await, ["tea"]);
    assert_eq!(names("lookup_keys[0]=club&lookup_keys[1]=other").await, ["club"]);
    assert_eq!(names(&format!("starting_after={tea}")).await, [""; 0]);
}

#[tokio::test]
async fn a_list_of_prices_shows_products_on_demand() {
    let app = TestApp::new();
    app.price("Tea", 500).await;
    assert_snapshot!(shown(&app.get("/v1/prices?expand[0]=data.product").await));
}

#[tokio::test]
async fn a_search_finds_prices_by_what_they_are() {
    let app = TestApp::new();
    let once = app.price("Tea", 500).await;
    let product = app.get(&format!("/v1/prices/{once}")).await.string("/product");
    let monthly = app.monthly_price("Club", 900).await;
    let of_tea = [("product", product.as_str()), ("currency", "eur"), ("unit_amount", "450")];
    let more = [("lookup_key", "tea-eur"), ("metadata[shelf]", "3"), ("active", "false")];
    let euros = app.post("/v1/prices", &[of_tea, more].concat()).await.ok().id();
    for (query, expected) in [
        ("active:'true'".to_owned(), vec![&monthly, &once]),
        ("currency:'EUR'".to_owned(), vec![&euros]),
        ("lookup_key~'tea'".to_owned(), vec![&euros]),
        (format!("product:'{product}'"), vec![&euros, &once]),
        ("type:'recurring'".to_owned(), vec![&monthly]),
        ("type:'one_time' -metadata['shelf']:null".to_owned(), vec![&euros]),
    ] {
        let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let found = app.get(&format!("/v1/prices/search?query={encoded}")).await.ok();
        assert_eq!(found.ids().iter().collect::<Vec<_>>(), expected, "{query}");
    }
    let expanded = app.get("/v1/prices/search?query=type:'recurring'&expand[]=data.product").await;
    assert_eq!(expanded.value("/data/0/product/name"), "Club");
}
