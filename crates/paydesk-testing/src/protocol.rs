//! What holds for every answer, whatever was asked. Each answer of a [`Client`](crate::Client) is
//! checked, so that every test is a test of this too.

use axum::http::Method;
use serde_json::Value;

use crate::response::Response;

/// The four types of error that Stripe's clients know.
const ERROR_TYPES: [&str; 4] =
    ["api_error", "card_error", "idempotency_error", "invalid_request_error"];

/// What was asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The method.
    pub method: &'a Method,
    /// The path with its query.
    pub path: &'a str,
    /// Whether the key was one of live mode.
    pub livemode: bool,
    /// Whether the test makes the server fail.
    pub expects_failure: bool,
}

/// Checks an answer.
///
/// # Panics
/// When something does not hold.
pub fn check(asked: &Asked<'_>, response: &Response) {
    let Asked { method, path, livemode, expects_failure } = *asked;
    let asked = format!("{method} {path}");
    assert!(
        response.status < 500 || expects_failure,
        "{asked}: {} {}",
        response.status,
        response.text()
    );
    let is_api = path.starts_with("/v1/") || path.starts_with("/paydesk/");
    if !is_api || method == Method::OPTIONS || method == Method::HEAD {
        return;
    }
    check_headers(&asked, response);
    let json = response.json();
    let pretty = serde_json::to_string_pretty(&json).expect("JSON was read from text");
    assert_eq!(response.text(), pretty, "{asked}: not as Stripe indents it");
    if response.status >= 400 {
        check_error(&asked, &json);
    } else {
        check_objects(&asked, &json);
        check_livemode(&asked, &json, livemode);
    }
    if response.status == 200 && json["object"] == "checkout.session" {
        let revision = response.header("paydesk-revision");
        assert!(revision.is_some(), "{asked}: a session has a revision");
    }
}

fn check_headers(asked: &str, response: &Response) {
    let request_id = response.header("request-id").unwrap_or_default();
    assert!(request_id.starts_with("req_"), "{asked}: no Request-Id");
    let expected = [
        ("content-type", "application/json"),
        ("cache-control", "no-cache, no-store"),
        ("access-control-allow-origin", "*"),
    ];
    for (name, value) in expected {
        assert_eq!(response.header(name), Some(value), "{asked}: {name}");
    }
}

fn check_error(asked: &str, json: &Value) {
    let error = &json["error"];
    let kind = error["type"].as_str().unwrap_or_default();
    assert!(ERROR_TYPES.contains(&kind), "{asked}: {json:#}");
    let message = error["message"].as_str().unwrap_or_default();
    assert!(!message.is_empty(), "{asked}: {json:#}");
    assert!(message.chars().count() <= 40_000, "{asked}: a message without end");
}

/// Looks at every object of an answer, however deep it lies.
fn check_objects(asked: &str, json: &Value) {
    match json {
        Value::Array(items) => {
            for item in items {
                check_objects(asked, item);
            }
        }
        Value::Object(fields) => {
            for inner in fields.values() {
                check_objects(asked, inner);
            }
            match json["object"].as_str() {
                Some("checkout.session") => check_session(asked, json),
                Some("item") => check_line(asked, json),
                Some("list") => check_list(asked, json),
                _ => {}
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Every object is of the mode that the key is of.
fn check_livemode(asked: &str, json: &Value, expected: bool) {
    match json {
        Value::Array(items) => {
            items.iter().for_each(|item| check_livemode(asked, item, expected));
        }
        Value::Object(fields) => {
            fields.values().for_each(|inner| check_livemode(asked, inner, expected));
            if let Some(Value::Bool(livemode)) = fields.get("livemode") {
                assert_eq!(*livemode, expected, "{asked}: livemode");
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The page and the secret belong to the place a session is shown in, and the amounts are those of
/// the lines.
fn check_session(asked: &str, session: &Value) {
    let ui_mode = session["ui_mode"].as_str().unwrap_or_default();
    let is_hosted = matches!(ui_mode, "hosted_page" | "hosted");
    let has_page = is_hosted && session["status"] == "open";
    assert_eq!(session["url"].is_string(), has_page, "{asked}: url");
    let secret = session["client_secret"].as_str();
    let id = session["id"].as_str().unwrap_or_default();
    let begins = secret.map(|secret| secret.starts_with(&format!("{id}_secret_")));
    assert_eq!(begins, (!is_hosted).then_some(true), "{asked}: secret");
    let is_free = session["amount_total"] == 0;
    let says_free = session["payment_status"] == "no_payment_required";
    assert_eq!(is_free, says_free, "{asked}: payment_status");

    let lines = &session["line_items"];
    if lines["has_more"] != false {
        return;
    }
    let details = &session["total_details"];
    let shipping = amount(&details["amount_shipping"]);
    let sums = [
        ("amount_subtotal", amount(&session["amount_subtotal"])),
        ("amount_total", amount(&session["amount_total"]) - shipping),
        ("amount_discount", amount(&details["amount_discount"])),
    ];
    let data = lines["data"].as_array().cloned().unwrap_or_default();
    for (name, expected) in sums {
        let sum: i64 = data.iter().map(|line| amount(&line[name])).sum();
        assert_eq!(sum, expected, "{asked}: {name} of the lines and the session");
    }
    for line in &data {
        assert_eq!(line["currency"], session["currency"], "{asked}: currency");
    }
}

fn check_line(asked: &str, line: &Value) {
    let price = &line["price"];
    assert_eq!(price["object"], "price", "{asked}: a line shows its price");
    // What is due of a recurring price depends on trials and billing cycles too.
    let is_plain = price["currency"] == line["currency"]
        && price["transform_quantity"].is_null()
        && price["recurring"].is_null();
    let factors = (price["unit_amount"].as_i64(), line["quantity"].as_i64());
    if let (true, (Some(unit), Some(quantity))) = (is_plain, factors) {
        let subtotal = amount(&line["amount_subtotal"]);
        assert_eq!(unit * quantity, subtotal, "{asked}: amount of a line");
    }
}

fn check_list(asked: &str, list: &Value) {
    let url = list["url"].as_str().unwrap_or_default();
    let is_ours = url.starts_with("/v1/") || url.starts_with("/paydesk/v1/");
    assert!(is_ours, "{asked}: {list:#}");
    assert!(list["data"].is_array(), "{asked}: {list:#}");
    assert!(list["has_more"].is_boolean(), "{asked}: {list:#}");
}

fn amount(value: &Value) -> i64 {
    value.as_i64().unwrap_or_default()
}
