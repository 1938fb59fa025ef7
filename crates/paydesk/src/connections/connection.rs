//! One connection, from its first byte to its last: HTTP/1.1 or HTTP/2, as the client begins.

use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use paydesk_http::Api;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep_until};

use super::pulse::{End, Pulse};
use super::service::Watched;
use super::settings::Limits;
use super::stream::WatchedStream;

/// Requests that one connection of HTTP/2 may have under way.
const STREAMS_MAX: u32 = 100;
/// Bytes of answers that one request of HTTP/2 may have waiting.
const STREAM_BYTES_MAX: usize = 256 * 1024;

/// Serves a connection until it ends, by itself or because it dawdles, or is told to.
pub(super) async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    api: Api,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    // Answers are small and whole; waiting to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    let pulse = Arc::new(Pulse::new(limits));
    let io = TokioIo::new(WatchedStream::new(stream, Arc::clone(&pulse)));
    let service = Watched::new(api, peer, Arc::clone(&pulse));
    let builder = builder(limits);
    let mut connection = pin!(builder.serve_connection(io, service));
    let mut alarm = pin!(sleep_until(Instant::now() + limits.head_within));
    let mut is_closing = false;
    loop {
        let end = tokio::select! {
            // In this order: whether it is late is asked when what it did is known.
            biased;
            ended = &mut connection => {
                if let Err(error) = ended {
                    tracing::debug!(error, "a connection failed");
                }
                return;
            }
            () = super::told(&mut stop), if !is_closing => End::Politely,
            end = poll_fn(|context| poll_end(&pulse, alarm.as_mut(), context)) => end,
        };
        match end {
            End::Politely => {
                is_closing = true;
                pulse.close();
                connection.as_mut().graceful_shutdown();
            }
            End::AtOnce(reason) => {
                tracing::debug!(reason, "a connection was cut off");
                return;
            }
        }
    }
}

fn builder(limits: Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().max_buf_size(limits.hard_head_bytes_max());
    builder
        .http2()
        .max_header_list_size(u32::try_from(limits.hard_head_bytes_max()).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS_MAX)
        .max_send_buf_size(STREAM_BYTES_MAX);
    builder
}

/// Ready when the connection must end. The alarm is set to the moment it would have to, and put off
/// when it rings early: nearly always something has happened meanwhile.
fn poll_end(pulse: &Pulse, mut alarm: Pin<&mut Sleep>, context: &mut Context<'_>) -> Poll<End> {
    loop {
        let (due, end) = pulse.due();
        if due <= Instant::now() {
            // Nothing ends a connection that is at work; it is looked at again in a while.
            if let Some(end) = end {
                return Poll::Ready(end);
            }
        }
        if due < alarm.deadline() || alarm.is_elapsed() {
            alarm.as_mut().reset(due);
        }
        if alarm.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
    }
}
