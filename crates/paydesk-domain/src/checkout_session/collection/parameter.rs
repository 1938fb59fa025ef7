//! Parameters that only some sessions have: by their mode, or by where they are shown.

use super::super::Mode;
use super::super::ui::UiMode;
use super::refusal::CollectionRefusal;

/// A parameter that only some sessions have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectionParameter {
    /// `after_expiration`
    AfterExpiration,
    /// `branding_settings`
    Branding,
    /// `consent_collection[payment_method_reuse_agreement]`
    ReuseAgreement,
    /// `custom_fields`
    CustomFields,
    /// `custom_text`
    CustomText,
    /// `customer_creation`
    CustomerCreation,
    /// `invoice_creation`
    InvoiceCreation,
    /// `optional_items`
    OptionalItems,
    /// `origin_context`
    OriginContext,
    /// `payment_intent_data`
    PaymentIntentData,
    /// `payment_method_collection`
    PaymentMethodCollection,
    /// `setup_intent_data`
    SetupIntentData,
    /// `submit_type`
    SubmitType,
    /// `subscription_data`
    SubscriptionData,
    /// `tax_id_collection[required]`
    TaxIdRequired,
}

impl CollectionParameter {
    /// The parameter's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AfterExpiration => "after_expiration",
            Self::Branding => "branding_settings",
            Self::ReuseAgreement => "consent_collection[payment_method_reuse_agreement]",
            Self::CustomFields => "custom_fields",
            Self::CustomText => "custom_text",
            Self::CustomerCreation => "customer_creation",
            Self::InvoiceCreation => "invoice_creation",
            Self::OptionalItems => "optional_items",
            Self::OriginContext => "origin_context",
            Self::PaymentIntentData => "payment_intent_data",
            Self::PaymentMethodCollection => "payment_method_collection",
            Self::SetupIntentData => "setup_intent_data",
            Self::SubmitType => "submit_type",
            Self::SubscriptionData => "subscription_data",
            Self::TaxIdRequired => "tax_id_collection[required]",
        }
    }

    /// The modes it has a meaning in, as Stripe writes them: also the one that Paydesk has not yet.
    #[must_use]
    pub const fn modes(self) -> &'static [&'static str] {
        match self {
            Self::ReuseAgreement | Self::CustomerCreation => &["payment", "setup"],
            Self::OptionalItems | Self::SubmitType => &["payment", "subscription"],
            Self::InvoiceCreation | Self::PaymentIntentData => &["payment"],
            Self::PaymentMethodCollection | Self::SubscriptionData => &["subscription"],
            Self::SetupIntentData => &["setup"],
            Self::AfterExpiration
            | Self::Branding
            | Self::CustomFields
            | Self::CustomText
            | Self::OriginContext
            | Self::TaxIdRequired => &["payment", "setup", "subscription"],
        }
    }

    /// Refuses it in a session that does not have it.
    pub(super) fn check(self, mode: Mode, ui_mode: UiMode) -> Result<(), CollectionRefusal> {
        if !self.modes().contains(&mode.as_str()) {
            return Err(CollectionRefusal::NotInMode { parameter: self, mode });
        }
        if !self.is_shown_in(ui_mode) {
            return Err(CollectionRefusal::NotInUiMode { parameter: self, ui_mode });
        }
        Ok(())
    }

    const fn is_shown_in(self, ui_mode: UiMode) -> bool {
        match self {
            Self::ReuseAgreement
            | Self::CustomerCreation
            | Self::InvoiceCreation
            | Self::PaymentIntentData
            | Self::PaymentMethodCollection
            | Self::SetupIntentData
            | Self::SubscriptionData => true,
            Self::AfterExpiration
            | Self::Branding
            | Self::CustomFields
            | Self::CustomText
            | Self::OriginContext
            | Self::SubmitType
            | Self::TaxIdRequired => !matches!(ui_mode, UiMode::Elements),
            Self::OptionalItems => !matches!(ui_mode, UiMode::Elements | UiMode::Form),
        }
    }
}
