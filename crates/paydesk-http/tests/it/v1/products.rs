//! `/v1/products`

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{MockClock, Response, TestApp};
use serde_json::json;

use crate::support::shown;

const EVERY_FIELD: &[(&str, &str)] = &[
    ("id", "tea"),
    ("name", "Sencha"),
    ("active", "false"),
    ("description", "A green tea"),
    ("images[0]", "https://shop.example/sencha.png"),
    ("shippable", "true"),
    ("statement_descriptor", "TEA SHOP"),
    ("tax_code", "txcd_10000000"),
    ("unit_label", "bag"),
    ("url", "https://shop.example/sencha"),
    ("metadata[origin]", "Shizuoka"),
    ("type", "good"),
    ("marketing_features[0][name]", "Organic"),
    ("marketing_features[1][name]", "From one garden"),
    ("package_dimensions[height]", "10.5"),
    ("package_dimensions[length]", "4"),
    ("package_dimensions[weight]", "0.25"),
    ("package_dimensions[width]", "3.10"),
    ("tax_details[performance_location]", "taxloc_1"),
    ("tax_details[tax_code]", "txcd_20000000"),
    ("default_price_data[currency_options][usd][unit_amount]", "13"),
    ("default_price_data[currency]", "EUR"),
    ("default_price_data[unit_amount_decimal]", "12.50"),
    ("default_price_data[tax_behavior]", "inclusive"),
    ("default_price_data[recurring][interval]", "week"),
    ("default_price_data[recurring][interval_count]", "2"),
    ("default_price_data[metadata][season]", "spring"),
    ("expand[0]", "default_price"),
];

#[tokio::test]
async fn a_name_is_all_a_product_needs() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.post("/v1/products", &[("name", "Tea")]).await));
}

#[tokio::test]
async fn a_product_has_every_field_it_was_given() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.post("/v1/products", EVERY_FIELD).await));
}

#[tokio::test]
async fn a_product_is_read_as_it_was_created() {
    let app = TestApp::new();
    let created = app.post("/v1/products", EVERY_FIELD).await.ok();
    let read = app.get("/v1/products/tea?expand[0]=default_price").await;
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let app = TestApp::new();
    app.post("/v1/products", EVERY_FIELD).await.ok();
    app.clock().advance(60);
    let changes = [("name", "Gyokuro"), ("active", "true"), ("metadata[shade]", "20 days")];
    assert_snapshot!(shown(&app.post("/v1/products/tea", &changes).await));
}

#[tokio::test]
async fn an_empty_text_unsets_a_field() {
    let app = TestApp::new();
    app.post("/v1/products", EVERY_FIELD).await.ok();
    let unset = [
        ("description", ""),
        ("images", ""),
        ("statement_descriptor", ""),
        ("tax_code", ""),
        ("unit_label", ""),
        ("url", ""),
        ("metadata", ""),
    ];
    assert_snapshot!(shown(&app.post("/v1/products/tea", &unset).await));
}

#[tokio::test]
async fn a_name_cannot_be_unset() {
    let app = TestApp::new();
    let tea = app.product("Tea").await;
    let answer = app.post(&format!("/v1/products/{tea}"), &[("name", "")]).await;
    assert_eq!(answer.error(), "400 parameter_invalid_empty name");
}

#[tokio::test]
async fn the_page_of_a_product_has_a_web_address() {
    let app = TestApp::new();
    let odd = ("url", "sencha");
    let created = app.post("/v1/products", &[("name", "Tea"), odd]).await;
    assert_eq!(created.error(), "400 url_invalid url");
    let tea = app.product("Tea").await;
    let updated = app.post(&format!("/v1/products/{tea}"), &[odd]).await;
    assert_eq!(updated.error(), "400 url_invalid url");
}

