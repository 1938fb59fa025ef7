//! Answers with the headers every one of them has.

use std::any::Any;

use axum::http::{HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use paydesk_app::Answer;
use paydesk_domain::id::{ObjectId, RequestId};
use paydesk_wire::StripeError;

use crate::state::HttpState;

/// What is known of a request when it is answered.
pub(crate) struct Context<'a> {
    pub(crate) request_id: &'a str,
    pub(crate) api_version: Option<&'a str>,
    pub(crate) warning: Option<&'a str>,
    pub(crate) idempotency_key: Option<&'a str>,
    /// The account that the request named to act for.
    pub(crate) account: Option<&'a str>,
}

/// A fresh request id.
pub(crate) fn request_id(state: &HttpState) -> String {
    RequestId::fresh(&mut **state.app.ids()).0.to_string()
}

/// A successful answer.
pub(crate) fn success(answer: Answer, context: &Context<'_>) -> Response<Bytes> {
    let mut response = json(answer.rendered.status, answer.rendered.body);
    context.add_to(&mut response);
    // A repetition has the version of the first answer, whatever this request names.
    add(&mut response, "stripe-version", &answer.rendered.api_version);
    if let Some(revision) = answer.rendered.revision {
        add(&mut response, "paydesk-revision", &revision.to_string());
    }
    if let Some(original) = &answer.original_request {
        add(&mut response, "original-request", original);
        add(&mut response, "idempotent-replayed", "true");
    }
    response
}

/// An error.
pub(crate) fn failure(error: &StripeError, context: &Context<'_>) -> Response<Bytes> {
    let mut response = json(error.status, error.to_json());
    context.add_to(&mut response);
    if let Some(should_retry) = error.should_retry {
        add(&mut response, "stripe-should-retry", if should_retry { "true" } else { "false" });
    }
    if let Some(revision) = error.revision {
        add(&mut response, "paydesk-revision", &revision.to_string());
    }
    if error.status == 401 {
        add(&mut response, "www-authenticate", "Basic realm=\"Stripe\"");
    }
    if error.status == 503 {
        add(&mut response, "retry-after", "1");
    }
    response
}

/// An error about a request of which nothing else is known.
pub(crate) fn error(error: &StripeError, request_id: &str) -> Response<Bytes> {
    let context = Context {
        request_id,
        api_version: None,
        warning: None,
        idempotency_key: None,
        account: None,
    };
    failure(error, &context)
}

/// The answer when a handler panicked: a bug, but not a dropped connection. Its id is a new one,
/// because the request's own went with the handler.
pub(crate) fn panicked(state: &HttpState, panic: &(dyn Any + Send)) -> Response<Bytes> {
    let message = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    let request_id = request_id(state);
    tracing::error!(request_id, message, "a request handler panicked");
    error(&StripeError::internal(&request_id), &request_id)
}

impl Context<'_> {
    fn add_to(&self, response: &mut Response<Bytes>) {
        add(response, "request-id", self.request_id);
        if let Some(version) = self.api_version {
            add(response, "stripe-version", version);
        }
        if let Some(warning) = self.warning {
            add(response, "paydesk-warning", warning);
        }
        if let Some(account) = self.account {
            add(response, "stripe-account", account);
        }
        if let Some(key) = self.idempotency_key {
            add(response, "idempotency-key", key);
        }
    }
}

fn json(status: u16, body: Vec<u8>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store"));
    response
}

/// Adds a header. Everything added here is text of ours or was a header before.
fn add(response: &mut Response<Bytes>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
