//! Handlers of our own API, apart from Stripe's.

pub(crate) mod clock;
pub(crate) mod explanation;
pub(crate) mod export;
pub(crate) mod idle;
pub(crate) mod import;
pub(crate) mod requests;
pub(crate) mod sandboxes;
