//! `GET /v1/checkout/sessions/{id}/line_items`

use insta::assert_snapshot;
use paydesk_testing::{Session, TestApp};

use crate::support::shown;

/// A cart of 1 to `count` units of one Price, in this order.
async fn cart_of(app: &TestApp, count: u32) -> Session {
    let tea = app.price("Tea", 500).await;
    let lines: Vec<(&str, u32)> = (1..=count).map(|quantity| (tea.as_str(), quantity)).collect();
    app.session(&lines).await
}

#[tokio::test]
async fn lines_come_in_the_order_of_the_cart() {
    let app = TestApp::new();
    let session = cart_of(&app, 2).await;
    assert_snapshot!(shown(&app.get(&format!("{}/line_items", session.path)).await));
}

#[tokio::test]
async fn products_discounts_and_taxes_are_shown_on_demand() {
    let app = TestApp::new();
    let session = cart_of(&app, 1).await;
    let query = "expand[]=data.price.product&expand[]=data.discounts&expand[]=data.taxes";
    assert_snapshot!(shown(&app.get(&format!("{}/line_items?{query}", session.path)).await));
}

#[tokio::test]
async fn pages_go_down_and_up_the_cart() {
    let app = TestApp::new();
    let session = cart_of(&app, 5).await;
    let lines = &session.lines;
    let page = async |query: String| {
        let page = app.get(&format!("{}/line_items?limit=2&{query}", session.path)).await.ok();
        (page.ids(), page.value("/has_more") == true)
    };
    assert_eq!(page(String::new()).await, (lines[..2].to_vec(), true));
    let after = async |id: &str| page(format!("starting_after={id}")).await;
    assert_eq!(after(&lines[1]).await, (lines[2..4].to_vec(), true));
    assert_eq!(after(&lines[2]).await, (lines[3..].to_vec(), false));
    assert_eq!(after(&lines[4]).await, (Vec::new(), false));
    let before = async |id: &str| page(format!("ending_before={id}")).await;
    assert_eq!(before(&lines[4]).await, (lines[2..4].to_vec(), true));
    assert_eq!(before(&lines[2]).await, (lines[..2].to_vec(), false));
    assert_eq!(before(&lines[0]).await, (Vec::new(), false));
}

#[tokio::test]
async fn a_page_holds_ten_lines_unless_asked() {
    let app = TestApp::new();
    let session = cart_of(&app, 12).await;
    let path = format!("{}/line_items", session.path);
    assert_eq!(app.get(&path).await.ids().len(), 10);
    assert_eq!(app.get(&format!("{path}?limit=100")).await.ids().len(), 12);
}

#[tokio::test]
async fn a_cursor_is_a_line_of_the_cart() {
    let app = TestApp::new();
    let session = cart_of(&app, 1).await;
    let other = cart_of(&app, 1).await;
    for line in ["li_x", &other.lines[0]] {
        let answer = app.get(&format!("{}/line_items?starting_after={line}", session.path)).await;
        assert_eq!(answer.error(), "400 resource_missing starting_after");
    }
}

#[tokio::test]
async fn lines_of_a_session_that_does_not_exist_are_not_found() {
    let app = TestApp::new();
    let answer = app.get("/v1/checkout/sessions/cs_test_x/line_items").await;
    assert_eq!(answer.error(), "404 resource_missing session");
}

#[tokio::test]
async fn a_page_says_which_revision_of_the_cart_it_is_of() {
    let app = TestApp::new();
    let session = cart_of(&app, 1).await;
    let line = &session.lines[0];
    let change = [("line_items[0][id]", line.as_str()), ("line_items[0][quantity]", "7")];
    app.post(&session.path, &change).await.ok();
    let page = app.get(&format!("{}/line_items", session.path)).await;
    assert_eq!(page.header("paydesk-revision"), Some("2"));
}
