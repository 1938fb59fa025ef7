//! Sessions expire by themselves: while the server runs, and for the time it did not.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::home::Home;
use crate::support::http::Client;
use crate::support::server::Server;
use crate::support::shop;

const KEY: &str = "sk_test_timers";
/// Seconds to the end of a session that a test looks forward to: enough for its first look, even
/// on a busy machine.
const BEFORE_END: i64 = 3;
/// How long nothing runs: the end of such a session comes meanwhile. Not a wait for something to be
/// done, but the time itself that the test is about; the server's clock can't be set.
const DOWNTIME: Duration = Duration::from_secs(4);
/// Ends the wait for an event that does not come.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks at the events.
const PAUSE: Duration = Duration::from_millis(25);

struct Session {
    id: String,
    expires_at: i64,
}

fn open_session(client: &mut Client) -> Session {
    let articles = shop::add_articles(client);
    let session = client.ok(&shop::open_session(&articles[0].price)).json();
    Session { id: shop::text(&session["id"]), expires_at: seconds(&session["expires_at"]) }
}

/// Moves the sandbox's clock to so many seconds before, or after, the end of the session.
fn move_clock_to(client: &mut Client, session: &Session, before_end: i64) {
    let clock = client.get("/paydesk/v1/clock").json();
    let advance = session.expires_at - before_end - seconds(&clock["now"]);
    client.post("/paydesk/v1/clock", &[("advance", &advance.to_string())]);
}

fn expiries(client: &mut Client) -> Vec<Value> {
    let events = client.get("/v1/events?type=checkout.session.expired").json();
    events["data"].as_array().expect("a list").clone()
}

/// Waits until the event is there by itself.
fn await_expiry(client: &mut Client) -> Vec<Value> {
    let started = Instant::now();
    loop {
        let events = expiries(client);
        if !events.is_empty() {
            return events;
        }
        assert!(started.elapsed() < PATIENCE, "the session does not expire");
        thread::sleep(PAUSE);
    }
}

fn assert_tells_of(events: &[Value], session: &Session) {
    assert_eq!(events.len(), 1, "{events:?}");
    let event = &events[0];
    assert_eq!(event["data"]["object"]["id"], *session.id);
    assert_eq!(event["data"]["object"]["status"], "expired");
    assert_eq!(seconds(&event["created"]), session.expires_at, "{event}");
}

fn status(client: &mut Client, session: &Session) -> String {
    shop::text(&client.get(&shop::session_path(&session.id)).json()["status"])
}

fn seconds(value: &Value) -> i64 {
    let seconds = value.as_i64();
    seconds.unwrap_or_else(|| panic!("a time: {value}"))
}

#[test]
fn a_session_expires_by_itself_when_its_time_comes() {
    let home = Home::new();
    let server = Server::start(&home);
    let mut client = server.client(KEY);
    let session = open_session(&mut client);
    move_clock_to(&mut client, &session, BEFORE_END);
    assert_eq!(status(&mut client, &session), "open");
    assert_tells_of(&await_expiry(&mut client), &session);
    assert_eq!(status(&mut client, &session), "expired");
}

#[test]
fn moving_the_clock_beyond_the_end_of_a_session_expires_it_at_its_own_time() {
    let home = Home::new();
    let server = Server::start(&home);
    let mut client = server.client(KEY);
    let session = open_session(&mut client);
    move_clock_to(&mut client, &session, -3_600);
    // Without waiting: what falls due is done when the change is answered.
    assert_tells_of(&expiries(&mut client), &session);
}

#[test]
fn a_session_whose_time_came_while_nothing_ran_expires_after_the_start() {
    let home = Home::new();
    let server = Server::start(&home);
    let mut client = server.client(KEY);
    let session = open_session(&mut client);
    move_clock_to(&mut client, &session, BEFORE_END);
    assert_eq!(expiries(&mut client), [Value::Null; 0]);
    server.stop();
    thread::sleep(DOWNTIME);

    let server = Server::start(&home);
    let mut client = server.client(KEY);
    assert_eq!(status(&mut client, &session), "expired", "from the first moment");
    assert_tells_of(&await_expiry(&mut client), &session);
}

#[test]
fn a_session_expires_once_even_if_the_server_is_restarted_again_and_again() {
    let home = Home::new();
    let server = Server::start(&home);
    let mut client = server.client(KEY);
    let session = open_session(&mut client);
    move_clock_to(&mut client, &session, -1);
    server.stop();
    for _ in 0..3 {
        let server = Server::start(&home);
        assert_tells_of(&await_expiry(&mut server.client(KEY)), &session);
        server.kill();
    }
}
