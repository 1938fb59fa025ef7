//! Updates that are refused change nothing: not the session, its lines, the catalog or the events.

use paydesk_testing::{Client, Response, Session, TestApp};

use crate::support::Params;

/// Everything a client of the sandbox can see.
async fn everything(client: &Client, session: &Session) -> String {
    let paths = [
        format!("{}?expand[]=line_items", session.path),
        "/v1/prices?limit=100".to_owned(),
        "/v1/products?limit=100".to_owned(),
        "/v1/events?limit=100".to_owned(),
    ];
    let mut seen = String::new();
    for path in paths {
        let answer = client.get(&path).await.ok();
        seen += answer.header("paydesk-revision").unwrap_or_default();
        seen += &answer.text();
    }
    seen
}

/// What an entry has to be added to so that it is refused: a line that changes, and a line that
/// writes out a Price and a Product.
async fn refuse(client: &Client, session: &Session, params: &[(&str, &str)]) -> Response {
    let valid = [
        ("metadata[changed]", "yes"),
        ("line_items[0][id]", session.lines[0].as_str()),
        ("line_items[0][quantity]", "9"),
        ("line_items[0][metadata][changed]", "yes"),
        ("line_items[1][price_data][currency]", "usd"),
        ("line_items[1][price_data][product_data][name]", "Gift wrap"),
        ("line_items[1][price_data][unit_amount]", "250"),
        ("line_items[1][quantity]", "1"),
    ];
    let before = everything(client, session).await;
    let answer = client.post(&session.path, &[valid.as_slice(), params].concat()).await;
    assert_eq!(everything(client, session).await, before, "{params:?}");
    answer
}

#[tokio::test]
async fn one_bad_line_refuses_the_whole_update() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let monthly = app.monthly_price("Club", 900).await;
    let euro = [("currency", "eur"), ("unit_amount", "500"), ("product_data[name]", "Café")];
    let euro = app.post("/v1/prices", &euro).await.ok().id();
    let session = app.session(&[(&tea, 1), (&tea, 2)]).await;
    let first = session.lines[0].as_str();
    let many = "1".repeat(501);
    let (price, quantity) = ("line_items[2][price]", "line_items[2][quantity]");
    let one = (quantity, "1");
    let table: &[(Params<'_>, &str)] = &[
        (&[("line_items[2][id]", "li_x")], "400 resource_missing line_items[2][id]"),
        (&[("line_items[2][id]", first)], "400 - line_items[2][id]"),
        (&[one], "400 parameter_missing line_items[2][price]"),
        (&[(price, &tea)], "400 parameter_missing line_items[2][quantity]"),
        (&[(price, "price_x"), one], "400 resource_missing line_items[2][price]"),
        (&[(price, &monthly), one], "400 - line_items[2][price]"),
        (&[(price, &euro), one], "400 - line_items[2][price]"),
        (
            &[(price, &tea), (quantity, "0")],
            "400 parameter_invalid_integer line_items[2][quantity]",
        ),
        (
            &[(price, &tea), one, ("line_items[2][metadata][a]", &many)],
            "400 - line_items[2][metadata]",
        ),
        (
            &[("line_items[1][price_data][product_data][metadata][a]", &many)],
            "400 - line_items[1][price_data][product_data][metadata]",
        ),
        (&[("metadata[a]", &many)], "400 - metadata"),
        (&[("line_items[1][price_data][unit_amount]", "99999999")], "400 amount_too_large -"),
        (
            &[(price, &tea), one, ("line_items[2][price_data][currency]", "usd")],
            "400 parameters_exclusive line_items[2][price]",
        ),
        (
            &[(price, &tea), one, ("line_items[2][colour]", "brown")],
            "400 parameter_unknown line_items[2][colour]",
        ),
    ];
    for (params, expected) in table {
        assert_eq!(refuse(&app, &session, params).await.error(), *expected, "{params:?}");
    }
}

#[tokio::test]
async fn too_many_lines_refuse_the_whole_update() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1), (&tea, 2)]).await;
    let names: Vec<[String; 2]> = (2..=100)
        .map(|n| [format!("line_items[{n}][price]"), format!("line_items[{n}][quantity]")])
        .collect();
    let params: Vec<(&str, &str)> = names
        .iter()
        .flat_map(|[price, quantity]| [(price.as_str(), tea.as_str()), (quantity.as_str(), "1")])
        .collect();
    assert_eq!(refuse(&app, &session, &params).await.error(), "400 - line_items");
}

#[tokio::test]
async fn a_total_that_cannot_be_charged_refuses_the_update() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let screw = app.price("Screw", 1).await;
    let session = app.session(&[(&tea, 1)]).await;
    let before = everything(&app, &session).await;
    let change = [("line_items[0][price]", screw.as_str()), ("line_items[0][quantity]", "49")];
    let answer = app.post(&session.path, &change).await;
    assert_eq!(answer.error(), "400 amount_too_small -");
    assert_eq!(everything(&app, &session).await, before);
}

#[tokio::test]
async fn a_cart_is_never_empty() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let answer = app.post(&session.path, &[("line_items", "")]).await;
    assert_eq!(answer.error(), "400 parameter_invalid_empty line_items");
    assert_eq!(app.get(&session.path).await.value("/amount_total"), 500);
}

#[tokio::test]
async fn an_older_revision_refuses_the_whole_update() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let session = app.session(&[(&tea, 1)]).await;
    let ahead = app.with_header("If-Match", "2");
    let before = everything(&app, &session).await;
    let line = session.lines[0].as_str();
    let change = [("line_items[0][id]", line), ("line_items[0][quantity]", "9")];
    let answer = ahead.post(&session.path, &change).await;
    assert_eq!(answer.error(), "412 revision_mismatch -");
    assert_eq!(everything(&app, &session).await, before);
}

#[tokio::test]
async fn lines_left_to_the_browser_bind_the_server_under_the_preview() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let params = [
        ("mode", "payment"),
        ("ui_mode", "elements"),
        ("permissions[update_line_items]", "client_only"),
    ];
    let session = app.session_with(&[(&tea, 1)], &params).await;
    let preview = "2025-03-31.basil; checkout_server_update_beta=v1";
    let answer = refuse(&app.with_header("Stripe-Version", preview), &session, &[]).await;
    assert_eq!(answer.error(), "400 - line_items");

    let line = session.lines[0].as_str();
    let change = [("line_items[0][id]", line), ("line_items[0][quantity]", "9")];
    app.post(&session.path, &change).await.ok();
}
