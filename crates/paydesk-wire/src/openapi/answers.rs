//! Which object answers which operation.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::objects::{
    AccountObject, CheckoutSessionObject, ClockObject, CouponObject, CustomerObject, DeletedObject,
    EventObject, ExplanationObject, ExportObject, IdleObject, ImportObject, LineItemObject,
    ListObject, PriceObject, ProductObject, PromotionCodeObject, RequestObject, SandboxObject,
    SearchResultObject, ShippingRateObject, TaxIdObject, TaxRateObject, WebhookEndpointObject,
};
use crate::operation::Operation;

/// The schema of an operation's answer.
pub(super) fn schema(operation: Operation, generator: &mut SchemaGenerator) -> Schema {
    use Operation as Op;
    match operation {
        Op::CreateProduct | Op::RetrieveProduct | Op::UpdateProduct => {
            one::<ProductObject<'_>>(generator)
        }
        Op::ListProducts => list::<ProductObject<'_>>(generator),
        Op::SearchProducts => search::<ProductObject<'_>>(generator),
        Op::CreatePrice | Op::RetrievePrice | Op::UpdatePrice => one::<PriceObject<'_>>(generator),
        Op::ListPrices => list::<PriceObject<'_>>(generator),
        Op::SearchPrices => search::<PriceObject<'_>>(generator),
        Op::SearchCustomers => search::<CustomerObject<'_>>(generator),
        Op::CreateCoupon | Op::RetrieveCoupon | Op::UpdateCoupon => {
            one::<CouponObject<'_>>(generator)
        }
        Op::ListCoupons => list::<CouponObject<'_>>(generator),
        Op::CreateShippingRate | Op::RetrieveShippingRate | Op::UpdateShippingRate => {
            one::<ShippingRateObject<'_>>(generator)
        }
        Op::ListShippingRates => list::<ShippingRateObject<'_>>(generator),
        Op::CreateTaxRate | Op::RetrieveTaxRate | Op::UpdateTaxRate => {
            one::<TaxRateObject<'_>>(generator)
        }
        Op::ListTaxRates => list::<TaxRateObject<'_>>(generator),
        Op::CreatePromotionCode | Op::RetrievePromotionCode | Op::UpdatePromotionCode => {
            one::<PromotionCodeObject<'_>>(generator)
        }
        Op::ListPromotionCodes => list::<PromotionCodeObject<'_>>(generator),
        Op::DeleteProduct
        | Op::DeleteCoupon
        | Op::DeleteWebhookEndpoint
        | Op::DeleteCustomer
        | Op::DeleteCustomerTaxId
        | Op::DeleteSandbox => one::<DeletedObject<'_>>(generator),
        Op::CreateWebhookEndpoint | Op::RetrieveWebhookEndpoint | Op::UpdateWebhookEndpoint => {
            one::<WebhookEndpointObject<'_>>(generator)
        }
        Op::ListWebhookEndpoints => list::<WebhookEndpointObject<'_>>(generator),
        Op::CreateCheckoutSession
        | Op::RetrieveCheckoutSession
        | Op::UpdateCheckoutSession
        | Op::ExpireCheckoutSession => one::<CheckoutSessionObject<'_>>(generator),
        Op::ListCheckoutSessions => list::<CheckoutSessionObject<'_>>(generator),
        Op::ExplainCheckoutSession => one::<ExplanationObject<'_>>(generator),
        Op::ListCheckoutSessionLineItems => list::<LineItemObject<'_>>(generator),
        Op::RetrieveAccount | Op::RetrieveAccountById => one::<AccountObject<'_>>(generator),
        Op::CreateCustomer | Op::UpdateCustomer => one::<CustomerObject<'_>>(generator),
        // One that was deleted is still answered for by its id.
        Op::RetrieveCustomer => either::<CustomerObject<'_>, DeletedObject<'_>>(generator),
        Op::ListCustomers => list::<CustomerObject<'_>>(generator),
        Op::CreateCustomerTaxId | Op::RetrieveCustomerTaxId => one::<TaxIdObject<'_>>(generator),
        Op::ListCustomerTaxIds => list::<TaxIdObject<'_>>(generator),
        Op::RetrieveEvent => one::<EventObject<'_>>(generator),
        Op::ListEvents => list::<EventObject<'_>>(generator),
        Op::RetrieveSandbox | Op::UpdateSandbox | Op::ResetSandbox => {
            one::<SandboxObject<'_>>(generator)
        }
        Op::ListSandboxes => list::<SandboxObject<'_>>(generator),
        Op::ListRequests => list::<RequestObject<'_>>(generator),
        Op::Import => one::<ImportObject<'_>>(generator),
        Op::Export => one::<ExportObject>(generator),
        Op::AwaitIdle => one::<IdleObject>(generator),
        Op::RetrieveClock | Op::ChangeClock => one::<ClockObject>(generator),
    }
}

fn one<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn list<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<ListObject<'_, T>>()
}

fn search<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<SearchResultObject<'_, T>>()
}

fn either<T: JsonSchema, U: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let (one, other) = (generator.subschema_for::<T>(), generator.subschema_for::<U>());
    json_schema!({"anyOf": [one, other]})
}
