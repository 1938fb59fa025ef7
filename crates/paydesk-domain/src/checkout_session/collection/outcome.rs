//! What paying a session makes, and what is written on it.

use super::card::SetupFutureUsage;
use super::refusal::{CollectionRefusal, MetadataOf};
use super::words::words;
use crate::customer::{AmountTaxDisplay, CustomField as InvoiceField, Shipping};
use crate::metadata::{Metadata, MetadataChange};
use crate::patch::Patch;

/// What paying a session makes, as far as the shop said.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Outcome {
    /// `invoice_creation`, of payment mode.
    pub invoice: Option<InvoiceCreation>,
    /// `payment_intent_data`, of payment mode.
    pub payment: Option<PaymentIntentData>,
    /// `subscription_data`, of subscription mode.
    pub subscription: Option<SubscriptionData>,
}

/// What a request says about all that.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CreateOutcome {
    /// `invoice_creation`
    pub invoice: Option<WithMetadata<InvoiceCreation>>,
    /// `payment_intent_data`
    pub payment: Option<WithMetadata<PaymentIntentData>>,
    /// Whether there is `setup_intent_data`, which only a mode has that Paydesk has not yet.
    pub has_setup: bool,
    /// `subscription_data`
    pub subscription: Option<WithMetadata<SubscriptionData>>,
}

/// Something a request describes, with the metadata it is to have.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct WithMetadata<T> {
    /// It, without metadata.
    pub data: T,
    /// Its metadata.
    pub metadata: Option<MetadataChange>,
}

/// Whether paying makes an invoice, and which. Mirrors `invoice_creation`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct InvoiceCreation {
    /// Whether it makes one.
    pub enabled: bool,
    /// What is written on it.
    pub text: InvoiceText,
    /// `rendering_options`; none where there are none, or nothing is in them.
    pub amount_tax_display: Option<AmountTaxDisplay>,
    /// The invoice's metadata.
    pub metadata: Metadata,
}

/// What is written on invoices. Mirrors what `invoice_data` and `invoice_settings` both have.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct InvoiceText {
    /// `custom_fields`: up to four.
    pub custom_fields: Vec<InvoiceField>,
    /// `description`, up to 1500 characters.
    pub description: Option<String>,
    /// `footer`, up to 5000 characters.
    pub footer: Option<String>,
    /// `issuer[type]`, whose only word is `self`: whether the shop said that it issues them itself.
    pub is_issued_by_self: bool,
}

/// What the payment is to be like. Mirrors `payment_intent_data`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PaymentIntentData {
    /// `capture_method`
    pub capture_method: Option<CaptureMethod>,
    /// `description`, up to 1000 characters.
    pub description: Option<String>,
    /// The payment's metadata.
    pub metadata: Metadata,
    /// `receipt_email`
    pub receipt_email: Option<String>,
    /// `setup_future_usage`
    pub setup_future_usage: Option<SetupFutureUsage>,
    /// `shipping`
    pub shipping: Option<PaymentShipping>,
    /// `statement_descriptor`, up to 22 characters.
    pub statement_descriptor: Option<String>,
    /// `statement_descriptor_suffix`, up to 22 characters.
    pub statement_descriptor_suffix: Option<String>,
}

/// A request to change what the payment is to be like; what was not sent stays. Mirrors
/// `payment_intent_data` on update.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdatePaymentIntentData {
    /// Another description, or none.
    pub description: Patch<String>,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
    /// Another use of the payment method later, or none.
    pub setup_future_usage: Patch<SetupFutureUsage>,
    /// Another statement descriptor, or none.
    pub statement_descriptor: Patch<String>,
    /// Another suffix of it, or none.
    pub statement_descriptor_suffix: Patch<String>,
}

words! {
    /// When the money is taken. Mirrors `capture_method`.
    CaptureMethod {
        /// At once.
        Automatic = "automatic",
        /// At once, though the answer may come later.
        AutomaticAsync = "automatic_async",
        /// When the shop says so.
        Manual = "manual",
    }
}

/// Where the goods of a payment are sent to, and by whom. Mirrors `payment_intent_data[shipping]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentShipping {
    /// Where to, and to whom.
    pub to: Shipping,
    /// `carrier`
    pub carrier: Option<String>,
    /// `tracking_number`
    pub tracking_number: Option<String>,
}

/// What the subscription is to be like. Mirrors `subscription_data`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SubscriptionData {
    /// `description`, up to 500 characters.
    pub description: Option<String>,
    /// `invoice_settings`
    pub invoice_text: InvoiceText,
    /// The subscription's metadata.
    pub metadata: Metadata,
}

impl PaymentIntentData {
    fn changed(self, update: UpdatePaymentIntentData) -> Result<Self, CollectionRefusal> {
        let metadata = self.metadata.changed(update.metadata.as_ref());
        let of = MetadataOf::Payment;
        Ok(Self {
            description: update.description.apply(self.description),
            metadata: metadata.map_err(|reason| CollectionRefusal::Metadata { of, reason })?,
            setup_future_usage: update.setup_future_usage.apply(self.setup_future_usage),
            statement_descriptor: update.statement_descriptor.apply(self.statement_descriptor),
            statement_descriptor_suffix: update
                .statement_descriptor_suffix
                .apply(self.statement_descriptor_suffix),
            ..self
        })
    }
}

impl Outcome {
    pub(super) fn with_payment(
        &self,
        update: UpdatePaymentIntentData,
    ) -> Result<Self, CollectionRefusal> {
        let payment = self.payment.clone().unwrap_or_default().changed(update)?;
        Ok(Self { payment: Some(payment), ..self.clone() })
    }
}

impl CreateOutcome {
    pub(super) fn decide(self) -> Result<Outcome, CollectionRefusal> {
        let invoice = self.invoice.map(|WithMetadata { data, metadata }| {
            let metadata = created(metadata.as_ref(), MetadataOf::Invoice)?;
            Ok::<_, CollectionRefusal>(InvoiceCreation { metadata, ..data })
        });
        let payment = self.payment.map(|WithMetadata { data, metadata }| {
            let metadata = created(metadata.as_ref(), MetadataOf::Payment)?;
            Ok::<_, CollectionRefusal>(PaymentIntentData { metadata, ..data })
        });
        let subscription = self.subscription.map(|WithMetadata { data, metadata }| {
            let metadata = created(metadata.as_ref(), MetadataOf::Subscription)?;
            Ok::<_, CollectionRefusal>(SubscriptionData { metadata, ..data })
        });
        Ok(Outcome {
            invoice: invoice.transpose()?,
            payment: payment.transpose()?,
            subscription: subscription.transpose()?,
        })
    }
}

fn created(
    metadata: Option<&MetadataChange>,
    of: MetadataOf,
) -> Result<Metadata, CollectionRefusal> {
    Metadata::created(metadata).map_err(|reason| CollectionRefusal::Metadata { of, reason })
}
