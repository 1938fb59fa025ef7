//! The embedded store: one SQLite file, one writer thread, group commit.
//!
//! A changeset is encoded by whoever commits it, queued, and applied by the one writer together
//! with everything else that waits: each wholly or not at all, all with one flush to disk. Reads go
//! past the writer on connections of their own and see the last commit. A third thread moves what
//! was committed from the write-ahead log into the file, so that commits do not wait for it.

#![deny(missing_docs)]

mod access;
mod apply;
mod backup;
mod batch;
mod cache;
mod checkpoint;
mod connection;
mod copy;
mod encode;
mod find;
mod inspect;
mod list;
mod open;
mod opened;
mod promotion_codes;
mod prune;
mod question;
mod readers;
mod reclaim;
mod restore;
mod schema;
mod store;
mod tables;
mod timers;
mod writer;

#[cfg(test)]
mod tests;

pub use backup::back_up;
pub use copy::{CopyError, CopyProgress};
pub use inspect::{Holder, Inspection, holder, inspect};
pub use open::OpenError;
pub use opened::SqliteStore;
pub use restore::{Replaced, Restored, restore};
