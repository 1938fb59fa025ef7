//! The last requests of each sandbox with their answers, so that a test can say what its shop
//! asked for.
//!
//! They are kept in memory only, within bounds, and are gone when the process ends: writing each
//! to disk would cost as much as the change it asks for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::time::Timestamp;
use paydesk_store::Page;

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{CursorIds, ListRequest};

/// What all requests of all sandboxes take at most, in bytes of their forms and answers. The
/// oldest of all is forgotten first.
const BYTES_MAX: usize = 64 * 1024 * 1024;

/// A request and its answer, as they were on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedRequest {
    /// `req_…`
    pub id: String,
    /// When it was answered, by the wall clock.
    pub created: Timestamp,
    /// The HTTP method.
    pub method: String,
    /// The path, without its query.
    pub path: String,
    /// The query and the body together, as one form.
    pub form: Bytes,
    /// The idempotency key it carried.
    pub idempotency_key: Option<String>,
    /// The API version it was answered at.
    pub api_version: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The body of the answer.
    pub response: Bytes,
}

/// Which requests.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RequestFilter {
    /// With this HTTP method.
    pub method: Option<String>,
    /// To this path.
    pub path: Option<String>,
    /// Answered with this HTTP status.
    pub status: Option<u16>,
}

impl RecordedRequest {
    fn bytes(&self) -> usize {
        self.form.len().saturating_add(self.response.len())
    }
}

impl RequestFilter {
    fn accepts(&self, request: &RecordedRequest) -> bool {
        self.method.as_ref().is_none_or(|method| *method == request.method)
            && self.path.as_ref().is_none_or(|path| *path == request.path)
            && self.status.is_none_or(|status| status == request.status)
    }
}

/// The last requests of every sandbox.
pub(crate) struct RequestLog {
    per_sandbox_max: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// Each sandbox's requests, oldest first, with their numbers.
    by_sandbox: HashMap<SandboxId, VecDeque<(u64, Arc<RecordedRequest>)>>,
    /// The requests of all, oldest first. One that its sandbox has forgotten since may still be
    /// named here.
    order: VecDeque<(SandboxId, u64)>,
    next: u64,
    count: usize,
    bytes: usize,
}

impl RequestLog {
    /// A log of so many requests for each sandbox; of none at zero.
    pub(crate) fn new(per_sandbox_max: usize) -> Self {
        Self { per_sandbox_max, kept: Mutex::default() }
    }

    fn record(&self, sandbox: SandboxId, request: RecordedRequest) {
        if self.per_sandbox_max == 0 {
            return;
        }
        let mut kept = self.kept();
        kept.add(sandbox, request);
        while kept.by_sandbox.get(&sandbox).is_some_and(|own| own.len() > self.per_sandbox_max) {
            kept.forget_oldest_of(sandbox);
        }
        while kept.bytes > BYTES_MAX {
            kept.forget_oldest();
        }
        kept.tidy_order();
    }

    /// Newest first.
    fn of(&self, sandbox: SandboxId) -> Vec<Arc<RecordedRequest>> {
        let kept = self.kept();
        let own = kept.by_sandbox.get(&sandbox).into_iter().flatten().rev();
        own.map(|(_, request)| Arc::clone(request)).collect()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn add(&mut self, sandbox: SandboxId, request: RecordedRequest) {
        let number = self.next;
        self.next += 1;
        self.count += 1;
        self.bytes += request.bytes();
        self.by_sandbox.entry(sandbox).or_default().push_back((number, Arc::new(request)));
        self.order.push_back((sandbox, number));
    }

    fn forget_oldest(&mut self) {
        while let Some((sandbox, number)) = self.order.pop_front() {
            if self.has(sandbox, number) {
                self.forget_oldest_of(sandbox);
                return;
            }
        }
    }

    fn forget_oldest_of(&mut self, sandbox: SandboxId) {
        let Some(own) = self.by_sandbox.get_mut(&sandbox) else {
            return;
        };
        if let Some((_, request)) = own.pop_front() {
            self.count -= 1;
            self.bytes -= request.bytes();
        }
        if own.is_empty() {
            self.by_sandbox.remove(&sandbox);
        }
    }

    /// Whether a sandbox still has the request with a number; its requests are forgotten in order.
    fn has(&self, sandbox: SandboxId, number: u64) -> bool {
        let oldest = self.by_sandbox.get(&sandbox).and_then(VecDeque::front);
        oldest.is_some_and(|(oldest, _)| *oldest <= number)
    }

    /// Drops what is forgotten from the order once that is most of it, so that it stays as long as
    /// what is kept.
    fn tidy_order(&mut self) {
        if self.order.len() < 64 || self.order.len() / 2 < self.count {
            return;
        }
        let order = std::mem::take(&mut self.order);
        let live = order.into_iter().filter(|(sandbox, number)| self.has(*sandbox, *number));
        let live: VecDeque<(SandboxId, u64)> = live.collect();
        self.order = live;
    }
}

impl App {
    /// Remembers a request to a sandbox and its answer.
    pub fn record_request(&self, call: &Call, request: RecordedRequest) {
        self.requests.record(call.sandbox_id(), request);
    }

