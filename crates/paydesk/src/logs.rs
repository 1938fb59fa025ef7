//! Logs: structured lines on standard error, written without holding up a request.
//!
//! Lines name request ids, statuses and durations. They never hold keys, secrets, queries or bodies.

use std::io::{self, IsTerminal};

use tracing::Level;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};

use crate::cli::{LogFormat, LogLevel};

/// Starts logging. What is still waiting is written when the guard is dropped.
pub(crate) fn start(level: LogLevel, format: LogFormat) -> WorkerGuard {
    let level = match level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    };
    // A slow terminal loses lines rather than requests.
    let (writer, guard) = NonBlockingBuilder::default().lossy(true).finish(io::stderr());
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_target(false)
        .with_writer(writer)
        .with_ansi(io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none());
    match format {
        LogFormat::Text => subscriber.init(),
        LogFormat::Json => subscriber.json().flatten_event(true).init(),
    }
    guard
}
