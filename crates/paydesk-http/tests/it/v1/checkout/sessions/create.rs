//! `POST /v1/checkout/sessions`

use insta::assert_snapshot;
use paydesk_testing::{Client, MockClock, Response, TestApp};

use crate::support::{Params, shown};

const PATH: &str = "/v1/checkout/sessions";
const LINE: &[(&str, &str)] = &[
    ("line_items[0][price_data][currency]", "usd"),
    ("line_items[0][price_data][product_data][name]", "Tea"),
    ("line_items[0][price_data][unit_amount]", "500"),
    ("line_items[0][quantity]", "2"),
];
const HOSTED: &[(&str, &str)] =
    &[("mode", "payment"), ("success_url", "https://shop.example/thanks")];

/// A session of one line with these parameters.
async fn create(client: &Client, params: &[(&str, &str)]) -> Response {
    client.post(PATH, &[LINE, params].concat()).await
}

/// A session on a hosted page of one line with these parameters.
async fn create_hosted(client: &Client, params: &[(&str, &str)]) -> Response {
    create(client, &[HOSTED, params].concat()).await
}

#[tokio::test]
async fn a_session_on_a_hosted_page() {
    let app = TestApp::new();
    let params = [
        ("cancel_url", "https://shop.example/cart"),
        ("client_reference_id", "order-17"),
        ("customer_email", "ada@example.com"),
        ("locale", "en-GB"),
        ("metadata[order]", "17"),
    ];
    assert_snapshot!(shown(&create_hosted(&app, &params).await));
}

#[tokio::test]
async fn a_session_in_an_embedded_page() {
    let app = TestApp::new();
    let params = [
        ("mode", "payment"),
        ("ui_mode", "embedded_page"),
        ("return_url", "https://shop.example/back?id={CHECKOUT_SESSION_ID}"),
        ("permissions[update_shipping_details]", "server_only"),
    ];
    assert_snapshot!(shown(&create(&app, &params).await));
}

#[tokio::test]
async fn a_session_in_elements() {
    let app = TestApp::new();
    let params = [
        ("mode", "payment"),
        ("ui_mode", "elements"),
        ("return_url", "https://shop.example/back"),
        ("permissions[update_line_items]", "server_only"),
    ];
    assert_snapshot!(shown(&create(&app, &params).await));
}

#[tokio::test]
async fn a_session_in_a_form() {
    let app = TestApp::new();
    let params = [
        ("mode", "payment"),
        ("ui_mode", "form"),
        ("return_url", "https://shop.example/back"),
        ("cancel_url", "https://shop.example/cart"),
        ("permissions[update][line_items]", "server_only"),
    ];
    assert_snapshot!(shown(&create(&app, &params).await));
}

#[tokio::test]
async fn a_session_for_a_subscription_with_its_lines() {
    let app = TestApp::new();
    let club = app.monthly_price("Tea club", 1500).await;
    let params = [
        ("mode", "subscription"),
        ("success_url", "https://shop.example/thanks"),
        ("line_items[0][price]", club.as_str()),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][adjustable_quantity][enabled]", "true"),
        ("line_items[0][adjustable_quantity][minimum]", "1"),
        ("line_items[0][adjustable_quantity][maximum]", "5"),
        ("line_items[0][metadata][seat]", "first"),
        ("line_items[1][price_data][currency]", "usd"),
        ("line_items[1][price_data][product_data][name]", "Teapot"),
        ("line_items[1][price_data][unit_amount_decimal]", "2999.5"),
        ("line_items[1][quantity]", "1"),
        ("line_items[1][adjustable_quantity][enabled]", "false"),
        ("expand[0]", "line_items.data.price.product"),
        ("expand[1]", "line_items.data.discounts"),
        ("expand[2]", "line_items.data.taxes"),
        ("expand[3]", "total_details.breakdown"),
    ];
    assert_snapshot!(shown(&app.post(PATH, &params).await));
}

