//! `/v1/tax_rates`

use insta::assert_snapshot;
use paydesk_testing::{MockClock, TestApp};

use crate::support::{Params, shown};

const VAT: Params<'_> = &[("display_name", "VAT"), ("inclusive", "true"), ("percentage", "19")];

#[tokio::test]
async fn a_name_a_percentage_and_its_side_are_all_a_tax_rate_needs() {
    let app = TestApp::new();
    let created = app.post("/v1/tax_rates", VAT).await.ok();
    assert_snapshot!(shown(&created));
    let read = app.get(&format!("/v1/tax_rates/{}", created.id())).await;
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn a_tax_rate_has_every_field_it_was_given() {
    let app = TestApp::new();
    let params = [
        ("active", "false"),
        ("country", "us"),
        ("description", "Of Travis county"),
        ("display_name", "Sales tax"),
        ("inclusive", "false"),
        ("jurisdiction", "US - TX"),
        ("metadata[county]", "Travis"),
        ("percentage", "8.2500"),
        ("state", "TX"),
        ("tax_type", "sales_tax"),
    ];
    let created = app.post("/v1/tax_rates", &params).await.ok();
    assert_snapshot!(shown(&created));
    let read = app.get(&format!("/v1/tax_rates/{}", created.id())).await;
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn a_percentage_keeps_its_digits() {
    let app = TestApp::new();
    for (sent, shown) in [
        ("0", "0"),
        ("0.0001", "0.0001"),
        ("8.8750", "8.875"),
        ("33.3333", "33.3333"),
        ("100.0", "100"),
    ] {
        let others = [("display_name", "VAT"), ("inclusive", "true")];
        let params = [&others[..], &[("percentage", sent)]].concat();
        let tax_rate = app.post("/v1/tax_rates", &params).await.ok();
        let line = format!("\n  \"percentage\": {shown},\n");
        assert!(tax_rate.text().contains(&line), "{sent}: {}", tax_rate.text());
    }
}

#[tokio::test]
async fn what_a_tax_rate_can_not_be_is_refused() {
    let app = TestApp::new();
    let long = "x".repeat(51);
    let table: &[(&str, &str, &str)] = &[
        ("display_name", "", "400 parameter_missing display_name"),
        ("inclusive", "", "400 parameter_missing inclusive"),
        ("percentage", "", "400 parameter_missing percentage"),
        ("display_name", &long, "400 - display_name"),
        ("jurisdiction", &long, "400 - jurisdiction"),
        ("inclusive", "perhaps", "400 - inclusive"),
        ("percentage", "100.0001", "400 - percentage"),
        ("percentage", "-1", "400 - percentage"),
        ("percentage", "8.25001", "400 - percentage"),
        ("percentage", "much", "400 - percentage"),
        ("country", "Germany", "400 country_code_invalid country"),
        ("tax_type", "window_tax", "400 - tax_type"),
        ("flat_amount[amount]", "5", "400 parameter_unknown flat_amount"),
    ];
    for (name, value, expected) in table {
        let mut params: Vec<(&str, &str)> =
            VAT.iter().copied().filter(|(other, _)| other != name).collect();
        if !value.is_empty() {
            params.push((name, value));
        }
        let answer = app.post("/v1/tax_rates", &params).await;
        assert_eq!(answer.error(), *expected, "{name}={value}");
    }
    assert_eq!(app.get("/v1/tax_rates").await.ids(), [""; 0], "a refusal makes nothing");
}

#[tokio::test]
async fn an_update_changes_all_but_the_percentage_and_its_side() {
    let app = TestApp::new();
    let path = format!("/v1/tax_rates/{}", app.post("/v1/tax_rates", VAT).await.id());
    let changes = [
        ("active", "false"),
        ("country", "DE"),
        ("description", "Since 2007"),
        ("display_name", "MwSt."),
        ("jurisdiction", "DE"),
        ("metadata[a]", "1"),
        ("state", "BY"),
        ("tax_type", "vat"),
    ];
    assert_snapshot!(shown(&app.post(&path, &changes).await));
    for (name, value) in [("percentage", "20"), ("inclusive", "false")] {
        let answer = app.post(&path, &[(name, value)]).await;
        assert_eq!(answer.error(), format!("400 parameter_unknown {name}"));
    }
    for name in ["country", "description", "display_name", "jurisdiction", "state"] {
        let answer = app.post(&path, &[(name, "")]).await;
        assert_eq!(answer.error(), format!("400 parameter_invalid_empty {name}"));
    }
}

#[tokio::test]
async fn an_id_of_nothing_is_named() {
    let app = TestApp::new();
    for answer in [
        app.get("/v1/tax_rates/txr_none").await,
        app.post("/v1/tax_rates/txr_none", &[("active", "false")]).await,
    ] {
        assert_eq!(answer.error(), "404 resource_missing tax_rate");
        assert_eq!(answer.string("/error/message"), "No such tax rate: 'txr_none'");
    }
}

#[tokio::test]
async fn tax_rates_are_listed_by_state_side_and_time() {
    let app = TestApp::new();
    let inclusive = app.post("/v1/tax_rates", VAT).await.id();
    app.clock().advance(10);
    let params = [("display_name", "Sales tax"), ("inclusive", "false"), ("percentage", "8.25")];
    let exclusive = app.post("/v1/tax_rates", &params).await.id();
    app.post(&format!("/v1/tax_rates/{inclusive}"), &[("active", "false")]).await.ok();
    let start = MockClock::START;
    let ids = async |query: &str| app.get(&format!("/v1/tax_rates?{query}")).await.ids();
    assert_eq!(ids("").await, [&*exclusive, &*inclusive]);
    assert_eq!(ids("limit=1").await, [&*exclusive]);
    assert_eq!(ids(&format!("starting_after={exclusive}")).await, [&*inclusive]);
    assert_eq!(ids(&format!("ending_before={inclusive}")).await, [&*exclusive]);
    assert_eq!(ids("active=true").await, [&*exclusive]);
    assert_eq!(ids("active=false").await, [&*inclusive]);
    assert_eq!(ids("inclusive=true").await, [&*inclusive]);
    assert_eq!(ids("inclusive=true&active=true").await, [""; 0]);
    assert_eq!(ids(&format!("created[gt]={start}")).await, [&*exclusive]);
    assert_eq!(ids(&format!("created={start}")).await, [&*inclusive]);
    let answer = app.get("/v1/tax_rates?starting_after=txr_none").await;
    assert_eq!(answer.error(), "400 resource_missing starting_after");
}

#[tokio::test]
async fn what_happens_to_a_tax_rate_is_told() {
    let app = TestApp::new();
    let path = format!("/v1/tax_rates/{}", app.post("/v1/tax_rates", VAT).await.id());
    app.post(&path, &[("active", "false"), ("metadata[a]", "1")]).await.ok();
    app.post(&path, &[("active", "false"), ("metadata[a]", "1")]).await.ok();
    let events = app.get("/v1/events?type=tax_rate.*").await;
    assert_eq!(events.each("/type"), ["tax_rate.updated", "tax_rate.created"]);
    assert_eq!(events.value("/data/0/data/object/active"), false);
    let previous = events.value("/data/0/data/previous_attributes").to_string();
    assert_eq!(previous, r#"{"active":true,"metadata":{"a":null}}"#);
    assert_eq!(events.value("/data/1/data/object/percentage"), 19);
}
