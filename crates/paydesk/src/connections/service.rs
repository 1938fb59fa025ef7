//! The requests of one connection, each watched until its answer is handed over.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use http::{HeaderValue, Request, Response, Version, header};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use hyper::service::Service;
use paydesk_http::{Api, Peer};

use super::pulse::{Pulse, UnderWay};

/// The server, as one connection sees it.
pub(super) struct Watched {
    api: Api,
    peer: Peer,
    pulse: Arc<Pulse>,
}

/// The body of an answer; while it is there, its request is under way.
pub(super) struct WatchedBody {
    body: Body,
    under_way: UnderWay,
}

impl Watched {
    pub(super) fn new(api: Api, peer: SocketAddr, pulse: Arc<Pulse>) -> Self {
        // An IPv4 address is one also where the socket speaks both.
        Self { api, peer: Peer(peer.ip().to_canonical()), pulse }
    }
}

impl Service<Request<Incoming>> for Watched {
    type Response = Response<WatchedBody>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let version = request.version();
        let under_way = self.pulse.begin(version);
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(self.peer);
        let answer = self.api.clone().answer(request);
        Box::pin(async move {
            let mut answer = answer.await;
            if under_way.is_last && version <= Version::HTTP_11 {
                let close = HeaderValue::from_static("close");
                answer.headers_mut().insert(header::CONNECTION, close);
            }
            under_way.pulse().answer_waits();
            Ok(answer.map(|body| WatchedBody { body, under_way }))
        })
    }
}

impl http_body::Body for WatchedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        let pulse = self.under_way.pulse();
        match &frame {
            Poll::Ready(Some(Ok(_))) => pulse.answer_waits(),
            // It is for us to say more, or there is no more to say.
            Poll::Ready(Some(Err(_)) | None) | Poll::Pending => pulse.answer_taken(),
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
