//! The error envelope: Stripe's `type`, `code`, `message` and `param`.

mod cart_terms;
mod checkout_session;
mod collection;
mod import;
mod param;
mod promotion_code;
mod refusal;
mod request;

pub use import::RefusedObject;

use schemars::JsonSchema;
use serde::Serialize;

/// An error as the client gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StripeError {
    /// The HTTP status.
    pub status: u16,
    /// Stripe's `type`.
    pub kind: ErrorKind,
    /// Stripe's `code`, where there is one.
    pub code: Option<&'static str>,
    /// What was expected and what to do.
    pub message: String,
    /// The parameter it is about, in brackets.
    pub param: Option<String>,
    /// The `Stripe-Should-Retry` header, where the server has an opinion.
    pub should_retry: Option<bool>,
    /// The `Paydesk-Revision` header: where the session is, when the request was for another.
    pub revision: Option<u64>,
    /// Of a file that is not imported: every object that is refused.
    pub refused: Box<[RefusedObject]>,
    /// The id that names nothing, when that is what the error is about.
    pub missing_id: Option<Box<str>>,
}

/// Stripe's `type` of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `invalid_request_error`
    InvalidRequest,
    /// `idempotency_error`
    Idempotency,
    /// `api_error`
    Api,
}

impl ErrorKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request_error",
            Self::Idempotency => "idempotency_error",
            Self::Api => "api_error",
        }
    }
}

/// The most characters of a message; Stripe's bound. What a request sent may stand in it.
const MESSAGE_CHARS_MAX: usize = 40_000;

/// Codes of our own, which Stripe's documentation does not explain.
const OWN_CODES: &[&str] = &["import_refused", "parameter_unsupported", "revision_mismatch"];

impl StripeError {
    /// A 400 `invalid_request_error` without code and `param`.
    #[must_use]
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, ErrorKind::InvalidRequest, message)
    }

    /// An error without code and `param`.
    #[must_use]
    pub fn new(status: u16, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            status,
            kind,
            code: None,
            message: message.into(),
            param: None,
            should_retry: None,
            revision: None,
            refused: Box::default(),
            missing_id: None,
        }
    }

    /// With a code.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// About a parameter.
    #[must_use]
    pub fn param(mut self, param: impl Into<String>) -> Self {
        self.param = Some(param.into());
        self
    }

    /// About an id that names nothing.
    #[must_use]
    pub fn missing(mut self, id: &str) -> Self {
        self.missing_id = Some(id.into());
        self.code("resource_missing")
    }

    /// About an object that is there in the mode which the request's key is not of.
    #[must_use]
    pub fn of_other_mode(mut self, livemode: bool) -> Self {
        let (mode, other) = if livemode { ("live", "test") } else { ("test", "live") };
        self.message += &format!(
            "; a similar object exists in {other} mode, but a {mode} mode key was used to make \
             this request."
        );
        self
    }

    /// With Stripe's hint whether trying again makes sense.
    #[must_use]
    pub const fn should_retry(mut self, should_retry: bool) -> Self {
        self.should_retry = Some(should_retry);
        self
    }

    /// The JSON body.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let doc_url = self
            .code
            .filter(|code| !OWN_CODES.contains(code))
            .map(|code| format!("https://stripe.com/docs/error-codes/{}", code.replace('_', "-")));
        let body = Envelope {
            error: Body {
                code: self.code,
                doc_url,
                message: shortened(&self.message),
                param: self.param.as_deref().map(shortened),
                refused: &self.refused,
                kind: self.kind.as_str(),
            },
        };
        crate::objects::to_pretty_json(&body)
    }
}

/// The beginning of a text that is too long to be answered.
fn shortened(text: &str) -> &str {
    match text.char_indices().nth(MESSAGE_CHARS_MAX) {
        Some((end, _)) => text.split_at(end).0,
        None => text,
    }
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct Envelope<'a> {
    error: Body<'a>,
}

#[derive(JsonSchema, Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc_url: Option<String>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    param: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    refused: &'a [RefusedObject],
    #[serde(rename = "type")]
    kind: &'static str,
}
