//! Which reader reads the parameters of which operation, so that each can be asked what it takes.

use paydesk_domain::time::Timestamp;

use super::{
    await_idle, change_clock, create_checkout_session, create_coupon, create_customer,
    create_price, create_product, create_promotion_code, create_shipping_rate, create_tax_id,
    create_tax_rate, create_webhook_endpoint, export, list_checkout_sessions, list_coupons,
    list_customers, list_events, list_line_items, list_prices, list_products, list_promotion_codes,
    list_requests, list_sandboxes, list_shipping_rates, list_tax_ids, list_tax_rates,
    list_webhook_endpoints, nothing, search_customers, search_prices, search_products,
    update_checkout_session, update_coupon, update_customer, update_price, update_product,
    update_promotion_code, update_sandbox, update_shipping_rate, update_tax_rate,
    update_webhook_endpoint,
};
use crate::expand::Expand;
use crate::form::{Description, Fields, describe};
use crate::operation::Operation;

/// The parameters of an operation, as its reader takes them.
#[must_use]
pub fn of(operation: Operation) -> Description {
    describe(|fields| {
        Expand::read(fields, operation);
        read(operation, fields);
    })
}

/// Runs the reader of an operation. What it reads is of no interest here, only what it asks for.
fn read(operation: Operation, fields: &mut Fields<'_>) {
    use Operation as Op;
    let now = Timestamp::from_seconds(0);
    match operation {
        Op::CreateProduct => drop(create_product(fields)),
        Op::UpdateProduct => drop(update_product(fields)),
        Op::ListProducts => drop(list_products(fields)),
        Op::CreatePrice => drop(create_price(fields)),
        Op::UpdatePrice => drop(update_price(fields)),
        Op::ListPrices => drop(list_prices(fields)),
        Op::CreateCoupon => drop(create_coupon(fields)),
        Op::UpdateCoupon => drop(update_coupon(fields)),
        Op::ListCoupons => drop(list_coupons(fields)),
        Op::CreateShippingRate => drop(create_shipping_rate(fields)),
        Op::UpdateShippingRate => drop(update_shipping_rate(fields)),
        Op::ListShippingRates => drop(list_shipping_rates(fields)),
        Op::CreateTaxRate => drop(create_tax_rate(fields)),
        Op::UpdateTaxRate => drop(update_tax_rate(fields)),
        Op::ListTaxRates => drop(list_tax_rates(fields)),
        Op::CreatePromotionCode => drop(create_promotion_code(fields)),
        Op::UpdatePromotionCode => drop(update_promotion_code(fields)),
        Op::ListPromotionCodes => drop(list_promotion_codes(fields, now)),
        Op::CreateWebhookEndpoint => drop(create_webhook_endpoint(fields)),
        Op::UpdateWebhookEndpoint => drop(update_webhook_endpoint(fields)),
        Op::ListWebhookEndpoints => drop(list_webhook_endpoints(fields)),
        Op::CreateCheckoutSession => drop(create_checkout_session(fields)),
        Op::UpdateCheckoutSession => drop(update_checkout_session(fields, None, false)),
        Op::ListCheckoutSessions => drop(list_checkout_sessions(fields, now)),
        Op::ListCheckoutSessionLineItems => drop(list_line_items(fields)),
        Op::CreateCustomer => drop(create_customer(fields)),
        Op::UpdateCustomer => drop(update_customer(fields)),
        Op::ListCustomers => drop(list_customers(fields)),
        Op::CreateCustomerTaxId => drop(create_tax_id(fields)),
        Op::ListCustomerTaxIds => drop(list_tax_ids(fields)),
        Op::SearchProducts => drop(search_products(fields)),
        Op::SearchPrices => drop(search_prices(fields)),
        Op::SearchCustomers => drop(search_customers(fields)),
        Op::ListSandboxes => drop(list_sandboxes(fields)),
        Op::UpdateSandbox => drop(update_sandbox(fields)),
        Op::ListEvents => drop(list_events(fields)),
        Op::ListRequests => drop(list_requests(fields)),
        Op::Export => drop(export(fields)),
        Op::AwaitIdle => drop(await_idle(fields)),
        Op::ChangeClock => drop(change_clock(fields)),
        Op::RetrieveProduct
        | Op::RetrievePrice
        | Op::RetrieveCheckoutSession
        | Op::ExpireCheckoutSession
        | Op::ExplainCheckoutSession
        | Op::RetrieveEvent
        | Op::RetrieveCoupon
        | Op::DeleteCoupon
        | Op::RetrieveShippingRate
        | Op::RetrieveTaxRate
        | Op::RetrievePromotionCode
        | Op::RetrieveWebhookEndpoint
        | Op::DeleteWebhookEndpoint
        | Op::DeleteProduct
        | Op::RetrieveCustomer
        | Op::DeleteCustomer
        | Op::RetrieveCustomerTaxId
        | Op::DeleteCustomerTaxId
        | Op::RetrieveAccount
        | Op::RetrieveAccountById
        | Op::RetrieveSandbox
        | Op::ResetSandbox
        | Op::DeleteSandbox
        | Op::Import
        | Op::RetrieveClock => drop(nothing(fields)),
    }
}
