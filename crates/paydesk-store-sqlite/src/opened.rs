//! The open store: what is opened together and closed together, and the ways to ask it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::{self, JoinHandle};

use paydesk_store::StoreError;
use rusqlite::Connection;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::spawn_blocking;

use crate::batch::{Answer, Job, Task};
use crate::cache::RecordCache;
use crate::checkpoint::{Checkpointer, LogBounds};
use crate::connection::{Database, Durability, PAGE_BYTES};
use crate::open::{self, FileLock, OpenError};
use crate::readers::Readers;
use crate::writer::{Prepare, QUEUE_MAX, Writer};

/// Lists read at once. They may take long; more would only take processors from look-ups.
const LISTS_AT_ONCE: usize = 4;

/// Everything Paydesk keeps, in one SQLite file.
///
/// Dropping it writes what was committed and closes the file, as [`Self::close`] does.
#[derive(Debug)]
pub struct SqliteStore {
    /// None once it is closed.
    queue: RwLock<Option<mpsc::Sender<Job>>>,
    pub(crate) look_ups: Readers,
    pub(crate) cache: Arc<RecordCache>,
    lists: Arc<Readers>,
    list_permits: Arc<Semaphore>,
    /// The writer and the checkpointer, in the order in which they end.
    threads: Mutex<Vec<JoinHandle<()>>>,
    lock: Mutex<Option<FileLock>>,
}

/// What tests set otherwise.
pub(crate) struct Settings {
    pub(crate) durability: Durability,
    pub(crate) log_bounds: LogBounds,
    pub(crate) prepare_writer: Prepare,
}

impl Settings {
    pub(crate) fn new(durability: Durability) -> Self {
        Self { durability, log_bounds: LogBounds::DEFAULT, prepare_writer: Box::new(|_| Ok(())) }
    }
}

impl SqliteStore {
    /// Opens a file, which is made where there is none.
    ///
    /// # Errors
    /// [`OpenError`], one variant for each situation.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Self::open_with(path, Settings::new(Durability::Durable))
    }

    /// Opens a file beside the process that serves it, or without one, to write what that process
    /// keeps no copy of: accounts and keys. The file is made where there is none.
    ///
    /// # Errors
    /// [`OpenError`], one variant for each situation.
    pub fn open_beside(path: &Path) -> Result<Self, OpenError> {
        open::prepare_beside(path)?;
        let settings =
            Settings { log_bounds: LogBounds::LEFT_ALONE, ..Settings::new(Durability::Durable) };
        Self::open_prepared(path, settings, None)
    }

    /// The same store on a temporary file that has no name any more and goes with the process;
    /// nothing is flushed to disk.
    ///
    /// # Errors
    /// [`OpenError`], where there is no room for temporary files.
    pub fn in_memory() -> Result<Self, OpenError> {
        let folder = tempfile::tempdir().map_err(|error| OpenError::NotWritable {
            path: std::env::temp_dir(),
            reason: error.to_string(),
        })?;
        let path = folder.path().join("paydesk.db");
        // Every connection is opened and used before the folder goes, at the end of this function.
        Self::open_with(&path, Settings::new(Durability::Volatile))
    }

    /// Writes what waits, empties the write-ahead log, ends the threads and frees the file. What is
    /// asked of the store afterwards is answered with [`StoreError::Unavailable`].
    pub async fn close(self: &Arc<Self>) {
        let store = Arc::clone(self);
        // Only a panic of a thread ends in an error here; it was reported where it happened.
        let _ = spawn_blocking(move || store.shut()).await;
    }

    pub(crate) fn open_with(path: &Path, settings: Settings) -> Result<Self, OpenError> {
        let lock = FileLock::take(path)?;
        open::prepare(path)?;
        Self::open_prepared(path, settings, Some(lock))
    }

    fn open_prepared(
        path: &Path,
        settings: Settings,
        lock: Option<FileLock>,
    ) -> Result<Self, OpenError> {
        let database = Database {
            path: path.to_owned(),
            durability: settings.durability,
            log_bounds: settings.log_bounds,
        };
        let failed = |error| open::sqlite_error(path, &error);
        let not_started = |error: std::io::Error| OpenError::Other {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        let (sender, queue) = mpsc::channel(QUEUE_MAX);
        let look_ups_at_once = thread::available_parallelism().map_or(4, usize::from).max(2);
        let look_ups = Readers::open(&database, look_ups_at_once).map_err(failed)?;
        let lists = Readers::open(&database, LISTS_AT_ONCE).map_err(failed)?;
        let (keeper, checkpointer) = Checkpointer::open(&database)
            .map_err(failed)?
            .start(settings.log_bounds)
            .map_err(not_started)?;
        let cache = Arc::new(RecordCache::new());
        let prepare = settings.prepare_writer;
        let writer = Writer::open(database, queue, keeper, Arc::clone(&cache), prepare)
            .map_err(failed)?
            .start()
            .map_err(not_started)?;
        Ok(Self {
            queue: RwLock::new(Some(sender)),
            look_ups,
            cache,
            lists: Arc::new(lists),
            list_permits: Arc::new(Semaphore::new(LISTS_AT_ONCE)),
            threads: Mutex::new(vec![writer, checkpointer]),
            lock: Mutex::new(lock),
        })
    }

    /// Gives a little of the room of what was deleted back to the file system, where much of the
    /// file is free and nobody else waits to be written; returns how many bytes.
    ///
    /// # Errors
    /// As of [`Store::commit`](paydesk_store::Store::commit).
    pub async fn reclaim_space(&self) -> Result<u64, StoreError> {
        let pages = self.write(Task::Reclaim).await?.0?;
        Ok(u64::try_from(pages).unwrap_or(u64::MAX).saturating_mul(PAGE_BYTES.into()))
    }

    /// Queues a task and waits until it is on disk.
    pub(crate) async fn write(&self, task: Task) -> Result<Answer, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.enqueue(Job { task, answer })?;
        answered.await.map_err(|_| {
            StoreError::Unavailable("the writer stopped before it answered".to_owned())
        })
    }

    fn enqueue(&self, job: Job) -> Result<(), StoreError> {
        let queue = self.queue.read().unwrap_or_else(PoisonError::into_inner);
        let closed = || StoreError::Unavailable("the store is closed".to_owned());
        let sender = queue.as_ref().ok_or_else(closed)?;
        sender.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => closed(),
        })
    }

    /// Answers a question that may take long, away from the threads that serve requests.
    pub(crate) async fn scan<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let closed = |_| StoreError::Unavailable("the store is closed".to_owned());
        let permits = Arc::clone(&self.list_permits);
        let permit = permits.acquire_owned().await.map_err(closed)?;
        let lists = Arc::clone(&self.lists);
        let answer = spawn_blocking(move || {
            let _permit = permit;
            lists.read_once(question)
        });
        answer.await.unwrap_or_else(|error| Err(StoreError::Unavailable(error.to_string())))
    }

    fn shut(&self) {
        drop(self.queue.write().unwrap_or_else(PoisonError::into_inner).take());
        self.look_ups.close();
        self.lists.close();
        self.list_permits.close();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
        drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.shut();
    }
}
