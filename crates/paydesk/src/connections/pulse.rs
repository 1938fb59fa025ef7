//! What a connection is doing, and by when it must have done something else.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::Version;
use tokio::time::Instant;

use super::settings::Limits;

/// What a connection is doing. It is told by the socket, the service and the bodies of answers.
pub(super) struct Pulse {
    limits: Limits,
    started: Instant,
    state: Mutex<State>,
}

struct State {
    /// Requests that were read and whose answers were not yet handed over whole.
    under_way: u32,
    /// Since when there is none, once there was one.
    quiet_since: Option<Instant>,
    /// When the first byte of a request came whose head is not whole yet.
    head_since: Option<Instant>,
    /// Since when the client takes nothing of what was sent.
    blocked_since: Option<Instant>,
    /// Since when an answer waits for the client to make room for more of it.
    answer_since: Option<Instant>,
    /// Since when no further request is taken.
    closing_since: Option<Instant>,
    is_http2: bool,
    is_retired: bool,
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Requests under way are still answered.
    Politely,
    /// With what is under way. The text is the reason.
    AtOnce(&'static str),
}

/// A request under way, until this is dropped.
pub(super) struct UnderWay {
    pulse: Arc<Pulse>,
    /// Whether the client should use another connection from now on.
    pub(super) is_last: bool,
}

impl Pulse {
    /// Of a connection that begins now.
    pub(super) fn new(limits: Limits) -> Self {
        let state = State {
            under_way: 0,
            quiet_since: None,
            head_since: None,
            blocked_since: None,
            answer_since: None,
            closing_since: None,
            is_http2: false,
            is_retired: false,
        };
        Self { limits, started: Instant::now(), state: Mutex::new(state) }
    }

    /// By when the connection must have done something else, and how it ends if it has not. Without
    /// an end, it is only to be looked at again.
    pub(super) fn due(&self) -> (Instant, Option<End>) {
        let state = self.state();
        let limits = &self.limits;
        if state.is_retired && state.closing_since.is_none() {
            return (self.started, Some(End::Politely));
        }
        let stalled = [state.blocked_since, state.answer_since].into_iter().flatten().min();
        if let Some(since) = stalled {
            return (since + limits.answer_within, Some(End::AtOnce("it takes no answer")));
        }
        if state.under_way > 0 {
            return (Instant::now() + limits.shortest(), None);
        }
        if let Some(since) = state.closing_since {
            return (since + limits.answer_within, Some(End::AtOnce("it does not close")));
        }
        if let Some(since) = state.head_since {
            return (since + limits.head_within, Some(End::AtOnce("its request does not end")));
        }
        match state.quiet_since {
            Some(since) => (since + limits.idle_for, Some(End::Politely)),
            None => (self.started + limits.head_within, Some(End::AtOnce("it asks for nothing"))),
        }
    }

    /// Bytes came.
    pub(super) fn read(&self) {
        let mut state = self.state();
        // Over HTTP/2 they may belong to anything.
        if state.under_way == 0 && state.head_since.is_none() && !state.is_http2 {
            state.head_since = Some(Instant::now());
        }
    }

    /// The client takes nothing of what is sent.
    pub(super) fn blocked(&self) {
        self.state().blocked_since.get_or_insert_with(Instant::now);
    }

    /// The client takes something again.
    pub(super) fn unblocked(&self) {
        self.state().blocked_since = None;
    }

    /// Whether the client takes nothing of what was sent.
    pub(super) fn is_blocked(&self) -> bool {
        self.state().blocked_since.is_some()
    }

    /// An answer, or a part of it, is there for the client to take.
    pub(super) fn answer_waits(&self) {
        self.state().answer_since = Some(Instant::now());
    }

    /// The client has taken what there is of an answer.
    pub(super) fn answer_taken(&self) {
        self.state().answer_since = None;
    }

    /// No further request is taken.
    pub(super) fn close(&self) {
        self.state().closing_since.get_or_insert_with(Instant::now);
    }

    /// The head of a request is whole.
    pub(super) fn begin(self: &Arc<Self>, version: Version) -> UnderWay {
        let mut state = self.state();
        state.under_way += 1;
        state.head_since = None;
        state.is_http2 = version >= Version::HTTP_2;
        let is_last = self.started.elapsed() >= self.limits.connection_age_max;
        // Over HTTP/1.1 the answer itself says that it is the last.
        state.is_retired |= is_last && state.is_http2;
        drop(state);
        UnderWay { pulse: Arc::clone(self), is_last }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl UnderWay {
    /// The connection it is on.
    pub(super) fn pulse(&self) -> &Pulse {
        &self.pulse
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut state = self.pulse.state();
        state.under_way = state.under_way.saturating_sub(1);
        if state.under_way == 0 {
            state.quiet_since = Some(Instant::now());
            state.answer_since = None;
        }
    }
}
