//! `OPTIONS`: which methods an address has, for whoever asks without being a browser.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::routing::{MethodFilter, on};
use paydesk_wire::Operation;

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

/// Who asks: a layer for browsers answers every `OPTIONS`, so others are sent past it.
pub(crate) enum Asker {
    /// Somebody who asks which methods the server has as a whole.
    OfServer,
    /// Somebody who is no browser and asks which methods an address has.
    OfAddress,
    /// Anybody else: a browser before it sends something, or a request that is no `OPTIONS`.
    Other,
}

/// Who asks by a request.
pub(crate) fn asker(request: &Request) -> Asker {
    let is_browsers = || request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if request.method() != Method::OPTIONS || is_browsers() {
        Asker::Other
    } else if request.uri().path() == "*" {
        Asker::OfServer
    } else {
        Asker::OfAddress
    }
}

/// The methods of the server as a whole.
pub(crate) fn of_server() -> Response<Body> {
    answer(HeaderValue::from_static("GET, HEAD, POST, DELETE, OPTIONS"))
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
