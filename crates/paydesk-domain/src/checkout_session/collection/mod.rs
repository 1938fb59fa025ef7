//! What a session collects from its buyer besides the payment. None of it moves an amount.

mod branding;
mod buyer;
mod card;
mod custom_field;
mod details;
mod optional_item;
mod outcome;
mod page;
mod parameter;
mod payment_methods;
mod refusal;
mod shipping_country;
mod words;

pub use branding::{BorderStyle, BrandImage, Branding, Color, FontFamily};
pub use buyer::{Buyer, CustomerCreation, CustomerUpdate, KnownCustomer};
pub use card::{
    CardBrand, CardFunding, CardOptions, CardRequest, CardRestrictions, SetupFutureUsage,
    ThreeDSecureRequest,
};
pub use custom_field::{
    AskedText, CustomAnswer, CustomField, CustomFieldRefusal, DropdownOption, WrittenKind,
};
pub use details::{
    AskedDetails, AskedName, BillingAddressCollection, ConsentCollection, NameCollection,
    PromotionsConsent, ReuseAgreementPosition, TaxIdCollection, TaxIdRequired,
    TermsOfServiceConsent,
};
pub(super) use optional_item::CheckedCart;
pub use optional_item::OptionalItem;
pub use outcome::{
    CaptureMethod, CreateOutcome, InvoiceCreation, InvoiceText, Outcome, PaymentIntentData,
    PaymentShipping, SubscriptionData, UpdatePaymentIntentData, WithMetadata,
};
pub use page::{AfterExpiration, CustomText, OriginContext, Page, Recovery, SubmitType};
pub use parameter::CollectionParameter;
pub use payment_methods::{
    AllowRedisplay, LinkOptions, PaymentMethodCollection, PaymentMethodType, PaymentMethods,
    SavedPaymentMethodOptions, Switch, WalletDisplay,
};
pub use refusal::{CollectionRefusal, MetadataOf};
pub use shipping_country::ShippingCountry;

use super::Mode;
use super::ui::UiMode;
use crate::customer::{Customer, TaxExempt};
use crate::id::CustomerId;

/// What a session collects, as far as the shop said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// Who buys.
    pub buyer: Buyer,
    /// What the page asks of them.
    pub details: AskedDetails,
    /// What the page says.
    pub page: Page,
    /// How it can be paid.
    pub methods: PaymentMethods,
    /// What paying makes.
    pub outcome: Outcome,
    /// `optional_items`: what the page offers besides the cart, at most ten.
    pub optional_items: Vec<OptionalItem>,
}

/// What a request to create a session says about all that.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CreateCollection {
    /// A customer that the shop knows already.
    pub customer: Option<CustomerId>,
    /// Whether completing the session makes a customer.
    pub customer_creation: Option<CustomerCreation>,
    /// What of the customer is brought up to date with what the buyer says.
    pub customer_update: Option<CustomerUpdate>,
    /// What the page asks of the buyer.
    pub details: AskedDetails,
    /// What the page says.
    pub page: Page,
    /// How it can be paid.
    pub methods: PaymentMethods,
    /// What paying makes.
    pub outcome: CreateOutcome,
    /// What the page offers besides the cart.
    pub optional_items: Vec<OptionalItem>,
}

impl Collection {
    /// Whether the buyer owes tax, as far as the shop knows them.
    pub(super) fn tax_exemption(&self) -> TaxExempt {
        self.buyer.customer().map_or(TaxExempt::None, |known| known.tax_exempt)
    }

    /// What a session collects of which nothing was said.
    #[must_use]
    pub fn unsaid(mode: Mode) -> Self {
        Self {
            buyer: Buyer::Guest { creation: CustomerCreation::unsaid(mode) },
            details: AskedDetails::default(),
            page: Page::default(),
            methods: PaymentMethods::default(),
            outcome: Outcome::default(),
            optional_items: Vec::new(),
        }
    }
}

impl Collection {
    /// Changes what the payment is to be like, which only a page of the shop's own leaves open:
    /// elsewhere a buyer may be looking at it.
    ///
    /// # Errors
    /// [`CollectionRefusal`]; nothing changes then.
    pub(super) fn with_payment(
        &self,
        update: UpdatePaymentIntentData,
        mode: Mode,
        ui_mode: UiMode,
    ) -> Result<Self, CollectionRefusal> {
        CollectionParameter::PaymentIntentData.check(mode, ui_mode)?;
        if !matches!(ui_mode, UiMode::Elements) {
            return Err(CollectionRefusal::PaymentFixed(ui_mode));
        }
        let changed = Self { outcome: self.outcome.with_payment(update)?, ..self.clone() };
        changed.check_reuse(mode)?;
        Ok(changed)
    }

