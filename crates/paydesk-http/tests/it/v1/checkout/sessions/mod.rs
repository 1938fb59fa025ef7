//! `/v1/checkout/sessions`

mod collection;
mod collection_refused;
mod create;
mod discounts;
mod expire;
mod expiry_by_time;
mod list;
mod list_line_items;
mod retrieve;
mod revisions;
mod shipping;
mod subscriptions;
mod taxes;
mod update;
mod update_inline_prices;
mod update_refused;
