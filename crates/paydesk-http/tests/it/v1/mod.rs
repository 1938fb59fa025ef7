//! `/v1`: Stripe's API.

mod checkout;
mod coupons;
mod events;
mod prices;
mod products;
mod webhook_endpoints;
