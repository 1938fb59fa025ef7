//! The database file: whether it is sound, who serves it, and whether it is kept in order.

use std::path::Path;

use paydesk_store_sqlite::{CopyError, Holder, Inspection, holder, inspect};

use super::check::Check;
use crate::cli::Serve;
use crate::sizes;
use crate::wall_clock::SystemClock;

/// How much later than it should something old may go, in milliseconds: a backlog takes a while.
const LATE_MAX: u64 = 3_600_000;

/// What there is, or what says that there is nothing.
pub(crate) fn look(path: &Path) -> Result<Inspection, Check> {
    const NAME: &str = "database";
    inspect(path).map_err(|error| match error {
        CopyError::Missing { .. } => {
            let found = format!("there is no {} yet", path.display());
            Check::ok(NAME, found + "; `paydesk serve` makes it")
        }
        other => Check::fail(NAME, other.to_string(), "choose another file, or restore a backup"),
    })
}

/// Whether it can be opened and is whole.
pub(crate) fn checks(inspection: &Inspection, serve: &Serve, holder: Option<Holder>) -> Vec<Check> {
    let is_served = matches!(holder, Some(Holder::Process(_)));
    vec![
        schema(inspection),
        integrity(inspection),
        journal(inspection, is_served),
        size(inspection),
        retention(inspection, serve, is_served),
    ]
}

fn schema(inspection: &Inspection) -> Check {
    const NAME: &str = "schema";
    let Inspection { schema: found, known_schema: known, .. } = *inspection;
    let text = format!("{found}, this program knows {known}");
    if found > known {
        Check::fail(NAME, text, "it was written by a later release: use that or a later one")
    } else if found < known {
        let advice = "it is brought up to date at the next start; make a backup before that";
        Check::warn(NAME, text, advice)
    } else {
        Check::ok(NAME, text)
    }
}

fn integrity(inspection: &Inspection) -> Check {
    const NAME: &str = "integrity";
    match &inspection.damage {
        None => Check::ok(NAME, "a quick check found nothing wrong"),
        Some(damage) => Check::fail(NAME, damage.clone(), "restore a backup, and check the disk"),
    }
}

fn journal(inspection: &Inspection, is_served: bool) -> Check {
    const NAME: &str = "journal";
    let Inspection { journal_mode, log, log_max, .. } = inspection;
    let found = format!("{journal_mode}, {} of log", sizes::readable(*log));
    if journal_mode != "wal" && is_served {
        return Check::fail(NAME, found, "something changed the mode: stop and start the server");
    }
    if *log > log_max.saturating_mul(2) {
        let advice = "something has read from the file for long: end it, and the log starts anew";
        return Check::warn(NAME, found, advice);
    }
    Check::ok(NAME, found)
}

fn size(inspection: &Inspection) -> Check {
    const NAME: &str = "size";
    let Inspection { file, free, gives_room_back, .. } = *inspection;
    let found = format!("{}, {} of it free", sizes::readable(file), sizes::readable(free));
    if gives_room_back {
        Check::ok(NAME, found)
    } else {
        let advice = "this file never gives room back: it was not made by `paydesk serve`";
        Check::warn(NAME, found, advice)
    }
}

/// Whether what is old enough goes. While nobody serves the file, nothing does.
fn retention(inspection: &Inspection, serve: &Serve, is_served: bool) -> Check {
    const NAME: &str = "retention";
    let now = SystemClock::milliseconds();
    let key = inspection.oldest_idempotency_key;
    let key = key.and_then(|used| u64::try_from(used.as_seconds()).ok()?.checked_mul(1000));
    let kinds = [
        ("events", inspection.oldest_event, serve.keep_events),
        ("expired sessions", inspection.oldest_expired_session, serve.keep_expired_sessions),
        ("idempotency keys", key, serve.keep_idempotency_keys),
    ];
    let mut found = Vec::new();
    let mut late = Vec::new();
    for (name, oldest, kept) in kinds {
        found.push(format!("{name} {kept}"));
        let age = oldest.map_or(0, |oldest| now.saturating_sub(oldest));
        let allowed = kept.seconds().and_then(|kept| u64::try_from(kept).ok()?.checked_mul(1000));
        if allowed.is_some_and(|allowed| age > allowed.saturating_add(LATE_MAX)) {
            late.push(name);
        }
    }
    let found = found.join(", ");
    if late.is_empty() || !is_served {
        return Check::ok(NAME, found);
    }
    let found = format!("{found}; older {} are there", late.join(" and "));
    Check::warn(NAME, found, "is the server run with these settings? what does its log say?")
}

/// Who serves it.
pub(crate) fn check_holder(path: &Path) -> (Option<Holder>, Check) {
    const NAME: &str = "served";
    match holder(path) {
        Ok(Holder::Nobody) => (Some(Holder::Nobody), Check::ok(NAME, "by nobody")),
        Ok(found @ Holder::Process(Some(number))) => {
            (Some(found), Check::ok(NAME, format!("by process {number}")))
        }
        Ok(found @ Holder::Process(None)) => (Some(found), Check::ok(NAME, "by a process")),
        Err(error) => {
            let advice = "check the permissions of the -lock file beside it";
            (None, Check::fail(NAME, format!("that can't be found out: {error}"), advice))
        }
    }
}
