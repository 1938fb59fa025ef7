//! Bodies: forms, and what is none.

use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

#[tokio::test]
async fn json_is_answered_with_what_to_send_instead() {
    let app = TestApp::new();
    let body = Bytes::from_static(br#"{"name": "Tea"}"#);
    let answer = app.post_body("/v1/products", "application/json; charset=utf-8", body).await;
    assert_snapshot!(shown(&answer));
}

#[tokio::test]
async fn other_kinds_of_body_are_refused() {
    let app = TestApp::new();
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/xml"] {
        let answer = app.post_body("/v1/products", kind, Bytes::from_static(b"name=Tea")).await;
        assert_eq!(answer.error(), "400 - -", "{kind}");
    }
}

#[tokio::test]
async fn a_form_is_a_form_however_its_type_is_written() {
    let app = TestApp::new();
    for kind in [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded;charset=UTF-8",
        "Application/X-WWW-Form-Urlencoded",
        "",
    ] {
        let body = Bytes::from_static(b"name=Tea");
        app.post_body("/v1/products", kind, body).await.ok();
    }
}

#[tokio::test]
async fn an_empty_body_may_have_any_type() {
    let app = TestApp::new();
    let tea = app.product("Tea").await;
    let path = format!("/v1/products/{tea}");
    app.post_body(&path, "application/json", Bytes::new()).await.ok();
}

#[tokio::test]
async fn parameters_of_a_post_may_be_in_the_query() {
    let app = TestApp::new();
    let answer = app.post("/v1/products?name=Tea", &[("unit_label", "bag")]).await.ok();
    assert_eq!(answer.string("/name"), "Tea");
    assert_eq!(answer.string("/unit_label"), "bag");
    let path = "/v1/products?metadata[a]=1&name=Tea";
    let both = app.post(path, &[("metadata[b]", "2"), ("name", "Coffee")]).await.ok();
    assert_eq!(both.value("/metadata").to_string(), r#"{"a":"1","b":"2"}"#);
    assert_eq!(both.string("/name"), "Coffee");
}

#[tokio::test]
async fn a_body_has_at_most_four_mebibytes() {
    let app = TestApp::new();
    let form = "application/x-www-form-urlencoded";
    let sized = |bytes: usize| Bytes::from(format!("name={}", "a".repeat(bytes - 5)));
    let answer = app.post_body("/v1/products", form, sized(4 * 1024 * 1024)).await;
    assert_eq!(answer.error(), "400 - name");
    let answer = app.post_body("/v1/products", form, sized(4 * 1024 * 1024 + 1)).await;
    assert_snapshot!(shown(&answer));
}

#[tokio::test]
async fn a_request_has_at_most_ten_thousand_parameters() {
    let app = TestApp::new();
    let form = |count: usize| vec!["a=1"; count].join("&");
    let answer = app.post_form("/v1/products", &form(10_000)).await;
    assert_eq!(answer.error(), "400 parameter_unknown a");
    assert_snapshot!(shown(&app.post_form("/v1/products", &form(10_001)).await));
}

#[tokio::test]
async fn parameters_nest_a_dozen_levels_at_most() {
    let app = TestApp::new();
    let form = |levels: usize| format!("a{}=1", "[b]".repeat(levels - 1));
    let answer = app.post_form("/v1/products", &form(12)).await;
    assert_eq!(answer.error(), "400 parameter_unknown a");
    assert_snapshot!(shown(&app.post_form("/v1/products", &form(13)).await));
}
