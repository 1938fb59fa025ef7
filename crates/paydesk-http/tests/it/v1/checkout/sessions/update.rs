//! `POST /v1/checkout/sessions/{id}`: the whole cart, sent again.

use insta::assert_snapshot;
use paydesk_testing::{Response, Session, TestApp};

use crate::support::shown;

/// A cart of two teas and a coffee.
async fn cart(app: &TestApp) -> Session {
    let tea = app.price("Tea", 500).await;
    let coffee = app.price("Coffee", 700).await;
    app.session(&[(&tea, 2), (&coffee, 1)]).await
}

/// The cart of an answer, a line a row: id, quantity, description, amount.
fn lines(response: &Response) -> Vec<(String, i64, String, i64)> {
    let lines = response.clone().ok().value("/line_items/data");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let number = |value: &serde_json::Value| value.as_i64().unwrap_or_default();
    let row = |line: &serde_json::Value| {
        let (id, description) = (text(&line["id"]), text(&line["description"]));
        (id, number(&line["quantity"]), description, number(&line["amount_total"]))
    };
    lines.as_array().into_iter().flatten().map(row).collect()
}

#[tokio::test]
async fn lines_are_kept_changed_added_removed_and_reordered_at_once() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let coffee = &session.lines[1];
    let change = [
        ("line_items[0][id]", coffee.as_str()),
        ("line_items[0][quantity]", "3"),
        ("line_items[1][price_data][currency]", "usd"),
        ("line_items[1][price_data][product_data][name]", "Gift wrap"),
        ("line_items[1][price_data][unit_amount]", "250"),
        ("line_items[1][quantity]", "1"),
        ("expand[0]", "line_items"),
    ];
    let updated = app.post(&session.path, &change).await;
    assert_snapshot!(shown(&updated));
    assert_eq!(app.cart(&session).await.text(), updated.text());
}

#[tokio::test]
async fn a_line_that_is_only_named_stays_as_it_is() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let [tea, coffee] = [session.lines[0].as_str(), session.lines[1].as_str()];
    let before = app.cart(&session).await;
    let keep = [("line_items[0][id]", tea), ("line_items[1][id]", coffee)];
    app.post(&session.path, &keep).await.ok();
    assert_eq!(app.cart(&session).await.text(), before.text());
}

#[tokio::test]
async fn lines_left_out_are_gone() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let coffee = session.lines[1].clone();
    app.post(&session.path, &[("line_items[0][id]", &coffee)]).await.ok();
    let cart = app.cart(&session).await;
    assert_eq!(lines(&cart), [(coffee, 1, "Coffee".to_owned(), 700)]);
    assert_eq!(cart.value("/amount_total"), 700);
}

#[tokio::test]
async fn the_order_of_indices_is_the_order_of_lines() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let [tea, coffee] = [session.lines[0].as_str(), session.lines[1].as_str()];
    let change =
        [("line_items[7][id]", tea), ("line_items[3][id]", coffee), ("expand[]", "line_items")];
    let answer = app.post(&session.path, &change).await;
    let ids: Vec<String> = lines(&answer).into_iter().map(|(id, ..)| id).collect();
    assert_eq!(ids, [coffee, tea]);
}

#[tokio::test]
async fn lines_may_be_sent_with_empty_brackets() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let [tea, coffee] = [session.lines[0].as_str(), session.lines[1].as_str()];
    let change = [
        ("line_items[][id]", coffee),
        ("line_items[][quantity]", "5"),
        ("line_items[][id]", tea),
        ("expand[]", "line_items"),
    ];
    let answer = app.post(&session.path, &change).await;
    let expected = [
        (coffee.to_owned(), 5, "Coffee".to_owned(), 3500),
        (tea.to_owned(), 2, "Tea".to_owned(), 1000),
    ];
    assert_eq!(lines(&answer), expected);
}

#[tokio::test]
async fn a_line_that_changes_its_price_keeps_its_id_and_quantity() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let sencha = app.price("Sencha", 900).await;
    let tea = session.lines[0].clone();
    let change = [
        ("line_items[0][id]", tea.as_str()),
        ("line_items[0][price]", &sencha),
        ("expand[]", "line_items"),
    ];
    let answer = app.post(&session.path, &change).await;
    assert_eq!(lines(&answer), [(tea, 2, "Sencha".to_owned(), 1800)]);
}

#[tokio::test]
async fn entries_without_ids_are_new_lines_even_of_the_same_price() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 2)]).await;
    let change = [
        ("line_items[0][price]", tea.as_str()),
        ("line_items[0][quantity]", "2"),
        ("expand[]", "line_items"),
    ];
    let answer = app.post(&session.path, &change).await;
    assert_ne!(lines(&answer)[0].0, session.lines[0]);
}

#[tokio::test]
async fn a_subscription_swaps_its_recurring_price() {
    let app = TestApp::new();
    let monthly = app.monthly_price("Club", 900).await;
    let yearly = app.price_with("Club, a year", 9000, &[("recurring[interval]", "year")]).await;
    let subscription = [("mode", "subscription"), ("success_url", "https://shop.example/thanks")];
    let session = app.session_with(&[(&monthly, 1)], &subscription).await;
    let change = [
        ("line_items[0][id]", session.lines[0].as_str()),
        ("line_items[0][price]", &yearly),
        ("expand[]", "line_items"),
    ];
    let answer = app.post(&session.path, &change).await.ok();
    assert_eq!(answer.value("/amount_total"), 9000);
    assert_eq!(answer.string("/line_items/data/0/price/recurring/interval"), "year");
}

