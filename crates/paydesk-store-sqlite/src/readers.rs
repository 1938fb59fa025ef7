//! A pool of connections that only read.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use paydesk_store::StoreError;
use rusqlite::Connection;

use crate::connection::Database;

/// Connections of which everybody takes one for the length of one question.
#[derive(Debug)]
pub(crate) struct Readers {
    idle: Mutex<Idle>,
    returned: Condvar,
}

#[derive(Debug)]
struct Idle {
    connections: Vec<Connection>,
    /// How many wait for a connection. Waking nobody would be a system call all the same.
    waiting: usize,
    is_closed: bool,
}

impl Readers {
    /// A pool of `count` connections.
    pub(crate) fn open(database: &Database, count: usize) -> rusqlite::Result<Self> {
        let connections: rusqlite::Result<Vec<Connection>> =
            (0..count).map(|_| database.reader()).collect();
        Ok(Self {
            idle: Mutex::new(Idle { connections: connections?, waiting: 0, is_closed: false }),
            returned: Condvar::new(),
        })
    }

    /// Answers a question from one snapshot; waits while all connections are taken.
    pub(crate) fn read<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let lent = self.lend()?;
        let connection = lent.connection();
        run(connection, "BEGIN")?;
        let answer = question(connection)?;
        run(connection, "COMMIT")?;
        Ok(answer)
    }

    /// Answers a question of a single statement, which is a snapshot by itself.
    pub(crate) fn read_once<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        question(self.lend()?.connection())
    }

    /// Closes the connections; those lent out close when they come back.
    pub(crate) fn close(&self) {
        let mut idle = self.lock();
        idle.is_closed = true;
        idle.connections.clear();
        self.returned.notify_all();
    }

    fn lend(&self) -> Result<Lent<'_>, StoreError> {
        let mut idle = self.lock();
        while idle.connections.is_empty() && !idle.is_closed {
            idle.waiting += 1;
            idle = self.returned.wait(idle).unwrap_or_else(PoisonError::into_inner);
            idle.waiting -= 1;
        }
        match idle.connections.pop() {
            Some(connection) => Ok(Lent { readers: self, connection: Some(connection) }),
            None => Err(StoreError::Unavailable("the store is closed".to_owned())),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a failed statement means to whoever asked.
pub(crate) fn unavailable(error: &rusqlite::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

fn run(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute([]))
        .map(drop)
        .map_err(|error| unavailable(&error))
}

/// A connection that goes back to the pool when it is dropped, after an error or a panic too.
struct Lent<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Lent<'_> {
    fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("it is taken out only when dropped")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        if !connection.is_autocommit() {
            // A snapshot left open would keep the log from ever starting anew. Where ending it
            // fails, it was over already.
            let _ = run(&connection, "ROLLBACK");
        }
        let mut idle = self.readers.lock();
        if !idle.is_closed {
            idle.connections.push(connection);
            if idle.waiting > 0 {
                self.readers.returned.notify_one();
            }
        }
    }
}