    /// What is said of a payment method that is kept says nothing where none is.
    fn check_reuse(&self, mode: Mode) -> Result<(), CollectionRefusal> {
        let consent = self.details.consent.unwrap_or_default();
        let payment = self.outcome.payment.as_ref();
        let is_kept = match mode {
            Mode::Payment => {
                payment.is_some_and(|payment| payment.setup_future_usage.is_some())
                    || self.methods.card.setup_future_usage.is_some()
            }
            Mode::Subscription => true,
        };
        if consent.reuse_agreement.is_some() && !is_kept {
            return Err(CollectionRefusal::ReuseAgreementWithoutReuse);
        }
        Ok(())
    }
}

impl CreateCollection {
    /// Decides on what the session collects. `customer` is the one the request names, if it exists.
    ///
    /// # Errors
    /// [`CollectionRefusal`]; the session is not made then.
    pub(super) fn decide(
        self,
        mode: Mode,
        ui_mode: UiMode,
        customer: Option<&Customer>,
    ) -> Result<Collection, CollectionRefusal> {
        for parameter in self.sent() {
            parameter.check(mode, ui_mode)?;
        }
        self.methods.check()?;
        custom_field::check(&self.details.custom_fields)
            .map_err(|(index, reason)| CollectionRefusal::CustomField { index, reason })?;
        let buyer = self.buyer(mode, customer)?;
        if let Buyer::Customer(KnownCustomer { update, .. }) = &buyer
            && self.details.tax_ids.is_some_and(|tax_ids| tax_ids.enabled)
            && !update.name
        {
            return Err(CollectionRefusal::TaxIdsNeedName);
        }
        let collection = Collection {
            buyer,
            details: self.details,
            page: self.page,
            methods: self.methods,
            outcome: self.outcome.decide()?,
            optional_items: self.optional_items,
        };
        collection.check_reuse(mode)?;
        Ok(collection)
    }

    fn buyer(&self, mode: Mode, customer: Option<&Customer>) -> Result<Buyer, CollectionRefusal> {
        let Some(id) = &self.customer else {
            if self.customer_update.is_some() {
                return Err(CollectionRefusal::UpdateWithoutCustomer);
            }
            let creation = self.customer_creation.unwrap_or(CustomerCreation::unsaid(mode));
            return Ok(Buyer::Guest { creation });
        };
        let customer = customer.ok_or_else(|| CollectionRefusal::NoSuchCustomer(id.clone()))?;
        Ok(Buyer::Customer(KnownCustomer {
            id: id.clone(),
            email: customer.details.email.clone(),
            tax_exempt: customer.tax.exempt,
            update: self.customer_update.unwrap_or_default(),
        }))
    }

    /// Those of the parameters that only some sessions have, in the order they are looked at.
    fn sent(&self) -> impl Iterator<Item = CollectionParameter> {
        use CollectionParameter as P;
        let Self { customer_creation, details, page, methods, outcome, .. } = self;
        let consent = details.consent.unwrap_or_default();
        let sent = [
            (P::AfterExpiration, page.after_expiration.is_some()),
            (P::Branding, page.branding.is_some()),
            (P::ReuseAgreement, consent.reuse_agreement.is_some()),
            (P::CustomFields, !details.custom_fields.is_empty()),
            (P::CustomText, !page.custom_text.is_empty()),
            (P::CustomerCreation, customer_creation.is_some()),
            (P::InvoiceCreation, outcome.invoice.is_some()),
            (P::OptionalItems, !self.optional_items.is_empty()),
            (P::OriginContext, page.origin_context.is_some()),
            (P::PaymentIntentData, outcome.payment.is_some()),
            (P::PaymentMethodCollection, methods.collection.is_some()),
            (P::SetupIntentData, outcome.has_setup),
            (P::SubmitType, page.submit_type.is_some()),
            (P::SubscriptionData, outcome.subscription.is_some()),
            (P::TaxIdRequired, details.tax_ids.is_some_and(|asked| asked.required.is_some())),
        ];
        sent.into_iter().filter(|(_, is_sent)| *is_sent).map(|(parameter, _)| parameter)
    }
}
