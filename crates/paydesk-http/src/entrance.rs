//! What holds for every request, wherever it leads: sizes, time, who sent it, and `HEAD`.

use std::any::Any;
use std::convert::Infallible;
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use paydesk_wire::StripeError;
use paydesk_wire::objects::PublicUrl;
use tower::Service;
use tower_http::catch_panic::{CatchPanic, ResponseForPanic};

use crate::compression::Compressed;
use crate::proxies::{ClientAddress, Peer, TrustedProxies};
use crate::respond;
use crate::state::HttpState;

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

/// The addresses behind the entrance.
#[derive(Clone)]
pub(crate) struct Entered {
    state: HttpState,
    behind: Compressed<CatchPanic<Router, PanicAnswer>>,
}

/// Answers instead of a handler that panicked.
#[derive(Clone)]
struct PanicAnswer(HttpState);

impl Entered {
    pub(crate) fn new(addresses: Router, state: HttpState) -> Self {
        let behind = CatchPanic::custom(addresses, PanicAnswer(state.clone()));
        Self { state, behind: Compressed::new(behind) }
    }
}

/// Lets a request in, or refuses it before anybody looks at what it is about.
impl Service<Request> for Entered {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let entrance = &self.state.entrance;
        if let Err(error) = entrance.check(&request) {
            return Box::pin(ready(Ok(refused(&self.state, &error))));
        }
        entrance.say_who_sent(&mut request);
        if request.method() == Method::HEAD {
            // As a GET in everything behind here, so that the headers are those of a GET. The body
            // is left out in the end.
            *request.method_mut() = Method::GET;
        }
        let answer = self.behind.answer(request);
        let Some(within) = entrance.request_within else {
            return Box::pin(answer);
        };
        let state = self.state.clone();
        Box::pin(async move {
            match tokio::time::timeout(within, answer).await {
                Ok(answer) => answer,
                Err(_) => Ok(refused(&state, &StripeError::too_slow_to_answer(within))),
            }
        })
    }
}

impl fmt::Debug for Entered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Entered").finish_non_exhaustive()
    }
}

impl ResponseForPanic for PanicAnswer {
    type ResponseBody = Body;

    fn response_for_panic(&mut self, panic: Box<dyn Any + Send>) -> Response {
        respond::panicked(&self.0, &*panic).map(Body::from)
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
