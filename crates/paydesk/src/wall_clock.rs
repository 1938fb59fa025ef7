//! The machine's clock. The only place that reads it.

use std::time::{SystemTime, UNIX_EPOCH};

use paydesk_app::WallClock;
use paydesk_domain::time::Timestamp;

/// The machine's clock.
#[derive(Clone, Copy)]
pub(crate) struct SystemClock;

impl SystemClock {
    /// Milliseconds since the start of 1970.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everything else is given"
    )]
    pub(crate) fn milliseconds() -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }
}

impl WallClock for SystemClock {
    fn now(&self) -> Timestamp {
        let seconds = Self::milliseconds() / 1000;
        Timestamp::from_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
    }
}
