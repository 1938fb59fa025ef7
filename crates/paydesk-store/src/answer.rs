//! The stored answer of an idempotent request.

/// What is remembered of a request that carried an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// A hash of method, path and parameters: a repetition must have the same.
    pub fingerprint: [u8; 32],
    /// The method and path, for the message when they differ: `POST /v1/prices`.
    pub endpoint: String,
    /// What was answered.
    pub answer: StoredAnswer,
}

/// An answer as it went out, so that a repetition gets it byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The `Request-Id` of the first request.
    pub request_id: String,
    /// The `Paydesk-Revision` header, on answers about a session.
    pub revision: Option<u64>,
    /// The `Stripe-Version` header: the version whose shape the body has.
    pub api_version: String,
    /// The body.
    pub body: Vec<u8>,
}
