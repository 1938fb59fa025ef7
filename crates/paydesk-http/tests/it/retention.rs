//! What clients see of records that are kept for a time only.

use paydesk_app::Retention;
use paydesk_testing::{Session, TestApp};

const DAY: u32 = 86_400;

/// A shop with a session that expired, and its events.
async fn shop_with_an_expired_session(app: &TestApp) -> Session {
    let price = app.price("Tea", 500).await;
    let session = app.session(&[(&price, 1)]).await;
    app.post(&format!("{}/expire", session.path), &[]).await.ok();
    session
}

async fn events(app: &TestApp) -> usize {
    app.get("/v1/events").await.ok().ids().len()
}

#[tokio::test]
async fn events_are_kept_for_thirty_days_and_sessions_for_ever() {
    let app = TestApp::keeping(Retention::default());
    let session = shop_with_an_expired_session(&app).await;
    let before = events(&app).await;
    assert!(before > 0);
    app.clock().advance(30 * DAY);
    app.prune().await;
    assert_eq!(events(&app).await, before);

    app.clock().advance(DAY);
    assert_eq!(app.prune().await, before);
    assert_eq!(events(&app).await, 0);
    app.get(&session.path).await.ok();
}

#[tokio::test]
async fn expired_sessions_go_where_the_shop_says_so_and_open_ones_stay() {
    let app = TestApp::keeping(Retention {
        events: None,
        expired_sessions: Some(DAY.into()),
        ..Retention::default()
    });
    let expired = shop_with_an_expired_session(&app).await;
    let price = app.price("Coffee", 350).await;
    let open = app.session(&[(&price, 1)]).await;
    let before = events(&app).await;
    app.clock().advance(2 * DAY);
    assert_eq!(app.prune().await, 1);
    let gone = app.get(&expired.path).await;
    assert_eq!(gone.status, 404);
    let open = app.get(&open.path).await.ok();
    assert_eq!(open.string("/status"), "expired", "its time is up, but nobody has recorded that");
    assert_eq!(events(&app).await, before, "events stay that tell of it");
}
