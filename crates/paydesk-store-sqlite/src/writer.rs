//! The writer: one thread, one connection, a bounded queue.

use std::cell::Cell;
use std::io;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use paydesk_store::StoreError;
use rusqlite::Connection;
use tokio::sync::mpsc;
use tracing::warn;

use crate::batch::{self, Job, Outcome, Task};
use crate::cache::RecordCache;
use crate::checkpoint::LogKeeper;
use crate::connection::{Database, Durability};

/// How much may wait. At 20,000 commits a second this is a fifth of a second, after which a client
/// is better told to come back than kept.
pub(crate) const QUEUE_MAX: usize = 4096;

/// How much is written with one flush. More would gain nothing, as the flush is long paid for, and
/// the first of a batch waits for its last.
const BATCH_MAX: usize = 512;

thread_local! {
    /// How many pages the log had after the last commit of this thread's connection; SQLite tells
    /// it to a function that carries nothing.
    static LOG_PAGES: Cell<u32> = const { Cell::new(0) };
}

/// What runs on the writer's thread.
pub(crate) struct Writer {
    database: Database,
    queue: mpsc::Receiver<Job>,
    keeper: LogKeeper,
    cache: Arc<RecordCache>,
    /// None between a failure and the next batch.
    connection: Option<Connection>,
    prepare: Prepare,
}

/// Done to every connection of the writer when it is opened; tests make commits fail with it.
pub(crate) type Prepare = Box<dyn Fn(&Connection) -> rusqlite::Result<()> + Send>;

impl Writer {
    /// A writer with its first connection.
    pub(crate) fn open(
        database: Database,
        queue: mpsc::Receiver<Job>,
        keeper: LogKeeper,
        cache: Arc<RecordCache>,
        prepare: Prepare,
    ) -> rusqlite::Result<Self> {
        let mut writer = Self { database, queue, keeper, cache, connection: None, prepare };
        writer.connection = Some(writer.connect()?);
        Ok(writer)
    }

    /// Starts the thread. It ends when the queue is closed and empty.
    pub(crate) fn start(self) -> io::Result<JoinHandle<()>> {
        Builder::new().name("paydesk-writer".to_owned()).spawn(move || self.run())
    }

    fn run(mut self) {
        let mut batch = Vec::with_capacity(BATCH_MAX);
        while self.queue.blocking_recv_many(&mut batch, BATCH_MAX) > 0 {
            let cache = Arc::clone(&self.cache);
            let catalog_write = cache.forget(&batch);
            let outcomes = self.write(&batch);
            drop(catalog_write);
            let mut has_reclaimed = false;
            for (Job { task, answer }, outcome) in batch.drain(..).zip(outcomes) {
                if outcome.is_ok() {
                    cache.keep_sessions(&task);
                }
                has_reclaimed |= matches!((&task, &outcome), (Task::Reclaim, Ok(1..)));
                // Whoever asked may have stopped waiting; what was written stays written.
                let _ = answer.send((outcome, task));
            }
            self.keeper.after_commit(LOG_PAGES.get());
            if has_reclaimed {
                self.keeper.shorten_file();
            }
        }
    }

    fn write(&mut self, batch: &[Job]) -> Vec<Outcome> {
        self.try_write(batch).unwrap_or_else(|error| {
            warn!(%error, changesets = batch.len(), "a batch could not be committed");
            self.distrust_connection();
            let unavailable = StoreError::Unavailable(error.to_string());
            batch.iter().map(|_| Err(unavailable.clone())).collect()
        })
    }

    fn try_write(&mut self, batch: &[Job]) -> rusqlite::Result<Vec<Outcome>> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let connection = self.connection.insert(connection);
        batch::write(connection, batch)
    }

    /// After a failed flush nobody knows which pages are on disk; a connection that believes in its
    /// cache could commit on top of pages that never arrived. A new one reads what is there.
    fn distrust_connection(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        if self.database.durability == Durability::Volatile {
            // Nothing is flushed there, and the file has no name by which to open it again.
            match batch::abandon(&connection) {
                Ok(()) => self.connection = Some(connection),
                Err(error) => warn!(%error, "the writer's connection is lost"),
            }
            return;
        }
        drop(connection);
        warn!("the writer opens its connection anew");
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        let connection = self.database.writer()?;
        connection.wal_hook(Some(|_, pages| {
            LOG_PAGES.set(u32::try_from(pages).unwrap_or(0));
            Ok(())
        }));
        (self.prepare)(&connection)?;
        Ok(connection)
    }
}