#[tokio::test]
async fn bounds_of_a_quantity_are_kept_changed_and_lifted() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let bounds = async |params: &[(&str, &str)]| {
        let keep = [("line_items[0][id]", session.lines[0].as_str()), ("expand[]", "line_items")];
        let answer = app.post(&session.path, &[keep.as_slice(), params].concat()).await.ok();
        answer.value("/line_items/data/0/adjustable_quantity").to_string()
    };
    let enabled = "line_items[0][adjustable_quantity][enabled]";
    let maximum = ("line_items[0][adjustable_quantity][maximum]", "5");
    assert_eq!(bounds(&[]).await, "null");
    let set = bounds(&[(enabled, "true"), maximum]).await;
    assert_eq!(set, r#"{"enabled":true,"maximum":5,"minimum":0}"#);
    assert_eq!(bounds(&[("line_items[0][quantity]", "4")]).await, set);
    let lifted = bounds(&[(enabled, "false"), ("line_items[0][quantity]", "50")]).await;
    assert_eq!(lifted, r#"{"enabled":false,"maximum":null,"minimum":null}"#);
}

#[tokio::test]
async fn metadata_of_a_line_is_merged() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let metadata = async |params: &[(&str, &str)]| {
        let keep = [("line_items[0][id]", session.lines[0].as_str()), ("expand[]", "line_items")];
        let answer = app.post(&session.path, &[keep.as_slice(), params].concat()).await.ok();
        answer.value("/line_items/data/0/metadata").to_string()
    };
    let two = [("line_items[0][metadata][a]", "1"), ("line_items[0][metadata][b]", "2")];
    assert_eq!(metadata(&two).await, r#"{"a":"1","b":"2"}"#);
    let one = [("line_items[0][metadata][a]", ""), ("line_items[0][metadata][c]", "3")];
    assert_eq!(metadata(&one).await, r#"{"b":"2","c":"3"}"#);
    assert_eq!(metadata(&[("line_items[0][metadata]", "")]).await, "{}");
}

#[tokio::test]
async fn a_cart_may_change_wherever_it_is_shown() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let back = ("return_url", "https://shop.example/back");
    let thanks = ("success_url", "https://shop.example/thanks");
    for (ui_mode, url) in
        [("hosted_page", thanks), ("embedded_page", back), ("elements", back), ("form", back)]
    {
        let params = [("mode", "payment"), ("ui_mode", ui_mode), url];
        let session = app.session_with(&[(&tea, 1)], &params).await;
        let line = session.lines[0].as_str();
        let change = [("line_items[0][id]", line), ("line_items[0][quantity]", "2")];
        let answer = app.post(&session.path, &change).await.ok();
        assert_eq!(answer.value("/amount_total"), 1000, "{ui_mode}");
    }
}

#[tokio::test]
async fn an_archived_price_stays_on_lines_that_have_it_and_serves_no_new_ones() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let line = session.lines[0].as_str();
    app.post(&format!("/v1/prices/{tea}"), &[("active", "false")]).await.ok();

    let more = [("line_items[0][id]", line), ("line_items[0][quantity]", "2")];
    assert_eq!(app.post(&session.path, &more).await.ok().value("/amount_total"), 1000);
    let named = [("line_items[0][id]", line), ("line_items[0][price]", &tea)];
    assert_eq!(app.post(&session.path, &named).await.ok().value("/amount_total"), 1000);
    let new = [
        ("line_items[0][id]", line),
        ("line_items[1][price]", &tea),
        ("line_items[1][quantity]", "1"),
    ];
    assert_snapshot!(shown(&app.post(&session.path, &new).await));
}

#[tokio::test]
async fn an_archived_product_stays_on_lines_that_have_it_and_serves_no_new_ones() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let product = app.get(&format!("/v1/prices/{tea}")).await.string("/product");
    app.post(&format!("/v1/products/{product}"), &[("active", "false")]).await.ok();

    let line = ("line_items[0][id]", session.lines[0].as_str());
    let more = [line, ("line_items[0][quantity]", "2")];
    app.post(&session.path, &more).await.ok();
    let new = [line, ("line_items[1][price]", &tea), ("line_items[1][quantity]", "1")];
    let refused = app.post(&session.path, &new).await;
    assert_eq!(refused.error(), "400 - line_items[1][price]");
}

#[tokio::test]
async fn an_update_of_nothing_answers_the_session() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let read = app.get(&session.path).await.ok();
    let updated = app.post(&session.path, &[]).await.ok();
    assert_eq!(updated.text(), read.text());
}

#[tokio::test]
async fn what_is_fixed_at_creation_is_no_parameter_of_an_update() {
    let app = TestApp::new();
    let session = cart(&app).await;
    for param in ["mode", "ui_mode", "currency", "expires_at", "success_url", "customer_email"] {
        let answer = app.post(&session.path, &[(param, "x")]).await;
        assert_eq!(answer.error(), format!("400 parameter_unknown {param}"));
    }
}
