//! `/v1`: Stripe's API.

mod checkout;
mod coupons;
mod customer_tax_ids;
mod customers;
mod events;
mod price_terms;
mod prices;
mod products;
mod promotion_codes;
mod shipping_rates;
mod tax_rates;
mod webhook_endpoints;
