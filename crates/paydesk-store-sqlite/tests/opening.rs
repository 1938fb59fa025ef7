//! Opening and closing files: what stays, whose they are, and what is said when it fails.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use paydesk_domain::api_key::KeyHash;
use paydesk_domain::id::AccountId;
use paydesk_domain::sandbox::{Sandbox, SandboxClock, SandboxId};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, RowVersion, Store, StoreError, Stored};
use paydesk_store_sqlite::{OpenError, SqliteStore};
use tempfile::TempDir;

#[tokio::test]
async fn a_file_that_was_closed_has_everything_when_it_is_opened_again() {
    let (_folder, path) = somewhere();
    let store = Arc::new(SqliteStore::open(&path).unwrap());
    for number in 1..=20 {
        store.commit(opened_sandbox(number)).await.unwrap();
    }
    store.close().await;
    assert!(!with_suffix(&path, "-wal").exists(), "the log was emptied");

    let store = SqliteStore::open(&path).unwrap();
    for number in 1..=20 {
        let found = store.find_open_sandbox(name(number)).await;
        assert_eq!(found, Ok(Some(stored(number))));
    }
}

#[tokio::test]
async fn dropping_a_store_closes_it() {
    let (_folder, path) = somewhere();
    let store = SqliteStore::open(&path).unwrap();
    store.commit(opened_sandbox(1)).await.unwrap();
    drop(store);
    let store = SqliteStore::open(&path).unwrap();
    let found = store.find_open_sandbox(name(1)).await;
    assert_eq!(found, Ok(Some(stored(1))));
}

#[tokio::test]
async fn a_closed_store_answers_that_it_is_closed() {
    let (_folder, path) = somewhere();
    let store = Arc::new(SqliteStore::open(&path).unwrap());
    store.close().await;
    store.close().await;
    let closed = Err(StoreError::Unavailable("the store is closed".to_owned()));
    assert_eq!(store.commit(opened_sandbox(1)).await, closed);
    let look_up = store.find_open_sandbox(name(1)).await;
    assert_eq!(look_up.map(drop), closed);
    let scan = store.due_timers(Timestamp::from_seconds(0), 1).await;
    assert_eq!(scan.map(drop), closed);
    SqliteStore::open(&path).unwrap();
}

#[test]
fn a_file_is_served_by_one_process() {
    let (_folder, path) = somewhere();
    let serving = SqliteStore::open(&path).unwrap();
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(error, OpenError::Locked { .. }), "{error:?}");
    assert_helpful(&error, &path);
    drop(serving);
    SqliteStore::open(&path).unwrap();
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let (_folder, path) = somewhere();
    let text = "Dear diary, today I learned what a WAL is.\n".repeat(50);
    fs::write(&path, &text).unwrap();
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error:?}");
    assert_helpful(&error, &path);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let (_folder, path) = somewhere();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE bookmarks (url)").unwrap();
    drop(other);
    let before = fs::read(&path).unwrap();
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error:?}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_database_without_tables_but_with_an_owner_is_left_alone() {
    let (_folder, path) = somewhere();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.pragma_update(None, "application_id", 252_006).unwrap();
    drop(other);
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error:?}");
}

#[test]
fn an_empty_file_becomes_a_database() {
    let (_folder, path) = somewhere();
    fs::write(&path, "").unwrap();
    drop(SqliteStore::open(&path).unwrap());
    let file = rusqlite::Connection::open(&path).unwrap();
    let pragma = |name: &str| {
        let value: Result<i64, _> = file.pragma_query_value(None, name, |row| row.get(0));
        value.unwrap()
    };
    assert_eq!(pragma("application_id"), 0x5059_4453);
    assert_eq!(usize::try_from(pragma("user_version")), Ok(migrations()));
    assert_eq!(pragma("page_size"), 4096);
    assert_eq!(pragma("auto_vacuum"), 2, "room can be given back a little at a time");
}

#[test]
fn a_file_of_a_later_release_is_left_alone() {
    let (_folder, path) = somewhere();
    drop(SqliteStore::open(&path).unwrap());
    let later = rusqlite::Connection::open(&path).unwrap();
    later.pragma_update(None, "user_version", 1_000).unwrap();
    drop(later);
    let error = SqliteStore::open(&path).unwrap_err();
    let OpenError::NewerSchema { found, known, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!((*found, *known), (1_000, migrations()));
    assert_helpful(&error, &path);
}

/// How many migrations there are.
fn migrations() -> usize {
    fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))
        .expect("the folder of the migrations")
        .count()
}

#[test]
fn what_can_not_be_written_is_said_to_be_so() {
    let (folder, path) = somewhere();
    fs::create_dir(&path).unwrap();
    let missing = folder.path().join("missing").join("paydesk.db");
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let beneath_a_file = file.join("paydesk.db");
    for path in [path, missing, beneath_a_file] {
        let error = SqliteStore::open(&path).unwrap_err();
        assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
        assert_helpful(&error, &path);
    }
}

#[tokio::test]
async fn the_files_are_for_their_owner_only() {
    let (folder, path) = somewhere();
    let store = SqliteStore::open(&path).unwrap();
    store.commit(opened_sandbox(1)).await.unwrap();
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
        names.push(name);
    }
    names.sort();
    let expected = ["paydesk.db", "paydesk.db-lock", "paydesk.db-shm", "paydesk.db-wal"];
    assert_eq!(names, expected);
}

#[tokio::test]
async fn stores_in_memory_are_apart_and_leave_nothing_behind() {
    let (one, other) = (SqliteStore::in_memory(), SqliteStore::in_memory());
    let (one, other) = (one.unwrap(), other.unwrap());
    one.commit(opened_sandbox(1)).await.unwrap();
    assert_eq!(one.find_open_sandbox(name(1)).await, Ok(Some(stored(1))));
    assert_eq!(other.find_open_sandbox(name(1)).await, Ok(None));
}

fn somewhere() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("paydesk.db");
    (folder, path)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn assert_helpful(error: &OpenError, path: &Path) {
    let message = error.to_string();
    assert!(message.contains(&path.display().to_string()), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}

fn name(number: u8) -> KeyHash {
    KeyHash([number; 32])
}

fn sandbox(number: u8) -> Sandbox {
    Sandbox {
        id: SandboxId(number.into()),
        account: AccountId::from(format!("acct_{number}").as_str()),
        livemode: false,
        parent: None,
        display_name: None,
        opened_by: Some(name(number)),
        created: Timestamp::from_seconds(1_800_000_000),
        clock: SandboxClock::REAL,
        api_version: None,
        time_to_live: None,
        used: Timestamp::from_seconds(1_800_000_000),
    }
}

fn stored(number: u8) -> Stored<Sandbox> {
    Stored { value: sandbox(number), version: RowVersion::FIRST }
}

fn opened_sandbox(number: u8) -> Changeset {
    let sandbox = sandbox(number);
    let mut changeset = Changeset::new(sandbox.id);
    changeset.insert(Record::Sandbox(sandbox));
    changeset
}
