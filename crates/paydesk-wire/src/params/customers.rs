//! Parameters of customers and their tax ids.

use std::net::IpAddr;

use paydesk_domain::address::{Address, Country};
use paydesk_domain::customer::{
    AmountTaxDisplay, CreateCustomer, CreateTaxId, CustomField, InvoicePrefix, Shipping,
    TAX_IDS_MAX, TaxExempt, TaxIdType, UpdateCustomer, UpdateInvoiceSettings,
};
use paydesk_domain::patch::Patch;

use crate::form::{Choices, Fields, ParamProblem};

pub(super) const EMAIL_CHARS_MAX: usize = 512;
const NAME_CHARS_MAX: usize = 256;
/// Of a business and of a person, which have a field each.
const KIND_OF_NAME_CHARS_MAX: usize = 150;
pub(super) const PHONE_CHARS_MAX: usize = 20;
pub(super) const TEXT_CHARS_MAX: usize = 5000;
pub(super) const CUSTOM_FIELDS_MAX: usize = 4;
const CUSTOM_FIELD_NAME_CHARS_MAX: usize = 40;
const CUSTOM_FIELD_VALUE_CHARS_MAX: usize = 140;
const LOCALES_MAX: usize = 100;
/// Far more than anybody owes or has as credit.
const BALANCE_MAX: i64 = 999_999_999_999;
const SEQUENCE_MAX: i64 = 1_000_000_000;

const TAX_EXEMPTS: Choices<TaxExempt> = &[
    ("none", Some(TaxExempt::None)),
    ("exempt", Some(TaxExempt::Exempt)),
    ("reverse", Some(TaxExempt::Reverse)),
];
pub(super) const AMOUNT_TAX_DISPLAYS: Choices<AmountTaxDisplay> = &[
    ("exclude_tax", Some(AmountTaxDisplay::ExcludeTax)),
    ("include_inclusive_tax", Some(AmountTaxDisplay::IncludeInclusiveTax)),
];
/// Whether the location for tax must be known when the request is done.
const VALIDATIONS: Choices<bool> = &[("deferred", Some(false)), ("immediately", Some(true))];
/// `auto` asks for it where a subscription with automatic tax depends on it, of which there are
/// none.
const VALIDATIONS_ON_UPDATE: Choices<bool> =
    &[("auto", Some(false)), ("deferred", Some(false)), ("immediately", Some(true))];

/// Reads a new customer.
pub fn create_customer(fields: &mut Fields<'_>) -> Option<CreateCustomer> {
    let tax_ids_were_sent = fields.is_sent("tax_id_data");
    let tax_ids = fields.objects("tax_id_data", TAX_IDS_MAX, create_tax_id);
    let create = CreateCustomer {
        fields: customer_fields(fields, VALIDATIONS),
        tax_ids: tax_ids.clone().unwrap_or_default(),
    };
    (tax_ids.is_some() || !tax_ids_were_sent).then_some(create)
}

/// Reads changes of a customer.
pub fn update_customer(fields: &mut Fields<'_>) -> Option<UpdateCustomer> {
    Some(customer_fields(fields, VALIDATIONS_ON_UPDATE))
}

/// Reads a tax id.
pub fn create_tax_id(fields: &mut Fields<'_>) -> Option<CreateTaxId> {
    let was_sent = fields.is_sent("type");
    let kind = fields.word("type", TaxIdType::names(), TaxIdType::from_name);
    let kind = fields.required("type", kind, was_sent);
    let value = fields.required_text("value", TEXT_CHARS_MAX);
    Some(CreateTaxId { kind: kind?, value: value? })
}

