//! `expand`

use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

const SESSIONS: &str = "/v1/checkout/sessions";

#[tokio::test]
async fn asking_for_something_inside_asks_for_the_whole() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let answer = app.get(&format!("{}?expand[]=line_items.data.price.product", session.path)).await;
    assert_eq!(answer.ok().string("/line_items/data/0/price/product/name"), "Tea");
}

#[tokio::test]
async fn a_property_may_be_expanded_by_any_operation_that_answers_it() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let expand = ("expand[]", "line_items.data.price.product");
    let name = "/line_items/data/0/price/product/name";
    let updated = app.post(&session.path, &[expand]).await.ok();
    assert_eq!(updated.string(name), "Tea");
    let expired = app.post(&format!("{}/expire", session.path), &[expand]).await.ok();
    assert_eq!(expired.string(name), "Tea");
    // Inside a list the path has a level more, which is one too many.
    let list = app.get(&format!("{SESSIONS}?expand[]=data.line_items.data.price.product")).await;
    assert_eq!(list.error(), "400 - expand");
    let price = app.post(&format!("/v1/prices/{tea}"), &[("expand[0]", "product")]).await.ok();
    assert_eq!(price.string("/product/name"), "Tea");
}

#[tokio::test]
async fn a_reference_to_nothing_stays_null() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let query = "expand[]=customer&expand[]=payment_intent.latest_charge&expand[]=subscription";
    let answer = app.get(&format!("{}?{query}", session.path)).await.ok();
    assert!(answer.value("/customer").is_null());
    assert!(answer.value("/payment_intent").is_null());
}

#[tokio::test]
async fn what_cannot_be_expanded_is_refused_by_its_path() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    assert_snapshot!(shown(&app.get(&format!("{}?expand[]=mode", session.path)).await));
    assert_snapshot!(shown(&app.get(&format!("{SESSIONS}?expand[]=line_items")).await));
    let deep = "line_items.data.price.product.default_price";
    assert_snapshot!(shown(&app.get(&format!("{}?expand[]={deep}", session.path)).await));
    let answer = app.post(&session.path, &[("expand[]", "data.line_items")]).await;
    assert_eq!(answer.error(), "400 - expand");
    let events = app.get("/v1/events?expand[]=data.data.object").await;
    assert_eq!(events.error(), "400 - expand");
}

#[tokio::test]
async fn expand_is_a_list_of_paths() {
    let app = TestApp::new();
    for query in ["expand=product", "expand[a]=product"] {
        let answer = app.get(&format!("/v1/prices?{query}")).await;
        assert_eq!(answer.error(), "400 - expand", "{query}");
    }
    let nested = app.get("/v1/prices?expand[0][a]=product").await;
    assert_eq!(nested.error(), "400 - expand[0]");
    let empty = app.get("/v1/prices?expand[]=").await;
    assert_eq!(empty.error(), "400 parameter_invalid_empty expand[0]");
}

#[tokio::test]
async fn the_default_price_of_a_product_is_expanded_with_its_product() {
    let app = TestApp::new();
    let params = [
        ("name", "Tea"),
        ("default_price_data[currency]", "usd"),
        ("default_price_data[unit_amount]", "500"),
    ];
    let tea = app.post("/v1/products", &params).await.ok();
    let query = "expand[]=default_price.product&expand[]=default_price.currency_options";
    let read = app.get(&format!("/v1/products/{}?{query}", tea.id())).await.ok();
    assert_eq!(read.string("/default_price/product/id"), tea.id());
    assert_eq!(read.value("/default_price/currency_options/usd/unit_amount"), 500);
    let list = app.get("/v1/products?expand[]=data.default_price").await.ok();
    assert_eq!(list.string("/data/0/default_price/id"), tea.string("/default_price"));
}
