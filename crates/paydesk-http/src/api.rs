//! The API as a whole: the addresses, and what every request passes on its way to them.
//!
//! Layers of the router itself would be put around each of its addresses, and cloned and boxed for
//! every request, each with all that is inside it. Around the router they are there once.

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::response::Response;
use tower::{Layer, Service};
use tower_http::cors::{AllowHeaders, Any, Cors, CorsLayer};

use crate::entrance::Entered;
use crate::options::{self, Asker};
use crate::router::addresses;
use crate::state::HttpState;

/// The whole HTTP API over an application.
#[derive(Clone, Debug)]
pub struct Api {
    cors: Cors<Entered>,
}

impl Api {
    /// The API over the application of `state`.
    #[must_use]
    pub fn new(state: HttpState) -> Self {
        let addresses = addresses(state.clone());
        Self { cors: cors().layer(Entered::new(addresses, state)) }
    }

    /// Answers a request.
    pub async fn answer(self, request: Request) -> Response {
        let Self { mut cors } = self;
        let is_head = request.method() == Method::HEAD;
        let answered = match options::asker(&request) {
            Asker::OfServer => Ok(options::of_server()),
            Asker::OfAddress => cors.get_mut().call(request).await,
            Asker::Other => cors.call(request).await,
        };
        match answered {
            Ok(response) => finished(response, is_head),
            Err(never) => match never {},
        }
    }
}

/// The answer with its length, and to a `HEAD` without its body.
fn finished(mut response: Response, is_head: bool) -> Response {
    if let Some(length) = response.body().size_hint().exact() {
        let length_of = response.headers_mut().entry(header::CONTENT_LENGTH);
        length_of.or_insert_with(|| HeaderValue::from(length));
    }
    if is_head {
        *response.body_mut() = Body::empty();
    }
    response
}

/// Browsers on any page may call the API and read the headers that its clients need.
fn cors() -> CorsLayer {
    let exposed = [
        "request-id",
        "stripe-version",
        "stripe-should-retry",
        "stripe-manage-version",
        "x-stripe-external-auth-required",
        "x-stripe-privileged-session-required",
        "idempotent-replayed",
        "original-request",
        "paydesk-revision",
        "paydesk-warning",
    ];
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(exposed.map(HeaderName::from_static))
        .vary([header::ORIGIN])
}
