//! `/v1`: Stripe's API.

mod checkout;
mod events;
mod prices;
mod products;
