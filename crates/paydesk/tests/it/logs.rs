//! What the log says of a request, and what it never says.

use serde_json::Value;

use crate::support::home::Home;
use crate::support::http::{Client, Request};
use crate::support::server::{Launch, Server};
use crate::support::{shop, tool};

/// A key whose name is found nowhere else.
const KEY: &str = "sk_test_logmark0key";

fn server_that_logs(home: &Home, level: &str, format: &str) -> Server {
    let launch = Launch::on(home).flag("--log", level);
    launch.flag("--log-format", format).start()
}

/// Sends requests of several kinds; returns what was asked for and answered.
fn requests(server: &Server) -> Vec<(&'static str, &'static str, u16, String)> {
    let mut client = server.client(KEY);
    let price = shop::add_articles(&mut client).remove(0).price;
    let session = client.ok(&shop::open_session(&price)).json();
    let path = shop::session_path(&shop::text(&session["id"]));
    let table = [
        (Request::get(&path), "GET", "/v1/checkout/sessions/{id}"),
        (Request::post(&path, &[("nonsense", "1")]), "POST", "/v1/checkout/sessions/{id}"),
        (Request::get("/v1/prices?limit=1"), "GET", "/v1/prices"),
        (Request::get("/v1/prices/price_none"), "GET", "/v1/prices/{id}"),
    ];
    let send = |(request, method, template)| {
        let answer = client.send(&request);
        let id = answer.header("request-id").expect("every answer has an id");
        (method, template, answer.status, id.to_owned())
    };
    table.into_iter().map(send).collect()
}

#[test]
fn each_request_has_a_line_with_its_id_method_path_status_and_duration() {
    let home = Home::new();
    let server = server_that_logs(&home, "info", "text");
    let requests = requests(&server);
    server.stop();
    let log = home.log();
    let statuses: Vec<u16> = requests.iter().map(|request| request.2).collect();
    assert_eq!(statuses, [200, 400, 200, 404]);
    for (method, template, status, id) in requests {
        let expected = format!(
            " INFO request request_id=\"{id}\" method={method} path=\"{template}\" \
             status={status} duration_us="
        );
        let mut lines = log.lines().filter(|line| line.contains(&id));
        let line = lines.next().unwrap_or_else(|| panic!("{id} in {log}"));
        assert!(line.contains(&expected), "{line}");
        assert_eq!(lines.next(), None, "one line for each request");
    }
    assert!(!log.contains('\u{1b}'), "no colours in a file");
}

#[test]
fn in_json_every_line_is_an_object_with_the_same_fields() {
    let home = Home::new();
    let server = server_that_logs(&home, "debug", "json");
    let requests = requests(&server);
    server.stop();
    let log = home.log();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("JSON: {line}")))
        .collect();
    for (method, template, status, id) in requests {
        let line = lines.iter().find(|line| line["request_id"] == id);
        let line = line.unwrap_or_else(|| panic!("{id} in {log}"));
        assert_eq!(line["level"], "INFO");
        assert_eq!(line["message"], "request");
        assert_eq!(line["method"], method);
        assert_eq!(line["path"], template);
        assert_eq!(line["status"], status);
        assert!(line["duration_us"].is_u64(), "{line}");
        assert_eq!(line["client"], "127.0.0.1");
        assert!(line["timestamp"].is_string(), "{line}");
    }
}

#[test]
fn no_key_secret_address_or_value_of_a_request_is_ever_logged() {
    for format in ["text", "json"] {
        let home = Home::new();
        let server = server_that_logs(&home, "debug", format);
        let mut secrets = send_secrets(&server);
        secrets.extend(send_made_keys(&home, &server));
        secrets.push("logmark".to_owned());
        server.stop();
        let log = home.log();
        assert!(log.lines().count() > 20, "there is a log: {log}");
        for secret in secrets {
            let found = log.lines().find(|line| line.contains(&secret));
            assert_eq!(found, None, "{secret} is in the log");
        }
    }
}

