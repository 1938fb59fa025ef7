//! Revisions of a session: what raises them, and updates made for one of them.

use insta::assert_snapshot;
use paydesk_testing::{Response, Session, TestApp};

use crate::support::{Params, shown};

async fn cart(app: &TestApp) -> Session {
    let tea = app.price("Tea", 500).await;
    let coffee = app.price("Coffee", 700).await;
    app.session(&[(&tea, 1), (&coffee, 1)]).await
}

/// An update of the first line's quantity, leaving the second out.
async fn change(app: &TestApp, session: &Session, if_match: Option<&str>, units: &str) -> Response {
    let client = match if_match {
        Some(revision) => app.with_header("If-Match", revision),
        None => app.client(),
    };
    let line = session.lines[0].as_str();
    let params = [("line_items[0][id]", line), ("line_items[0][quantity]", units)];
    client.post(&session.path, &params).await
}

#[tokio::test]
async fn every_change_that_a_buyer_could_see_raises_the_revision() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let [tea, coffee] = [session.lines[0].as_str(), session.lines[1].as_str()];
    let id = "line_items[0][id]";
    let adjustable = "line_items[0][adjustable_quantity][enabled]";
    let table: [(&str, Params<'_>, &str); 9] = [
        ("nothing", &[], "1"),
        ("the same cart", &[(id, tea), ("line_items[1][id]", coffee)], "1"),
        ("metadata", &[("metadata[a]", "1")], "1"),
        (
            "metadata of a line",
            &[(id, tea), ("line_items[0][metadata][a]", "1"), ("line_items[1][id]", coffee)],
            "1",
        ),
        ("the order", &[(id, coffee), ("line_items[1][id]", tea)], "2"),
        ("a line less", &[(id, tea)], "3"),
        ("a quantity", &[(id, tea), ("line_items[0][quantity]", "5")], "4"),
        ("the same quantity", &[(id, tea), ("line_items[0][quantity]", "5")], "4"),
        ("bounds", &[(id, tea), (adjustable, "true")], "5"),
    ];
    for (what, params, expected) in table {
        let answer = app.post(&session.path, params).await.ok();
        assert_eq!(answer.header("paydesk-revision"), Some(expected), "{what}");
    }
    let read = app.get(&session.path).await;
    assert_eq!(read.header("paydesk-revision"), Some("5"));
}

#[tokio::test]
async fn an_update_for_an_older_revision_is_refused() {
    let app = TestApp::new();
    let session = cart(&app).await;
    change(&app, &session, Some("1"), "2").await.ok();
    assert_snapshot!(shown(&change(&app, &session, Some("1"), "3").await));
    assert_eq!(app.get(&session.path).await.value("/amount_total"), 1000);
}

#[tokio::test]
async fn a_revision_is_named_bare_quoted_or_as_any() {
    let app = TestApp::new();
    let session = cart(&app).await;
    for (if_match, units) in [("1", "2"), ("\"2\"", "3"), ("*", "4")] {
        change(&app, &session, Some(if_match), units).await.ok();
    }
    let answer = change(&app, &session, None, "5").await.ok();
    assert_eq!(answer.header("paydesk-revision"), Some("5"));
}

#[tokio::test]
async fn what_is_no_revision_is_refused() {
    let app = TestApp::new();
    let session = cart(&app).await;
    for odd in ["", "one", "-1", "+1", "W/\"1\"", "1, 2", "99999999999999999999", "\"1"] {
        let answer = change(&app, &session, Some(odd), "2").await;
        assert_eq!(answer.error(), "400 - -", "{odd:?}");
        assert_eq!(answer.header("paydesk-revision"), None);
    }
}

#[tokio::test]
async fn a_revision_binds_an_update_of_metadata_too() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let ahead = app.with_header("If-Match", "2");
    let answer = ahead.post(&session.path, &[("metadata[a]", "1")]).await;
    assert_eq!(answer.error(), "412 revision_mismatch -");
}

#[tokio::test]
async fn only_the_update_of_a_session_is_made_for_a_revision() {
    let app = TestApp::new();
    let session = cart(&app).await;
    let client = app.with_header("If-Match", "1");
    let expire = client.post(&format!("{}/expire", session.path), &[]).await;
    assert_eq!(expire.error(), "400 - -");
    assert_eq!(client.get(&session.path).await.error(), "400 - -");
}
