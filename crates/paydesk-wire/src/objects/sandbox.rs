//! A sandbox as a whole: an object of ours, not Stripe's.

use paydesk_domain::sandbox::Sandbox;
use paydesk_domain::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// `paydesk.sandbox`
#[derive(JsonSchema, Serialize)]
pub struct SandboxObject<'a> {
    id: &'a str,
    object: &'static str,
    api_version: Option<&'a str>,
    created: i64,
    current: bool,
    display_name: Option<&'a str>,
    expires_at: Option<i64>,
    opened_by_name: bool,
    parent: Option<&'a str>,
    time_to_live: Option<i64>,
}

impl<'a> SandboxObject<'a> {
    /// A sandbox, which the key of the request opens or not. It is named by its account.
    #[must_use]
    pub fn new(sandbox: &'a Sandbox, is_current: bool) -> Self {
        Self {
            id: sandbox.account.as_str(),
            object: "paydesk.sandbox",
            api_version: sandbox.api_version.as_deref(),
            created: sandbox.created.as_seconds(),
            current: is_current,
            display_name: sandbox.display_name.as_deref(),
            expires_at: sandbox.expires_at().map(Timestamp::as_seconds),
            opened_by_name: sandbox.opened_by.is_some(),
            parent: sandbox.parent.as_ref().map(paydesk_domain::id::AccountId::as_str),
            time_to_live: sandbox.time_to_live,
        }
    }
}