/// Sends requests in which every value that a client chooses has `logmark` in it, most of them
/// refused for one reason or another. Returns the secrets that the server chose.
fn send_secrets(server: &Server) -> Vec<String> {
    let mut client = server.client(KEY);
    let price = shop::add_articles(&mut client).remove(0).price;
    let session = shop::open_session(&price).idempotent("logmark1idempotency");
    let session = client.ok(&session).json();
    let path = shop::session_path(&shop::text(&session["id"]));
    let emailed = open_with("customer_email", "logmark2@shop.example", &price);
    let emailed = client.ok(&emailed).json();
    let hosted_url = "https://shop.example/?logmark3=1";
    let refused = [
        open_with("customer_email", "logmark4 no address", &price),
        open_with("metadata[logmark5]", &"logmark6".repeat(100), &price),
        open_with("success_url", hosted_url, &price),
        open_with("logmark7", "logmark8", &price),
        open_with("mode", "logmark9", &price),
        Request::post(&path, &[("line_items[0][id]", "logmark10")]),
        Request::post(&path, &[("line_items[0][quantity]", "logmark11")]),
        Request::post(&path, &[("metadata[a]", "b")]).header("If-Match", "logmark12"),
        Request::post(&path, &[("metadata[a]", "b")]).header("Stripe-Version", "logmark13"),
        Request::post(&path, &[("metadata[a]", "b")]).header("Stripe-Account", "logmark14"),
        Request::post(&path, &[("metadata[a]", "b")]).header("Content-Type", "text/logmark15"),
        Request::post(&path, &[("a", "b")]).idempotent(&"logmark16".repeat(100)),
        // A key that was used for something else before.
        Request::post(&path, &[("metadata[a]", "b")]).idempotent("logmark1idempotency"),
        Request::get("/v1/prices?limit=logmark17"),
        Request::get("/v1/prices?lookup_keys[]=a&logmark18=logmark19"),
        Request::get("/v1/prices?starting_after=logmark20"),
        Request::get("/v1/checkout/sessions/cs_test_logmark21"),
        Request::get("/v1/logmark22?logmark23=1"),
        Request::post("/v1/prices", &[("unit_amount", &"logmark24".repeat(300_000))]),
        Request::get("/c/pay/logmark25?logmark26=1"),
    ];
    for request in refused {
        // Each on its own connection: some are answered before they were read.
        let answer = server.client(KEY).try_send(&request);
        let status = answer.map_or(413, |answer| answer.status);
        assert!((400..500).contains(&status) || is_page(&request), "{request:?}");
    }
    send_keys(server);
    let secrets = [&session, &emailed].map(|session| shop::text(&session["client_secret"]));
    secrets.into()
}

/// Opens a session with this parameter, in place of the usual one of that name.
fn open_with(name: &str, value: &str, price: &str) -> Request {
    let usual = [
        ("mode", "payment"),
        ("ui_mode", "elements"),
        ("return_url", "https://shop.example/done"),
        ("line_items[0][price]", price),
        ("line_items[0][quantity]", "1"),
    ];
    let others = usual.into_iter().filter(|(other, _)| *other != name);
    let form: Vec<(&str, &str)> = others.chain([(name, value)]).collect();
    Request::post("/v1/checkout/sessions", &form)
}

fn is_page(request: &Request) -> bool {
    request.head("").starts_with("GET /c/pay/")
}

/// Sends keys that were made, one that works and one that was revoked; returns them.
fn send_made_keys(home: &Home, server: &Server) -> Vec<String> {
    let create = ["keys", "create", "--json", "--name", "logmark40"];
    let made = [(); 2]
        .map(|()| -> Value { serde_json::from_str(&tool::run(home, &create).ok()).expect("JSON") });
    tool::run(home, &["keys", "revoke", made[1]["id"].as_str().expect("an id")]).ok();
    let keys = made.map(|made| made["key"].as_str().expect("a key").to_owned());
    for (key, expected) in keys.iter().zip([200, 401]) {
        let answer = server.client(key).send(&Request::get("/v1/prices"));
        assert_eq!(answer.status, expected);
    }
    keys.into()
}

/// Tries keys that open nothing, and lines that are no HTTP.
fn send_keys(server: &Server) {
    let keys = [
        "sk_test_logmark-30",
        "sk_live_logmark31",
        "rk_test_logmark32",
        "pk_test_logmark33",
        "logmark34",
    ];
    for key in keys {
        let answer = server.client(key).send(&Request::get("/v1/prices"));
        let status = answer.status;
        assert!(status == 401 || status == 403, "{key}: {status}");
    }
    let broken = [
        "logmark35\r\n\r\n",
        "GET /v1/prices HTTP/1.1\r\nlogmark36\r\n\r\n",
        "GET /v1/logmark37\u{7f} HTTP/1.1\r\n\r\n",
    ];
    for message in broken {
        let mut client: Client = server.client("");
        client.write(message);
        assert_eq!(client.read().status, 400, "{message}");
    }
}
