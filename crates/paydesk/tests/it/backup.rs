//! Backups are whole and consistent while the server works, and come back in one piece.

use std::fs;
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

use crate::support::buyer::Buyer;
use crate::support::home::Home;
use crate::support::http::{Client, Request};
use crate::support::server::{Launch, Server};
use crate::support::{shop, tool};

const KEY: &str = "sk_test_backup";

/// Opens a session; its address and what the server says of it.
fn open_session(client: &mut Client) -> (String, String) {
    let articles = shop::add_articles(client);
    let session = client.ok(&shop::open_session(&articles[0].price));
    let path = shop::session_path(&shop::text(&session.json()["id"]));
    let body = client.get(&path).text();
    (path, body)
}

fn status(server: &Server, path: &str) -> u16 {
    server.client(KEY).send(&Request::get(path)).status
}

fn assert_sound(file: &Path) {
    let database = rusqlite::Connection::open(file).expect("a database");
    let verdict: Result<String, _> =
        database.pragma_query_value(None, "integrity_check", |row| row.get(0));
    assert_eq!(verdict.as_deref(), Ok("ok"));
}

#[test]
fn a_backup_under_load_has_everything_that_was_acknowledged_before_it() {
    let home = Home::new();
    let server = Server::start(&home);
    let address = server.address();
    let mut client = server.client(KEY);
    let before: Vec<_> = (0..20).map(|_| open_session(&mut client)).collect();
    let mut buyers: Vec<Buyer> =
        (0..4).map(|number| Buyer::new(address, KEY, &format!("buyer-{number}"), number)).collect();
    let (sender, answered) = channel();
    let said = thread::scope(|scope| {
        for buyer in &mut buyers {
            let sender = sender.clone();
            scope.spawn(move || buyer.shop(address, &sender));
        }
        drop(sender);
        for _ in 0..50 {
            answered.recv().expect("the buyers get answers");
        }
        let said = tool::run(&home, &["backup", "copy.db"]).ok();
        for _ in 0..50 {
            answered.recv().expect("they still do");
        }
        server.kill();
        said
    });
    assert!(said.starts_with("copy.db is a backup of "), "{said}");
    let copy = home.work().join("copy.db");
    assert_sound(&copy);
    let others = ["-wal", "-shm", "-journal"].map(|suffix| format!("copy.db{suffix}"));
    assert!(others.iter().all(|name| !home.work().join(name).exists()), "it is one file");

    let server =
        Launch::bare(&home).flag("--listen", "127.0.0.1:0").flag("--database", &copy).start();
    let mut client = server.client(KEY);
    for (path, body) in before {
        assert_eq!(client.get(&path).text(), body);
    }
    server.stop();
}

#[test]
fn a_file_is_overwritten_only_where_it_is_said_and_the_database_never() {
    let home = Home::new();
    let server = Server::start(&home);
    fs::write(home.work().join("copy.db"), "a letter").unwrap();
    let reason = tool::run(&home, &["backup", "copy.db"]).refusal();
    assert_eq!(reason, "copy.db exists already; choose another name, or say --force");
    assert_eq!(fs::read_to_string(home.work().join("copy.db")).unwrap(), "a letter");

    tool::run(&home, &["backup", "copy.db", "--force"]).ok();
    assert_sound(&home.work().join("copy.db"));
    let reason = tool::run(&home, &["backup", "paydesk.db", "--force"]).refusal();
    assert!(reason.contains("is the database itself"), "{reason}");
    server.stop();

    let reason = tool::run(&home, &["backup", "missing/copy.db"]).refusal();
    assert!(reason.starts_with("can't write missing/copy.db: "), "{reason}");
    let reason = tool::run(&home, &["backup", "x.db", "--database", "none.db"]).refusal();
    assert_eq!(reason, "there is no file none.db");
    assert!(!home.work().join("none.db").exists());
    let reason = tool::run(&home, &["backup", "x.db", "--database", "memory"]).refusal();
    assert!(reason.contains("has no file"), "{reason}");
}