#[tokio::test]
async fn lines_are_shown_on_demand_only() {
    let app = TestApp::new();
    let answer = create_hosted(&app, &[]).await.ok();
    assert!(answer.json().get("line_items").is_none());
    let answer = create_hosted(&app, &[("expand[]", "line_items")]).await.ok();
    assert_eq!(answer.value("/line_items/data/0/quantity"), 2);
}

#[tokio::test]
async fn what_a_session_needs_is_asked_for_by_name() {
    let app = TestApp::new();
    let [mode, success_url] = [HOSTED[0], HOSTED[1]];
    let error = async |params: &[(&str, &str)]| app.post(PATH, params).await.error();
    assert_eq!(error(&[success_url]).await, "400 parameter_missing mode");
    assert_eq!(error(&[mode, success_url]).await, "400 parameter_missing line_items");
    let without_url = create(&app, &[mode]).await;
    assert_eq!(without_url.error(), "400 parameter_missing success_url");
    let empty = [mode, success_url, ("line_items", "")];
    assert_eq!(error(&empty).await, "400 parameter_invalid_empty line_items");
}

#[tokio::test]
async fn each_ui_mode_has_its_own_addresses() {
    let app = TestApp::new();
    let success = ("success_url", "https://shop.example/thanks");
    let cancel = ("cancel_url", "https://shop.example/cart");
    let back = ("return_url", "https://shop.example/back");
    let never = ("redirect_on_completion", "never");
    let table: &[(&str, Params<'_>, &str)] = &[
        ("hosted_page", &[success, cancel], "200"),
        ("hosted_page", &[cancel], "400 parameter_missing success_url"),
        ("hosted_page", &[success, back], "400 - return_url"),
        ("hosted_page", &[success, never], "400 - redirect_on_completion"),
        ("embedded_page", &[back], "200"),
        ("embedded_page", &[], "400 parameter_missing return_url"),
        ("embedded_page", &[never], "200"),
        ("embedded_page", &[back, success], "400 - success_url"),
        ("embedded_page", &[back, cancel], "400 - cancel_url"),
        ("elements", &[], "200"),
        ("elements", &[back], "200"),
        ("elements", &[success], "400 - success_url"),
        ("elements", &[cancel], "400 - cancel_url"),
        ("elements", &[never], "400 - redirect_on_completion"),
        ("form", &[], "200"),
        ("form", &[back, success, cancel], "200"),
        ("form", &[never], "400 - redirect_on_completion"),
    ];
    for (ui_mode, urls, expected) in table {
        let params = [&[("mode", "payment"), ("ui_mode", ui_mode)], *urls].concat();
        let answer = create(&app, &params).await;
        let outcome = if answer.status == 200 { "200".to_owned() } else { answer.error() };
        assert_eq!(outcome, *expected, "{ui_mode} {urls:?}");
    }
}

#[tokio::test]
async fn permissions_are_echoed_in_the_generation_they_were_sent_in() {
    let app = TestApp::new();
    let elements = [("mode", "payment"), ("ui_mode", "elements")];
    let table = [
        (
            "permissions[update][line_items]",
            concat!(
                r#"{"update":{"line_items":"server_only","shipping_details":null},"#,
                r#""update_shipping_details":null}"#
            ),
        ),
        (
            "permissions[update_line_items]",
            r#"{"update_line_items":"server_only","update_shipping_details":null}"#,
        ),
        ("permissions[update_shipping_details]", r#"{"update_shipping_details":"server_only"}"#),
    ];
    for (param, expected) in table {
        let answer = create(&app, &[elements.as_slice(), &[(param, "server_only")]].concat()).await;
        assert_eq!(answer.ok().value("/permissions").to_string(), expected);
    }
    assert!(create(&app, &elements).await.ok().value("/permissions").is_null());
}

#[tokio::test]
async fn a_page_of_ours_collects_the_address_itself() {
    let app = TestApp::new();
    for ui_mode in ["hosted_page", "form"] {
        let params =
            [("ui_mode", ui_mode), ("permissions[update_shipping_details]", "server_only")];
        let answer = create_hosted(&app, &params).await;
        assert_eq!(answer.error(), "400 - permissions[update_shipping_details]");
    }
}

#[tokio::test]
async fn a_session_is_open_for_half_an_hour_to_a_day() {
    let app = TestApp::new();
    let expires_at = async |seconds: i64| {
        let at = (MockClock::START + seconds).to_string();
        create_hosted(&app, &[("expires_at", &at)]).await
    };
    for seconds in [1_800, 86_400] {
        let answer = expires_at(seconds).await.ok();
        assert_eq!(answer.value("/expires_at"), MockClock::START + seconds);
    }
    assert_snapshot!(shown(&expires_at(1_799).await));
    assert_snapshot!(shown(&expires_at(86_401).await));
    let unsaid = create_hosted(&app, &[]).await.ok();
    assert_eq!(unsaid.value("/expires_at"), MockClock::START + 86_400);
}

#[tokio::test]
async fn a_cart_that_costs_nothing_needs_no_payment() {
    let app = TestApp::new();
    let answer = create_hosted(&app, &[("line_items[0][price_data][unit_amount]", "0")]).await;
    let answer = answer.ok();
    assert_eq!(answer.value("/amount_total"), 0);
    assert_eq!(answer.string("/payment_status"), "no_payment_required");
}

#[tokio::test]
async fn a_total_is_within_what_can_be_charged() {
    let app = TestApp::new();
    let outcome = async |currency: &str, unit_amount: &str| {
        let params = [
            ("line_items[0][price_data][currency]", currency),
            ("line_items[0][price_data][unit_amount]", unit_amount),
            ("line_items[0][quantity]", "1"),
        ];
        let answer = create_hosted(&app, &params).await;
        if answer.status == 200 { "200".to_owned() } else { answer.error() }
    };
    assert_eq!(outcome("usd", "49").await, "400 amount_too_small -");
    assert_eq!(outcome("usd", "50").await, "200");
    assert_eq!(outcome("usd", "99999999").await, "200");
    assert_eq!(outcome("usd", "100000000").await, "400 amount_too_large -");
    assert_eq!(outcome("jpy", "49").await, "400 amount_too_small -");
    assert_eq!(outcome("jpy", "50").await, "200");
    assert_eq!(outcome("gbp", "30").await, "200");
    let huge = [
        ("line_items[0][price_data][unit_amount]", "999999999999"),
        ("line_items[0][quantity]", "9007199254740991"),
    ];
    assert_eq!(create_hosted(&app, &huge).await.error(), "400 amount_too_large -");
}

#[tokio::test]
async fn amounts_are_rounded_half_up_once_a_line() {
    let app = TestApp::new();
    let params = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/thanks"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][product_data][name]", "Screw"),
        ("line_items[0][price_data][unit_amount_decimal]", "0.05"),
        ("line_items[0][quantity]", "1030"),
        ("line_items[1][price_data][currency]", "usd"),
        ("line_items[1][price_data][product_data][name]", "Nail"),
        ("line_items[1][price_data][unit_amount_decimal]", "0.05"),
        ("line_items[1][quantity]", "1029"),
        ("expand[0]", "line_items"),
    ];
    let answer = app.post(PATH, &params).await.ok();
    // 51.5 and 51.45
    assert_eq!(answer.value("/line_items/data/0/amount_total"), 52);
    assert_eq!(answer.value("/line_items/data/1/amount_total"), 51);
    assert_eq!(answer.value("/amount_total"), 103);
}

