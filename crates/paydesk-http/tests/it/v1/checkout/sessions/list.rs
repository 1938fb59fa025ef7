//! `GET /v1/checkout/sessions`

use insta::assert_snapshot;
use paydesk_testing::{Client, MockClock, TestApp};

use crate::support::shown;

const PATH: &str = "/v1/checkout/sessions";

/// Three sessions an hour apart, oldest first; their ids.
async fn three_sessions(app: &TestApp) -> Vec<String> {
    let tea = app.price("Tea", 500).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(app.session(&[(&tea, 1)]).await.id);
        app.clock().advance(3600);
    }
    ids
}

async fn ids(client: &Client, query: &str) -> Vec<String> {
    client.get(&format!("{PATH}?{query}")).await.ok().ids()
}

#[tokio::test]
async fn a_list_has_the_newest_session_first() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    app.session(&[(&tea, 1)]).await;
    let elements = [("mode", "payment"), ("ui_mode", "elements")];
    app.session_with(&[(&tea, 2)], &elements).await;
    assert_snapshot!(shown(&app.get(PATH).await));
}

#[tokio::test]
async fn a_list_shows_lines_on_demand() {
    let app = TestApp::new();
    three_sessions(&app).await;
    let list = app.get(&format!("{PATH}?expand[]=data.line_items.data.price")).await.ok();
    assert_eq!(list.each("/line_items/data/0/description"), ["Tea"; 3]);
}

#[tokio::test]
async fn pages_go_both_ways() {
    let app = TestApp::new();
    let made = three_sessions(&app).await;
    let [first, second, third] = [&made[0], &made[1], &made[2]];
    let page = async |query: String| {
        let page = app.get(&format!("{PATH}?limit=1&{query}")).await.ok();
        (page.ids(), page.value("/has_more") == true)
    };
    assert_eq!(page(String::new()).await, (vec![third.clone()], true));
    let after_third = page(format!("starting_after={third}")).await;
    assert_eq!(after_third, (vec![second.clone()], true));
    let after_second = page(format!("starting_after={second}")).await;
    assert_eq!(after_second, (vec![first.clone()], false));
    let before_first = page(format!("ending_before={first}")).await;
    assert_eq!(before_first, (vec![second.clone()], true));
    let before_second = page(format!("ending_before={second}")).await;
    assert_eq!(before_second, (vec![third.clone()], false));
}

#[tokio::test]
async fn sessions_of_one_second_are_ordered_by_their_creation() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(app.session(&[(&tea, 1)]).await.id);
    }
    made.reverse();
    assert_eq!(ids(&app, "").await, made);
    assert_eq!(ids(&app, &format!("starting_after={}", made[2])).await, made[3..]);
}

#[tokio::test]
async fn a_cursor_names_a_session_of_the_sandbox() {
    let app = TestApp::new();
    let made = three_sessions(&app).await;
    let error =
        async |client: &Client, query: &str| client.get(&format!("{PATH}?{query}")).await.error();
    let unknown = error(&app, "starting_after=cs_test_x").await;
    assert_eq!(unknown, "400 resource_missing starting_after");
    let unknown = error(&app, "ending_before=cs_test_x").await;
    assert_eq!(unknown, "400 resource_missing ending_before");
    let other = app.with_key("sk_test_other");
    let foreign = error(&other, &format!("starting_after={}", made[0])).await;
    assert_eq!(foreign, "400 resource_missing starting_after");
    let both = error(&app, &format!("starting_after={0}&ending_before={0}", made[0])).await;
    assert_eq!(both, "400 parameters_exclusive starting_after");
}

#[tokio::test]
async fn status_is_what_it_is_now() {
    let app = TestApp::new();
    let made = three_sessions(&app).await;
    app.post(&format!("{PATH}/{}/expire", made[1]), &[]).await.ok();
    // The first session was created three hours ago; nobody has recorded that its time is up.
    app.clock().advance(21 * 3600);

    assert_eq!(ids(&app, "status=open").await, [made[2].as_str()]);
    assert_eq!(ids(&app, "status=expired").await, [made[1].as_str(), made[0].as_str()]);
    assert_eq!(ids(&app, "status=complete").await, [""; 0]);
    let list = app.get(PATH).await;
    assert_eq!(list.each("/status"), ["open", "expired", "expired"]);
    let odd = app.get(&format!("{PATH}?status=closed")).await;
    assert_eq!(odd.error(), "400 - status");
}

#[tokio::test]
async fn sessions_are_found_by_their_creation() {
    let app = TestApp::new();
    let made = three_sessions(&app).await;
    let hour = |hour: i64| MockClock::START + hour * 3600;
    assert_eq!(ids(&app, &format!("created={}", hour(1))).await, [made[1].as_str()]);
    let from = ids(&app, &format!("created[gte]={}", hour(1))).await;
    assert_eq!(from, [made[2].as_str(), made[1].as_str()]);
    let between = format!("created[gt]={}&created[lt]={}", hour(0), hour(2));
    assert_eq!(ids(&app, &between).await, [made[1].as_str()]);
}

#[tokio::test]
async fn sessions_are_found_by_the_buyers_address() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    app.session(&[(&tea, 1)]).await;
    let ada = [
        ("mode", "payment"),
        ("success_url", "https://shop.example"),
        ("customer_email", "ada@example.com"),
    ];
    let session = app.session_with(&[(&tea, 1)], &ada).await;
    let found = ids(&app, "customer_details[email]=ada@example.com").await;
    assert_eq!(found, [session.id]);
}

#[tokio::test]
async fn no_session_belongs_to_another_object_yet() {
    let app = TestApp::new();
    let made = three_sessions(&app).await;
    for filter in ["customer_account", "payment_intent", "payment_link", "subscription"] {
        let list = app.get(&format!("{PATH}?{filter}=x_1")).await.ok();
        assert_eq!((list.ids(), list.value("/has_more")), (Vec::new(), false.into()), "{filter}");
        let nothing = app.get(&format!("{PATH}?{filter}=")).await;
        assert_eq!(nothing.error(), format!("400 parameter_invalid_empty {filter}"));
        let unknown = app.get(&format!("{PATH}?{filter}=x_1&starting_after=cs_x")).await;
        assert_eq!(unknown.error(), "400 resource_missing starting_after");
    }
    assert_eq!(ids(&app, "").await.len(), made.len());
}