#[tokio::test]
async fn an_update_that_changes_nothing_is_not_told() {
    let app = TestApp::new();
    let tea = app.product("Tea").await;
    app.clock().advance(60);
    let answer = app.post(&format!("/v1/products/{tea}"), &[("name", "Tea")]).await.ok();
    assert_eq!(answer.value("/updated"), MockClock::START);
    assert_eq!(app.get("/v1/events").await.each("/type"), ["product.created"]);
}

#[tokio::test]
async fn an_id_of_the_shop_is_used_once() {
    let app = TestApp::new();
    let params = [("id", "tea"), ("name", "Tea")];
    assert_eq!(app.post("/v1/products", &params).await.id(), "tea");
    let again = app.post("/v1/products", &params).await;
    assert_eq!(again.error(), "400 resource_already_exists id");
}

#[tokio::test]
async fn a_default_price_is_an_active_price_of_the_product() {
    let app = TestApp::new();
    let tea = app.product("Tea").await;
    let path = format!("/v1/products/{tea}");
    let own = [("currency", "usd"), ("unit_amount", "500"), ("product", tea.as_str())];
    let price = app.post("/v1/prices", &own).await.ok().id();
    let other = app.price("Coffee", 700).await;

    let answer = app.post(&path, &[("default_price", &price)]).await.ok();
    assert_eq!(answer.string("/default_price"), price);

    let of_another = app.post(&path, &[("default_price", &other)]).await;
    assert_eq!(of_another.error(), "400 - default_price");
    let of_nobody = app.post(&path, &[("default_price", "price_x")]).await;
    assert_eq!(of_nobody.error(), "400 resource_missing default_price");
    let archived = app.post("/v1/prices", &[own.as_slice(), &[("active", "false")]].concat()).await;
    let archived = app.post(&path, &[("default_price", &archived.ok().id())]).await;
    assert_eq!(archived.error(), "400 - default_price");
    assert_eq!(app.get(&path).await.string("/default_price"), price);
}

#[tokio::test]
async fn a_product_that_does_not_exist_is_not_found() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.get("/v1/products/prod_x").await));
}

#[tokio::test]
async fn a_list_has_the_newest_product_first() {
    let app = TestApp::new();
    app.product("Tea").await;
    app.product("Coffee").await;
    assert_snapshot!(shown(&app.get("/v1/products").await));
}

#[tokio::test]
async fn a_list_is_of_the_products_asked_for() {
    let app = TestApp::new();
    let tea = app.product("Tea").await;
    app.clock().advance(10);
    let coffee = app.product("Coffee").await;
    app.post(&format!("/v1/products/{tea}"), &[("active", "false")]).await.ok();
    let start = MockClock::START;

    let names = async |query: &str| app.get(&format!("/v1/products?{query}")).await.each("/name");
    assert_eq!(names("active=true").await, ["Coffee"]);
    assert_eq!(names("active=false").await, ["Tea"]);
    assert_eq!(names(&format!("ids[0]={tea}&ids[1]={coffee}&ids[2]=x")).await, ["Coffee", "Tea"]);
    assert_eq!(names(&format!("created={start}")).await, ["Tea"]);
    assert_eq!(names(&format!("created[gt]={start}")).await, ["Coffee"]);
    assert_eq!(names(&format!("created[gte]={start}")).await, ["Coffee", "Tea"]);
    assert_eq!(names(&format!("created[lt]={}", start + 10)).await, ["Tea"]);
    assert_eq!(names(&format!("created[lte]={}", start - 1)).await, [""; 0]);
}