#[tokio::test]
async fn the_mode_says_how_many_lines_of_which_kind() {
    let app = TestApp::new();
    let one_time = app.price("Tea", 500).await;
    let monthly = app.monthly_price("Club", 900).await;
    let yearly = app.price_with("Club", 9000, &[("recurring[interval]", "year")]).await;
    let outcome = async |mode: &str, lines: &[(&str, usize)]| {
        let lines: Vec<String> = lines
            .iter()
            .flat_map(|(price, count)| vec![(*price).to_owned(); *count])
            .enumerate()
            .map(|(n, price)| format!("line_items[{n}][price]={price}&line_items[{n}][quantity]=1"))
            .collect();
        let form = format!("mode={mode}&success_url=https://shop.example&{}", lines.join("&"));
        let answer = app.post_form(PATH, &form).await;
        if answer.status == 200 { "200".to_owned() } else { answer.error() }
    };
    assert_eq!(outcome("payment", &[(&one_time, 100)]).await, "200");
    assert_eq!(outcome("payment", &[(&one_time, 101)]).await, "400 - line_items");
    let mixed = [(one_time.as_str(), 1), (monthly.as_str(), 1)];
    assert_eq!(outcome("payment", &mixed).await, "400 - line_items[1][price]");
    assert_eq!(outcome("subscription", &mixed).await, "200");
    assert_eq!(outcome("subscription", &[(&one_time, 1)]).await, "400 - line_items");
    assert_eq!(outcome("subscription", &[(&one_time, 20), (&monthly, 20)]).await, "200");
    assert_eq!(outcome("subscription", &[(&monthly, 21)]).await, "400 - line_items");
    let many_once = [(one_time.as_str(), 21), (monthly.as_str(), 1)];
    assert_eq!(outcome("subscription", &many_once).await, "400 - line_items");
    let intervals = [(monthly.as_str(), 1), (yearly.as_str(), 1)];
    assert_eq!(outcome("subscription", &intervals).await, "400 - line_items[1][price]");
}

