//! Operations on webhook endpoints.

mod create;
mod delete;
mod read;
mod update;
