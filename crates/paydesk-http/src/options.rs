//! `OPTIONS`: which methods an address has, for whoever asks without being a browser.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::routing::{MethodFilter, on};
use paydesk_wire::Operation;
use tower::ServiceExt;

use crate::state::HttpState;

/// Addresses that no operation has, which can all be read.
const OTHERS: [&str; 3] = ["/healthz", "/readyz", "/c/pay/{session}"];

/// Adds an answer to `OPTIONS` at every address of an operation.
pub(crate) fn with_options(router: Router<HttpState>) -> Router<HttpState> {
    let mut methods: BTreeMap<&str, Vec<Method>> = BTreeMap::new();
    for operation in Operation::ALL {
        methods.entry(operation.path()).or_default().push(operation.method());
    }
    methods.extend(OTHERS.map(|path| (path, vec![Method::GET])));
    methods.into_iter().fold(router, |router, (path, methods)| {
        let allowed = allowed(&methods);
        router.route(path, on(MethodFilter::OPTIONS, async move || answer(allowed)))
    })
}

/// Sends an `OPTIONS` that is no browser's question, which the layer for those would answer, past
/// that layer to the addresses behind it.
pub(crate) async fn not_from_browsers(
    State(behind): State<Router>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let is_browsers = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if request.method() != Method::OPTIONS || is_browsers {
        return next.run(request).await;
    }
    if request.uri().path() == "*" {
        // The server as a whole.
        return answer(HeaderValue::from_static("GET, HEAD, POST, DELETE, OPTIONS"));
    }
    match behind.oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

fn allowed(methods: &[Method]) -> HeaderValue {
    let mut names: Vec<&str> = methods.iter().map(Method::as_str).collect();
    names.sort_by_key(|name| ["GET", "POST"].iter().position(|known| known == name).unwrap_or(2));
    if names.first() == Some(&"GET") {
        names.insert(1, "HEAD");
    }
    names.push("OPTIONS");
    HeaderValue::from_str(&names.join(", ")).expect("names of methods are text of ours")
}

fn answer(allowed: HeaderValue) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}
