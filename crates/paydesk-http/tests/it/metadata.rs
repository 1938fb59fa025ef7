//! `metadata`, the same on every object that has it.

use insta::assert_snapshot;
use paydesk_testing::{Client, TestApp};

use crate::support::shown;

/// The addresses of a Product, a Price and a session.
async fn objects(app: &TestApp) -> [String; 3] {
    let product = app.product("Tea").await;
    let price = app.price("Tea", 500).await;
    let session = app.session(&[(&price, 1)]).await;
    [format!("/v1/products/{product}"), format!("/v1/prices/{price}"), session.path]
}

async fn metadata(client: &Client, path: &str, params: &[(&str, &str)]) -> String {
    client.post(path, params).await.ok().value("/metadata").to_string()
}

#[tokio::test]
async fn keys_are_set_deleted_and_kept() {
    let app = TestApp::new();
    for path in objects(&app).await {
        let set = [("metadata[a]", "1"), ("metadata[b]", "2")];
        assert_eq!(metadata(&app, &path, &set).await, r#"{"a":"1","b":"2"}"#);
        let change = [("metadata[a]", ""), ("metadata[b]", "3"), ("metadata[c]", "4")];
        assert_eq!(metadata(&app, &path, &change).await, r#"{"b":"3","c":"4"}"#);
        assert_eq!(metadata(&app, &path, &[]).await, r#"{"b":"3","c":"4"}"#);
        assert_eq!(metadata(&app, &path, &[("metadata", "")]).await, "{}");
    }
}

#[tokio::test]
async fn fifty_keys_are_the_most_an_object_has() {
    let app = TestApp::new();
    let fifty: String = (0..50).map(|n| format!("metadata[k{n}]=v&")).collect();
    for path in objects(&app).await {
        app.post_form(&path, &fifty).await.ok();
        let more = app.post(&path, &[("metadata[k50]", "v")]).await;
        assert_eq!(more.error(), "400 - metadata");
        let swap = [("metadata[k0]", ""), ("metadata[k50]", "v")];
        app.post(&path, &swap).await.ok();
    }
}

#[tokio::test]
async fn keys_and_values_have_a_length() {
    let app = TestApp::new();
    let [product, ..] = objects(&app).await;
    let set = async |key: &str, value: &str| {
        app.post(&product, &[(&format!("metadata[{key}]"), value)]).await
    };
    set(&"é".repeat(40), &"é".repeat(500)).await.ok();
    assert_snapshot!(shown(&set(&"k".repeat(41), "v").await));
    assert_snapshot!(shown(&set("k", &"v".repeat(501)).await));
}

#[tokio::test]
async fn metadata_is_a_flat_object_of_texts() {
    let app = TestApp::new();
    let [product, ..] = objects(&app).await;
    let error = async |param: &str| app.post(&product, &[(param, "1")]).await.error();
    assert_eq!(error("metadata").await, "400 - metadata");
    assert_eq!(error("metadata[]").await, "400 - metadata");
    assert_eq!(error("metadata[a][b]").await, "400 - metadata[a]");
    assert_eq!(error("metadata[a[b]").await, "400 parameter_unknown metadata[a[b]");
}

#[tokio::test]
async fn metadata_keeps_every_character() {
    let app = TestApp::new();
    let [product, ..] = objects(&app).await;
    let odd = "a&b=c+d%20\"\\\u{0}\n\u{1f600}";
    let answer = app.post(&product, &[("metadata[odd]", odd)]).await.ok();
    assert_eq!(answer.string("/metadata/odd"), odd);
    assert_eq!(app.get(&product).await.string("/metadata/odd"), odd);
}
