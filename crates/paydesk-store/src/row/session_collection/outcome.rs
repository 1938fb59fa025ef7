//! What paying a session makes, inside its row.

use minicbor::{Decode, Encode};
use paydesk_domain::checkout_session::{
    CaptureMethod, InvoiceCreation, InvoiceText, Outcome, PaymentIntentData, PaymentShipping,
    SetupFutureUsage, SubscriptionData,
};
use paydesk_domain::customer::{AmountTaxDisplay, CustomField};

use super::super::customer::{AmountTaxDisplayRow, ShippingRow};
use super::super::{Pairs, RowError, metadata, metadata_pairs};
use super::{known_if_any, owned};

#[derive(Encode, Decode)]
pub(super) struct OutcomeRow<'b> {
    #[b(0)]
    invoice: Option<InvoiceRow<'b>>,
    #[b(1)]
    payment: Option<PaymentRow<'b>>,
    #[b(2)]
    subscription: Option<SubscriptionRow<'b>>,
}

#[derive(Encode, Decode)]
struct InvoiceRow<'b> {
    #[n(0)]
    enabled: bool,
    #[b(1)]
    text: InvoiceTextRow<'b>,
    #[n(2)]
    amount_tax_display: Option<AmountTaxDisplayRow>,
    #[b(3)]
    metadata: Pairs<'b>,
}

#[derive(Encode, Decode)]
struct InvoiceTextRow<'b> {
    #[b(0)]
    custom_fields: Pairs<'b>,
    #[b(1)]
    description: Option<&'b str>,
    #[b(2)]
    footer: Option<&'b str>,
    #[n(3)]
    is_issued_by_self: bool,
}

#[derive(Encode, Decode)]
struct PaymentRow<'b> {
    #[b(0)]
    capture_method: Option<&'b str>,
    #[b(1)]
    description: Option<&'b str>,
    #[b(2)]
    metadata: Pairs<'b>,
    #[b(3)]
    receipt_email: Option<&'b str>,
    #[b(4)]
    setup_future_usage: Option<&'b str>,
    #[b(5)]
    shipping: Option<PaymentShippingRow<'b>>,
    #[b(6)]
    statement_descriptor: Option<&'b str>,
    #[b(7)]
    statement_descriptor_suffix: Option<&'b str>,
}

#[derive(Encode, Decode)]
struct PaymentShippingRow<'b> {
    #[b(0)]
    to: ShippingRow<'b>,
    #[b(1)]
    carrier: Option<&'b str>,
    #[b(2)]
    tracking_number: Option<&'b str>,
}

#[derive(Encode, Decode)]
struct SubscriptionRow<'b> {
    #[b(0)]
    description: Option<&'b str>,
    #[b(1)]
    invoice_text: InvoiceTextRow<'b>,
    #[b(2)]
    metadata: Pairs<'b>,
}

impl<'b> From<&'b Outcome> for OutcomeRow<'b> {
    fn from(outcome: &'b Outcome) -> Self {
        Self {
            invoice: outcome.invoice.as_ref().map(|invoice| InvoiceRow {
                enabled: invoice.enabled,
                text: (&invoice.text).into(),
                amount_tax_display: invoice.amount_tax_display.map(AmountTaxDisplayRow::from),
                metadata: metadata_pairs(&invoice.metadata),
            }),
            payment: outcome.payment.as_ref().map(PaymentRow::from),
            subscription: outcome.subscription.as_ref().map(|subscription| SubscriptionRow {
                description: subscription.description.as_deref(),
                invoice_text: (&subscription.invoice_text).into(),
                metadata: metadata_pairs(&subscription.metadata),
            }),
        }
    }
}

impl OutcomeRow<'_> {
    pub(super) fn into_outcome(self) -> Result<Outcome, RowError> {
        Ok(Outcome {
            invoice: self.invoice.map(|row| InvoiceCreation {
                enabled: row.enabled,
                text: row.text.into(),
                amount_tax_display: row.amount_tax_display.map(AmountTaxDisplay::from),
                metadata: metadata(row.metadata),
            }),
            payment: self.payment.map(PaymentRow::into_payment).transpose()?,
            subscription: self.subscription.map(|row| SubscriptionData {
                description: owned(row.description),
                invoice_text: row.invoice_text.into(),
                metadata: metadata(row.metadata),
            }),
        })
    }
}

impl<'b> From<&'b InvoiceText> for InvoiceTextRow<'b> {
    fn from(text: &'b InvoiceText) -> Self {
        let field = |field: &'b CustomField| (field.name.as_str(), field.value.as_str());
        Self {
            custom_fields: text.custom_fields.iter().map(field).collect(),
            description: text.description.as_deref(),
            footer: text.footer.as_deref(),
            is_issued_by_self: text.is_issued_by_self,
        }
    }
}

impl From<InvoiceTextRow<'_>> for InvoiceText {
    fn from(row: InvoiceTextRow<'_>) -> Self {
        let field = |(name, value): (&str, &str)| CustomField {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        Self {
            custom_fields: row.custom_fields.into_iter().map(field).collect(),
            description: owned(row.description),
            footer: owned(row.footer),
            is_issued_by_self: row.is_issued_by_self,
        }
    }
}

impl<'b> From<&'b PaymentIntentData> for PaymentRow<'b> {
    fn from(payment: &'b PaymentIntentData) -> Self {
        Self {
            capture_method: payment.capture_method.map(CaptureMethod::as_str),
            description: payment.description.as_deref(),
            metadata: metadata_pairs(&payment.metadata),
            receipt_email: payment.receipt_email.as_deref(),
            setup_future_usage: payment.setup_future_usage.map(SetupFutureUsage::as_str),
            shipping: payment.shipping.as_ref().map(|shipping| PaymentShippingRow {
                to: (&shipping.to).into(),
                carrier: shipping.carrier.as_deref(),
                tracking_number: shipping.tracking_number.as_deref(),
            }),
            statement_descriptor: payment.statement_descriptor.as_deref(),
            statement_descriptor_suffix: payment.statement_descriptor_suffix.as_deref(),
        }
    }
}

impl PaymentRow<'_> {
    fn into_payment(self) -> Result<PaymentIntentData, RowError> {
        let shipping = |row: PaymentShippingRow<'_>| {
            Ok::<_, RowError>(PaymentShipping {
                to: row.to.into_shipping()?,
                carrier: owned(row.carrier),
                tracking_number: owned(row.tracking_number),
            })
        };
        Ok(PaymentIntentData {
            capture_method: known_if_any(self.capture_method, CaptureMethod::from_word)?,
            description: owned(self.description),
            metadata: metadata(self.metadata),
            receipt_email: owned(self.receipt_email),
            setup_future_usage: known_if_any(self.setup_future_usage, SetupFutureUsage::from_word)?,
            shipping: self.shipping.map(shipping).transpose()?,
            statement_descriptor: owned(self.statement_descriptor),
            statement_descriptor_suffix: owned(self.statement_descriptor_suffix),
        })
    }
}
