//! Lists: which conditions each filter makes.

use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::Customer;
use paydesk_domain::event::Event;
use paydesk_domain::id::ProductId;
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::search::SearchQuery;
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use paydesk_store::{
    CheckoutSessionFilter, CouponFilter, CustomerFilter, EventFilter, Found, Page, PageRequest,
    PriceFilter, ProductFilter, SearchRequest, ShippingRateFilter, StoreError, TaxRateFilter, row,
};
use rusqlite::Connection;

use crate::encode;
use crate::question::Question;

/// Products, newest first.
pub(crate) fn products(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &ProductFilter,
    page: PageRequest,
) -> Result<Page<Product>, StoreError> {
    let mut question = Question::about("products", sandbox);
    question.any_of("id", filter.ids.iter().map(ProductId::as_str));
    question.created(filter.created);
    question.equal("active", filter.active);
    question.equal("shippable", filter.shippable);
    question.equal("url", filter.url.clone());
    question.equal("kind", filter.kind.map(|kind| encode::product_kind(kind).to_owned()));
    question.page(connection, page, row::decode_product)
}

/// Prices, newest first.
pub(crate) fn prices(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &PriceFilter,
    page: PageRequest,
) -> Result<Page<Price>, StoreError> {
    let mut question = Question::about("prices", sandbox);
    question.any_of("lookup_key", filter.lookup_keys.iter().map(String::as_str));
    question.created(filter.created);
    question.equal("active", filter.active);
    question.equal("currency", filter.currency.map(|currency| currency.code().to_owned()));
    question.equal("product", filter.product.as_ref().map(ToString::to_string));
    question.equal("is_recurring", filter.recurring);
    question.equal("interval", filter.interval.map(|unit| encode::interval(unit).to_owned()));
    question.equal("is_metered", filter.is_metered);
    question.equal("meter", filter.meter.clone());
    question.page(connection, page, row::decode_price)
}

/// Products that a query matches, newest first.
pub(crate) fn found_products(
    connection: &Connection,
    sandbox: SandboxId,
    query: &SearchQuery<Product>,
    request: SearchRequest,
) -> Result<Found<Product>, StoreError> {
    let question = Question::about("products", sandbox);
    question.search(connection, query, request, row::decode_product)
}

/// Prices that a query matches, newest first.
pub(crate) fn found_prices(
    connection: &Connection,
    sandbox: SandboxId,
    query: &SearchQuery<Price>,
    request: SearchRequest,
) -> Result<Found<Price>, StoreError> {
    let question = Question::about("prices", sandbox);
    question.search(connection, query, request, row::decode_price)
}

/// Customers that a query matches, newest first.
pub(crate) fn found_customers(
    connection: &Connection,
    sandbox: SandboxId,
    query: &SearchQuery<Customer>,
    request: SearchRequest,
) -> Result<Found<Customer>, StoreError> {
    let question = Question::about("customers", sandbox);
    question.search(connection, query, request, row::decode_customer)
}

/// Coupons, newest first.
pub(crate) fn coupons(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &CouponFilter,
    page: PageRequest,
) -> Result<Page<Coupon>, StoreError> {
    let mut question = Question::about("coupons", sandbox);
    question.created(filter.created);
    question.page(connection, page, row::decode_coupon)
}

/// Shipping rates, newest first.
pub(crate) fn shipping_rates(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &ShippingRateFilter,
    page: PageRequest,
) -> Result<Page<ShippingRate>, StoreError> {
    let mut question = Question::about("shipping_rates", sandbox);
    question.created(filter.created);
    question.equal("active", filter.active);
    question.equal("currency", filter.currency.map(|currency| currency.code().to_owned()));
    question.page(connection, page, row::decode_shipping_rate)
}

/// Tax rates, newest first.
pub(crate) fn tax_rates(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &TaxRateFilter,
    page: PageRequest,
) -> Result<Page<TaxRate>, StoreError> {
    let mut question = Question::about("tax_rates", sandbox);
    question.created(filter.created);
    question.equal("active", filter.active);
    question.equal("inclusive", filter.inclusive);
    question.page(connection, page, row::decode_tax_rate)
}

/// Webhook endpoints, newest first.
pub(crate) fn webhook_endpoints(
    connection: &Connection,
    sandbox: SandboxId,
    page: PageRequest,
) -> Result<Page<WebhookEndpoint>, StoreError> {
    let question = Question::about("webhook_endpoints", sandbox);
    question.page(connection, page, row::decode_webhook_endpoint)
}

/// Sessions as they are stored, newest first.
pub(crate) fn checkout_sessions(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &CheckoutSessionFilter,
    page: PageRequest,
) -> Result<Page<CheckoutSession>, StoreError> {
    let mut question = Question::about("checkout_sessions", sandbox);
    question.created(filter.created);
    question.equal("customer_email", filter.customer_email.clone());
    question.equal("customer", filter.customer.as_ref().map(ToString::to_string));
    if let Some(status) = filter.status {
        question.status_at(status, filter.now);
    }
    if filter.is_linked {
        question.nothing();
    }
    question.page(connection, page, row::decode_checkout_session)
}

/// Customers, newest first.
pub(crate) fn customers(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &CustomerFilter,
    page: PageRequest,
) -> Result<Page<Customer>, StoreError> {
    let mut question = Question::about("customers", sandbox);
    question.created(filter.created);
    question.equal("email", filter.email.clone());
    question.page(connection, page, row::decode_customer)
}

/// Events, newest first.
pub(crate) fn events(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &EventFilter,
    page: PageRequest,
) -> Result<Page<Event>, StoreError> {
    let mut question = Question::about("events", sandbox);
    question.created(filter.created);
    question.types(&filter.types);
    // Nothing is delivered yet, so that nothing failed to be.
    if filter.delivery_success == Some(false) {
        question.nothing();
    }
    question.page(connection, page, row::decode_event)
}
