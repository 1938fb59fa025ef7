//! Logs: structured lines on standard error, written without holding up a request.
//!
//! Lines name request ids, statuses and durations. They never hold keys, secrets, queries or
//! bodies.

mod buffer;

use std::io::{self, IsTerminal};

use tracing::Level;

use crate::cli::{LogFormat, LogLevel};

pub(crate) use buffer::LogBuffer;

/// Starts logging. What is still waiting is written when the buffer is dropped.
pub(crate) fn start(level: LogLevel, format: LogFormat) -> LogBuffer {
    let level = match level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    };
    let buffer = LogBuffer::to(io::stderr());
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_target(false)
        .with_writer(buffer.writer())
        .with_ansi(io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none());
    match format {
        LogFormat::Text => subscriber.init(),
        LogFormat::Json => subscriber.json().flatten_event(true).init(),
    }
    buffer
}
