//! Keys: which ones open a sandbox, and how they are sent.

use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

#[tokio::test]
async fn without_a_key_nothing_is_done() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.without_key().get("/v1/products").await));
}

#[tokio::test]
async fn a_key_of_no_known_kind_is_refused_and_not_shown() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.with_key("sk_live_51Abcdefghijklmnop").get("/v1/products").await));
}

#[tokio::test]
async fn a_publishable_key_is_refused() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.with_key("pk_test_shop").get("/v1/products").await));
}

#[tokio::test]
async fn keys_of_closed_sandboxes_open_nothing() {
    let app = TestApp::with_closed_sandboxes();
    assert_snapshot!(shown(&app.get("/v1/products").await));
}

#[tokio::test]
async fn a_key_is_sent_by_basic_or_bearer() {
    let app = TestApp::new();
    app.product("Tea").await;
    let basic = [
        "Bearer sk_test_shop",
        "bearer sk_test_shop",
        "Basic c2tfdGVzdF9zaG9wOg==",
        // Without the colon that ends the user name.
        "Basic c2tfdGVzdF9zaG9w",
        "basic c2tfdGVzdF9zaG9wOnBhc3N3b3Jk",
    ];
    for authorization in basic {
        let client = app.with_header("Authorization", authorization);
        let names = client.get("/v1/products").await.ok().each("/name");
        assert_eq!(names, ["Tea"], "{authorization}");
    }
}

#[tokio::test]
async fn an_authorization_that_says_no_key_is_none() {
    let app = TestApp::new();
    for authorization in ["", "Bearer", "Bearer ", "Digest x", "Basic !!!", "Basic Og==", "\u{e9}"]
    {
        let client = app.with_header("Authorization", authorization);
        let answer = client.get("/v1/products").await;
        assert_eq!(answer.status, 401, "{authorization}");
        assert_eq!(answer.header("www-authenticate"), Some("Basic realm=\"Stripe\""));
    }
}

#[tokio::test]
async fn a_key_of_an_open_sandbox_has_three_letters_digits_or_underscores() {
    let app = TestApp::new();
    for (key, status) in [
        ("sk_test_abc", 200),
        ("sk_test_A_9", 200),
        ("sk_test_ab", 401),
        ("sk_test_", 401),
        ("sk_test_a-b", 401),
        ("sk_test_abé", 401),
        ("rk_test_abc", 401),
        ("abc", 401),
    ] {
        assert_eq!(app.with_key(key).get("/v1/products").await.status, status, "{key}");
    }
}

#[tokio::test]
async fn every_key_has_its_own_sandbox() {
    let app = TestApp::new();
    app.product("Tea").await;
    let other = app.with_key("sk_test_other");
    assert_eq!(other.get("/v1/products").await.ok().ids(), [""; 0]);
    assert_eq!(other.get("/v1/events").await.ok().ids(), [""; 0]);
    // Ids and lookup keys are unique within a sandbox only.
    for client in [app.client(), other] {
        client.post("/v1/products", &[("id", "tea"), ("name", "Tea")]).await.ok();
        client.price_with("Tea", 500, &[("lookup_key", "tea")]).await;
    }
}

#[tokio::test]
async fn a_sandbox_survives_a_restart() {
    let app = TestApp::new();
    let tea = app.product("Tea").await;
    let app = app.restarted().await;
    assert_eq!(app.get("/v1/products").await.ok().ids(), [tea]);
}

#[tokio::test]
async fn no_key_acts_for_an_account_that_is_not_below_its_own() {
    let app = TestApp::new();
    for header in ["Stripe-Account", "Stripe-Context"] {
        let answer = app.with_header(header, "acct_1").post("/v1/products", &[("name", "a")]).await;
        assert_eq!(answer.error(), "403 account_invalid -", "{header}");
    }
    assert_eq!(app.get("/v1/products").await.ids(), [""; 0]);
}
