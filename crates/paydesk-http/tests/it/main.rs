//! The HTTP API as its clients see it: a file for each address, and one for each thing that holds
//! for all of them.

mod authentication;
mod concurrency;
mod cors;
mod endpoints;
mod entrance;
mod expand;
mod hostile_requests;
mod idempotency;
mod keys;
mod metadata;
mod pages;
mod parameters;
mod paydesk;
mod problems;
mod refusals;
mod request_bodies;
mod retention;
mod store_failures;
mod support;
mod v1;
mod versions;
