//! Every answer follows a sync that began after its last write.

use std::collections::HashMap;

use super::recording::{Entry, Name, Recording, Ticket};
use crate::support::buyer::Buyer;

/// What a frame of SQLite's write-ahead log begins with, written apart from the page behind it.
const FRAME_HEADER_BYTES: usize = 24;
/// What every id of a request begins with.
const PREFIX: &[u8] = b"req_";

/// The requests that were answered with success before what they wrote was on disk.
///
/// A change is stored with the id of its request, so the first page of the log that holds the id
/// belongs to its commit, and the last write is that of the commit's last page.
pub(super) fn early(recording: &Recording, buyers: &[Buyer]) -> Vec<String> {
    let committed = ends_of_commits(recording);
    let answered = answers(recording);
    let syncs = syncs_of_log(recording);
    let is_early = |id: &&str| {
        let last_write = *committed.get(*id).unwrap_or_else(|| panic!("{id} is in the log"));
        let answer = *answered.get(*id).unwrap_or_else(|| panic!("{id} was answered"));
        !syncs.iter().any(|(began, ended)| *began > last_write && *ended < answer)
    };
    let changes = buyers.iter().flat_map(Buyer::acknowledged);
    changes.filter(is_early).map(str::to_owned).collect()
}

/// When each request was answered with success.
pub(super) fn answers(recording: &Recording) -> HashMap<&str, usize> {
    let answers = (0..).zip(&recording.entries).filter_map(|(at, entry)| {
        let Entry::Answer(head) = entry else { return None };
        Some((answered_request(head)?, at))
    });
    answers.collect()
}

/// The request that a head of an answer answers with success.
pub(super) fn answered_request(head: &str) -> Option<&str> {
    let headers = head.strip_prefix("HTTP/1.1 200 ")?;
    headers.lines().find_map(|line| line.strip_prefix("request-id: "))
}

/// When the last write of each request's commit had ended.
fn ends_of_commits(recording: &Recording) -> HashMap<String, usize> {
    let mut ends = HashMap::new();
    let mut in_commit: Vec<String> = Vec::new();
    let mut is_last_page = false;
    let mut last_write: Option<Ticket> = None;
    for (at, entry) in (0..).zip(&recording.entries) {
        match entry {
            Entry::Write { file, ticket, bytes, .. } if file.name == Name::Log => {
                if bytes.len() == FRAME_HEADER_BYTES {
                    // The size of the database after a commit; zero in the other frames.
                    is_last_page = bytes[4..8] != [0; 4];
                } else {
                    in_commit.extend(request_ids(bytes));
                    last_write = is_last_page.then_some(*ticket);
                }
            }
            Entry::Done(ticket) if last_write == Some(*ticket) => {
                for id in in_commit.drain(..) {
                    ends.entry(id).or_insert(at);
                }
            }
            _ => {}
        }
    }
    ends
}

fn request_ids(page: &[u8]) -> impl Iterator<Item = String> {
    let starts = (0..page.len()).filter(|start| page[*start..].starts_with(PREFIX));
    starts.map(|start| {
        let id =
            page[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
        id.map(|byte| char::from(*byte)).collect()
    })
}

/// When each sync of the log began and ended.
fn syncs_of_log(recording: &Recording) -> Vec<(usize, usize)> {
    let mut begun: HashMap<Ticket, usize> = HashMap::new();
    let mut syncs = Vec::new();
    for (at, entry) in (0..).zip(&recording.entries) {
        match entry {
            Entry::Sync { file, ticket } if file.name == Name::Log => {
                begun.insert(*ticket, at);
            }
            Entry::Done(ticket) => syncs.extend(begun.remove(ticket).map(|began| (began, at))),
            _ => {}
        }
    }
    syncs
}
