//! One request, as far as operations need to know it.

use std::sync::Arc;

use paydesk_domain::event::EventRequest;
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::time::Timestamp;

use crate::app::App;
use crate::sandboxes::OpenSandbox;

/// A request that was let in.
#[derive(Clone)]
pub struct Call {
    /// Whose world it is about.
    pub sandbox: Arc<OpenSandbox>,
    /// `req_…`
    pub request_id: String,
    /// The idempotency key, on requests that change something and carry one.
    pub idempotency: Option<IdempotencyKey>,
}

/// An idempotency key and what a repetition is recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// As the client sent it.
    pub key: String,
    /// A hash of method, path and parameters.
    pub fingerprint: [u8; 32],
    /// Method and path: `/v1/prices`.
    pub endpoint: String,
}

impl Call {
    /// The sandbox's present.
    #[must_use]
    pub fn now(&self, app: &App) -> Timestamp {
        self.sandbox.now(app.wall.now())
    }

    pub(crate) fn sandbox_id(&self) -> SandboxId {
        self.sandbox.id()
    }

    /// What an event of this request says about it.
    pub(crate) fn event_request(&self) -> EventRequest {
        EventRequest {
            id: self.request_id.clone(),
            idempotency_key: self.idempotency.as_ref().map(|idempotency| idempotency.key.clone()),
        }
    }
}
