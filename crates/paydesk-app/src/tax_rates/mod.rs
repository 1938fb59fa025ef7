//! Operations on tax rates.

mod create;
mod read;
mod update;
