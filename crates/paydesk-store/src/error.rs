//! Why a store could not do what was asked.

use thiserror::Error;

/// Why a store could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// A record moved since it was read, or appeared: load and decide again.
    #[error("{object} changed since it was read")]
    RevisionMoved {
        /// Its kind and id.
        object: String,
    },
    /// A unique key belongs to somebody else: load and decide again.
    #[error("the unique key {key} is taken")]
    UniqueKeyTaken {
        /// The key.
        key: String,
    },
    /// The idempotency key was used meanwhile: look its answer up.
    #[error("the idempotency key was used meanwhile")]
    IdempotencyKeyTaken,
    /// The queue to the writer is full; nothing was written. Try again a little later.
    #[error("too many changes are waiting to be written")]
    Busy,
    /// The store can't be reached or its disk failed. Whether the change was written is unknown.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// A stored row is not what the rules allow; it was damaged or written by something else.
    #[error("{table} {id} is inconsistent: {what}")]
    Inconsistent {
        /// Where it lies.
        table: &'static str,
        /// Which row.
        id: String,
        /// What is wrong with it.
        what: String,
    },
}
