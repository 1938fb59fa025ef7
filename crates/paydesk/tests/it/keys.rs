//! Keys that are made beside a server, and what is ever seen of them.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::home::Home;
use crate::support::http::Request;
use crate::support::server::{Launch, Server};
use crate::support::tool;

/// Ends the wait for a change that a server never notices.
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes a key; returns what is known of it, with its text.
fn create(home: &Home, more: &[&str]) -> Value {
    let said = tool::run(home, &[&["keys", "create", "--json"], more].concat()).ok();
    serde_json::from_str(&said).expect("JSON")
}

fn text<'a>(key: &'a Value, field: &str) -> &'a str {
    key[field].as_str().unwrap_or_else(|| panic!("no {field} in {key:#}"))
}

fn status(server: &Server, key: &str) -> u16 {
    server.client(key).send(&Request::get("/v1/products")).status
}

/// A server whose sandboxes open to made keys only.
fn closed(home: &Home) -> Server {
    Launch::on(home).flag("--open-sandboxes", "false").start()
}

#[test]
fn keys_are_made_and_revoked_beside_a_server() {
    let home = Home::new();
    let before = create(&home, &[]);
    let server = closed(&home);
    let during = create(&home, &["--live", "--name", "The till"]);
    for key in [&before, &during] {
        assert_eq!(status(&server, text(key, "key")), 200);
    }
    assert_eq!(text(&before, "account"), text(&during, "account"));
    assert_eq!(status(&server, "sk_test_shop"), 401);

    let said = tool::run(&home, &["keys", "revoke", text(&during, "id")]).ok();
    assert!(said.contains("is revoked"), "{said}");
    let started = Instant::now();
    while status(&server, text(&during, "key")) == 200 {
        assert!(started.elapsed() < PATIENCE, "the server does not notice");
    }
    let answer = server.client(text(&during, "key")).send(&Request::get("/v1/products")).json();
    assert_eq!(answer["error"]["code"], "api_key_expired");
    assert_eq!(status(&server, text(&before, "key")), 200);
    let again = tool::run(&home, &["keys", "revoke", text(&during, "id")]).ok();
    assert!(again.contains("was revoked before"), "{again}");
    server.stop();
}

#[test]
fn a_key_is_alone_on_standard_output_and_shown_once() {
    let home = Home::new();
    let made = tool::run(&home, &["keys", "create", "--allow", "all:read"]);
    assert_eq!(made.code, Some(0));
    let key = made.stdout.strip_suffix('\n').expect("one line");
    assert!(key.starts_with("rk_test_") && !key.contains(char::is_whitespace), "{key}");
    assert!(made.stderr.contains("shown only now"), "{}", made.stderr);
    let secret = key.strip_prefix("rk_test_").unwrap();
    for said in [
        made.stderr,
        tool::run(&home, &["keys", "list"]).ok(),
        tool::run(&home, &["keys", "list", "--json"]).ok(),
    ] {
        assert!(!said.contains(secret), "{said}");
    }
    let last_four = &secret[secret.len() - 4..];
    assert!(tool::run(&home, &["keys", "list"]).ok().contains(&format!("rk_test_…{last_four}")));
    for entry in fs::read_dir(home.work()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!is_there, "the key is in {}", path.display());
    }
}

#[test]
fn many_keys_made_at_once_on_a_new_file_are_all_of_one_account() {
    let home = Home::new();
    let keys: Vec<Value> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..6).map(|_| scope.spawn(|| create(&home, &[]))).collect();
        makers.into_iter().map(|maker| maker.join().expect("it made a key")).collect()
    });
    let account = text(&keys[0], "account");
    assert!(keys.iter().all(|key| text(key, "account") == account), "{keys:#?}");
    let listed = tool::run(&home, &["keys", "list", "--json"]).ok();
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed.as_array().map(Vec::len), Some(keys.len()));
}

#[test]
fn what_can_not_be_done_is_said_in_a_line() {
    let home = Home::new();
    let refusal = |arguments: &[&str]| tool::run(&home, arguments).refusal();
    assert!(refusal(&["keys", "list"]).contains("`paydesk keys create` makes it"));
    let above = create(&home, &[]);
    let below = create(&home, &["--sub-account-of", text(&above, "account")]);
    assert_ne!(text(&above, "account"), text(&below, "account"));
    for (arguments, expected) in [
        (vec!["--account", "acct_none"], "there is no account acct_none"),
        (vec!["--sub-account-of", text(&below, "account")], "a level too deep"),
        (vec!["--database", "memory"], "keys are kept in a file"),
    ] {
        let said = refusal(&[&["keys", "create"], &*arguments].concat());
        assert!(said.contains(expected), "{said}");
    }
    assert!(refusal(&["keys", "revoke", "mk_none"]).contains("there is no key mk_none"));
    // Whoever gives the key where its id belongs does not see it repeated.
    let said = refusal(&["keys", "revoke", text(&above, "key")]);
    assert!(said.contains("begins with mk_") && !said.contains(text(&above, "key")), "{said}");
}
