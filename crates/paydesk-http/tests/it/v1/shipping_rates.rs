//! `/v1/shipping_rates`

use insta::assert_snapshot;
use paydesk_testing::{MockClock, TestApp};

use crate::support::{Params, shown};

const GROUND: Params<'_> = &[
    ("display_name", "Ground"),
    ("fixed_amount[amount]", "500"),
    ("fixed_amount[currency]", "usd"),
];

/// Five dollars, or 4.50 euros with the tax inside.
const IN_EUROS: Params<'_> = &[
    ("fixed_amount[currency_options][eur][amount]", "450"),
    ("fixed_amount[currency_options][eur][tax_behavior]", "inclusive"),
];

#[tokio::test]
async fn a_name_and_an_amount_are_all_a_shipping_rate_needs() {
    let app = TestApp::new();
    let created = app.post("/v1/shipping_rates", GROUND).await.ok();
    assert_snapshot!(shown(&created));
    let read = app.get(&format!("/v1/shipping_rates/{}", created.id())).await;
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn a_shipping_rate_has_every_field_it_was_given() {
    let app = TestApp::new();
    let others = [
        ("type", "fixed_amount"),
        ("delivery_estimate[minimum][unit]", "business_day"),
        ("delivery_estimate[minimum][value]", "5"),
        ("delivery_estimate[maximum][unit]", "week"),
        ("delivery_estimate[maximum][value]", "2"),
        ("metadata[carrier]", "post"),
        ("tax_behavior", "exclusive"),
        ("tax_code", "txcd_92010001"),
        ("expand[0]", "fixed_amount.currency_options"),
    ];
    let params = [GROUND, IN_EUROS, &others].concat();
    let created = app.post("/v1/shipping_rates", &params).await.ok();
    assert_snapshot!(shown(&created));
    let query = "expand[0]=fixed_amount.currency_options";
    let read = app.get(&format!("/v1/shipping_rates/{}?{query}", created.id())).await;
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn currencies_are_shown_where_they_are_asked_for() {
    let app = TestApp::new();
    app.post("/v1/shipping_rates", &[GROUND, IN_EUROS].concat()).await.ok();
    let euros = async |query: &str| {
        let list = app.get(&format!("/v1/shipping_rates?{query}")).await;
        list.value("/data/0/fixed_amount/currency_options/eur/amount").to_string()
    };
    assert_eq!(euros("").await, "null");
    assert_eq!(euros("expand[0]=data.fixed_amount.currency_options").await, "450");
}

#[tokio::test]
async fn a_bound_of_the_delivery_may_be_missing() {
    let app = TestApp::new();
    let bound =
        [("delivery_estimate[maximum][unit]", "hour"), ("delivery_estimate[maximum][value]", "1")];
    let rate = app.post("/v1/shipping_rates", &[GROUND, &bound].concat()).await.ok();
    let estimate = rate.value("/delivery_estimate").to_string();
    assert_eq!(estimate, r#"{"maximum":{"unit":"hour","value":1},"minimum":null}"#);
}

#[tokio::test]
async fn what_a_shipping_rate_can_not_be_is_refused() {
    let app = TestApp::new();
    let long = "x".repeat(101);
    let instead: &[(&str, &str, &str)] = &[
        ("display_name", "", "400 parameter_missing display_name"),
        ("display_name", &long, "400 - display_name"),
        ("fixed_amount[amount]", "", "400 parameter_missing fixed_amount[amount]"),
        ("fixed_amount[amount]", "-1", "400 parameter_invalid_integer fixed_amount[amount]"),
        ("fixed_amount[amount]", "4.5", "400 parameter_invalid_integer fixed_amount[amount]"),
        ("fixed_amount[currency]", "", "400 parameter_missing fixed_amount[currency]"),
        ("fixed_amount[currency]", "xyz", "400 - fixed_amount[currency]"),
        ("type", "by_weight", "400 - type"),
        ("tax_behavior", "hidden", "400 - tax_behavior"),
        ("active", "true", "400 parameter_unknown active"),
    ];
    for (name, value, expected) in instead {
        let mut params: Vec<(&str, &str)> =
            GROUND.iter().copied().filter(|(other, _)| other != name).collect();
        if !value.is_empty() {
            params.push((name, value));
        }
        let answer = app.post("/v1/shipping_rates", &params).await;
        assert_eq!(answer.error(), *expected, "{name}={value}");
    }
    let answer = app.post("/v1/shipping_rates", &[("display_name", "Ground")]).await;
    assert_eq!(answer.error(), "400 parameter_missing fixed_amount");
    assert_eq!(app.get("/v1/shipping_rates").await.ids(), [""; 0], "a refusal makes nothing");
}

#[tokio::test]
async fn what_contradicts_itself_is_refused_at_its_place() {
    let app = TestApp::new();
    let option = "fixed_amount[currency_options]";
    let table: &[(Params<'_>, &str)] = &[
        (
            &[("fixed_amount[currency_options][usd][amount]", "500")],
            &format!("400 - {option}[usd]"),
        ),
        (
            &[("fixed_amount[currency_options][eur][tax_behavior]", "inclusive")],
            &format!("400 parameter_missing {option}[eur][amount]"),
        ),
        (&[("fixed_amount[currency_options][xyz][amount]", "5")], &format!("400 - {option}[xyz]")),
        (
            &[("delivery_estimate[minimum][unit]", "day")],
            "400 parameter_missing delivery_estimate[minimum][value]",
        ),
        (
            &[
                ("delivery_estimate[minimum][unit]", "day"),
                ("delivery_estimate[minimum][value]", "0"),
            ],
            "400 parameter_invalid_integer delivery_estimate[minimum][value]",
        ),
        (
            &[
                ("delivery_estimate[minimum][unit]", "fortnight"),
                ("delivery_estimate[minimum][value]", "1"),
            ],
            "400 - delivery_estimate[minimum][unit]",
        ),
        (
            &[
                ("delivery_estimate[minimum][unit]", "day"),
                ("delivery_estimate[minimum][value]", "8"),
                ("delivery_estimate[maximum][unit]", "week"),
                ("delivery_estimate[maximum][value]", "1"),
            ],
            "400 - delivery_estimate[minimum]",
        ),
    ];
    for (params, expected) in table {
        let answer = app.post("/v1/shipping_rates", &[GROUND, params].concat()).await;
        assert_eq!(answer.error(), *expected, "{params:?}");
    }
    assert_eq!(app.get("/v1/shipping_rates").await.ids(), [""; 0], "a refusal makes nothing");
}

#[tokio::test]
async fn an_update_archives_and_adds_currencies() {
    let app = TestApp::new();
    let created = app.post("/v1/shipping_rates", &[GROUND, IN_EUROS].concat()).await.ok();
    let path = format!("/v1/shipping_rates/{}", created.id());
    let changes = [
        ("active", "false"),
        ("fixed_amount[currency_options][eur][amount]", "450"),
        ("fixed_amount[currency_options][jpy][amount]", "70"),
        ("metadata[carrier]", "post"),
        ("tax_behavior", "exclusive"),
        ("expand[0]", "fixed_amount.currency_options"),
    ];
    let updated = app.post(&path, &changes).await.ok();
    assert_snapshot!(shown(&updated));
    let option = "fixed_amount[currency_options]";
    let table: &[(&str, &str, &str)] = &[
        ("tax_behavior", "inclusive", "400 - tax_behavior"),
        ("fixed_amount[currency_options][usd][amount]", "500", &format!("400 - {option}[usd]")),
        ("fixed_amount[currency_options][eur][amount]", "451", &format!("400 - {option}[eur]")),
        (
            "fixed_amount[currency_options][eur][tax_behavior]",
            "exclusive",
            &format!("400 - {option}[eur]"),
        ),
        (
            "fixed_amount[currency_options][gbp][tax_behavior]",
            "exclusive",
            &format!("400 - {option}[gbp]"),
        ),
        ("fixed_amount[amount]", "1", "400 parameter_unknown fixed_amount[amount]"),
        ("display_name", "Air", "400 parameter_unknown display_name"),
        ("tax_code", "txcd_1", "400 parameter_unknown tax_code"),
    ];
    for (name, value, expected) in table {
        assert_eq!(app.post(&path, &[(name, value)]).await.error(), *expected, "{name}={value}");
    }
    let read = app.get(&format!("{path}?expand[0]=fixed_amount.currency_options")).await;
    assert_eq!(read.text(), updated.text(), "a refusal changes nothing");
}

#[tokio::test]
async fn an_id_of_nothing_is_named() {
    let app = TestApp::new();
    for answer in [
        app.get("/v1/shipping_rates/shr_none").await,
        app.post("/v1/shipping_rates/shr_none", &[("active", "false")]).await,
    ] {
        assert_eq!(answer.error(), "404 resource_missing shipping_rate_token");
        assert_eq!(answer.string("/error/message"), "No such shipping rate: 'shr_none'");
    }
}

#[tokio::test]
async fn shipping_rates_are_listed_by_state_currency_and_time() {
    let app = TestApp::new();
    let dollars = app.post("/v1/shipping_rates", GROUND).await.id();
    app.clock().advance(10);
    let params = [
        ("display_name", "Post"),
        ("fixed_amount[amount]", "450"),
        ("fixed_amount[currency]", "EUR"),
    ];
    let euros = app.post("/v1/shipping_rates", &params).await.id();
    app.post(&format!("/v1/shipping_rates/{dollars}"), &[("active", "false")]).await.ok();
    let start = MockClock::START;
    let ids = async |query: &str| app.get(&format!("/v1/shipping_rates?{query}")).await.ids();
    assert_eq!(ids("").await, [&*euros, &*dollars]);
    assert_eq!(ids("limit=1").await, [&*euros]);
    assert_eq!(ids(&format!("starting_after={euros}")).await, [&*dollars]);
    assert_eq!(ids(&format!("ending_before={dollars}")).await, [&*euros]);
    assert_eq!(ids("active=true").await, [&*euros]);
    assert_eq!(ids("active=false").await, [&*dollars]);
    assert_eq!(ids("currency=usd").await, [&*dollars]);
    assert_eq!(ids("currency=usd&active=true").await, [""; 0]);
    assert_eq!(ids(&format!("created[gt]={start}")).await, [&*euros]);
    assert_eq!(ids(&format!("created={start}")).await, [&*dollars]);
    let answer = app.get("/v1/shipping_rates?starting_after=shr_none").await;
    assert_eq!(answer.error(), "400 resource_missing starting_after");
}

#[tokio::test]
async fn nothing_is_told_of_shipping_rates() {
    let app = TestApp::new();
    let path = format!("/v1/shipping_rates/{}", app.post("/v1/shipping_rates", GROUND).await.id());
    app.post(&path, &[("active", "false")]).await.ok();
    assert_eq!(app.get("/v1/events").await.ids(), [""; 0]);
}