#[tokio::test]
async fn pages_go_both_ways() {
    let app = TestApp::new();
    let mut ids = Vec::new();
    for name in ["1", "2", "3", "4", "5"] {
        ids.insert(0, app.product(name).await);
    }
    let page = async |query: &str| {
        let page = app.get(&format!("/v1/products?limit=2&{query}")).await.ok();
        (page.each("/name").join(" "), page.value("/has_more") == true)
    };
    let expected = |names: &str, has_more: bool| (names.to_owned(), has_more);

    assert_eq!(page("").await, expected("5 4", true));
    assert_eq!(page(&format!("starting_after={}", ids[1])).await, expected("3 2", true));
    assert_eq!(page(&format!("starting_after={}", ids[2])).await, expected("2 1", false));
    assert_eq!(page(&format!("starting_after={}", ids[4])).await, expected("", false));
    assert_eq!(page(&format!("ending_before={}", ids[4])).await, expected("3 2", true));
    assert_eq!(page(&format!("ending_before={}", ids[2])).await, expected("5 4", false));
    assert_eq!(page(&format!("ending_before={}", ids[0])).await, expected("", false));
}

#[tokio::test]
async fn a_page_holds_ten_products_unless_asked_and_a_hundred_at_most() {
    let app = TestApp::new();
    for number in 0..11 {
        app.product(&number.to_string()).await;
    }
    assert_eq!(app.get("/v1/products").await.ids().len(), 10);
    assert_eq!(app.get("/v1/products?limit=100").await.ids().len(), 11);
    for limit in ["0", "101", "-1", "ten"] {
        let answer = app.get(&format!("/v1/products?limit={limit}")).await;
        assert_eq!(answer.error(), "400 parameter_invalid_integer limit");
    }
}

#[tokio::test]
async fn a_deleted_product_is_gone_and_told() {
    let app = TestApp::new();
    let product = app.post("/v1/products", &[("id", "tea"), ("name", "Tea")]).await.ok();
    let deleted = app.send(Method::DELETE, "/v1/products/tea", Bytes::new()).await;
    assert_snapshot!(shown(&deleted));
    assert_eq!(app.get("/v1/products/tea").await.error(), "404 resource_missing id");
    let again = app.send(Method::DELETE, "/v1/products/tea", Bytes::new()).await;
    assert_eq!(again.error(), "404 resource_missing id");
    assert!(app.get("/v1/products").await.ids().is_empty());
    let events = app.get("/v1/events?type=product.deleted").await;
    assert_eq!(events.value("/data/0/data/object"), product.json());
}

#[tokio::test]
async fn a_product_with_prices_is_not_deleted() {
    let app = TestApp::new();
    let price = app.price("Tea", 500).await;
    let product = app.get(&format!("/v1/prices/{price}")).await.string("/product");
    let path = format!("/v1/products/{product}");
    app.post(&format!("/v1/prices/{price}"), &[("active", "false")]).await.ok();
    let refused = app.send(Method::DELETE, &path, Bytes::new()).await;
    assert_eq!(refused.error(), "400 - -");
    assert!(refused.string("/error/message").contains("it has one or more prices"));
    app.get(&path).await.ok();
}

#[tokio::test]
async fn a_deletion_takes_no_parameters() {
    let app = TestApp::new();
    app.post("/v1/products", &[("id", "tea"), ("name", "Tea")]).await.ok();
    let in_query = app.send(Method::DELETE, "/v1/products/tea?force=true", Bytes::new()).await;
    assert_eq!(in_query.error(), "400 parameter_unknown force");
    let in_body = app.send(Method::DELETE, "/v1/products/tea", "force=true".into()).await;
    assert_eq!(in_body.error(), "400 parameter_unknown force");
}

#[tokio::test]
async fn a_search_finds_products_by_what_they_say() {
    let app = TestApp::new();
    app.post("/v1/products", EVERY_FIELD).await.ok();
    for (id, name) in [("espresso", "Espresso"), ("latte", "Latte")] {
        app.post("/v1/products", &[("id", id), ("name", name)]).await.ok();
    }
    for (query, expected) in [
        ("active:'true'", "latte espresso"),
        ("active:'false'", "tea"),
        ("name:'espresso'", "espresso"),
        ("name~'esp' OR name~'sen'", "espresso tea"),
        ("description~'green'", "tea"),
        ("-description:null", "tea"),
        ("shippable:'true'", "tea"),
        ("shippable:null name:'Latte'", "latte"),
        ("url:'https://shop.example/sencha'", "tea"),
        ("metadata['origin']:'Shizuoka'", "tea"),
        ("-metadata['origin']:'Shizuoka' AND -name:'Latte'", "espresso"),
        ("name:'tea'", ""),
    ] {
        let found = search(&app, &[("query", query)]).await.ok();
        assert_eq!(found.ids().join(" "), expected, "{query}");
    }
}

