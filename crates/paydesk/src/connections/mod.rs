//! The connections of clients: how many there are, how long each may stay, and what becomes of
//! those who dawdle.

mod connection;
mod pulse;
mod service;
mod settings;
mod stream;

use std::sync::Arc;
use std::time::Duration;

use paydesk_http::Api;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

pub(crate) use self::settings::{ConnectionSettings, Limits};

/// The pause after a failure to accept, which mostly means that there are no file numbers left.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(100);
/// How often the log says that there is no place left.
const WARN_EVERY: Duration = Duration::from_secs(60);

/// Accepts connections until told to stop, then lets those that are open finish what they are at.
/// Dropping the future cuts them off.
pub(crate) async fn serve(
    listener: TcpListener,
    api: Api,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(limits.connections_max));
    let mut connections = JoinSet::new();
    let mut warned = None;
    loop {
        // Whoever finds no place waits in the queue of the system, and is not refused.
        let next = async { (Arc::clone(&places).acquire_owned().await, listener.accept().await) };
        tokio::select! {
            () = told(&mut stop) => break,
            // The tasks of those that ended are forgotten.
            Some(_) = connections.join_next() => {}
            (place, accepted) = next => match accepted {
                Ok((stream, peer)) => {
                    if places.available_permits() == 0 && is_time(&mut warned) {
                        tracing::warn!(
                            connections = limits.connections_max,
                            "every connection is taken: others wait until one ends \
                             (--max-connections)"
                        );
                    }
                    let connection =
                        connection::serve(stream, peer, api.clone(), limits, stop.clone());
                    connections.spawn(async move {
                        connection.await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                }
            },
        }
    }
    // Whoever connects from here on is refused, rather than left without an answer.
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Returns when the server is told to stop.
async fn told(stop: &mut watch::Receiver<bool>) {
    // Without a sender nobody can tell any more, which comes to the same.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Whether a warning is due again; from then on it was given.
fn is_time(warned: &mut Option<Instant>) -> bool {
    let is_time = warned.is_none_or(|warned| warned.elapsed() >= WARN_EVERY);
    if is_time {
        *warned = Some(Instant::now());
    }
    is_time
}
