//! Connections: versions of HTTP, limits of time and number, and proxies.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::support::home::Home;
use crate::support::http::{Client, Request};
use crate::support::server::{Launch, Server};
use crate::support::shop;

/// Ends the wait for what does not happen.
const PATIENCE: Duration = Duration::from_secs(60);
/// What a client of HTTP/2 begins with: a greeting and its settings, of which it has none.
const HTTP2_BEGINNING: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

fn server_with(home: &Home, limit: &str, value: &str) -> Server {
    Launch::on(home).flag(limit, value).start()
}

fn stream(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address()).expect("the server accepts connections");
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket has this option");
    stream.set_write_timeout(Some(PATIENCE)).expect("a socket has this option");
    stream
}

/// Everything that comes until the server ends the connection.
fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset, "{error}"),
    }
    rest
}

#[test]
fn a_client_that_asks_for_nothing_is_cut_off() {
    let home = Home::new();
    let server = server_with(&home, "--head-timeout", "1");
    assert_eq!(rest(&mut stream(&server)), b"");
}

#[test]
fn a_client_that_does_not_end_the_head_of_its_request_is_cut_off() {
    let home = Home::new();
    let server = server_with(&home, "--head-timeout", "1");
    let mut silent = stream(&server);
    silent.write_all(b"GET /v1/prices HTTP/1.1\r\nHost: pay").unwrap();
    assert_eq!(rest(&mut silent), b"");
}

#[test]
fn a_client_that_sends_its_head_byte_by_byte_is_cut_off_all_the_same() {
    let home = Home::new();
    let server = server_with(&home, "--head-timeout", "1");
    let mut slow = stream(&server);
    slow.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    slow.write_all(b"GET /v1/prices HTTP/1.1\r\nX-Slow: ").unwrap();
    let started = Instant::now();
    // Each byte that comes would put off a limit that only looks for silence.
    while slow.write_all(b"a").is_ok() && !is_over(&mut slow) {
        assert!(started.elapsed() < PATIENCE, "it is never cut off");
    }
}

/// Whether the server has ended the connection; waits as long as reads do.
fn is_over(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0]) {
        Ok(0) => true,
        Ok(_) => panic!("there is nothing to answer"),
        Err(error) => !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut),
    }
}

#[test]
fn a_second_request_has_as_long_as_the_first() {
    let home = Home::new();
    let server = server_with(&home, "--head-timeout", "1");
    let mut client = server.client("sk_test_slow");
    client.get("/v1/prices");
    client.write("GET /v1/prices");
    assert!(client.is_ended_by_server());
}

#[test]
fn a_body_that_does_not_come_is_answered_and_then_cut_off() {
    let home = Home::new();
    let server = server_with(&home, "--body-timeout", "1");
    let mut client = server.client("sk_test_slow");
    let request = Request::post("/v1/products", &[("name", "Tea")]);
    client.write(&request.head("sk_test_slow"));
    client.write("name=");
    let answer = client.read();
    assert_eq!(answer.status, 408, "{}", answer.text());
    assert_eq!(answer.header("stripe-should-retry"), Some("true"));
    assert!(answer.text().contains("within 1 seconds"), "{}", answer.text());
    assert!(client.is_ended_by_server());
}

#[test]
fn a_connection_that_is_idle_is_ended() {
    let home = Home::new();
    let server = server_with(&home, "--idle-timeout", "1");
    let mut client = server.client("sk_test_idle");
    client.get("/v1/prices");
    client.get("/v1/prices");
    assert!(client.is_ended_by_server());
}

#[test]
fn a_client_that_takes_no_answers_is_cut_off() {
    let home = Home::new();
    let server = server_with(&home, "--answer-timeout", "1");
    let mut greedy = stream(&server);
    let requests = "GET /c/pay/cs_x HTTP/1.1\r\nHost: paydesk\r\n\r\n".repeat(100);
    let started = Instant::now();
    // Until the buffers are full the server answers; then it waits, and then it gives up.
    let error = loop {
        match greedy.write_all(requests.as_bytes()) {
            Ok(()) => assert!(started.elapsed() < PATIENCE, "it is never cut off"),
            Err(error) => break error,
        }
    };
    let reset = [io::ErrorKind::ConnectionReset, io::ErrorKind::BrokenPipe];
    assert!(reset.contains(&error.kind()), "{error}");
    server.stop();
}

#[test]
fn an_old_connection_says_that_its_next_answer_is_the_last() {
    let home = Home::new();
    let server = server_with(&home, "--max-connection-age", "1");
    let mut client = server.client("sk_test_old");
    let started = Instant::now();
    while client.get("/v1/prices").header("connection") != Some("close") {
        assert!(started.elapsed() < PATIENCE, "it is never too old");
    }
    assert!(client.is_ended_by_server());
}

#[test]
fn whoever_finds_no_place_waits_for_one() {
    let home = Home::new();
    let server = server_with(&home, "--max-connections", "1");
    let mut first = server.client("sk_test_first");
    first.get("/v1/prices");
    let mut second = server.client("sk_test_second");
    second.write(&Request::get("/v1/prices").head("sk_test_second"));
    for _ in 0..10 {
        first.get("/v1/prices");
    }
    assert!(second.has_nothing_to_read());
    drop(first);
    assert_eq!(second.read().status, 200);
    server.stop();
    assert!(home.log().contains("--max-connections"), "{}", home.log());
}

