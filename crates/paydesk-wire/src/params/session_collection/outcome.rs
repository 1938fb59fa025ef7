//! What paying a session makes.

use paydesk_domain::checkout_session::{
    AnchorConfig, CaptureMethod, CreateOutcome, InvoiceCreation, InvoiceText, PaymentIntentData,
    PaymentShipping, SetupFutureUsage, SubscriptionData, SubscriptionTerms,
    UpdatePaymentIntentData, WithMetadata,
};
use paydesk_domain::customer::{AmountTaxDisplay, Shipping};
use paydesk_domain::metadata::MetadataChange;

use super::super::cart_terms::subscription_terms;
use super::super::catalog::{STATEMENT_DESCRIPTOR_CHARS_MAX, statement_descriptor};
use super::super::customers::{
    AMOUNT_TAX_DISPLAYS, CUSTOM_FIELDS_MAX, EMAIL_CHARS_MAX, PHONE_CHARS_MAX, TEXT_CHARS_MAX,
    address, custom_field,
};
use super::enabled;
use crate::form::{Choices, Fields};

const INVOICE_DESCRIPTION_CHARS_MAX: usize = 1500;
const PAYMENT_DESCRIPTION_CHARS_MAX: usize = 1000;
const SUBSCRIPTION_DESCRIPTION_CHARS_MAX: usize = 500;

/// Who issues an invoice: no account but the shop's own.
const ISSUERS: Choices<()> = &[("account", None), ("self", Some(()))];

/// What a subscription begins with, and the day on which full periods begin.
pub(in super::super) type Begin = (SubscriptionTerms, Option<AnchorConfig>);

/// Reads what paying a new session is to make, and what its subscription begins with.
pub(super) fn outcome(fields: &mut Fields<'_>) -> (CreateOutcome, Option<Begin>) {
    let (subscription, terms) = fields.object("subscription_data", subscription_data).unzip();
    let outcome = CreateOutcome {
        invoice: fields.object("invoice_creation", invoice_creation),
        payment: fields.object("payment_intent_data", payment_intent_data),
        has_setup: fields.object("setup_intent_data", setup_intent_data).is_some(),
        subscription,
    };
    (outcome, terms)
}

fn invoice_creation(fields: &mut Fields<'_>) -> Option<WithMetadata<InvoiceCreation>> {
    let enabled = enabled(fields);
    let (text, amount_tax_display, metadata) =
        fields.object("invoice_data", invoice_data).unwrap_or_default();
    let data =
        InvoiceCreation { enabled: enabled?, text, amount_tax_display, ..Default::default() };
    Some(WithMetadata { data, metadata })
}

type InvoiceData = (InvoiceText, Option<AmountTaxDisplay>, Option<MetadataChange>);

fn invoice_data(fields: &mut Fields<'_>) -> Option<InvoiceData> {
    let text = invoice_text(fields);
    let rendering_options = fields.patch("rendering_options", |fields, name| {
        fields.object(name, |fields| {
            let display = fields.patch("amount_tax_display", |fields, name| {
                fields.choice(name, AMOUNT_TAX_DISPLAYS)
            });
            display.apply(None)
        })
    });
    Some((text, rendering_options.apply(None), fields.metadata("metadata")))
}

fn invoice_text(fields: &mut Fields<'_>) -> InvoiceText {
    let custom_fields = fields.patch("custom_fields", |fields, name| {
        fields.objects(name, CUSTOM_FIELDS_MAX, custom_field)
    });
    let issuer = fields.object("issuer", |fields| {
        let was_sent = fields.is_sent("type");
        let issuer = fields.choice("type", ISSUERS);
        fields.required("type", issuer, was_sent)
    });
    InvoiceText {
        custom_fields: custom_fields.apply(None).unwrap_or_default(),
        description: fields.text_up_to("description", INVOICE_DESCRIPTION_CHARS_MAX),
        footer: fields.text_up_to("footer", TEXT_CHARS_MAX),
        is_issued_by_self: issuer.is_some(),
    }
}

fn payment_intent_data(fields: &mut Fields<'_>) -> Option<WithMetadata<PaymentIntentData>> {
    let suffix = "statement_descriptor_suffix";
    let data = PaymentIntentData {
        capture_method: fields.choice("capture_method", CaptureMethod::WORDS),
        description: fields.text_up_to("description", PAYMENT_DESCRIPTION_CHARS_MAX),
        receipt_email: fields.email("receipt_email", EMAIL_CHARS_MAX),
        setup_future_usage: fields.choice("setup_future_usage", SetupFutureUsage::WORDS),
        shipping: fields.object("shipping", payment_shipping),
        statement_descriptor: statement_descriptor(fields),
        statement_descriptor_suffix: fields.text_up_to(suffix, STATEMENT_DESCRIPTOR_CHARS_MAX),
        ..PaymentIntentData::default()
    };
    Some(WithMetadata { data, metadata: fields.metadata("metadata") })
}

/// Reads changes of what the payment is to be like.
pub(in crate::params) fn update_payment_intent_data(
    fields: &mut Fields<'_>,
) -> Option<UpdatePaymentIntentData> {
    let suffix = "statement_descriptor_suffix";
    Some(UpdatePaymentIntentData {
        description: fields.text_patch("description", PAYMENT_DESCRIPTION_CHARS_MAX),
        metadata: fields.metadata("metadata"),
        setup_future_usage: fields.patch("setup_future_usage", |fields, name| {
            fields.choice(name, SetupFutureUsage::WORDS)
        }),
        statement_descriptor: fields
            .patch("statement_descriptor", |fields, _| statement_descriptor(fields)),
        statement_descriptor_suffix: fields.text_patch(suffix, STATEMENT_DESCRIPTOR_CHARS_MAX),
    })
}

fn payment_shipping(fields: &mut Fields<'_>) -> Option<PaymentShipping> {
    let carrier = fields.text_up_to("carrier", TEXT_CHARS_MAX);
    let tracking_number = fields.text_up_to("tracking_number", TEXT_CHARS_MAX);
    let was_sent = fields.is_sent("address");
    let address = fields.object("address", |fields| {
        let address = address(fields)?;
        // An empty one is none.
        fields.required("line1", address.line1.clone(), false).map(|_| address)
    });
    let address = fields.required("address", address, was_sent);
    let name = fields.required_text("name", TEXT_CHARS_MAX);
    let phone = fields.text_patch("phone", PHONE_CHARS_MAX).apply(None);
    let to = Shipping { address: address?, name: name?, phone };
    Some(PaymentShipping { to, carrier, tracking_number })
}

/// What it says is of no interest in the modes there are.
fn setup_intent_data(fields: &mut Fields<'_>) -> Option<()> {
    fields.text_up_to("description", PAYMENT_DESCRIPTION_CHARS_MAX);
    fields.metadata("metadata");
    Some(())
}

fn subscription_data(fields: &mut Fields<'_>) -> Option<(WithMetadata<SubscriptionData>, Begin)> {
    let terms = subscription_terms(fields);
    let data = SubscriptionData {
        description: fields.text_up_to("description", SUBSCRIPTION_DESCRIPTION_CHARS_MAX),
        invoice_text: fields
            .object("invoice_settings", |fields| Some(invoice_text(fields)))
            .unwrap_or_default(),
        ..SubscriptionData::default()
    };
    Some((WithMetadata { data, metadata: fields.metadata("metadata") }, terms))
}
