//! A sandbox's clock: an object of ours, not Stripe's.

use paydesk_domain::sandbox::SandboxClock;
use paydesk_domain::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// `paydesk.clock`
#[derive(JsonSchema, Serialize)]
pub struct ClockObject {
    object: &'static str,
    frozen: bool,
    now: i64,
    offset: i64,
}

impl ClockObject {
    /// The clock as it is when the wall clock shows `wall`.
    #[must_use]
    pub fn new(clock: SandboxClock, wall: Timestamp) -> Self {
        let now = clock.now(wall);
        Self {
            object: "paydesk.clock",
            frozen: matches!(clock, SandboxClock::Frozen { .. }),
            now: now.as_seconds(),
            offset: now.seconds_since(wall),
        }
    }
}
