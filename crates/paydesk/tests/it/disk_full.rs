//! A disk that is full, or that may only be read: refused clearly, nothing half done, and no
//! restart needed once there is room.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::confinement::{self, Mounts};
use crate::support::home::Home;
use crate::support::http::{Answer, Client, Request};
use crate::support::server::{Launch, Server};
use crate::support::shop;

const KEY: &str = "sk_test_disk_full";

/// More changes than the small disks below have room for.
const CHANGES_MAX: u32 = 20_000;

/// A session whose cart is changed until the disk is full.
struct Cart {
    client: Client,
    path: String,
    line: String,
    /// The last answer that said a change was made.
    acknowledged: Answer,
    changes: u32,
}

impl Cart {
    fn open(server: &Server) -> Self {
        let mut client = server.client(KEY);
        let articles = shop::add_articles(&mut client);
        let acknowledged = client.ok(&shop::open_session(&articles[0].price));
        let session = acknowledged.json();
        let path = shop::session_path(&shop::text(&session["id"]));
        let line = shop::text(&session["line_items"]["data"][0]["id"]);
        Self { client, path, line, acknowledged, changes: 0 }
    }

    /// The next change, which has a key of its own.
    fn change(&mut self) -> Request {
        self.changes += 1;
        let quantity = (self.changes % 900 + 2).to_string();
        let form = [
            ("line_items[0][id]", self.line.as_str()),
            ("line_items[0][quantity]", &quantity),
            ("expand[]", "line_items"),
        ];
        Request::post(&self.path, &form).idempotent(&format!("change-{}", self.changes))
    }

    /// Changes the cart until that is refused; returns the refused request.
    fn change_until_refused(&mut self) -> Request {
        while self.changes < CHANGES_MAX {
            let request = self.change();
            let answer = self.client.send(&request);
            if answer.status != 200 {
                assert_unavailable(&answer);
                return request;
            }
            assert_eq!(answer.revision(), self.acknowledged.revision() + 1);
            self.acknowledged = answer;
        }
        panic!("the disk never fills up");
    }

    fn assert_as_acknowledged(&mut self) {
        let found = self.client.get(&format!("{}?expand[]=line_items", self.path));
        assert_eq!(found.revision(), self.acknowledged.revision());
        assert_eq!(found.text(), self.acknowledged.text());
    }
}

fn assert_unavailable(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.text());
    let seconds = answer.header("retry-after").and_then(|seconds| seconds.parse::<u32>().ok());
    assert!(seconds.is_some_and(|seconds| seconds > 0), "it says when to try again");
    let error = &answer.json()["error"];
    assert_eq!(error["type"], "api_error");
    assert!(shop::text(&error["message"]).contains("cannot write this change"), "{error}");
}

/// The whole story, told on each kind of disk.
fn fills_up_and_goes_on(server: &Server, make_room: impl FnOnce()) {
    let mut cart = Cart::open(server);
    let refused = cart.change_until_refused();
    for _ in 0..20 {
        assert_unavailable(&cart.client.send(&refused));
        cart.assert_as_acknowledged();
        let other = cart.change();
        assert_unavailable(&cart.client.send(&other));
        let prices = cart.client.get("/v1/prices").json();
        assert_eq!(prices["data"].as_array().map(Vec::len), Some(3));
    }
    assert_eq!(cart.client.send(&Request::get("/healthz")).status, 200);

    make_room();
    let made = cart.client.ok(&refused);
    assert!(!made.is_replayed(), "it was not made before");
    assert_eq!(made.revision(), cart.acknowledged.revision() + 1, "nor was any other");
    cart.acknowledged = made;
    for _ in 0..200 {
        let change = cart.change();
        let answer = cart.client.ok(&change);
        assert_eq!(answer.revision(), cart.acknowledged.revision() + 1);
        cart.acknowledged = answer;
    }
    cart.assert_as_acknowledged();
}

/// Looks at a copy of the files of a server that has nothing to do.
fn assert_sound(folder: &Path, home: &Home) {
    let copy = home.tmp().join("copy.db");
    for suffix in ["", "-wal"] {
        let from = folder.join(format!("paydesk.db{suffix}"));
        let to = home.tmp().join(format!("copy.db{suffix}"));
        fs::copy(from, to).expect("a server has both files");
    }
    let file = rusqlite::Connection::open(&copy).expect("a database");
    let verdict: Result<String, _> =
        file.pragma_query_value(None, "integrity_check", |row| row.get(0));
    assert_eq!(verdict.as_deref(), Ok("ok"));
}

#[test]
fn a_full_disk_refuses_changes_and_reads_go_on_until_there_is_room() {
    let Some(mounts) = Mounts::allowed() else { return };
    let home = Home::new();
    let server = mounts.on_small_disk(&home, 16).start();
    let folder: PathBuf = confinement::work_folder_of(&server, &home);
    let filler = folder.join("filler");
    confinement::fill(&filler);
    // A little room, so that it is the server that uses the last of it.
    fs::File::options().write(true).open(&filler).unwrap().set_len(12 << 20).unwrap();
    fills_up_and_goes_on(&server, || fs::remove_file(&filler).expect("it is ours"));
    assert_sound(&folder, &home);
}

#[test]
fn files_that_may_not_grow_refuse_changes_and_reads_go_on_until_they_may() {
    let home = Home::new();
    let server = confinement::with_limited_files(&home).start();
    confinement::limit_files(&server, Some(1 << 20));
    fills_up_and_goes_on(&server, || confinement::limit_files(&server, None));
    assert_sound(&home.work(), &home);
    server.kill();
    Server::start(&home).stop();
}

/// Starts what can't start, and returns the one line that says why.
fn refusal(home: &Home, launch: Launch) -> String {
    let said_before = home.log().len();
    let ended = launch.run();
    let log = home.log().split_off(said_before);
    assert_eq!(ended.status.code(), Some(1), "{log}");
    assert_eq!(log.lines().count(), 1, "{log}");
    log.trim_end().to_owned()
}

#[test]
fn a_read_only_disk_is_refused_at_the_start() {
    let Some(mounts) = Mounts::allowed() else { return };
    let home = Home::new();
    Server::start(&home).stop();
    let reason = refusal(&home, mounts.read_only(&home));
    assert!(reason.starts_with("error: can't write "), "{reason}");
    assert!(reason.contains("Read-only file system"), "{reason}");
    assert!(reason.contains(&home.database().display().to_string()), "{reason}");
}
