//! The HTTP API: routes, keys, headers.
//!
//! A handler decodes, calls the application and renders; it knows no rule and no table. Which
//! addresses there are is in `router`.

#![deny(clippy::wildcard_enum_match_arm)]

mod api;
mod auth;
mod compression;
mod entrance;
mod error;
mod exchange;
mod health;
mod idempotency;
mod openapi;
mod options;
mod pages;
mod paydesk;
mod proxies;
mod request_body;
mod respond;
mod router;
mod state;
mod v1;

pub use api::Api;
pub use auth::PresentedKey;
pub use entrance::Entrance;
pub use error::stripe_error;
pub use proxies::{Peer, ProxyHeader, TrustedProxies};
pub use state::HttpState;
