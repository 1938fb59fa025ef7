//! What an operation answers.

use paydesk_store::StoredAnswer;

/// A successful answer as the caller rendered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The HTTP status.
    pub status: u16,
    /// The session's revision, on answers about a session.
    pub revision: Option<u64>,
    /// The API version whose shape the body has.
    pub api_version: String,
    /// The body.
    pub body: Vec<u8>,
}

/// An answer and whether it is a repetition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer.
    pub rendered: Rendered,
    /// The id of the request that was answered so first, when this is a repetition.
    pub original_request: Option<String>,
}

impl Answer {
    pub(crate) const fn fresh(rendered: Rendered) -> Self {
        Self { rendered, original_request: None }
    }
}

impl From<StoredAnswer> for Answer {
    fn from(stored: StoredAnswer) -> Self {
        Self {
            rendered: Rendered {
                status: stored.status,
                revision: stored.revision,
                api_version: stored.api_version,
                body: stored.body,
            },
            original_request: Some(stored.request_id),
        }
    }
}
