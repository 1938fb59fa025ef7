//! The doctor says what is set and what is wrong, beside a server that works.

use std::fs;

use serde_json::Value;

use crate::support::home::Home;
use crate::support::server::Server;
use crate::support::{shop, tool};

/// What is said for programs, and the code it ends with.
fn examine(home: &Home, more: &[&str]) -> (Value, Option<i32>) {
    let said = tool::run(home, &[&["doctor", "--json"], more].concat());
    assert_eq!(said.stderr, "");
    (serde_json::from_str(&said.stdout).expect("JSON"), said.code)
}

fn check<'a>(report: &'a Value, name: &str) -> &'a Value {
    let checks = report["checks"].as_array().expect("a list");
    let found = checks.iter().find(|check| check["name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {report:#}"))
}

#[test]
fn a_database_that_is_served_is_in_order_and_says_by_whom() {
    let home = Home::new();
    let server = Server::start(&home);
    shop::add_articles(&mut server.client("sk_test_doctor"));
    let (report, code) = examine(&home, &["--keep-events", "7d"]);
    assert_eq!(code, Some(0), "{report:#}");
    for name in ["clock", "schema", "integrity", "journal", "size", "retention", "served"] {
        assert_eq!(check(&report, name)["verdict"], "ok", "{report:#}");
    }
    assert!(check(&report, "served")["found"].as_str().unwrap().starts_with("by process "));
    assert!(check(&report, "journal")["found"].as_str().unwrap().starts_with("wal, "));
    let settings = report["settings"].as_array().unwrap();
    let setting = |name: &str| settings.iter().find(|setting| setting["name"] == name).unwrap();
    assert_eq!(setting("keep-events")["source"], "--keep-events");
    assert_eq!(setting("database")["source"], "PAYDESK_DATABASE");
    assert_eq!(setting("listen")["source"], "default");
    server.stop();
    let (report, _) = examine(&home, &[]);
    assert_eq!(check(&report, "served")["found"], "by nobody");
}

#[test]
fn a_database_that_is_not_there_yet_is_not_made() {
    let home = Home::new();
    let (report, code) = examine(&home, &[]);
    assert_eq!(code, Some(0), "{report:#}");
    assert_eq!(check(&report, "database")["verdict"], "ok");
    assert_eq!(fs::read_dir(home.work()).unwrap().count(), 0);
}

#[test]
fn what_is_wrong_is_said_with_what_to_do_and_ends_with_a_code() {
    let home = Home::new();
    Server::start(&home).stop();
    let file = rusqlite::Connection::open(home.database()).unwrap();
    file.pragma_update(None, "user_version", 1_000).unwrap();
    drop(file);
    let (report, code) = examine(&home, &[]);
    assert_eq!(code, Some(1));
    assert_eq!(report["verdict"], "fail");
    assert_eq!(check(&report, "schema")["verdict"], "fail");
    assert!(check(&report, "schema")["advice"].as_str().unwrap().contains("later release"));

    let (report, code) = examine(&home, &["--database", "missing/paydesk.db"]);
    assert_eq!(code, Some(1));
    assert_eq!(check(&report, "disk flush")["verdict"], "fail", "{report:#}");
}

#[test]
fn a_tax_table_is_read_before_anybody_restarts_the_server() {
    let home = Home::new();
    let examine_table = |text: &str| {
        fs::write(home.work().join("taxes.csv"), text).unwrap();
        examine(&home, &["--tax-table", "taxes.csv"])
    };
    let (report, code) =
        examine_table("country,percentage,inclusive,display_name\nDE,19,true,VAT\n");
    assert_eq!(code, Some(0), "{report:#}");
    assert_eq!(check(&report, "tax table")["found"], "taxes.csv: 1 entry for 1 country");

    let (report, code) =
        examine_table("country,percentage,inclusive,display_name\nUK,19%,true,VAT\n");
    assert_eq!(code, Some(1));
    let checks = report["checks"].as_array().unwrap().iter();
    let found: Vec<_> = checks.filter(|check| check["name"] == "tax table").collect();
    assert_eq!(found[0]["found"], "taxes.csv, line 2, column country");
    assert!(found[0]["advice"].as_str().unwrap().starts_with("\"UK\" is not "), "{found:?}");
    assert_eq!(found[1]["found"], "taxes.csv, line 2, column percentage");
    assert_eq!(found.len(), 2);

    let (report, code) = examine(&home, &["--tax-table", "none.csv"]);
    assert_eq!(code, Some(1));
    assert_eq!(check(&report, "tax table")["verdict"], "fail");
}

#[test]
fn people_get_plain_text_where_there_is_no_terminal() {
    let home = Home::new();
    let said = tool::run(&home, &["doctor"]).ok();
    assert!(said.starts_with("ok    clock       "), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
}
