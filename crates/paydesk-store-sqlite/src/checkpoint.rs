//! Moving what was committed from the write-ahead log into the file, beside the writer.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, TryRecvError, channel, sync_channel};
use std::thread::{Builder, JoinHandle};

use rusqlite::Connection;
use tracing::warn;

use crate::connection::{Database, Durability, PAGE_BYTES};

/// How far the log may grow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogBounds {
    /// After each so many pages the checkpointer moves what it can, without stopping the writer.
    pub(crate) passive_pages: u32,
    /// From so many pages on the log starts anew as soon as little is left to move. The writer
    /// waits for that; without it, a writer that never pauses would let the log grow for ever.
    pub(crate) restart_pages: u32,
    /// At so many pages the log starts anew however much is left to move.
    pub(crate) pages_max: u32,
}

impl LogBounds {
    /// Moves 8 MiB at a time and lets the log grow to 64 MiB: long enough that most pages of a busy
    /// file are written to it several times before they are moved once.
    pub(crate) const DEFAULT: Self = Self {
        passive_pages: (8 << 20) / PAGE_BYTES,
        restart_pages: (40 << 20) / PAGE_BYTES,
        pages_max: (64 << 20) / PAGE_BYTES,
    };
}

impl LogBounds {
    /// Leaves the log to the process that serves the file.
    pub(crate) const LEFT_ALONE: Self =
        Self { passive_pages: u32::MAX, restart_pages: u32::MAX, pages_max: u32::MAX };

    const fn is_left_alone(self) -> bool {
        self.pages_max == u32::MAX
    }
}

/// The writer's side: it says how long the log is, and waits where the log is too long.
#[derive(Debug)]
pub(crate) struct LogKeeper {
    bounds: LogBounds,
    requests: SyncSender<Request>,
    /// The end of a passive checkpoint that was asked for.
    running: Option<Receiver<()>>,
    /// The length of the log at the last request.
    asked_at: u32,
    /// Added to both bounds of a restart while something keeps the log from starting anew.
    tolerance: u32,
}

/// What the checkpointer is to do. Whoever asked sees the other end of `done` go when it is done.
#[derive(Debug)]
enum Request {
    /// Move what can be moved now. The last time before the log starts anew, flush the file too.
    Passive { done: Sender<()>, is_last: bool },
    /// Move everything, so that the log starts anew.
    Restart { done: Sender<()> },
}

/// What runs on the checkpointer's thread.
pub(crate) struct Checkpointer {
    // Closed before the file below it.
    connection: Connection,
    file: Option<File>,
}

impl Checkpointer {
    /// A checkpointer with its connection.
    pub(crate) fn open(database: &Database) -> rusqlite::Result<Self> {
        let file = match database.durability {
            Durability::Durable => open_for_flushing(&database.path),
            Durability::Volatile => None,
        };
        Ok(Self { connection: database.checkpointer()?, file })
    }

    /// Starts the thread. It ends, after emptying the log, when the keeper is dropped.
    pub(crate) fn start(self, bounds: LogBounds) -> io::Result<(LogKeeper, JoinHandle<()>)> {
        // One place: nothing is asked for while something is under way, except by a writer that
        // waits.
        let (requests, received) = sync_channel(1);
        let thread = Builder::new()
            .name("paydesk-wal".to_owned())
            .spawn(move || self.run(&received, bounds))?;
        let keeper = LogKeeper { bounds, requests, running: None, asked_at: 0, tolerance: 0 };
        Ok((keeper, thread))
    }

    fn run(self, requests: &Receiver<Request>, bounds: LogBounds) {
        for request in requests {
            match request {
                Request::Passive { done: _done, is_last } => {
                    self.checkpoint("PASSIVE");
                    if is_last {
                        self.flush();
                    }
                }
                Request::Restart { done: _done } => self.checkpoint("RESTART"),
            }
        }
        if !bounds.is_left_alone() {
            self.checkpoint("TRUNCATE");
        }
    }

    fn checkpoint(&self, mode: &str) {
        let statement = format!("PRAGMA wal_checkpoint({mode})");
        let is_busy = self.connection.query_row(&statement, [], |row| row.get::<_, bool>(0));
        match is_busy {
            Ok(false) => {}
            // A passive checkpoint leaves what others still read; the next one moves it.
            Ok(true) if mode == "PASSIVE" => {}
            Ok(true) => warn!(mode, "the write-ahead log is in use and could not start anew"),
            Err(error) => warn!(mode, %error, "a checkpoint failed"),
        }
    }

    /// SQLite flushes the file only before the log starts anew, while the writer waits. When most
    /// of it was flushed before, that wait is short.
    fn flush(&self) {
        if let Some(file) = &self.file
            && let Err(error) = file.sync_data()
        {
            warn!(%error, "the file could not be flushed after a checkpoint");
        }
    }
}

/// The file once more, to flush it. Where it can't be had, the writer waits a little longer. It is
/// kept for as long as there is a connection: closing it would drop SQLite's locks.
fn open_for_flushing(path: &Path) -> Option<File> {
    OpenOptions::new().read(true).write(true).open(path).ok()
}

impl LogKeeper {
    /// To be told after every commit how many pages the log has.
    pub(crate) fn after_commit(&mut self, pages: u32) {
        if pages < self.asked_at {
            self.asked_at = 0;
            self.tolerance = 0;
        }
        // Right after a passive checkpoint only what was committed during it is left to move.
        let has_just_moved = self.has_just_moved();
        let is_long = pages >= self.bounds.restart_pages.saturating_add(self.tolerance);
        let is_too_long = pages >= self.bounds.pages_max.saturating_add(self.tolerance);
        if is_too_long || (is_long && has_just_moved) {
            self.ask_and_wait();
            self.asked_at = pages;
            // Where the log could not start anew, because something still reads from it, the next
            // try is a little later, not at every commit.
            self.tolerance = pages
                .saturating_sub(self.bounds.restart_pages)
                .saturating_add(self.bounds.passive_pages);
        } else if self.running.is_none()
            && pages >= self.asked_at.saturating_add(self.bounds.passive_pages)
        {
            self.ask(is_long);
            self.asked_at = pages;
        }
    }

    /// To be told when pages at the end of the file are free: a checkpoint cuts them off.
    pub(crate) fn shorten_file(&mut self) {
        let _ = self.has_just_moved();
        if self.running.is_none() {
            self.ask(false);
        }
    }

    /// Whether a passive checkpoint ended since this was last asked.
    fn has_just_moved(&mut self) -> bool {
        let has_ended = |running: &mut Receiver<()>| {
            matches!(running.try_recv(), Err(TryRecvError::Disconnected))
        };
        self.running.take_if(has_ended).is_some()
    }

    fn ask(&mut self, is_last: bool) {
        let (done, running) = channel();
        // Without a checkpointer the log grows, which its end has reported.
        if self.requests.try_send(Request::Passive { done, is_last }).is_ok() {
            self.running = Some(running);
        }
    }

    fn ask_and_wait(&mut self) {
        let (done, finished) = channel();
        if self.requests.send(Request::Restart { done }).is_ok() {
            // Nothing is ever sent: an error says that the other end is gone.
            let _ = finished.recv();
        }
        self.running = None;
    }
}
