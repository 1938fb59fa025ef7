//! What holds for every request, wherever it leads: sizes, time, who sent it, and `HEAD`.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use paydesk_wire::StripeError;
use paydesk_wire::objects::PublicUrl;

use crate::proxies::{ClientAddress, Peer, TrustedProxies};
use crate::state::HttpState;
use crate::{compression, respond};

/// What holds for every request.
#[derive(Clone, Debug)]
pub struct Entrance {
    /// Bytes of an address with its query.
    pub uri_bytes_max: usize,
    /// Bytes of all headers.
    pub head_bytes_max: usize,
    /// The time in which a body must have come.
    pub body_within: Duration,
    /// The time in which the answer must begin, if there is one.
    pub request_within: Option<Duration>,
    /// Proxies whose word is taken.
    pub proxies: TrustedProxies,
    /// Whether the server was told where it is reached. Otherwise proxies say so.
    pub has_public_url: bool,
}

impl Default for Entrance {
    fn default() -> Self {
        Self {
            uri_bytes_max: 16 * 1024,
            head_bytes_max: 32 * 1024,
            body_within: Duration::from_secs(30),
            request_within: None,
            proxies: TrustedProxies::default(),
            has_public_url: true,
        }
    }
}

/// Where a request was sent to by the word of a trusted proxy: an extension of the request.
#[derive(Clone, Debug)]
pub(crate) struct ForwardedUrl(pub(crate) PublicUrl);

/// Lets a request in, or refuses it before anybody looks at what it is about.
pub(crate) async fn enter(
    State(state): State<HttpState>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Err(error) = state.entrance.check(&request) {
        return refused(&state, &error);
    }
    state.entrance.say_who_sent(&mut request);
    if request.method() == Method::HEAD {
        // As a GET in everything behind here, so that the headers are those of a GET. The router
        // leaves out the body in the end.
        *request.method_mut() = Method::GET;
    }
    compression::choose(request.headers_mut());
    let Some(within) = state.entrance.request_within else {
        return next.run(request).await;
    };
    match tokio::time::timeout(within, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => refused(&state, &StripeError::too_slow_to_answer(within)),
    }
}

impl Entrance {
    fn check(&self, request: &Request) -> Result<(), StripeError> {
        let uri = request.uri();
        let query = uri.query().map_or(0, |query| query.len() + 1);
        if uri.path().len() + query > self.uri_bytes_max {
            return Err(StripeError::uri_too_long(self.uri_bytes_max));
        }
        if bytes_of(request.headers()) > self.head_bytes_max {
            return Err(StripeError::head_too_large(self.head_bytes_max));
        }
        match request.headers().get(header::EXPECT) {
            Some(value) if !value.as_bytes().eq_ignore_ascii_case(b"100-continue") => {
                Err(StripeError::unknown_expectation())
            }
            _ => Ok(()),
        }
    }

    fn say_who_sent(&self, request: &mut Request) {
        // Without a peer it did not come by a connection: tests call the router itself.
        let Some(Peer(peer)) = request.extensions_mut().remove::<Peer>() else {
            return;
        };
        let origin = self.proxies.origin(peer, request.headers());
        let extensions = request.extensions_mut();
        extensions.insert(ClientAddress(origin.client));
        if let Some(address) = origin.address.filter(|_| !self.has_public_url) {
            extensions.insert(ForwardedUrl(PublicUrl::new(&address)));
        }
    }
}

/// The size of headers, as they are sent: with a colon, a space and a line's end each.
fn bytes_of(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

fn refused(state: &HttpState, error: &StripeError) -> Response {
    let request_id = respond::request_id(state);
    tracing::info!(request_id, status = error.status, "request not let in");
    respond::error(error, &request_id).map(Body::from)
}
