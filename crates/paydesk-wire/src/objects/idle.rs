//! That a sandbox is idle: an object of ours, not Stripe's.

use schemars::JsonSchema;
use serde::Serialize;

/// `paydesk.idle`
#[derive(JsonSchema, Serialize)]
pub struct IdleObject {
    object: &'static str,
    idle: bool,
}

impl IdleObject {
    /// Nothing is due and nothing is in flight.
    pub const IDLE: Self = Self { object: "paydesk.idle", idle: true };
}