#[tokio::test]
async fn a_search_has_pages_and_a_count() {
    let app = TestApp::new();
    for id in ["a", "b", "c"] {
        app.post("/v1/products", &[("id", id), ("name", "Tea")]).await.ok();
    }
    let query = [("query", "name:'tea'"), ("limit", "2")];
    let counted = [&query[..], &[("expand[]", "total_count")]].concat();
    let first = search(&app, &counted).await.ok();
    assert_eq!(first.ids(), ["c", "b"]);
    assert_eq!(first.value("/object"), "search_result");
    assert_eq!(first.value("/url"), "/v1/products/search");
    assert_eq!((first.value("/has_more"), first.value("/total_count")), (true.into(), 3.into()));

    // The page goes on behind its place, though the object that stood there is gone.
    app.send(Method::DELETE, "/v1/products/b", Bytes::new()).await.ok();
    let page = first.string("/next_page");
    let rest = search(&app, &[&query[..], &[("page", &page)]].concat()).await.ok();
    assert_eq!(rest.ids(), ["a"]);
    assert_snapshot!(shown(&rest));
}

#[tokio::test]
async fn a_search_that_is_not_understood_says_where() {
    let app = TestApp::new();
    for (params, expected) in [
        (&[][..], "400 parameter_missing query"),
        (&[("query", "")], "400 parameter_invalid_empty query"),
        (&[("query", "sencha")], "400 - query"),
        (&[("query", "price:'1'")], "400 - query"),
        (&[("query", "name:'x'"), ("limit", "0")], "400 parameter_invalid_integer limit"),
        (&[("query", "name:'x'"), ("page", "prod_1")], "400 - page"),
        (&[("query", "name:'x'"), ("expand[]", "count")], "400 - expand"),
        (&[("query", "name:'x'"), ("starting_after", "a")], "400 parameter_unknown starting_after"),
    ] {
        assert_eq!(search(&app, params).await.error(), expected, "{params:?}");
    }
    let refused = search(&app, &[("query", "name:'tea' and price:'1'")]).await;
    assert_eq!(
        refused.string("/error/message"),
        "Field `price` is an unsupported search field for resource `products`, at character 16. \
         Its search fields are: active, description, name, shippable, url, metadata[\"key\"]. See \
         https://docs.stripe.com/search for what each can do."
    );
}

async fn search(app: &TestApp, params: &[(&str, &str)]) -> Response {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    app.get(&format!("/v1/products/search?{query}")).await
}

#[tokio::test]
async fn features_dimensions_and_tax_details_are_replaced_and_unset_as_a_whole() {
    let app = TestApp::new();
    app.post("/v1/products", EVERY_FIELD).await.ok();
    let changed = [
        ("marketing_features[0][name]", "Shaded"),
        ("package_dimensions[height]", "1"),
        ("package_dimensions[length]", "2"),
        ("package_dimensions[weight]", "3"),
        ("package_dimensions[width]", "4"),
        ("tax_details[tax_code]", "txcd_10000000"),
    ];
    let product = app.post("/v1/products/tea", &changed).await.ok();
    assert_eq!(product.value("/marketing_features"), json!([{"name": "Shaded"}]));
    let package = json!({"height": 1, "length": 2, "weight": 3, "width": 4});
    assert_eq!(product.value("/package_dimensions"), package);
    let tax = json!({"performance_location": null, "tax_code": "txcd_10000000"});
    assert_eq!(product.value("/tax_details"), tax);

    let unset = [("marketing_features", ""), ("package_dimensions", ""), ("tax_details", "")];
    let product = app.post("/v1/products/tea", &unset).await.ok();
    assert_eq!(product.value("/marketing_features"), json!([]));
    assert!(product.value("/package_dimensions").is_null());
    assert!(product.value("/tax_details").is_null());
}

