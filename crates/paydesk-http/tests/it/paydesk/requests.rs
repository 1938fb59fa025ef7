//! `/paydesk/v1/requests`

use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

const PATH: &str = "/paydesk/v1/requests";

#[tokio::test]
async fn a_request_is_shown_with_its_parameters_and_its_answer() {
    let app = TestApp::new();
    let keyed = app.with_header("Idempotency-Key", "order-7");
    let params = [("name", "Tea"), ("images[]", "https://shop.example/tea.png")];
    keyed.post("/v1/products", &params).await.ok();
    assert_snapshot!(shown(&app.get(PATH).await));
}

#[tokio::test]
async fn secrets_are_masked() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session =
        app.session_with(&[(&tea, 1)], &[("mode", "payment"), ("ui_mode", "elements")]).await;
    let secret = app.get(&session.path).await.ok().string("/client_secret");
    let remembered = app.get(PATH).await.ok();
    assert!(!remembered.text().contains(&secret));
    let masked = format!("{}_secret_****", session.id);
    assert_eq!(remembered.string("/data/0/response/client_secret"), masked);
}

#[tokio::test]
async fn refused_requests_are_remembered_too_and_ours_are_not() {
    let app = TestApp::new();
    assert_eq!(app.post("/v1/products", &[("colour", "brown")]).await.status, 400);
    app.get("/paydesk/v1/clock").await.ok();
    let remembered = app.get(PATH).await.ok();
    assert_eq!(remembered.each("/path"), ["/v1/products"]);
    assert_eq!(remembered.value("/data/0/status"), 400);
    assert_eq!(remembered.string("/data/0/params/colour"), "brown");
    assert_eq!(remembered.string("/data/0/response/error/param"), "colour");
}

#[tokio::test]
async fn requests_are_found_by_method_path_and_status() {
    let app = TestApp::new();
    app.price("Tea", 500).await;
    app.get("/v1/prices").await.ok();
    app.get("/v1/products/none").await;
    let paths = async |query: &str| app.get(&format!("{PATH}?{query}")).await.ok().each("/path");
    assert_eq!(paths("method=GET").await, ["/v1/products/none", "/v1/prices"]);
    assert_eq!(paths("path=/v1/prices&method=GET").await, ["/v1/prices"]);
    assert_eq!(paths("status=404").await, ["/v1/products/none"]);
    assert_eq!(app.get(&format!("{PATH}?method=PUT")).await.status, 400);
}

#[tokio::test]
async fn requests_are_paged_newest_first() {
    let app = TestApp::new();
    for id in ["a", "b", "c", "d"] {
        app.get(&format!("/v1/products/{id}")).await;
    }
    let page = async |query: &str| app.get(&format!("{PATH}?{query}")).await.ok();
    let first = page("limit=2").await;
    assert_eq!(first.each("/path"), ["/v1/products/d", "/v1/products/c"]);
    assert_eq!(first.value("/has_more"), true);
    let last = first.each("/id").pop().unwrap();
    let second = page(&format!("limit=2&starting_after={last}")).await;
    assert_eq!(second.each("/path"), ["/v1/products/b", "/v1/products/a"]);
    assert_eq!(second.value("/has_more"), false);
    let oldest = second.each("/id").pop().unwrap();
    let newer = page(&format!("limit=1&ending_before={oldest}")).await;
    assert_eq!(newer.each("/path"), ["/v1/products/b"]);
    assert_eq!(newer.value("/has_more"), true);
    let nothing = app.get(&format!("{PATH}?starting_after=req_none")).await;
    assert_eq!(nothing.error(), "400 resource_missing starting_after");
}

#[tokio::test]
async fn a_sandbox_sees_its_own_requests_only() {
    let app = TestApp::new();
    app.get("/v1/prices").await.ok();
    let other = app.with_key("sk_test_other");
    assert!(other.get(PATH).await.ok().each("/id").is_empty());
}
