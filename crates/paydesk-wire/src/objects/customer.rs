//! `customer`

use std::net::IpAddr;

use paydesk_domain::customer::{
    AmountTaxDisplay, CustomField, Customer, Shipping, TaxExempt, TaxLocation, TaxLocationSource,
};
use paydesk_domain::metadata::Metadata;
use schemars::JsonSchema;
use serde::Serialize;

use super::Null;
use super::address::AddressObject;
use super::list::ListObject;
use super::tax_id::TaxIdObject;
use crate::expand::Expand;

/// A customer. Fields are in Stripe's order: the id, then by name. Those that are there only when
/// they are expanded, or only when they have a value, are left out otherwise.
#[derive(JsonSchema, Serialize)]
pub struct CustomerObject<'a> {
    id: &'a str,
    object: &'static str,
    address: Option<AddressObject<'a>>,
    balance: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    business_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cash_balance: Option<Null>,
    created: i64,
    currency: Null,
    customer_account: Null,
    default_source: Null,
    delinquent: bool,
    description: Option<&'a str>,
    discount: Null,
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    individual_name: Option<&'a str>,
    invoice_prefix: &'a str,
    invoice_settings: InvoiceSettingsObject<'a>,
    livemode: bool,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    name: Option<&'a str>,
    next_invoice_sequence: u32,
    phone: Option<&'a str>,
    preferred_locales: &'a [String],
    shipping: Option<ShippingObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<ListObject<'a, Null>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscriptions: Option<ListObject<'a, Null>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax: Option<TaxObject<'a>>,
    tax_exempt: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_ids: Option<ListObject<'a, TaxIdObject<'a>>>,
    test_clock: Null,
}

#[derive(JsonSchema, Serialize)]
struct InvoiceSettingsObject<'a> {
    custom_fields: Option<Vec<CustomFieldObject<'a>>>,
    default_payment_method: Null,
    footer: Option<&'a str>,
    rendering_options: Option<RenderingOptionsObject>,
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct CustomFieldObject<'a> {
    name: &'a str,
    value: &'a str,
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct RenderingOptionsObject {
    amount_tax_display: &'static str,
    template: Null,
}

#[derive(JsonSchema, Serialize)]
struct ShippingObject<'a> {
    address: AddressObject<'a>,
    name: &'a str,
    phone: Option<&'a str>,
}

#[derive(JsonSchema, Serialize)]
struct TaxObject<'a> {
    automatic_tax: &'static str,
    ip_address: Option<IpAddr>,
    location: Option<LocationObject<'a>>,
    provider: &'static str,
}

#[derive(JsonSchema, Serialize)]
struct LocationObject<'a> {
    country: &'static str,
    source: &'static str,
    state: Option<&'a str>,
}

/// Tax ids that a customer shows at once; the rest is in the list of its own.
const TAX_IDS_SHOWN: usize = 10;

impl<'a> CustomerObject<'a> {
    /// A customer, with what is wanted expanded.
    #[must_use]
    pub fn new(customer: &'a Customer, expand: &Expand) -> Self {
        let Customer { details, invoice_settings, .. } = customer;
        let id = customer.id.as_str();
        // Nobody has payments or subscriptions yet, so that there is nothing in these lists.
        let nothing = |name: &str| {
            expand.has(name).then(|| ListObject::new(Vec::new(), false, url(id, name)))
        };
        Self {
            id,
            object: "customer",
            address: details.address.as_ref().map(AddressObject::from),
            balance: customer.balance,
            business_name: details.business_name.as_deref(),
            cash_balance: expand.has("cash_balance").then_some(()),
            created: customer.created.as_seconds(),
            currency: (),
            customer_account: (),
            default_source: (),
            delinquent: false,
            description: details.description.as_deref(),
            discount: (),
            email: details.email.as_deref(),
            individual_name: details.individual_name.as_deref(),
            invoice_prefix: invoice_settings.prefix.as_str(),
            invoice_settings: InvoiceSettingsObject {
                custom_fields: custom_fields(&invoice_settings.custom_fields),
                default_payment_method: (),
                footer: invoice_settings.footer.as_deref(),
                rendering_options: invoice_settings
                    .amount_tax_display
                    .map(RenderingOptionsObject::from),
            },
            livemode: false,
            metadata: &customer.metadata,
            name: details.name.as_deref(),
            next_invoice_sequence: invoice_settings.next_sequence,
            phone: details.phone.as_deref(),
            preferred_locales: &details.preferred_locales,
            shipping: details.shipping.as_ref().map(ShippingObject::from),
            sources: nothing("sources"),
            subscriptions: nothing("subscriptions"),
            tax: expand.has("tax").then(|| TaxObject::of(customer)),
            tax_exempt: tax_exempt_name(customer.tax.exempt),
            tax_ids: expand.has("tax_ids").then(|| tax_ids(customer, expand)),
            test_clock: (),
        }
    }
}

/// The address of a list that belongs to a customer.
fn url(id: &str, name: &str) -> String {
    format!("/v1/customers/{id}/{name}")
}

fn tax_ids<'a>(customer: &'a Customer, expand: &Expand) -> ListObject<'a, TaxIdObject<'a>> {
    let inner = expand.inside("tax_ids.data");
    let newest_first = customer.tax.ids.iter().rev().take(TAX_IDS_SHOWN);
    let data: Vec<_> =
        newest_first.map(|tax_id| TaxIdObject::new(tax_id, customer, &inner)).collect();
    let has_more = customer.tax.ids.len() > data.len();
    ListObject::new(data, has_more, url(customer.id.as_str(), "tax_ids"))
}

pub(crate) fn custom_fields(fields: &[CustomField]) -> Option<Vec<CustomFieldObject<'_>>> {
    let objects: Vec<_> = fields
        .iter()
        .map(|field| CustomFieldObject { name: &field.name, value: &field.value })
        .collect();
    (!objects.is_empty()).then_some(objects)
}

impl From<AmountTaxDisplay> for RenderingOptionsObject {
    fn from(display: AmountTaxDisplay) -> Self {
        let amount_tax_display = match display {
            AmountTaxDisplay::ExcludeTax => "exclude_tax",
            AmountTaxDisplay::IncludeInclusiveTax => "include_inclusive_tax",
        };
        Self { amount_tax_display, template: () }
    }
}

impl<'a> From<&'a Shipping> for ShippingObject<'a> {
    fn from(shipping: &'a Shipping) -> Self {
        let Shipping { name, phone, address } = shipping;
        Self { address: address.into(), name, phone: phone.as_deref() }
    }
}

impl<'a> TaxObject<'a> {
    /// Paydesk collects no tax by itself, wherever the customer is.
    fn of(customer: &'a Customer) -> Self {
        let location = customer.tax_location();
        Self {
            automatic_tax: match location {
                Some(_) => "not_collecting",
                None => "unrecognized_location",
            },
            ip_address: customer.tax.ip_address,
            location: location.map(LocationObject::from),
            provider: "stripe",
        }
    }
}

impl<'a> From<TaxLocation<'a>> for LocationObject<'a> {
    fn from(location: TaxLocation<'a>) -> Self {
        Self {
            country: location.country.code(),
            source: match location.source {
                TaxLocationSource::ShippingDestination => "shipping_destination",
                TaxLocationSource::BillingAddress => "billing_address",
            },
            state: location.state,
        }
    }
}

pub(super) const fn tax_exempt_name(exempt: TaxExempt) -> &'static str {
    match exempt {
        TaxExempt::None => "none",
        TaxExempt::Exempt => "exempt",
        TaxExempt::Reverse => "reverse",
    }
}