#[test]
fn a_client_may_begin_with_http2_and_is_limited_all_the_same() {
    let home = Home::new();
    let server = server_with(&home, "--head-timeout", "1");
    let mut stream = stream(&server);
    stream.write_all(HTTP2_BEGINNING).unwrap();
    let answer = rest(&mut stream);
    assert_eq!(answer.get(3), Some(&4), "the server's settings come first: {answer:?}");
}

#[test]
fn a_client_of_http2_that_makes_no_room_for_an_answer_is_cut_off() {
    let home = Home::new();
    let server = server_with(&home, "--answer-timeout", "1");
    let mut greedy = stream(&server);
    // A greeting, a setting (no room for the body of an answer), and `GET /readyz`.
    greedy.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").unwrap();
    greedy.write_all(b"\0\0\x06\x04\0\0\0\0\0\0\x04\0\0\0\0").unwrap();
    greedy.write_all(b"\0\0\x14\x01\x05\0\0\0\x01\x82\x86\x44\x07/readyz\x41\x07paydesk").unwrap();
    let answer = rest(&mut greedy);
    // The header `content-type: text/plain…` has come, and nothing of the body.
    assert!(answer.len() > 50, "{answer:?}");
    assert!(!answer.ends_with(b"ok\n"), "{answer:?}");
}

#[test]
fn a_body_is_asked_for_only_when_it_will_be_read() {
    let home = Home::new();
    let server = Server::start(&home);
    let request = Request::post("/v1/products", &[("name", "Tea")]);
    let request = request.header("Expect", "100-continue");
    let mut client = server.client("nonsense");
    client.write(&request.head("nonsense"));
    assert_eq!(client.read().status, 401);
}

#[test]
fn heads_without_end_are_refused() {
    let home = Home::new();
    let server = server_with(&home, "--max-head-bytes", "1024");
    let mut client = server.client("sk_test_large");
    let request = Request::get("/v1/prices").header("X-Large", &"a".repeat(1024));
    let answer = client.send(&request);
    assert_eq!(answer.status, 431);
    assert!(answer.text().contains("at most 1024 bytes"), "{}", answer.text());
    // Beyond all measure nothing is read any more, and so nothing can be said.
    let mut stream = stream(&server);
    let head = format!("GET / HTTP/1.1\r\nX-Large: {}", "a".repeat(1_000_000));
    let _ = stream.write_all(head.as_bytes());
    let answer = rest(&mut stream);
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{}", answer.len());
}

/// The address of the page of a new session that is asked for through a proxy.
fn page_by_proxy(server: &Server, headers: &[(&str, &str)]) -> String {
    let form = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/done"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][unit_amount]", "350"),
        ("line_items[0][price_data][product_data][name]", "Espresso"),
        ("line_items[0][quantity]", "1"),
    ];
    let request = Request::post("/v1/checkout/sessions", &form);
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let url = shop::text(&server.client("sk_test_proxy").ok(&request).json()["url"]);
    url.split("/c/pay/").next().unwrap_or_default().to_owned()
}

const BY_PROXY: [(&str, &str); 3] = [
    ("X-Forwarded-For", "192.0.2.7"),
    ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Host", "pay.example.com"),
];

fn local(address: SocketAddr) -> String {
    format!("http://{address}")
}

#[test]
fn a_trusted_proxy_says_who_asks_and_where() {
    let home = Home::new();
    let launch = Launch::on(&home).flag("--trusted-proxies", "10.0.0.0/8,127.0.0.1");
    let server = launch.flag("--log", "info").start();
    assert_eq!(page_by_proxy(&server, &BY_PROXY), "https://pay.example.com");
    assert_eq!(page_by_proxy(&server, &[]), local(server.address()));
    server.stop();
    assert!(home.log().contains(" client=192.0.2.7"), "{}", home.log());
}

#[test]
fn nobody_else_is_believed() {
    let home = Home::new();
    let launch = Launch::on(&home).flag("--trusted-proxies", "10.0.0.0/8");
    let server = launch.flag("--log", "info").start();
    assert_eq!(page_by_proxy(&server, &BY_PROXY), local(server.address()));
    server.stop();
    assert!(home.log().contains(" client=127.0.0.1"), "{}", home.log());
}

#[test]
fn a_public_url_goes_before_what_a_proxy_says() {
    let home = Home::new();
    let launch = Launch::on(&home).flag("--trusted-proxies", "127.0.0.1");
    let server = launch.flag("--public-url", "https://shop.example/pay/").start();
    assert_eq!(page_by_proxy(&server, &BY_PROXY), "https://shop.example/pay");
}

#[test]
fn an_address_to_listen_on_everywhere_is_none_to_send_buyers_to() {
    let home = Home::new();
    let launch = Launch::bare(&home).flag("--listen", "0.0.0.0:0").flag("--database", "memory");
    let server = launch.flag("--open-sandboxes", "true").start();
    let here = SocketAddr::from(([127, 0, 0, 1], server.address().port()));
    let mut client = Client::connect(here, "sk_test_everywhere");
    client.get("/v1/prices");
    drop(client);
    assert_eq!(page_by_proxy(&server, &[]), local(here));
}