#[tokio::test]
async fn all_lines_are_in_one_currency() {
    let app = TestApp::new();
    let second = [
        ("line_items[1][price_data][currency]", "eur"),
        ("line_items[1][price_data][product_data][name]", "Coffee"),
        ("line_items[1][price_data][unit_amount]", "500"),
        ("line_items[1][quantity]", "1"),
    ];
    let answer = create_hosted(&app, &second).await;
    assert_eq!(answer.error(), "400 - line_items[1][price]");
    let answer = create_hosted(&app, &[("currency", "eur")]).await;
    assert_eq!(answer.error(), "400 - line_items[0][price]");
}

#[tokio::test]
async fn a_quantity_is_within_the_lines_own_bounds() {
    let app = TestApp::new();
    let outcome = async |quantity: &str, bounds: &[(&str, &str)]| {
        let mut params = vec![
            ("line_items[0][quantity]", quantity),
            ("line_items[0][adjustable_quantity][enabled]", "true"),
        ];
        params.extend(bounds);
        let answer = create_hosted(&app, &params).await;
        if answer.status == 200 { "200".to_owned() } else { answer.error() }
    };
    let minimum = "line_items[0][adjustable_quantity][minimum]";
    let maximum = "line_items[0][adjustable_quantity][maximum]";
    assert_eq!(outcome("99", &[]).await, "200");
    assert_eq!(outcome("100", &[]).await, "400 - line_items[0][quantity]");
    assert_eq!(outcome("100", &[(maximum, "100")]).await, "200");
    assert_eq!(outcome("1", &[(minimum, "2")]).await, "400 - line_items[0][quantity]");
    assert_eq!(outcome("3", &[(minimum, "5"), (maximum, "4")]).await, format!("400 - {minimum}"));
    let beyond = [(maximum, "1000000")];
    assert_eq!(outcome("3", &beyond).await, format!("400 parameter_invalid_integer {maximum}"));
}

#[tokio::test]
async fn a_refused_session_leaves_nothing_behind() {
    let app = TestApp::new();
    let unknown = [("line_items[1][price]", "price_x"), ("line_items[1][quantity]", "1")];
    let answer = create_hosted(&app, &unknown).await;
    assert_eq!(answer.error(), "400 resource_missing line_items[1][price]");
    for path in [PATH, "/v1/prices", "/v1/products", "/v1/events"] {
        assert_eq!(app.get(path).await.ids(), [""; 0], "{path}");
    }
}
