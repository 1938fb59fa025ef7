//! API versions: named, pinned, translated.

use insta::assert_snapshot;
use paydesk_testing::{Client, TestApp};

use crate::support::shown;

fn at(client: &Client, version: &str) -> Client {
    client.with_header("Stripe-Version", version)
}

#[tokio::test]
async fn an_answer_names_its_version() {
    let app = TestApp::new();
    let newest = app.get("/v1/products").await.ok();
    assert_eq!(newest.header("stripe-version"), Some("2026-10-28.endive"));
    let older = at(&app, "2025-06-30.basil").get("/v1/products").await.ok();
    assert_eq!(older.header("stripe-version"), Some("2025-06-30.basil"));
    let error = at(&app, "2025-06-30.basil").get("/v1/products/prod_x").await;
    assert_eq!(error.header("stripe-version"), Some("2025-06-30.basil"));
}

#[tokio::test]
async fn the_first_version_a_sandbox_hears_of_is_its_own() {
    let app = TestApp::new();
    app.product("Before").await;
    at(&app, "2025-03-31.basil").get("/v1/products").await.ok();
    at(&app, "2026-03-25.dahlia").get("/v1/products").await.ok();
    let unnamed = app.get("/v1/products").await.ok();
    assert_eq!(unnamed.header("stripe-version"), Some("2025-03-31.basil"));
    app.product("After").await;
    let versions = app.get("/v1/events").await.each("/api_version");
    assert_eq!(versions, ["2025-03-31.basil", "2026-10-28.endive"]);

    let other = app.with_key("sk_test_other").get("/v1/products").await.ok();
    assert_eq!(other.header("stripe-version"), Some("2026-10-28.endive"));
    let app = app.restarted().await;
    let unnamed = app.get("/v1/products").await.ok();
    assert_eq!(unnamed.header("stripe-version"), Some("2025-03-31.basil"));
}

#[tokio::test]
async fn versions_before_acacia_are_answered_as_acacia_with_a_warning() {
    let app = TestApp::new();
    let tea = app.product("Tea").await;
    let answer = at(&app, "2020-08-27").get(&format!("/v1/products/{tea}")).await;
    assert_snapshot!(shown(&answer));
}

#[tokio::test]
async fn later_months_are_answered_as_the_newest_with_a_warning() {
    let app = TestApp::new();
    let answer = at(&app, "2026-12-16.endive").get("/v1/products").await.ok();
    assert_eq!(answer.header("stripe-version"), Some("2026-10-28.endive"));
    let warning = answer.header("paydesk-warning").unwrap();
    assert_eq!(
        warning,
        "version 2026-12-16.endive is answered as 2026-10-28.endive, the newest that Paydesk \
         speaks"
    );
    let preview = at(&app, "2026-08-26.preview").get("/v1/products").await.ok();
    assert_eq!(preview.header("stripe-version"), Some("2026-08-26.preview"));
    assert_eq!(preview.header("paydesk-warning"), None);
}

#[tokio::test]
async fn what_is_no_version_is_refused() {
    let app = TestApp::new();
    assert_snapshot!(shown(&at(&app, "2025-03-31.fig").get("/v1/products").await));
    let preview = "2026-10-28.endive; teleport_beta=v1";
    assert_snapshot!(shown(&at(&app, preview).get("/v1/products").await));
    for odd in ["", "latest", "2025-03-31", "2025-13-31.basil", "\u{e9}"] {
        assert_eq!(at(&app, odd).get("/v1/products").await.error(), "400 - -", "{odd}");
    }
}

#[tokio::test]
async fn ui_modes_have_the_names_of_the_version() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let params = |ui_mode| [("mode", "payment"), ("ui_mode", ui_mode)];
    for (version, shown) in [
        ("2025-09-30.clover", "custom"),
        ("2026-02-25.clover", "custom"),
        ("2026-03-25.dahlia", "elements"),
    ] {
        for sent in ["custom", "elements"] {
            let client = at(&app, version);
            let session = client.session_with(&[(&tea, 1)], &params(sent)).await;
            let path = format!("{}?expand[]=line_items", session.path);
            let read = client.get(&path).await;
            assert_eq!(read.string("/ui_mode"), shown, "{version} {sent}");
        }
    }
    let list = at(&app, "2025-03-31.basil").get("/v1/checkout/sessions?limit=2").await;
    assert_eq!(list.each("/ui_mode"), ["custom", "custom"]);
}

