//! Parameters of each operation, read into commands of the domain.

mod amounts;
mod cart_terms;
mod catalog;
mod checkout_sessions;
mod clock;
mod coupons;
mod customers;
mod export;
mod lists;
mod promotion_codes;
pub mod readers;
mod sandbox;
mod searches;
mod session_collection;
mod shipping_rates;
mod tax_rates;
mod webhook_endpoints;

pub use catalog::{create_price, create_product, update_price, update_product};
pub use checkout_sessions::{create_checkout_session, update_checkout_session};
pub use clock::change_clock;
pub use coupons::{create_coupon, update_coupon};
pub use customers::{create_customer, create_tax_id, update_customer};
pub use export::{Include, export};
pub use lists::{
    ListQuery, PageQuery, list_checkout_sessions, list_coupons, list_customers, list_events,
    list_line_items, list_prices, list_products, list_promotion_codes, list_shipping_rates,
    list_tax_ids, list_tax_rates, list_webhook_endpoints,
};
pub use promotion_codes::{create_promotion_code, update_promotion_code};
pub use sandbox::{RequestQuery, await_idle, list_requests, list_sandboxes, update_sandbox};
pub use searches::{Search, search_customers, search_prices, search_products};
pub use shipping_rates::{create_shipping_rate, update_shipping_rate};
pub use tax_rates::{create_tax_rate, update_tax_rate};
pub use webhook_endpoints::{create_webhook_endpoint, update_webhook_endpoint};

use crate::error::StripeError;
use crate::expand::Expand;
use crate::form::{self, Fields, Params};
use crate::operation::Operation;
use crate::versions::{self, ApiVersion};

/// A request as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<T> {
    /// What to do.
    pub command: T,
    /// What to show expanded in the answer.
    pub expand: Expand,
}

/// Reads the parameters of an operation with one of the readers of this module.
///
/// # Errors
/// The error to answer, when the parameters are not what the operation takes.
pub fn decode<T>(
    operation: Operation,
    mut params: Params,
    version: &ApiVersion,
    read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Result<Request<T>, StripeError> {
    let unknown = versions::upgrade_request(operation, &mut params, version);
    let request = form::decode(operation, params, unknown, |fields| {
        let expand = Expand::read(fields, operation).at(version);
        let command = read(fields)?;
        Some(Request { command, expand })
    });
    request.map_err(StripeError::from)
}

/// The reader of an operation that takes no parameters but `expand`.
pub fn nothing(_fields: &mut Fields<'_>) -> Option<()> {
    Some(())
}
