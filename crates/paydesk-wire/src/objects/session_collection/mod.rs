//! What a session collects, as the fields of `checkout.session`.

mod custom_field;
mod invoice_creation;
mod methods;
mod optional_item;
mod page;

pub(crate) use custom_field::CustomFieldObject;
pub(crate) use invoice_creation::InvoiceCreationObject;
use methods::type_names;
pub(crate) use methods::{
    PaymentMethodOptionsObject, SavedPaymentMethodOptionsObject, WalletOptionsObject,
};
pub(crate) use optional_item::OptionalItemObject;
pub(crate) use page::{AfterExpirationObject, BrandingSettingsObject};
use paydesk_domain::checkout_session::{
    AskedName, BillingAddressCollection, Buyer, CheckoutSession, Collection, ConsentCollection,
    CustomText, Mode, NameCollection, OriginContext, PaymentMethodCollection, PaymentMethodType,
    PromotionsConsent, ReuseAgreementPosition, SavedPaymentMethodOptions, ShippingCountry,
    SubmitType, TaxIdCollection, TaxIdRequired, TermsOfServiceConsent,
};
use paydesk_domain::customer::{FoundCustomer, TaxExempt};
use schemars::JsonSchema;
use serde::Serialize;

use crate::expand::Expand;
use crate::objects::Null;
use crate::objects::checkout_session::EnabledObject;
use crate::objects::customer::{CustomerObject, tax_exempt_name};
use crate::objects::deleted::DeletedObject;

/// The fields of a session that say what it collects.
pub(crate) struct CollectionFields<'a> {
    pub(crate) after_expiration: Option<AfterExpirationObject>,
    pub(crate) allowed_payment_method_types: Option<Vec<&'static str>>,
    pub(crate) billing_address_collection: Option<&'static str>,
    pub(crate) branding_settings: Option<BrandingSettingsObject<'a>>,
    pub(crate) consent_collection: Option<ConsentCollectionObject>,
    pub(crate) custom_fields: Vec<CustomFieldObject<'a>>,
    pub(crate) custom_text: CustomTextObject<'a>,
    pub(crate) customer: Option<SessionCustomer<'a>>,
    pub(crate) customer_creation: Option<&'static str>,
    pub(crate) customer_details: Option<CustomerDetailsObject<'a>>,
    pub(crate) excluded_payment_method_types: Option<Vec<&'static str>>,
    pub(crate) invoice_creation: Option<InvoiceCreationObject<'a>>,
    pub(crate) name_collection: Option<NameCollectionObject>,
    pub(crate) optional_items: Option<Vec<OptionalItemObject<'a>>>,
    pub(crate) origin_context: Option<&'static str>,
    pub(crate) payment_method_collection: &'static str,
    pub(crate) payment_method_options: PaymentMethodOptionsObject<'a>,
    pub(crate) payment_method_types: Vec<&'static str>,
    pub(crate) phone_number_collection: EnabledObject,
    pub(crate) saved_payment_method_options: Option<SavedPaymentMethodOptionsObject>,
    pub(crate) shipping_address_collection: Option<ShippingAddressCollectionObject>,
    pub(crate) submit_type: Option<&'static str>,
    pub(crate) tax_id_collection: Option<TaxIdCollectionObject>,
    pub(crate) wallet_options: Option<WalletOptionsObject>,
}