#[test]
fn a_backup_comes_back_and_what_was_there_before_stays_aside() {
    let home = Home::new();
    let server = Server::start(&home);
    let (first, body) = open_session(&mut server.client(KEY));
    tool::run(&home, &["backup", "copy.db"]).ok();
    let (second, _) = open_session(&mut server.client(KEY));
    let reason = tool::run(&home, &["restore", "copy.db"]).refusal();
    assert!(reason.contains("in use by another process ("), "{reason}");
    assert_eq!(status(&server, &second), 200);
    // Killed, so that what was committed last is only in its log.
    server.kill();

    let said = tool::run(&home, &["restore", "copy.db"]).ok();
    assert!(said.contains("paydesk.db.before-restore"), "{said}");
    let server = Server::start(&home);
    assert_eq!(server.client(KEY).get(&first).text(), body);
    assert_eq!(status(&server, &second), 404);
    server.stop();

    tool::run(&home, &["restore", "paydesk.db.before-restore", "--discard-current"]).ok();
    let server = Server::start(&home);
    assert_eq!((status(&server, &first), status(&server, &second)), (200, 200));
    server.stop();
    assert!(!home.work().join("paydesk.db.before-restore-2").exists(), "it was discarded");
}

#[test]
fn a_backup_comes_back_over_a_damaged_database_and_its_log() {
    let home = Home::new();
    let server = Server::start(&home);
    let (path, body) = open_session(&mut server.client(KEY));
    tool::run(&home, &["backup", "copy.db"]).ok();
    open_session(&mut server.client(KEY));
    server.kill();
    let mut file = fs::read(home.database()).unwrap();
    file[..100].fill(0x5a);
    fs::write(home.database(), &file).unwrap();
    let said = tool::run(&home, &["doctor"]);
    assert_eq!(said.code, Some(1), "{}", said.stdout);

    tool::run(&home, &["restore", "copy.db"]).ok();
    let server = Server::start(&home);
    assert_eq!(server.client(KEY).get(&path).text(), body);
    server.stop();
    assert_sound(&home.database());
    let aside = home.work().join("paydesk.db.before-restore");
    assert!(fs::read(&aside).unwrap() == file, "kept as it was");
    assert!(home.work().join("paydesk.db.before-restore-wal").exists(), "with its log");
}

#[test]
fn what_is_no_sound_backup_is_refused_and_the_database_left_as_it_is() {
    let home = Home::new();
    let server = Server::start(&home);
    for _ in 0..40 {
        open_session(&mut server.client(KEY));
    }
    tool::run(&home, &["backup", "copy.db"]).ok();
    server.stop();
    let work = home.work();
    fs::write(work.join("letter.txt"), "Dear diary, today I sold a grinder.\n".repeat(100))
        .unwrap();
    fs::copy(work.join("copy.db"), work.join("later.db")).unwrap();
    let later = rusqlite::Connection::open(work.join("later.db")).unwrap();
    later.pragma_update(None, "user_version", 1_000).unwrap();
    drop(later);
    let mut damaged = fs::read(work.join("copy.db")).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8192].fill(0x5a);
    fs::write(work.join("damaged.db"), damaged).unwrap();
    let before = fs::read(home.database()).unwrap();
    for (file, reason) in [
        ("letter.txt", "is not a Paydesk database"),
        ("later.db", "written by a newer Paydesk (schema 1000"),
        ("damaged.db", "damaged.db is damaged: "),
        ("none.db", "there is no file none.db"),
    ] {
        let said = tool::run(&home, &["restore", file]).refusal();
        assert!(said.contains(reason), "{said}");
        assert!(fs::read(home.database()).unwrap() == before, "left as it is after {file}");
    }
    let names = fs::read_dir(work).unwrap().map(|entry| entry.unwrap().file_name());
    let left = names.filter(|name| name.to_string_lossy().contains("partial")).count();
    assert_eq!(left, 0, "nothing half copied is left");
}