/// Reads what both a new customer and a change of one can say. The texts that a customer may lack
/// are unset by empty ones, also where Stripe's own types do not mention it: its API does so.
fn customer_fields(fields: &mut Fields<'_>, validations: Choices<bool>) -> UpdateCustomer {
    let (ip_address, must_have_tax_location) =
        fields.object("tax", |fields| tax(fields, validations)).unwrap_or_default();
    UpdateCustomer {
        address: fields.patch("address", |fields, name| fields.object(name, address)),
        balance: fields.integer("balance", -BALANCE_MAX, BALANCE_MAX),
        business_name: fields.text_patch("business_name", KIND_OF_NAME_CHARS_MAX),
        description: fields.text_patch("description", TEXT_CHARS_MAX),
        email: fields.patch("email", |fields, name| fields.email(name, EMAIL_CHARS_MAX)),
        individual_name: fields.text_patch("individual_name", KIND_OF_NAME_CHARS_MAX),
        invoice_prefix: fields.parsed(
            "invoice_prefix",
            InvoicePrefix::from_text,
            |param, value| ParamProblem::InvoicePrefix { param, value },
        ),
        invoice_settings: fields.object("invoice_settings", invoice_settings).unwrap_or_default(),
        metadata: fields.metadata("metadata"),
        name: fields.text_patch("name", NAME_CHARS_MAX),
        next_invoice_sequence: fields
            .integer("next_invoice_sequence", 1, SEQUENCE_MAX)
            .and_then(|number| u32::try_from(number).ok()),
        phone: fields.text_patch("phone", PHONE_CHARS_MAX),
        preferred_locales: fields.texts_patch("preferred_locales", LOCALES_MAX),
        shipping: fields.patch("shipping", |fields, name| fields.object(name, shipping)),
        tax_exempt: fields.patch("tax_exempt", |fields, name| fields.choice(name, TAX_EXEMPTS)),
        ip_address,
        must_have_tax_location,
    }
}

/// Reads `address`. It replaces another as a whole, so that an empty text is as good as none.
pub(super) fn address(fields: &mut Fields<'_>) -> Option<Address> {
    let country = fields.patch("country", |fields, name| {
        fields
            .parsed(name, Country::from_code, |param, value| ParamProblem::Country { param, value })
    });
    let mut text = |name| fields.text_patch(name, TEXT_CHARS_MAX).apply(None);
    Some(Address {
        city: text("city"),
        line1: text("line1"),
        line2: text("line2"),
        postal_code: text("postal_code"),
        state: text("state"),
        country: country.apply(None),
    })
}

fn shipping(fields: &mut Fields<'_>) -> Option<Shipping> {
    let was_sent = fields.is_sent("address");
    let address = fields.object("address", address);
    let address = fields.required("address", address, was_sent);
    let name = fields.required_text("name", TEXT_CHARS_MAX);
    let phone = fields.text_patch("phone", PHONE_CHARS_MAX).apply(None);
    Some(Shipping { address: address?, name: name?, phone })
}

fn invoice_settings(fields: &mut Fields<'_>) -> Option<UpdateInvoiceSettings> {
    let rendering_options = fields.patch("rendering_options", |fields, name| {
        fields.object(name, |fields| {
            let choice =
                |fields: &mut Fields<'_>, name: &str| fields.choice(name, AMOUNT_TAX_DISPLAYS);
            Some(fields.patch("amount_tax_display", choice))
        })
    });
    Some(UpdateInvoiceSettings {
        custom_fields: fields.patch("custom_fields", |fields, name| {
            fields.objects(name, CUSTOM_FIELDS_MAX, custom_field)
        }),
        footer: fields.text_patch("footer", TEXT_CHARS_MAX),
        amount_tax_display: match rendering_options {
            Patch::Keep => Patch::Keep,
            Patch::Unset => Patch::Unset,
            Patch::Set(amount_tax_display) => amount_tax_display,
        },
    })
}

pub(super) fn custom_field(fields: &mut Fields<'_>) -> Option<CustomField> {
    let name = fields.required_text("name", CUSTOM_FIELD_NAME_CHARS_MAX);
    let value = fields.required_text("value", CUSTOM_FIELD_VALUE_CHARS_MAX);
    Some(CustomField { name: name?, value: value? })
}

fn tax(fields: &mut Fields<'_>, validations: Choices<bool>) -> Option<(Patch<IpAddr>, bool)> {
    let ip_address = fields.patch("ip_address", |fields, name| {
        let problem = |param, value| ParamProblem::IpAddress { param, value };
        fields.parsed(name, |text| text.parse().ok(), problem)
    });
    let must_be_known = fields.choice("validate_location", validations).unwrap_or(false);
    Some((ip_address, must_be_known))
}
