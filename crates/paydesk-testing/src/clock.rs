//! A wall clock that stands still until a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use paydesk_app::WallClock;
use paydesk_domain::time::Timestamp;

/// A wall clock that stands still until a test moves it.
#[derive(Debug)]
pub struct MockClock {
    seconds: AtomicI64,
}

impl MockClock {
    /// Where it stands at first: eight o'clock in the morning of 15 January 2027 (UTC).
    pub const START: i64 = 1_800_000_000;

    /// A clock at [`Self::START`].
    #[must_use]
    pub const fn new() -> Self {
        Self { seconds: AtomicI64::new(Self::START) }
    }

    /// Moves it forward.
    pub fn advance(&self, seconds: u32) {
        self.seconds.fetch_add(seconds.into(), Ordering::SeqCst);
    }

    /// What it shows, as Unix time.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.seconds.load(Ordering::SeqCst)
    }
}

impl Default for MockClock {
    fn default() -> Self {
        Self::new()
    }
}

impl WallClock for MockClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.seconds())
    }
}
