//! How the program starts, and what it says when it can't.

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;

use crate::support::home::Home;
use crate::support::http::{Client, Request};
use crate::support::server::{Launch, Server};
use crate::support::shop;

/// Starts what can't start, and returns the one line that says why.
fn refusal(home: &Home, launch: Launch) -> String {
    let said_before = home.log().len();
    let ended = launch.run();
    let log = home.log().split_off(said_before);
    assert_eq!(ended.status.code(), Some(1), "{log}");
    assert_eq!(ended.stdout, [""; 0], "nothing is said to be ready");
    assert_eq!(log.lines().count(), 1, "{log}");
    let reason = log.trim_end().strip_prefix("error: ");
    let reason = reason.unwrap_or_else(|| panic!("an error begins with `error: `: {log}"));
    reason.to_owned()
}

fn on_file(home: &Home, file: impl AsRef<Path>) -> Launch {
    let launch = Launch::bare(home).flag("--listen", "127.0.0.1:0");
    launch.flag("--database", file.as_ref())
}

fn status_of(server: &Server, path: &str) -> u16 {
    let mut client = server.client("");
    client.send(&Request::get(path)).status
}

#[test]
fn it_says_where_it_listens_once_it_is_ready_and_nothing_else() {
    let home = Home::new();
    let server = Server::start(&home);
    assert!(server.address().ip().is_loopback());
    assert_ne!(server.address().port(), 0, "port 0 picks a free one");
    assert_eq!(status_of(&server, "/healthz"), 200);
    assert_eq!(status_of(&server, "/readyz"), 200);
    assert_eq!(server.stop().stdout, [""; 0]);
}

#[test]
fn a_taken_port_is_refused_with_what_to_do() {
    let home = Home::new();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let launch = Launch::bare(&home).flag("--listen", &address);
    let reason = refusal(&home, launch.flag("--database", "memory"));
    assert!(reason.starts_with(&format!("{address} is taken")), "{reason}");
    assert!(reason.contains("--listen (port 0 picks a free one)"), "{reason}");
}

#[test]
fn an_address_of_another_machine_is_refused() {
    let home = Home::new();
    // An address kept for documentation: no machine has it.
    let launch = Launch::bare(&home).flag("--listen", "192.0.2.1:0");
    let reason = refusal(&home, launch.flag("--database", "memory"));
    assert!(reason.starts_with("can't listen on 192.0.2.1:0: "), "{reason}");
}

#[test]
fn a_file_that_is_served_already_is_refused_and_goes_on_being_served() {
    let home = Home::new();
    let server = Server::start(&home);
    assert_eq!(home.log(), "", "a server that starts has nothing to say");
    let reason = refusal(&home, Launch::on(&home));
    let file = home.database().display().to_string();
    assert!(reason.starts_with(&file), "{reason}");
    assert!(reason.contains("in use by another process"), "{reason}");
    assert_eq!(status_of(&server, "/readyz"), 200);
}

#[test]
fn a_file_is_free_again_as_soon_as_its_process_is_killed() {
    let home = Home::new();
    Server::start(&home).kill();
    Server::start(&home).stop();
}

#[test]
fn what_can_not_be_written_is_refused_with_the_file_and_the_reason() {
    let home = Home::new();
    let work = home.work();
    fs::write(work.join("file"), "").unwrap();
    fs::create_dir(work.join("folder")).unwrap();
    for file in ["missing/paydesk.db", "file/paydesk.db", "folder"] {
        let reason = refusal(&home, on_file(&home, file));
        assert!(reason.starts_with(&format!("can't write {file}: ")), "{reason}");
        assert!(reason.contains("check the folder and its permissions"), "{reason}");
    }
}

#[test]
fn a_folder_that_may_only_be_read_is_refused() {
    let home = Home::new();
    let mut permissions = fs::metadata(home.work()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(home.work(), permissions).unwrap();
    match fs::write(home.work().join("probe"), "") {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            let reason = refusal(&home, Launch::on(&home));
            assert!(reason.contains("Permission denied"), "{reason}");
        }
        // The administrator may write everywhere; then there is nothing to refuse.
        written => written.unwrap(),
    }
}

#[test]
fn a_file_of_another_program_is_refused_and_left_as_it_is() {
    let home = Home::new();
    let diary = home.work().join("diary.txt");
    fs::write(&diary, "Dear diary, today I sold a grinder.\n".repeat(100)).unwrap();
    let bookmarks = home.work().join("bookmarks.db");
    let other = rusqlite::Connection::open(&bookmarks).unwrap();
    other.execute_batch("CREATE TABLE bookmarks (url)").unwrap();
    drop(other);
    for file in [diary, bookmarks] {
        let before = fs::read(&file).unwrap();
        let reason = refusal(&home, on_file(&home, &file));
        assert!(reason.contains("is not a Paydesk database"), "{reason}");
        assert!(reason.contains(&file.display().to_string()), "{reason}");
        assert_eq!(fs::read(&file).unwrap(), before);
    }
}

#[test]
fn a_file_of_a_later_release_is_refused_and_left_as_it_is() {
    let home = Home::new();
    Server::start(&home).stop();
    let later = rusqlite::Connection::open(home.database()).unwrap();
    later.pragma_update(None, "user_version", 1_000).unwrap();
    drop(later);
    let before = fs::read(home.database()).unwrap();
    let reason = refusal(&home, Launch::on(&home));
    assert!(reason.contains("written by a newer Paydesk (schema 1000"), "{reason}");
    assert_eq!(fs::read(home.database()).unwrap(), before);
}