#[tokio::test]
async fn fields_of_products_have_their_bounds() {
    let app = TestApp::new();
    let long = "x".repeat(81);
    for (name, value, expected) in [
        ("marketing_features[0][name]", long.as_str(), "400 - marketing_features[0][name]"),
        (
            "marketing_features[0][colour]",
            "x",
            "400 parameter_unknown marketing_features[0][colour]",
        ),
        ("package_dimensions[height]", "1.234", "400 - package_dimensions[height]"),
        ("package_dimensions[height]", "-1", "400 - package_dimensions[height]"),
        ("package_dimensions[height]", "1e3", "400 - package_dimensions[height]"),
        ("package_dimensions[height]", "1", "400 parameter_missing package_dimensions[length]"),
        ("type", "thing", "400 - type"),
        ("statement_descriptor", "12 34", "400 - statement_descriptor"),
        ("statement_descriptor", "TEA <3", "400 - statement_descriptor"),
    ] {
        let answer = app.post("/v1/products", &[("name", "Tea"), (name, value)]).await;
        assert_eq!(answer.error(), expected, "{name}={value}");
    }
    let features: Vec<(String, &str)> =
        (0..16).map(|index| (format!("marketing_features[{index}][name]"), "x")).collect();
    let mut params: Vec<(&str, &str)> =
        features.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    params.push(("name", "Tea"));
    assert_eq!(app.post("/v1/products", &params).await.error(), "400 - marketing_features");
}

#[tokio::test]
async fn lists_of_products_are_filtered_by_kind_shipping_and_address() {
    let app = TestApp::new();
    app.post("/v1/products", EVERY_FIELD).await.ok();
    app.post("/v1/products", &[("id", "course"), ("name", "Course")]).await.ok();
    for (query, expected) in [
        ("type=good", "tea"),
        ("type=service", "course"),
        ("shippable=true", "tea"),
        ("shippable=false", ""),
        ("url=https://shop.example/sencha", "tea"),
    ] {
        let found = app.get(&format!("/v1/products?{query}")).await.ok();
        assert_eq!(found.ids().join(" "), expected, "{query}");
    }
}

#[tokio::test]
async fn given_products_are_listed_without_cursors() {
    let app = TestApp::new();
    app.post("/v1/products", &[("id", "tea"), ("name", "Tea")]).await.ok();
    assert_eq!(app.get("/v1/products?ids[]=tea&limit=1").await.ok().ids(), ["tea"]);
    for cursor in ["starting_after", "ending_before"] {
        let refused = app.get(&format!("/v1/products?ids[]=tea&{cursor}=tea")).await;
        assert_eq!(refused.error(), "400 parameters_exclusive ids");
    }
}

#[tokio::test]
async fn a_product_made_for_one_line_is_not_activated() {
    let app = TestApp::new();
    let session = app
        .session_with(
            &[],
            &[
                ("mode", "payment"),
                ("success_url", "https://shop.example/thanks"),
                ("line_items[0][price_data][currency]", "usd"),
                ("line_items[0][price_data][unit_amount]", "500"),
                ("line_items[0][price_data][product_data][name]", "Gift wrap"),
                ("line_items[0][quantity]", "1"),
            ],
        )
        .await;
    let product = app.cart(&session).await.string("/line_items/data/0/price/product");
    let path = format!("/v1/products/{product}");
    let refused = app.post(&path, &[("active", "true")]).await;
    assert_eq!(refused.error(), "400 - active");
    app.post(&path, &[("name", "Gift wrap, red")]).await.ok();
}
