//! Handlers of our own API, apart from Stripe's.

pub(crate) mod clock;