    /// A page of the last requests to a sandbox, newest first.
    ///
    /// # Errors
    /// [`AppError::NoSuchCursor`] for an id at the edge of the page that is not remembered.
    pub fn list_requests(
        &self,
        call: &Call,
        request: ListRequest<RequestFilter>,
    ) -> Result<Page<Arc<RecordedRequest>>, AppError> {
        let mut kept = self.requests.of(call.sandbox_id());
        let CursorIds { limit, starting_after, ending_before } = request.page;
        let place_of = |id: &str, param| {
            let place = kept.iter().position(|request| request.id == id);
            let missing = || AppError::NoSuchCursor { object: "request", id: id.to_owned(), param };
            place.ok_or_else(missing)
        };
        let after = starting_after.map(|id| place_of(&id, "starting_after")).transpose()?;
        let before = ending_before.map(|id| place_of(&id, "ending_before")).transpose()?;
        kept.truncate(before.unwrap_or(kept.len()));
        kept.drain(..after.map_or(0, |place| place + 1));
        kept.retain(|recorded| request.filter.accepts(recorded));
        let has_more = kept.len() > limit;
        if before.is_some() {
            // The page that ends before an object is the one next to it.
            kept.drain(..kept.len().saturating_sub(limit));
        }
        kept.truncate(limit);
        Ok(Page { data: kept, has_more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(id: u64, bytes: usize) -> RecordedRequest {
        RecordedRequest {
            id: format!("req_{id}"),
            created: Timestamp::from_seconds(0),
            method: "GET".to_owned(),
            path: "/v1/prices".to_owned(),
            form: Bytes::new(),
            idempotency_key: None,
            api_version: String::new(),
            status: 200,
            response: Bytes::from(vec![b' '; bytes]),
        }
    }

    fn ids(log: &RequestLog, sandbox: u64) -> Vec<String> {
        let own = log.of(SandboxId(sandbox));
        own.into_iter().map(|request| request.id.clone()).collect()
    }

    #[test]
    fn a_sandbox_keeps_its_last_requests_newest_first() {
        let log = RequestLog::new(2);
        for id in 1..=3 {
            log.record(SandboxId(1), request(id, 10));
        }
        log.record(SandboxId(2), request(4, 10));
        assert_eq!(ids(&log, 1), ["req_3", "req_2"]);
        assert_eq!(ids(&log, 2), ["req_4"]);
    }

    #[test]
    fn a_log_of_none_keeps_none() {
        let log = RequestLog::new(0);
        log.record(SandboxId(1), request(1, 10));
        assert!(ids(&log, 1).is_empty());
    }

    #[test]
    fn beyond_the_bound_the_oldest_of_all_is_forgotten() {
        let log = RequestLog::new(100);
        log.record(SandboxId(1), request(1, 10));
        log.record(SandboxId(2), request(2, 10));
        log.record(SandboxId(3), request(3, BYTES_MAX - 10));
        assert!(ids(&log, 1).is_empty());
        assert_eq!(ids(&log, 2), ["req_2"]);
        assert_eq!(ids(&log, 3), ["req_3"]);
    }

    #[test]
    fn the_log_is_no_longer_than_what_it_keeps() {
        let log = RequestLog::new(3);
        for id in 0..10_000 {
            log.record(SandboxId(id % 2), request(id, 1));
        }
        let kept = log.kept();
        assert_eq!((kept.count, kept.bytes), (6, 6));
        assert!(kept.order.len() <= 64, "{}", kept.order.len());
    }
}
