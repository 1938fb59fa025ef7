//! Handlers of Stripe's API, a file for each kind of object.

pub(crate) mod accounts;
pub(crate) mod checkout_sessions;
pub(crate) mod coupons;
pub(crate) mod customer_tax_ids;
pub(crate) mod customers;
pub(crate) mod events;
pub(crate) mod lists;
pub(crate) mod prices;
pub(crate) mod products;
pub(crate) mod promotion_codes;
pub(crate) mod shipping_rates;
pub(crate) mod tax_rates;
pub(crate) mod webhook_endpoints;