#[tokio::test]
async fn a_session_has_the_fields_of_its_version() {
    let app = TestApp::new();
    let club = app.monthly_price("Tea club", 500).await;
    let params = [
        ("mode", "subscription"),
        ("ui_mode", "elements"),
        ("customer_email", "ada@example.com"),
        ("permissions[update_line_items]", "server_only"),
    ];
    let session = app.session_with(&[(&club, 1)], &params).await;
    let path = format!("{}?expand[]=line_items.data.price.product", session.path);
    assert_snapshot!(shown(&at(&app, "2024-09-30.acacia").get(&path).await));
    assert_snapshot!(shown(&at(&app, "2025-09-30.clover").get(&path).await));
    assert_snapshot!(shown(&at(&app, "2026-10-28.endive").get(&path).await));
}

#[tokio::test]
async fn a_discount_of_before_clover_shows_its_coupon_wherever_it_is() {
    let app = TestApp::new();
    let tea = app.price("Tea", 1999).await;
    app.post("/v1/coupons", &[("id", "tenth"), ("percent_off", "10")]).await.ok();
    let with = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/thanks"),
        ("discounts[0][coupon]", "tenth"),
    ];
    let session = app.session_with(&[(&tea, 1)], &with).await;
    let expanded = "expand[]=line_items.data.discounts&expand[]=total_details.breakdown";
    let of_session = format!("{}?{expanded}", session.path);
    let of_lines = format!("{}/line_items?expand[]=data.discounts", session.path);
    let places = [
        (&of_session, "/total_details/breakdown/discounts/0/discount"),
        (&of_session, "/line_items/data/0/discounts/0/discount"),
        (&of_lines, "/data/0/discounts/0/discount"),
    ];
    for (path, place) in places {
        let older = at(&app, "2025-08-27.basil").get(path).await.ok();
        assert_eq!(older.value(&format!("{place}/coupon/percent_off")), 10, "{place}");
        assert!(older.value(place).get("source").is_none(), "{place}");
        let newer = at(&app, "2025-09-30.clover").get(path).await.ok();
        assert_eq!(newer.value(&format!("{place}/source/coupon")), "tenth", "{place}");
        assert!(newer.value(place).get("coupon").is_none(), "{place}");
    }
}

#[tokio::test]
async fn an_event_has_the_shape_of_the_version_it_was_made_at() {
    let app = TestApp::new();
    let older = at(&app, "2025-09-30.clover");
    let tea = older.price("Tea", 500).await;
    let session = older.session(&[(&tea, 1)]).await;
    older.post(&format!("{}/expire", session.path), &[]).await.ok();
    let newer = at(&app, "2026-10-28.endive");
    let event = newer.get("/v1/events?type=checkout.session.expired").await;
    assert_eq!(event.string("/data/0/api_version"), "2025-09-30.clover");
    assert_eq!(event.string("/data/0/data/object/ui_mode"), "hosted");
}

#[tokio::test]
async fn lines_are_updated_from_basil_on_or_under_the_preview() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let line = [("line_items[0][id]", session.lines[0].as_str())];
    let update = async |version: &str| {
        let answer = at(&app, version).post(&session.path, &line).await;
        if answer.status == 200 { "200".to_owned() } else { answer.error() }
    };
    let unknown = "400 parameter_unknown line_items";
    assert_eq!(update("2024-09-30.acacia").await, unknown);
    assert_eq!(update("2025-02-24.acacia").await, unknown);
    assert_eq!(update("2022-11-15").await, unknown);
    assert_eq!(update("2024-09-30.acacia; checkout_server_update_beta=v1").await, "200");
    assert_eq!(update("2025-03-31.basil").await, "200");
    assert_eq!(update("2025-12-15.clover").await, "200");
    let metadata = at(&app, "2024-09-30.acacia").post(&session.path, &[("metadata[a]", "1")]).await;
    assert_eq!(metadata.status, 200);
}
