//! Handlers of our own API, apart from Stripe's.

pub(crate) mod clock;
pub(crate) mod idle;
pub(crate) mod requests;
