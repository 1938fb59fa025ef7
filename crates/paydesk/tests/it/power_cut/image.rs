//! The files that a restarted machine finds: whether everything acknowledged is in them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::answers::answered_request;
use super::disk::Image;
use super::recording::{Entry, Name};
use crate::support::buyer::Buyer;
use crate::support::home::Home;
use crate::support::server::Server;

/// Tables that have as many rows, because their rows are written together.
const WRITTEN_TOGETHER: [(&str, &str); 3] = [
    ("products", "events WHERE type = 'product.created'"),
    ("prices", "events WHERE type = 'price.created'"),
    ("checkout_sessions", "timers"),
];

/// How many of each buyer's changes have been acknowledged.
pub(super) struct Acknowledged<'a> {
    buyer_of: HashMap<&'a str, usize>,
    counts: Vec<usize>,
}

impl<'a> Acknowledged<'a> {
    pub(super) fn none(buyers: &'a [Buyer]) -> Self {
        let requests = buyers.iter().enumerate();
        let requests =
            requests.flat_map(|(number, buyer)| buyer.acknowledged().map(move |id| (id, number)));
        Self { buyer_of: requests.collect(), counts: vec![0; buyers.len()] }
    }

    pub(super) fn note(&mut self, entry: &Entry) {
        if let Entry::Answer(head) = entry
            && let Some(id) = answered_request(head)
            && let Some(buyer) = self.buyer_of.get(id)
        {
            self.counts[*buyer] += 1;
        }
    }
}

/// Where a file is, beside its database.
pub(super) fn path(database: &Path, name: Name) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(name.suffix());
    path.into()
}

/// Starts the real program on the files and asks it for everything that was acknowledged.
pub(super) fn check(
    files: &Image,
    buyers: &[Buyer],
    acknowledged: &Acknowledged<'_>,
) -> Result<(), String> {
    let home = Home::new();
    for (name, bytes) in files {
        fs::write(path(&home.database(), *name), bytes).expect("there is room for the files");
    }
    let is_acknowledged = acknowledged.counts.iter().any(|count| *count > 0);
    if !is_acknowledged {
        // Nothing need be there; but it must be possible to begin.
        Server::start(&home).stop();
        return Ok(());
    }
    let keys = look_into(&home.database())?;
    let server = Server::start(&home);
    let mut made = 0;
    for (buyer, acknowledged) in buyers.iter().zip(&acknowledged.counts) {
        let count = buyer.count_made(server.address())?;
        if count < *acknowledged {
            return Err(format!("{acknowledged} changes were acknowledged, {count} are there"));
        }
        made += count;
    }
    if usize::try_from(keys) == Ok(made) {
        Ok(())
    } else {
        Err(format!("{made} changes and {keys} idempotency keys are there"))
    }
}

/// Looks into a file without changing it: whether it is sound, and nothing is there without what
/// was written with it. Returns how many idempotency keys there are.
fn look_into(database: &Path) -> Result<u32, String> {
    let failed = |error: rusqlite::Error| error.to_string();
    let file = Connection::open(database).map_err(failed)?;
    file.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(failed)?;
    // The first defect is enough.
    let verdict = file.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
    let verdict = verdict.map_err(failed)?;
    if verdict != "ok" {
        return Err(verdict);
    }
    let count = |what: &str| {
        let sql = format!("SELECT count(*) FROM {what}");
        file.query_row(&sql, [], |row| row.get::<_, u32>(0)).map_err(failed)
    };
    for (one, other) in WRITTEN_TOGETHER {
        let (ones, others) = (count(one)?, count(other)?);
        if ones != others {
            return Err(format!("{ones} of {one} and {others} of {other} are there"));
        }
    }
    count("idempotency_keys")
}
