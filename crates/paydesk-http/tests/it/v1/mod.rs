//! `/v1`: Stripe's API.

mod checkout;
mod coupons;
mod events;
mod price_terms;
mod prices;
mod products;
mod webhook_endpoints;