#[test]
fn memory_keeps_nothing_and_leaves_no_file() {
    let home = Home::new();
    let launch = || on_file(&home, "memory").start();
    let server = launch();
    let mut client = server.client("sk_test_memory");
    shop::add_articles(&mut client);
    let count = |client: &mut Client| {
        let prices = client.get("/v1/prices").json();
        prices["data"].as_array().map(Vec::len)
    };
    assert_eq!(count(&mut client), Some(3));
    assert_eq!(files_in(&home.work()), 0);
    assert_eq!(files_in(&home.tmp()), 0, "not even while it runs");
    server.stop();

    let server = launch();
    assert_eq!(count(&mut server.client("sk_test_memory")), Some(0));
    server.stop();
    assert_eq!(files_in(&home.work()), 0);
    assert_eq!(files_in(&home.tmp()), 0);
}

fn files_in(folder: &Path) -> usize {
    fs::read_dir(folder).expect("a folder").count()
}

#[test]
fn every_flag_is_an_environment_variable_too() {
    let home = Home::new();
    let server = Launch::bare(&home)
        .env("PAYDESK_LISTEN", "127.0.0.1:0")
        .env("PAYDESK_DATABASE", "other.db")
        .env("PAYDESK_OPEN_SANDBOXES", "true")
        .env("PAYDESK_PUBLIC_URL", "https://pay.example.com")
        .env("PAYDESK_LOG", "info")
        .env("PAYDESK_LOG_FORMAT", "json")
        .start();
    assert!(home.work().join("other.db").exists());
    let mut client = server.client("sk_test_environment");
    let hosted = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/done"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][unit_amount]", "350"),
        ("line_items[0][price_data][product_data][name]", "Espresso"),
        ("line_items[0][quantity]", "1"),
    ];
    let session = client.post("/v1/checkout/sessions", &hosted).json();
    let url = shop::text(&session["url"]);
    assert!(url.starts_with("https://pay.example.com/c/pay/"), "{url}");
    server.stop();
    assert!(home.log().starts_with("{\""), "{}", home.log());
}

#[test]
fn a_flag_goes_before_its_environment_variable() {
    let home = Home::new();
    let launch = Launch::on(&home)
        .env("PAYDESK_LISTEN", "192.0.2.1:1")
        .env("PAYDESK_DATABASE", "/missing/paydesk.db")
        .env("PAYDESK_LOG", "info");
    let server = launch.flag("--log", "warn").start();
    shop::add_articles(&mut server.client("sk_test_flags"));
    server.stop();
    assert!(home.database().exists());
    assert_eq!(home.log(), "", "no line for each request");
}

#[test]
fn a_setting_that_means_nothing_is_refused_by_name() {
    let home = Home::new();
    let table = [
        ("PAYDESK_LISTEN", "4242", "--listen"),
        ("PAYDESK_DATABASE", "mysql://localhost/shop", "--database"),
        ("PAYDESK_OPEN_SANDBOXES", "maybe", "--open-sandboxes"),
        ("PAYDESK_PUBLIC_URL", "pay.example.com", "--public-url"),
        ("PAYDESK_PUBLIC_URL", "https://user@pay.example.com", "--public-url"),
        ("PAYDESK_TRUSTED_PROXIES", "everybody", "--trusted-proxies"),
        ("PAYDESK_PROXY_HEADER", "via", "--proxy-header"),
        ("PAYDESK_IDLE_TIMEOUT", "0", "--idle-timeout"),
        ("PAYDESK_MAX_CONNECTIONS", "many", "--max-connections"),
        ("PAYDESK_LOG", "everything", "--log"),
        ("PAYDESK_LOG_FORMAT", "xml", "--log-format"),
    ];
    for (variable, value, flag) in table {
        let ended = Launch::bare(&home).env(variable, value).run();
        let log = home.log();
        assert_eq!(ended.status.code(), Some(2), "{log}");
        let first = log.lines().next().unwrap_or_default();
        assert!(first.starts_with("error: "), "{log}");
        assert!(first.contains(value) && first.contains(flag), "{log}");
        fs::remove_file(home.log_path()).unwrap();
    }
    assert_eq!(files_in(&home.work()), 0, "nothing was begun");
}

#[test]
fn sandboxes_are_closed_on_an_address_that_others_reach() {
    let home = Home::new();
    let launch = Launch::bare(&home).flag("--listen", "0.0.0.0:0");
    let server = launch.flag("--database", home.database()).start();
    let local = SocketAddr::from((Ipv4Addr::LOCALHOST, server.address().port()));
    let mut client = Client::connect(local, "sk_test_anyone");
    let answer = client.send(&Request::get("/v1/prices"));
    assert_eq!(answer.status, 401);
    assert!(answer.text().contains("--open-sandboxes true"), "{}", answer.text());
    server.stop();
}

#[test]
fn sandboxes_are_open_or_closed_wherever_it_says_so() {
    let home = Home::new();
    let table = [("127.0.0.1:0", "false", 401), ("0.0.0.0:0", "true", 200)];
    for (listen, open, status) in table {
        let server = Launch::bare(&home)
            .flag("--listen", listen)
            .flag("--database", "memory")
            .flag("--open-sandboxes", open)
            .start();
        let local = SocketAddr::from((Ipv4Addr::LOCALHOST, server.address().port()));
        let mut client = Client::connect(local, "sk_test_anyone");
        let answer = client.send(&Request::get("/v1/prices"));
        assert_eq!(answer.status, status, "{listen} {open}");
    }
}
