//! Why a session can't collect what a request asks for.

use thiserror::Error;

use super::super::Mode;
use super::super::refusal::LineRefusal;
use super::super::ui::UiMode;
use super::custom_field::CustomFieldRefusal;
use super::parameter::CollectionParameter;
use crate::id::CustomerId;
use crate::metadata::MetadataRefusal;

/// Why a session can't collect what a request asks for, in the order in which it is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CollectionRefusal {
    /// A parameter of sessions in another mode.
    #[error("{} has no meaning in this mode", .parameter.as_str())]
    NotInMode {
        /// Which.
        parameter: CollectionParameter,
        /// The session's mode.
        mode: Mode,
    },
    /// A parameter of sessions that are shown elsewhere.
    #[error("{} has no meaning in this place", .parameter.as_str())]
    NotInUiMode {
        /// Which.
        parameter: CollectionParameter,
        /// Where the session is shown.
        ui_mode: UiMode,
    },
    /// `excluded_payment_method_types` beside `payment_method_types`.
    #[error("the types are fixed")]
    ExcludedFromFixedTypes,
    /// No type of payment method is left to be offered.
    #[error("no payment method is left")]
    NoPaymentMethodType,
    /// Metadata beyond its limits, of something that paying makes.
    #[error("{}: {reason}", .of.parameter())]
    Metadata {
        /// Of what.
        of: MetadataOf,
        /// What is wrong with it.
        reason: MetadataRefusal,
    },
    /// Something about one of the `custom_fields`, counted from 0.
    #[error("custom field {index}: {reason}")]
    CustomField {
        /// Which.
        index: usize,
        /// What is wrong with it.
        reason: CustomFieldRefusal,
    },
    /// `payment_intent_data` on update, of a session that is not shown on a page of the shop's own.
    #[error("what the payment is to be like is fixed")]
    PaymentFixed(UiMode),
    /// `customer_update` without `customer`.
    #[error("there is no customer to update")]
    UpdateWithoutCustomer,
    /// No such customer, or it was deleted.
    #[error("no such customer: {0}")]
    NoSuchCustomer(CustomerId),
    /// Tax ids of a known customer are collected with the name they belong to, which
    /// `customer_update[name]` must allow to be written.
    #[error("tax ids of a customer come with a name")]
    TaxIdsNeedName,
    /// `payment_method_reuse_agreement` in payment mode, where nothing is kept for later.
    #[error("no payment method is kept")]
    ReuseAgreementWithoutReuse,
    /// Something about one of the `optional_items`, counted from 0.
    #[error("optional item {index}: {reason}")]
    OptionalItem {
        /// Which.
        index: usize,
        /// What is wrong with it: it is held against the rules of lines.
        reason: LineRefusal,
    },
}

/// Whose metadata it is, of what paying makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataOf {
    /// The invoice's.
    Invoice,
    /// The payment's.
    Payment,
    /// The subscription's.
    Subscription,
}

impl MetadataOf {
    /// The parameter that has it.
    #[must_use]
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Invoice => "invoice_creation[invoice_data][metadata]",
            Self::Payment => "payment_intent_data[metadata]",
            Self::Subscription => "subscription_data[metadata]",
        }
    }
}