/// A customer by its id, or where it was expanded as it is now, deleted or not.
#[derive(JsonSchema, Serialize)]
#[schemars(inline)]
#[serde(untagged)]
pub(crate) enum SessionCustomer<'a> {
    Id(&'a str),
    Customer(Box<CustomerObject<'a>>),
    Deleted(DeletedObject<'a>),
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct ConsentCollectionObject {
    payment_method_reuse_agreement: Option<ReuseAgreementObject>,
    promotions: Option<&'static str>,
    terms_of_service: Option<&'static str>,
}

#[derive(JsonSchema, Serialize)]
struct ReuseAgreementObject {
    position: &'static str,
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct CustomTextObject<'a> {
    after_submit: Option<MessageObject<'a>>,
    shipping_address: Option<MessageObject<'a>>,
    submit: Option<MessageObject<'a>>,
    terms_of_service_acceptance: Option<MessageObject<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct MessageObject<'a> {
    message: &'a str,
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct ShippingAddressCollectionObject {
    allowed_countries: Vec<&'static str>,
}

/// What is known of the buyer before they have paid.
#[derive(JsonSchema, Serialize)]
pub(crate) struct CustomerDetailsObject<'a> {
    address: Null,
    business_name: Null,
    email: Option<&'a str>,
    individual_name: Null,
    name: Null,
    phone: Null,
    tax_exempt: &'static str,
    tax_ids: Null,
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct NameCollectionObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    business: Option<AskedNameObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    individual: Option<AskedNameObject>,
}

#[derive(JsonSchema, Serialize)]
struct AskedNameObject {
    enabled: bool,
    optional: bool,
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct TaxIdCollectionObject {
    enabled: bool,
    required: &'static str,
}

impl<'a> CollectionFields<'a> {
    /// What a session collects. `customer` is what is found under the id of its customer, where
    /// that was looked for.
    pub(crate) fn new(
        session: &'a CheckoutSession,
        customer: Option<&'a FoundCustomer>,
        expand: &Expand,
    ) -> Self {
        let Collection { buyer, details, page, methods, outcome, optional_items } =
            &*session.collection;
        let items = optional_items.iter().map(OptionalItemObject::from);
        let types = methods.offered();
        Self {
            after_expiration: page.after_expiration.map(AfterExpirationObject::from),
            allowed_payment_method_types: type_names(methods.allowed.as_ref()),
            billing_address_collection: details
                .billing_address
                .map(BillingAddressCollection::as_str),
            branding_settings: page.branding.as_ref().map(BrandingSettingsObject::from),
            consent_collection: details.consent.map(ConsentCollectionObject::from),
            custom_fields: details.custom_fields.iter().map(CustomFieldObject::from).collect(),
            custom_text: CustomTextObject::from(&page.custom_text),
            customer: shown_customer(session, customer, expand),
            customer_creation: match buyer {
                Buyer::Guest { creation } => Some(creation.as_str()),
                Buyer::Customer(_) => None,
            },
            customer_details: customer_details(session),
            excluded_payment_method_types: type_names(methods.excluded.as_ref()),
            invoice_creation: (session.mode == Mode::Payment)
                .then(|| InvoiceCreationObject::new(outcome.invoice.as_ref())),
            name_collection: details.names.map(NameCollectionObject::from),
            optional_items: (!optional_items.is_empty()).then(|| items.collect()),
            origin_context: page.origin_context.map(OriginContext::as_str),
            payment_method_collection: payment_method_collection(session),
            payment_method_options: PaymentMethodOptionsObject::new(methods, &types),
            payment_method_types: types.into_iter().map(PaymentMethodType::name).collect(),
            phone_number_collection: EnabledObject { enabled: details.phone_number },
            saved_payment_method_options: saved_payment_methods(session),
            shipping_address_collection: details
                .shipping_countries
                .as_deref()
                .map(ShippingAddressCollectionObject::from),
            submit_type: page.submit_type.map(SubmitType::as_str),
            wallet_options: methods.link.map(WalletOptionsObject::from),
            tax_id_collection: details.tax_ids.map(TaxIdCollectionObject::from),
        }
    }
}

fn shown_customer<'a>(
    session: &'a CheckoutSession,
    found: Option<&'a FoundCustomer>,
    expand: &Expand,
) -> Option<SessionCustomer<'a>> {
    let known = session.collection.buyer.customer()?;
    let found = found.filter(|_| expand.has("customer"));
    Some(match found {
        None => SessionCustomer::Id(known.id.as_str()),
        Some(FoundCustomer::Customer(customer)) => {
            let customer = CustomerObject::new(customer, &expand.inside("customer"));
            SessionCustomer::Customer(Box::new(customer))
        }
        Some(FoundCustomer::Deleted(deleted)) => {
            SessionCustomer::Deleted(DeletedObject::new("customer", deleted.id.as_str()))
        }
    })
}

fn payment_method_collection(session: &CheckoutSession) -> &'static str {
    match (session.collection.methods.collection, session.mode) {
        (Some(collection), _) => collection.as_str(),
        (None, Mode::Payment) => PaymentMethodCollection::IfRequired.as_str(),
        (None, Mode::Subscription) => PaymentMethodCollection::Always.as_str(),
    }
}

/// A customer who pays once may use what was saved before, also where the shop did not say so.
fn saved_payment_methods(session: &CheckoutSession) -> Option<SavedPaymentMethodOptionsObject> {
    let Collection { buyer, methods, .. } = &*session.collection;
    let pays_once = session.mode == Mode::Payment && buyer.customer().is_some();
    let unsaid = pays_once.then(SavedPaymentMethodOptions::default);
    methods.saved.as_ref().or(unsaid.as_ref()).map(SavedPaymentMethodOptionsObject::from)
}

/// Nothing is known of a guest who gave no address for mail.
fn customer_details(session: &CheckoutSession) -> Option<CustomerDetailsObject<'_>> {
    let customer = session.collection.buyer.customer();
    let email = session.buyer_email();
    (customer.is_some() || email.is_some()).then(|| CustomerDetailsObject {
        address: (),
        business_name: (),
        email,
        individual_name: (),
        name: (),
        phone: (),
        tax_exempt: tax_exempt_name(customer.map_or(TaxExempt::None, |known| known.tax_exempt)),
        tax_ids: (),
    })
}

impl From<ConsentCollection> for ConsentCollectionObject {
    fn from(consent: ConsentCollection) -> Self {
        let reuse =
            |position: ReuseAgreementPosition| ReuseAgreementObject { position: position.as_str() };
        Self {
            payment_method_reuse_agreement: consent.reuse_agreement.map(reuse),
            promotions: consent.promotions.map(PromotionsConsent::as_str),
            terms_of_service: consent.terms_of_service.map(TermsOfServiceConsent::as_str),
        }
    }
}

impl<'a> From<&'a CustomText> for CustomTextObject<'a> {
    fn from(text: &'a CustomText) -> Self {
        let object =
            |text: &'a Option<String>| text.as_deref().map(|message| MessageObject { message });
        Self {
            after_submit: object(&text.after_submit),
            shipping_address: object(&text.shipping_address),
            submit: object(&text.submit),
            terms_of_service_acceptance: object(&text.terms_of_service_acceptance),
        }
    }
}

impl From<&[ShippingCountry]> for ShippingAddressCollectionObject {
    fn from(countries: &[ShippingCountry]) -> Self {
        Self { allowed_countries: countries.iter().map(|country| country.code()).collect() }
    }
}

impl From<NameCollection> for NameCollectionObject {
    fn from(names: NameCollection) -> Self {
        let object = |AskedName { enabled, optional }| AskedNameObject { enabled, optional };
        Self { business: names.business.map(object), individual: names.individual.map(object) }
    }
}

impl From<TaxIdCollection> for TaxIdCollectionObject {
    fn from(TaxIdCollection { enabled, required }: TaxIdCollection) -> Self {
        Self { enabled, required: required.unwrap_or(TaxIdRequired::Never).as_str() }
    }
}
