//! The operations: load, decide, commit.
//!
//! Each operation is a file of its own. What they have in common (idempotency, one change of a
//! session at a time, deciding again when somebody was faster) is in [`run`] once. This crate knows
//! no HTTP and no JSON: whoever calls hands in how an answer is rendered.

#![deny(clippy::wildcard_enum_match_arm)]

mod access;
mod answer;
mod api_keys;
mod app;
mod call;
pub mod checkout_sessions;
mod clock;
mod coupons;
pub mod customers;
mod error;
pub mod events;
mod export;
mod idle;
mod import;
mod in_flight;
mod paging;
pub mod prices;
pub mod products;
pub mod promotion_codes;
mod requests;
mod retention;
mod run;
mod sandboxes;
mod session_queue;
mod shipping_rates;
mod tax_rates;
mod timers;
mod webhook_endpoints;

pub use access::{Admission, Credential, key_hash};
pub use answer::{Answer, Rendered};
pub use api_keys::{ApiKeyError, KeyAccount, ListedApiKey, MadeApiKey, NewApiKey};
pub use app::{App, Settings, WallClock};
pub use call::{Call, IdempotencyKey};
pub use clock::ClockChanged;
pub use error::AppError;
pub use export::Exported;
pub use idle::InFlightRequest;
pub use paging::{CursorIds, ListRequest};
pub use paydesk_store::{Found, Page, SearchRequest, StoreError};
pub use requests::{RecordedRequest, RequestFilter};
pub use retention::Retention;
pub use sandboxes::{OpenSandbox, SandboxName, SandboxView, UpdateSandbox};
