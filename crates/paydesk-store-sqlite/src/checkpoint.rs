//! Moving what was committed from the write-ahead log into the file, beside the writer.

use std::sync::mpsc::{Receiver, Sender, SyncSender, TrySendError, channel, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::{io, thread};

use rusqlite::Connection;
use tracing::warn;

use crate::connection::PAGE_BYTES;

/// How far the log may grow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogBounds {
    /// After each so many pages the checkpointer moves what it can, without stopping the writer.
    pub(crate) passive_pages: u32,
    /// At so many pages the writer waits until all is moved and the log can start anew. Without
    /// that, a writer that never pauses would let it grow for ever.
    pub(crate) restart_pages: u32,
}

impl LogBounds {
    /// Moves 8 MiB at a time and lets the log grow to 64 MiB: long enough that most pages of a busy
    /// file are written to it several times before they are moved once.
    pub(crate) const DEFAULT: Self =
        Self { passive_pages: (8 << 20) / PAGE_BYTES, restart_pages: (64 << 20) / PAGE_BYTES };
}

/// The writer's side: it says how long the log is, and waits where the log is too long.
#[derive(Debug)]
pub(crate) struct LogKeeper {
    bounds: LogBounds,
    requests: SyncSender<Request>,
    next_passive: u32,
    next_restart: u32,
}

enum Request {
    /// Move what can be moved now.
    Passive,
    /// Move everything, so that the log starts anew; the writer waits for the other end.
    Restart { done: Sender<()> },
}

/// Starts the checkpointer. It ends, after emptying the log, when the keeper is dropped.
pub(crate) fn start(
    connection: Connection,
    bounds: LogBounds,
) -> io::Result<(LogKeeper, JoinHandle<()>)> {
    // One place: a request that finds another waiting adds nothing to it.
    let (requests, received) = sync_channel(1);
    let thread =
        Builder::new().name("paydesk-wal".to_owned()).spawn(move || run(&connection, &received))?;
    let keeper = LogKeeper {
        bounds,
        requests,
        next_passive: bounds.passive_pages,
        next_restart: bounds.restart_pages,
    };
    Ok((keeper, thread))
}

impl LogKeeper {
    /// To be told after every commit how many pages the log has.
    pub(crate) fn after_commit(&mut self, pages: u32) {
        let started_anew = pages < self.next_passive.saturating_sub(self.bounds.passive_pages);
        if started_anew {
            self.next_passive = self.bounds.passive_pages;
            self.next_restart = self.bounds.restart_pages;
        }
        if pages >= self.next_restart {
            self.wait_for_restart();
            // Where the log could not start anew, because something still reads from it, the next
            // try is a little later, not at every commit.
            self.next_restart = pages.saturating_add(self.bounds.passive_pages);
        } else if pages >= self.next_passive {
            self.next_passive = pages.saturating_add(self.bounds.passive_pages);
            match self.requests.try_send(Request::Passive) {
                // Without a checkpointer the log grows, which its end has reported.
                Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
            }
        }
    }

    fn wait_for_restart(&self) {
        let (done, finished) = channel();
        if self.requests.send(Request::Restart { done }).is_ok() {
            // An error says that the other end is gone, which is an end of waiting too.
            let _ = finished.recv();
        }
    }
}

fn run(connection: &Connection, requests: &Receiver<Request>) {
    for request in requests {
        match request {
            Request::Passive => checkpoint(connection, "PASSIVE"),
            Request::Restart { done } => {
                checkpoint(connection, "RESTART");
                drop(done);
            }
        }
    }
    if !thread::panicking() {
        checkpoint(connection, "TRUNCATE");
    }
}

fn checkpoint(connection: &Connection, mode: &str) {
    let result = connection
        .query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| row.get::<_, bool>(0));
    match result {
        Ok(false) => {}
        // A passive checkpoint leaves what others still read; the next one moves it.
        Ok(true) if mode == "PASSIVE" => {}
        Ok(true) => warn!(mode, "the write-ahead log is in use and could not start anew"),
        Err(error) => warn!(mode, %error, "a checkpoint failed"),
    }
}
