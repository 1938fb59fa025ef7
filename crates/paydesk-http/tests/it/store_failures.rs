//! What clients see when the store cannot.

use insta::assert_snapshot;
use paydesk_app::StoreError;
use paydesk_testing::{Response, TestApp};

use crate::support::shown;

/// The answer to a request whose first `times` commits fail. The request that is made again after
/// them succeeds: only an answer of something written is remembered.
async fn answer_after(error: StoreError, mut times: u32) -> Response {
    let (app, store) = TestApp::with_controlled_store();
    app.product("Coffee").await;
    store.fail_commits(move || {
        let fails = times > 0;
        times = times.saturating_sub(1);
        fails.then(|| error.clone())
    });
    let client = app.expecting_failure().with_header("Idempotency-Key", "key-1");
    let answer = client.post("/v1/products", &[("name", "Tea")]).await;
    let again = client.post("/v1/products", &[("name", "Tea")]).await;
    let replayed = (answer.status == 200).then_some("true");
    assert_eq!(again.ok().header("idempotent-replayed"), replayed);
    answer
}

fn moved() -> StoreError {
    StoreError::RevisionMoved { object: "product prod_1".to_owned() }
}

#[tokio::test]
async fn a_change_that_others_were_faster_than_is_decided_again() {
    assert_eq!(answer_after(moved(), 7).await.status, 200);
    let taken = StoreError::UniqueKeyTaken { key: "lookup_key a".to_owned() };
    assert_eq!(answer_after(taken, 7).await.status, 200);
}

#[tokio::test]
async fn a_change_that_others_are_always_faster_than_is_given_up() {
    assert_snapshot!(shown(&answer_after(moved(), 8).await));
}

#[tokio::test]
async fn a_full_queue_is_told_with_when_to_try_again() {
    assert_snapshot!(shown(&answer_after(StoreError::Busy, 1).await));
}

#[tokio::test]
async fn a_store_that_cannot_be_reached_is_told_without_its_reasons() {
    let error = StoreError::Unavailable("disk I/O error on /var/lib/paydesk.db".to_owned());
    assert_snapshot!(shown(&answer_after(error, 1).await));
}

#[tokio::test]
async fn a_damaged_row_is_told_without_its_contents() {
    let error = StoreError::Inconsistent {
        table: "products",
        id: "prod_1".to_owned(),
        what: "a total is wrong".to_owned(),
    };
    assert_snapshot!(shown(&answer_after(error, 1).await));
}

#[tokio::test]
async fn a_bug_in_the_server_is_an_answer_too() {
    let (app, store) = TestApp::with_controlled_store();
    app.product("Coffee").await;
    store.fail_commits(|| panic!("a bug"));
    let client = app.expecting_failure();
    assert_snapshot!(shown(&client.post("/v1/products", &[("name", "Tea")]).await));
}
