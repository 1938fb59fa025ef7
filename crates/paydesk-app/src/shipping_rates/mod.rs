//! Operations on shipping rates.

mod create;
mod read;
mod update;
