//! `/v1/promotion_codes`

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{Client, MockClock, Response, TestApp};
use tokio::task::JoinSet;

use crate::support::{Params, shown};

const OF_SPRING: Params<'_> = &[("promotion[type]", "coupon"), ("promotion[coupon]", "spring")];
const CODES: &str = "/v1/promotion_codes";

/// A server with a Coupon that may be redeemed ten times within a day.
async fn app() -> TestApp {
    let app = TestApp::new();
    let redeem_by = later(86_400);
    let params = [
        ("id", "spring"),
        ("percent_off", "25"),
        ("max_redemptions", "10"),
        ("redeem_by", redeem_by.as_str()),
    ];
    app.post("/v1/coupons", &params).await.ok();
    app
}

fn later(seconds: i64) -> String {
    (MockClock::START + seconds).to_string()
}

async fn create(client: &Client, params: Params<'_>) -> Response {
    client.post(CODES, &[OF_SPRING, params].concat()).await
}

async fn delete(client: &Client, path: &str) {
    client.send(Method::DELETE, path, Bytes::new()).await.ok();
}

/// The codes of a list, the newest first.
async fn codes(client: &Client, query: &str) -> Vec<String> {
    client.get(&format!("{CODES}?{query}")).await.each("/code")
}

#[tokio::test]
async fn a_coupon_is_all_a_promotion_code_needs() {
    let app = app().await;
    let created = create(&app, &[]).await.ok();
    assert_snapshot!(shown(&created));
    let read = app.get(&format!("{CODES}/{}", created.id())).await;
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn a_promotion_code_has_every_field_it_was_given() {
    let app = app().await;
    let jenny = app.post("/v1/customers", &[("name", "Jenny")]).await.ok().id();
    let expires_at = later(3600);
    let params = [
        ("code", "Spring-25"),
        ("active", "false"),
        ("customer", jenny.as_str()),
        ("expires_at", expires_at.as_str()),
        ("max_redemptions", "3"),
        ("metadata[campaign]", "2027"),
        ("restrictions[first_time_transaction]", "true"),
        ("restrictions[minimum_amount]", "5000"),
        ("restrictions[minimum_amount_currency]", "USD"),
        ("restrictions[currency_options][eur][minimum_amount]", "4000"),
        ("expand[0]", "promotion.coupon.applies_to"),
        ("expand[1]", "restrictions.currency_options"),
    ];
    let created = create(&app, &params).await.ok();
    assert_snapshot!(shown(&created));
    let query = "expand[0]=promotion.coupon&expand[1]=restrictions.currency_options";
    let read = app.get(&format!("{CODES}/{}?{query}", created.id())).await;
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn a_customer_is_shown_where_it_is_asked_for_and_what_remains_of_it() {
    let app = app().await;
    let jenny = app.post("/v1/customers", &[("name", "Jenny")]).await.ok().id();
    let code = create(&app, &[("customer", &jenny)]).await.ok();
    assert_eq!(code.value("/customer"), jenny.as_str());
    let path = format!("{CODES}/{}?expand[0]=customer", code.id());
    assert_eq!(app.get(&path).await.value("/customer/name"), "Jenny");
    let listed = app.get(&format!("{CODES}?expand[0]=data.customer.tax")).await;
    assert_eq!(listed.value("/data/0/customer/tax/automatic_tax"), "unrecognized_location");
    delete(&app, &format!("/v1/customers/{jenny}")).await;
    assert_eq!(app.get(&path).await.value("/customer/deleted"), true);
    assert_eq!(app.get(CODES).await.value("/data/0/customer"), jenny.as_str());
}

#[tokio::test]
async fn a_promotion_code_that_contradicts_itself_or_its_coupon_is_refused() {
    let app = app().await;
    let too_late = later(86_401);
    let table: &[(Params<'_>, &str)] = &[
        (&[("code", "Spring 25")], "400 - code"),
        (&[("code", "Frühling")], "400 - code"),
        (&[("code", "")], "400 parameter_invalid_empty code"),
        (&[("customer", "cus_x")], "400 resource_missing customer"),
        (&[("expires_at", "1")], "400 - expires_at"),
        (&[("expires_at", &too_late)], "400 - expires_at"),
        (&[("max_redemptions", "11")], "400 - max_redemptions"),
        (&[("max_redemptions", "0")], "400 parameter_invalid_integer max_redemptions"),
        (&[("coupon", "spring")], "400 parameter_unknown coupon"),
        (&[("customer_account", "acct_1")], "400 parameter_unsupported customer_account"),
        (
            &[("restrictions[minimum_amount]", "5000")],
            "400 parameter_missing restrictions[minimum_amount_currency]",
        ),
        (
            &[("restrictions[minimum_amount_currency]", "usd")],
            "400 parameter_missing restrictions[minimum_amount]",
        ),
        (
            &[("restrictions[currency_options][eur][minimum_amount]", "5")],
            "400 parameter_missing restrictions[minimum_amount]",
        ),
        (
            &[
                ("restrictions[minimum_amount]", "5000"),
                ("restrictions[minimum_amount_currency]", "usd"),
                ("restrictions[currency_options][usd][minimum_amount]", "5000"),
            ],
            "400 - restrictions[currency_options][usd]",
        ),
        (
            &[
                ("restrictions[minimum_amount]", "0"),
                ("restrictions[minimum_amount_currency]", "usd"),
            ],
            "400 parameter_invalid_integer restrictions[minimum_amount]",
        ),
    ];
    for (params, expected) in table {
        assert_eq!(create(&app, params).await.error(), *expected, "{params:?}");
    }
    let of_coupons: &[(Params<'_>, &str)] = &[
        (&[], "400 parameter_missing promotion"),
        (&[("promotion[type]", "coupon")], "400 parameter_missing promotion[coupon]"),
        (&[("promotion[coupon]", "spring")], "400 parameter_missing promotion[type]"),
        (&[("promotion[type]", "gift"), ("promotion[coupon]", "spring")], "400 - promotion[type]"),
        (
            &[("promotion[type]", "coupon"), ("promotion[coupon]", "autumn")],
            "400 resource_missing promotion[coupon]",
        ),
    ];
    for (params, expected) in of_coupons {
        assert_eq!(app.post(CODES, params).await.error(), *expected, "{params:?}");
    }
    app.clock().advance(86_401);
    assert_eq!(create(&app, &[]).await.error(), "400 - promotion[coupon]", "it has expired");
    assert_eq!(app.get(CODES).await.ids(), [""; 0], "a refusal makes nothing");
}

#[tokio::test]
async fn an_active_code_is_one_customers_once_in_whatever_case() {
    let app = app().await;
    let mut customers = Vec::new();
    for name in ["Jenny", "John"] {
        customers.push(app.post("/v1/customers", &[("name", name)]).await.ok().id());
    }
    let [jenny, john] = [0, 1].map(|index| customers[index].as_str());
    let taken = "400 resource_already_exists code";

    let jennys = create(&app, &[("code", "TEA"), ("customer", jenny)]).await.ok().id();
    create(&app, &[("code", "tea"), ("customer", john)]).await.ok();
    let again = create(&app, &[("code", "Tea"), ("customer", jenny)]).await;
    assert_eq!(again.error(), taken);
    assert_eq!(create(&app, &[("code", "tea")]).await.error(), taken, "for everybody");
    create(&app, &[("code", "cocoa")]).await.ok();
    let johns = create(&app, &[("code", "COCOA"), ("customer", john)]).await;
    assert_eq!(johns.error(), taken);

    // One that is switched off is in nobody's way, and does not come back into another's.
    let path = format!("{CODES}/{jennys}");
    app.post(&path, &[("active", "false")]).await.ok();
    create(&app, &[("code", "tea"), ("customer", jenny)]).await.ok();
    assert_eq!(app.post(&path, &[("active", "true")]).await.error(), taken);
    let kept = create(&app, &[("code", "tea"), ("active", "false")]).await.ok();
    assert_eq!(kept.value("/active"), false);
}

#[tokio::test]
async fn of_many_who_make_one_code_at_once_one_does() {
    let app = app().await;
    let mut requests = JoinSet::new();
    for code in ["TEA", "tea", "Tea", "tEA", "TeA"] {
        let client = app.client();
        requests.spawn(async move { create(&client, &[("code", code)]).await.status });
    }
    let mut statuses = requests.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400, 400, 400, 400]);
    assert_eq!(codes(&app, "").await.len(), 1);
}

#[tokio::test]
async fn a_code_is_free_again_once_it_has_expired() {
    let app = app().await;
    let expires_at = later(60);
    create(&app, &[("code", "TEA"), ("expires_at", &expires_at)]).await.ok();
    app.clock().advance(59);
    let taken = "400 resource_already_exists code";
    assert_eq!(create(&app, &[("code", "TEA")]).await.error(), taken);
    app.clock().advance(1);
    create(&app, &[("code", "TEA")]).await.ok();
    assert_eq!(codes(&app, "active=true").await, ["TEA"]);
    assert_eq!(codes(&app, "active=false").await, ["TEA"]);
}

#[tokio::test]
async fn an_update_changes_activity_metadata_and_other_currencies() {
    let app = app().await;
    let minimum = [
        ("code", "TEA"),
        ("restrictions[minimum_amount]", "5000"),
        ("restrictions[minimum_amount_currency]", "usd"),
    ];
    let code = create(&app, &minimum).await.ok().id();
    let path = format!("{CODES}/{code}");
    let changes = [
        ("active", "false"),
        ("metadata[a]", "1"),
        ("restrictions[currency_options][eur][minimum_amount]", "4000"),
        ("expand[0]", "restrictions.currency_options"),
    ];
    assert_snapshot!(shown(&app.post(&path, &changes).await));
    for (name, value) in [("code", "COCOA"), ("max_redemptions", "1"), ("expires_at", "1")] {
        let answer = app.post(&path, &[(name, value)]).await;
        assert_eq!(answer.error(), format!("400 parameter_unknown {name}"));
    }
    let own = [("restrictions[currency_options][usd][minimum_amount]", "1")];
    let answer = app.post(&path, &own).await;
    assert_eq!(answer.error(), "400 - restrictions[currency_options][usd]");
    let without = create(&app, &[]).await.ok().id();
    let answer = app.post(&format!("{CODES}/{without}"), &own).await;
    assert_eq!(answer.error(), "400 - restrictions[currency_options]");
    let answer = app.post(&path, &[("active", "true"), ("metadata", "")]).await.ok();
    assert_eq!(answer.value("/active"), true);
    assert_eq!(answer.value("/metadata").to_string(), "{}");
}

#[tokio::test]
async fn what_can_not_be_redeemed_any_more_is_inactive_for_good() {
    let app = app().await;
    let code = create(&app, &[("code", "TEA")]).await.ok().id();
    let path = format!("{CODES}/{code}");
    let is_active = async || app.get(&path).await.value("/active");
    assert_eq!(is_active().await, true);
    delete(&app, "/v1/coupons/spring").await;
    assert_eq!(is_active().await, false);
    assert_eq!(app.post(&path, &[("active", "true")]).await.error(), "400 - active");

    // It still shows its coupon, also when another has the id.
    app.post("/v1/coupons", &[("id", "spring"), ("percent_off", "5")]).await.ok();
    let shown = app.get(&format!("{path}?expand[0]=promotion.coupon")).await;
    assert_eq!(shown.value("/active"), false);
    assert_eq!(shown.value("/promotion/coupon/percent_off"), 25);
    assert_eq!(shown.value("/promotion/coupon/valid"), false);
    create(&app, &[("code", "TEA")]).await.ok();
    assert_eq!(codes(&app, "active=true").await, ["TEA"]);
}

#[tokio::test]
async fn promotion_codes_are_filtered_by_all_that_finds_them() {
    let app = app().await;
    app.post("/v1/coupons", &[("id", "autumn"), ("percent_off", "5")]).await.ok();
    let jenny = app.post("/v1/customers", &[("name", "Jenny")]).await.ok().id();
    create(&app, &[("code", "TEA")]).await.ok();
    app.clock().advance(10);
    create(&app, &[("code", "JENNY"), ("customer", &jenny)]).await.ok();
    create(&app, &[("code", "OFF"), ("active", "false")]).await.ok();
    let of_autumn = [("promotion[type]", "coupon"), ("promotion[coupon]", "autumn")];
    let autumn = app.post(CODES, &[&of_autumn[..], &[("code", "COCOA")]].concat()).await.ok();
    let start = MockClock::START;
    let table = [
        (String::new(), "COCOA OFF JENNY TEA"),
        ("active=true".to_owned(), "COCOA JENNY TEA"),
        ("active=false".to_owned(), "OFF"),
        ("code=tea".to_owned(), "TEA"),
        ("code=not+a+code".to_owned(), ""),
        ("coupon=autumn".to_owned(), "COCOA"),
        ("coupon=spring&limit=2".to_owned(), "OFF JENNY"),
        (format!("customer={jenny}"), "JENNY"),
        ("customer_account=acct_1".to_owned(), ""),
        (format!("created={start}"), "TEA"),
        (format!("created[gt]={start}&active=true"), "COCOA JENNY"),
        (format!("starting_after={}", autumn.id()), "OFF JENNY TEA"),
    ];
    for (query, expected) in table {
        assert_eq!(codes(&app, &query).await.join(" "), expected, "{query}");
    }
    let answer = app.get(&format!("{CODES}?starting_after=promo_x")).await;
    assert_eq!(answer.error(), "400 resource_missing starting_after");
    let answer = app.get(&format!("{CODES}/promo_x")).await;
    assert_eq!(answer.error(), "404 resource_missing promotion_code");
}

#[tokio::test]
async fn what_happens_to_a_promotion_code_is_told() {
    let app = app().await;
    let code = create(&app, &[("code", "TEA")]).await.ok().id();
    let path = format!("{CODES}/{code}");
    for active in ["false", "false", "true"] {
        app.post(&path, &[("active", active)]).await.ok();
    }
    let events = app.get("/v1/events?type=promotion_code.*").await;
    let types = ["promotion_code.updated", "promotion_code.updated", "promotion_code.created"];
    assert_eq!(events.each("/type"), types);
    let previous =
        |index: usize| events.value(&format!("/data/{index}/data/previous_attributes")).to_string();
    assert_eq!([previous(0), previous(1)], [r#"{"active":false}"#, r#"{"active":true}"#]);
    assert_eq!(events.value("/data/2/data/object/promotion/coupon"), "spring");
    let expired = app.get("/v1/events?type=promotion_code.created").await;
    assert_eq!(expired.value("/data/0/data/object/active"), true);
}

#[tokio::test]
async fn a_promotion_code_of_before_clover_has_its_coupon() {
    let app = app().await;
    let basil = app.with_header("Stripe-Version", "2025-08-27.basil");
    let created = basil.post(CODES, &[("coupon", "spring"), ("code", "TEA")]).await.ok();
    assert_snapshot!(shown(&created));
    let listed = basil.get(&format!("{CODES}?expand[0]=data.coupon.applies_to")).await.ok();
    assert_eq!(listed.value("/data/0/coupon/id"), "spring");
    assert_eq!(basil.post(CODES, &[]).await.error(), "400 parameter_missing coupon");
    let nothing = basil.post(CODES, &[("coupon", "autumn")]).await;
    assert_eq!(nothing.error(), "400 resource_missing coupon");
    let both = create(&basil, &[("coupon", "spring")]).await;
    assert_eq!(both.error(), "400 parameter_unknown promotion");

    // The first request that named a version pinned it, for Events too.
    let event = basil.get("/v1/events?type=promotion_code.created").await;
    assert_eq!(event.value("/data/0/data/object/coupon/id"), "spring");
}
