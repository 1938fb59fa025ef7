//! The tidy test: how the repository is kept, where no compiler and no lint looks.
//!
//! Everything here only reads. A failure lists every place and says what to do about it.

mod dependencies;
mod documents;
mod files;
mod findings;
mod licences;
mod lock_files;
mod manifests;
mod migrations;
mod names;
mod sources;
mod versions;
mod words;
mod workspace;
