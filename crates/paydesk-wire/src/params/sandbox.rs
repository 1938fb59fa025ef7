//! Parameters of what a test asks of its sandbox.

use std::time::Duration;

use paydesk_domain::patch::Patch;

use super::lists::{ListQuery, PageQuery, page};
use crate::form::{Choices, Fields};

const METHODS: Choices<&str> =
    &[("DELETE", Some("DELETE")), ("GET", Some("GET")), ("POST", Some("POST"))];
const PATH_CHARS_MAX: usize = 5000;
/// Seconds that a client waits for an idle sandbox where it does not say.
const WAIT_DEFAULT: u64 = 10;
/// Shorter than the time that requests may take at all.
const WAIT_MAX: i64 = 30;

/// A hundred years, in seconds.
const TIME_TO_LIVE_MAX: i64 = 100 * 366 * 86_400;

/// Which requests of a sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestQuery {
    /// With this HTTP method.
    pub method: Option<&'static str>,
    /// To this path.
    pub path: Option<String>,
    /// Answered with this HTTP status.
    pub status: Option<u16>,
}

/// Reads a query for the last requests of a sandbox.
pub fn list_requests(fields: &mut Fields<'_>) -> Option<ListQuery<RequestQuery>> {
    let status = fields.integer("status", 100, 599);
    let filter = RequestQuery {
        method: fields.choice("method", METHODS),
        path: fields.text_up_to("path", PATH_CHARS_MAX),
        status: status.and_then(|status| u16::try_from(status).ok()),
    };
    Some(ListQuery { filter, page: page(fields) })
}

/// Reads how long to wait for an idle sandbox: `timeout`, in seconds.
pub fn await_idle(fields: &mut Fields<'_>) -> Option<Duration> {
    let seconds = fields.integer("timeout", 0, WAIT_MAX);
    let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
    Some(Duration::from_secs(seconds.unwrap_or(WAIT_DEFAULT)))
}

/// Reads a query for sandboxes.
pub fn list_sandboxes(fields: &mut Fields<'_>) -> Option<PageQuery> {
    Some(page(fields))
}

/// Reads for how many seconds a sandbox is kept after its last use; an empty text stands for ever.
pub fn update_sandbox(fields: &mut Fields<'_>) -> Option<Patch<i64>> {
    if fields.take_empty("time_to_live") {
        return Some(Patch::Unset);
    }
    let seconds = fields.integer("time_to_live", 60, TIME_TO_LIVE_MAX);
    Some(seconds.map_or(Patch::Keep, Patch::Set))
}
