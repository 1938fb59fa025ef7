//! `/v1/events`

use insta::assert_snapshot;
use paydesk_testing::{MockClock, TestApp};

use crate::support::shown;

#[tokio::test]
async fn a_created_product_is_told_with_the_request_that_made_it() {
    let app = TestApp::new();
    let client = app.with_header("Idempotency-Key", "tea-1");
    let created = client.post("/v1/products", &[("name", "Tea")]).await.ok();
    let events = app.get("/v1/events").await;
    assert_eq!(Some(events.string("/data/0/request/id").as_str()), created.header("request-id"));
    assert_eq!(events.value("/data/0/data/object"), created.json());
    assert_snapshot!(shown(&events));
}

#[tokio::test]
async fn an_updated_product_is_told_with_what_it_was_before() {
    let app = TestApp::new();
    let params = [("name", "Tea"), ("metadata[a]", "1"), ("metadata[b]", "2")];
    let tea = app.post("/v1/products", &params).await.ok().id();
    app.clock().advance(5);
    let change = [("name", "Sencha"), ("metadata[a]", ""), ("metadata[c]", "3")];
    app.post(&format!("/v1/products/{tea}"), &change).await.ok();
    assert_snapshot!(shown(&app.get("/v1/events?type=product.updated").await));
}

#[tokio::test]
async fn a_created_price_is_told() {
    let app = TestApp::new();
    app.price("Tea", 500).await;
    assert_snapshot!(shown(&app.get("/v1/events?type=price.created").await));
}

#[tokio::test]
async fn an_updated_price_is_told_with_what_it_was_before() {
    let app = TestApp::new();
    let price = app.price("Tea", 500).await;
    let change = [("active", "false"), ("nickname", "Old")];
    app.post(&format!("/v1/prices/{price}"), &change).await.ok();
    assert_snapshot!(shown(&app.get("/v1/events?type=price.updated").await));
}

#[tokio::test]
async fn an_expired_session_is_told_with_the_request_that_expired_it() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    app.clock().advance(60);
    app.post(&format!("{}/expire", session.path), &[]).await.ok();
    assert_snapshot!(shown(&app.get("/v1/events?type=checkout.session.expired").await));
}

#[tokio::test]
async fn a_session_that_expired_by_time_is_told_without_a_request() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    app.session(&[(&tea, 1)]).await;
    app.clock().advance(90_000);
    app.run_due().await;
    let event = app.get("/v1/events?type=checkout.session.expired").await.value("/data/0");
    assert_eq!(event["created"], MockClock::START + 86_400);
    assert_eq!(event["request"].to_string(), r#"{"id":null,"idempotency_key":null}"#);
}

#[tokio::test]
async fn an_event_is_read_as_it_is_listed() {
    let app = TestApp::new();
    app.product("Tea").await;
    let listed = app.get("/v1/events").await.value("/data/0");
    let id = listed["id"].as_str().unwrap();
    let read = app.get(&format!("/v1/events/{id}")).await.ok();
    assert_eq!(read.json(), listed);
}

#[tokio::test]
async fn an_event_that_does_not_exist_is_not_found() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.get("/v1/events/evt_x").await));
}

#[tokio::test]
async fn an_event_tells_of_the_object_as_it_was_then() {
    let app = TestApp::new();
    let tea = app.product("Tea").await;
    app.post(&format!("/v1/products/{tea}"), &[("name", "Sencha")]).await.ok();
    let names = app.get("/v1/events").await.each("/data/object/name");
    assert_eq!(names, ["Sencha", "Tea"]);
}

#[tokio::test]
async fn what_happened_first_is_told_first() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    app.post(&format!("{}/expire", session.path), &[]).await.ok();
    let types = app.get("/v1/events").await.each("/type");
    assert_eq!(types, ["checkout.session.expired", "price.created", "product.created"]);
}

#[tokio::test]
async fn events_are_found_by_their_type() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    app.post(&format!("/v1/prices/{tea}"), &[("nickname", "a")]).await.ok();
    let types = async |query: &str| app.get(&format!("/v1/events?{query}")).await.each("/type");
    assert_eq!(types("type=price.created").await, ["price.created"]);
    assert_eq!(types("type=price.*").await, ["price.updated", "price.created"]);
    let two = "types[]=product.created&types[]=price.updated";
    assert_eq!(types(two).await, ["price.updated", "product.created"]);
    assert_eq!(types("type=charge.succeeded").await, [""; 0]);
    let both = app.get("/v1/events?type=a&types[]=b").await;
    assert_eq!(both.error(), "400 parameters_exclusive type");
    let many: String = (0..21).map(|n| format!("types[{n}]=a&")).collect();
    assert_eq!(app.get(&format!("/v1/events?{many}")).await.error(), "400 - types");
}

#[tokio::test]
async fn pages_go_both_ways() {
    let app = TestApp::new();
    for name in ["1", "2", "3"] {
        app.product(name).await;
    }
    let ids = app.get("/v1/events").await.ids();
    let page = async |query: String| {
        let page = app.get(&format!("/v1/events?limit=1&{query}")).await.ok();
        (page.each("/data/object/name").join(" "), page.value("/has_more") == true)
    };
    assert_eq!(page(String::new()).await, ("3".to_owned(), true));
    assert_eq!(page(format!("starting_after={}", ids[1])).await, ("1".to_owned(), false));
    assert_eq!(page(format!("ending_before={}", ids[2])).await, ("2".to_owned(), true));
    let unknown = app.get("/v1/events?starting_after=evt_x").await;
    assert_eq!(unknown.error(), "400 resource_missing starting_after");
}

#[tokio::test]
async fn events_are_found_by_their_creation() {
    let app = TestApp::new();
    app.product("Tea").await;
    app.clock().advance(10);
    app.product("Coffee").await;
    let query = format!("/v1/events?created[lt]={}", MockClock::START + 10);
    assert_eq!(app.get(&query).await.each("/data/object/name"), ["Tea"]);
}

#[tokio::test]
async fn events_that_nobody_is_sent_count_as_delivered() {
    let app = TestApp::new();
    app.product("Tea").await;
    let list = async |query: &str| app.get(&format!("/v1/events?{query}")).await.each("/type");
    assert_eq!(list("delivery_success=true").await, ["product.created"]);
    assert_eq!(list("delivery_success=false").await, [""; 0]);
    let odd = app.get("/v1/events?delivery_success=maybe").await;
    assert_eq!(odd.error(), "400 - delivery_success");
}
