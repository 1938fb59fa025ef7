//! How the program stops: in order, soon, and with everything it acknowledged on disk.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::support::buyer::{Buyer, InFlight};
use crate::support::home::Home;
use crate::support::http::Request;
use crate::support::server::{Ended, Server};
use crate::support::shop;

/// Far less than a server waits for a request that does not end, far more than it needs otherwise.
const SOON: Duration = Duration::from_secs(10);

fn assert_in_order(ended: &Ended, home: &Home) {
    assert!(ended.status.success(), "{}\n{}", ended.status, home.log());
    assert!(ended.took < SOON, "it took {:?}", ended.took);
    let log_file = home.work().join("paydesk.db-wal");
    assert!(!log_file.exists(), "everything was moved into the file");
}

fn stop_under_load(signal: Signal) {
    let home = Home::new();
    let server = Server::start(&home);
    let address = server.address();
    let mut buyers: Vec<Buyer> = (0..4)
        .map(|number| Buyer::new(address, "sk_test_stop", &format!("buyer-{number}"), number))
        .collect();
    let (sender, answered) = channel();
    let ended = thread::scope(|scope| {
        for buyer in &mut buyers {
            let sender = sender.clone();
            scope.spawn(move || buyer.shop(address, &sender));
        }
        drop(sender);
        for _ in 0..100 {
            answered.recv().expect("the buyers get answers");
        }
        server.signal(signal);
        server.wait()
    });
    assert_in_order(&ended, &home);
    let server = Server::start(&home);
    for buyer in &mut buyers {
        let in_flight = buyer.check(server.address());
        assert_ne!(in_flight, InFlight::Made, "what is made is answered");
    }
}

#[test]
fn told_to_terminate_it_keeps_what_it_acknowledged_and_answers_what_it_made() {
    stop_under_load(Signal::TERM);
}

#[test]
fn interrupted_it_keeps_what_it_acknowledged_and_answers_what_it_made() {
    stop_under_load(Signal::INT);
}

#[test]
fn connections_that_ask_for_nothing_do_not_hold_it_up() {
    let home = Home::new();
    let server = Server::start(&home);
    let mut kept_alive = server.client("sk_test_idle");
    kept_alive.get("/v1/prices");
    let silent = TcpStream::connect(server.address()).unwrap();
    // Answered on a later connection, so the silent one was accepted before.
    server.client("sk_test_idle").get("/v1/prices");
    server.signal(Signal::TERM);
    assert_in_order(&server.wait(), &home);
    drop((kept_alive, silent));
}

#[test]
fn a_request_that_is_under_way_is_still_answered() {
    let home = Home::new();
    let server = Server::start(&home);
    let mut client = server.client("sk_test_under_way");
    let articles = shop::add_articles(&mut client);
    let open = shop::open_session(&articles[0].price).header("Expect", "100-continue");
    client.write(&open.head("sk_test_under_way"));
    // The server asks for the body: the request has reached its handler.
    assert_eq!(client.read().status, 100);
    server.signal(Signal::TERM);
    await_refused_connections(server.address());
    client.write(open.body());
    let answer = client.read();
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("connection"), Some("close"));
    assert_in_order(&server.wait(), &home);

    let session = shop::text(&answer.json()["id"]);
    let server = Server::start(&home);
    let found =
        server.client("sk_test_under_way").send(&Request::get(&shop::session_path(&session)));
    assert_eq!(found.status, 200);
}

/// Returns once nobody listens any more, which is the first thing a stopping server sees to.
fn await_refused_connections(address: SocketAddr) {
    let started = Instant::now();
    loop {
        match TcpStream::connect(address) {
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => return,
            _ => assert!(started.elapsed() < SOON, "it goes on listening"),
        }
        thread::yield_now();
    }
}
