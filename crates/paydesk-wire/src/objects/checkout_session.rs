//! `checkout.session`

use std::collections::BTreeMap;

use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::{
    AutomaticTax, AutomaticTaxStatus, CheckoutSession, SessionState, Ui,
};
use paydesk_domain::customer::FoundCustomer;
use paydesk_domain::id::CustomerId;
use paydesk_domain::metadata::Metadata;
use paydesk_domain::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::Null;
use super::discount::{DiscountAmountObject, SessionDiscountObject};
use super::line_item::LineItemObject;
use super::list::ListObject;
use super::session_collection::{
    AfterExpirationObject, BrandingSettingsObject, CollectionFields, ConsentCollectionObject,
    CustomFieldObject, CustomTextObject, CustomerDetailsObject, InvoiceCreationObject,
    NameCollectionObject, OptionalItemObject, PaymentMethodOptionsObject,
    SavedPaymentMethodOptionsObject, SessionCustomer, ShippingAddressCollectionObject,
    TaxIdCollectionObject, WalletOptionsObject,
};
use super::shipping::{CollectedInformationObject, ShippingCostObject, ShippingOptionObject};
use super::tax_amount::TaxAmountObject;
use super::ui::{redirect_name, ui_mode_name};
use crate::expand::Expand;
use crate::versions::permissions_generations::PermissionsObject;

/// Lines shown inside a session; the rest are on the pages of their own list.
const EMBEDDED_LINES_MAX: usize = 10;

/// Where the server is reached from outside, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The address, with or without a slash at its end.
    #[must_use]
    pub fn new(address: &str) -> Self {
        Self(address.trim_end_matches('/').to_owned())
    }
}

/// A session. Fields are in Stripe's order: the id, then by name. Those of features that are not
/// supported yet have the value Stripe gives when the feature is not used.
#[derive(JsonSchema, Serialize)]
pub struct CheckoutSessionObject<'a> {
    id: &'a str,
    object: &'static str,
    adaptive_pricing: EnabledObject,
    after_expiration: Option<AfterExpirationObject>,
    allow_promotion_codes: Option<bool>,
    allowed_payment_method_types: Option<Vec<&'static str>>,
    amount_subtotal: i64,
    amount_total: i64,
    automatic_tax: AutomaticTaxObject,
    billing_address_collection: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    branding_settings: Option<BrandingSettingsObject<'a>>,
    cancel_url: Option<&'a str>,
    client_reference_id: Option<&'a str>,
    client_secret: Option<String>,
    collected_information: Option<CollectedInformationObject<'a>>,
    consent: Null,
    consent_collection: Option<ConsentCollectionObject>,
    created: i64,
    currency: &'static str,
    currency_conversion: Null,
    custom_fields: Vec<CustomFieldObject<'a>>,
    custom_text: CustomTextObject<'a>,
    customer: Option<SessionCustomer<'a>>,
    customer_account: Null,
    customer_creation: Option<&'static str>,
    customer_details: Option<CustomerDetailsObject<'a>>,
    customer_email: Option<&'a str>,
    discounts: Vec<SessionDiscountObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    excluded_payment_method_types: Option<Vec<&'static str>>,
    expires_at: i64,
    integration_identifier: Null,
    invoice: Null,
    invoice_creation: Option<InvoiceCreationObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<ListObject<'a, LineItemObject<'a>>>")]
    line_items: Option<EmbeddedLines<'a>>,
    livemode: bool,
    locale: Option<&'a str>,
    managed_payments: EnabledObject,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_collection: Option<NameCollectionObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    optional_items: Option<Vec<OptionalItemObject<'a>>>,
    origin_context: Option<&'static str>,
    payment_intent: Null,
    payment_link: Null,
    payment_method_collection: &'static str,
    payment_method_configuration_details: Null,
    payment_method_options: PaymentMethodOptionsObject<'a>,
    payment_method_types: Vec<&'static str>,
    payment_status: &'static str,
    permissions: Option<PermissionsObject>,
    phone_number_collection: EnabledObject,
    recovered_from: Null,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_on_completion: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_url: Option<&'a str>,
    saved_payment_method_options: Option<SavedPaymentMethodOptionsObject>,
    setup_intent: Null,
    shipping_address_collection: Option<ShippingAddressCollectionObject>,
    shipping_cost: Option<ShippingCostObject<'a>>,
    shipping_options: Vec<ShippingOptionObject<'a>>,
    status: &'static str,
    submit_type: Option<&'static str>,
    subscription: Null,
    success_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_id_collection: Option<TaxIdCollectionObject>,
    total_details: TotalDetailsObject<'a>,
    ui_mode: &'static str,
    url: Option<String>,
    wallet_options: Option<WalletOptionsObject>,
}

#[derive(JsonSchema, Serialize)]
pub(super) struct EnabledObject {
    pub(super) enabled: bool,
}

#[derive(JsonSchema, Serialize)]
struct AutomaticTaxObject {
    enabled: bool,
    liability: Option<LiabilityObject>,
    provider: Null,
    status: Option<&'static str>,
}

/// Who owes the tax: the account itself.
#[derive(JsonSchema, Serialize)]
struct LiabilityObject {
    r#type: &'static str,
}

impl AutomaticTaxObject {
    fn new(automatic_tax: Option<&AutomaticTax>) -> Self {
        let status = automatic_tax.map(|tax| match tax.status {
            AutomaticTaxStatus::RequiresLocationInputs => "requires_location_inputs",
            AutomaticTaxStatus::Complete => "complete",
        });
        let liability = automatic_tax.map(|_| LiabilityObject { r#type: "self" });
        Self { enabled: automatic_tax.is_some(), liability, provider: (), status }
    }
}

#[derive(JsonSchema, Serialize)]
struct TotalDetailsObject<'a> {
    amount_discount: i64,
    amount_shipping: i64,
    amount_tax: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    breakdown: Option<BreakdownObject<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct BreakdownObject<'a> {
    discounts: Vec<DiscountAmountObject<'a>>,
    taxes: Vec<TaxAmountObject<'a>>,
}

/// The first lines of a session, in the envelope of their own list.
struct EmbeddedLines<'a> {
    session: &'a CheckoutSession,
    catalog: &'a Catalog,
    now: Timestamp,
    expand: Expand,
}

impl Serialize for EmbeddedLines<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lines = &self.session.lines;
        let shown = lines.iter().take(EMBEDDED_LINES_MAX);
        let data = shown.map(|line| {
            LineItemObject::new(line, self.session, self.catalog, self.now, &self.expand)
        });
        let url = format!("/v1/checkout/sessions/{}/line_items", self.session.id);
        let has_more = lines.len() > EMBEDDED_LINES_MAX;
        ListObject::new(data.collect(), has_more, &url).serialize(serializer)
    }
}

impl<'a> CheckoutSessionObject<'a> {
    /// A session, with its lines and its customer where they are wanted; the Prices and Products of
    /// its lines are those of the catalog, and its customer is one of these.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one line a field, in the order of the object")]
    pub fn new(
        session: &'a CheckoutSession,
        catalog: &'a Catalog,
        customers: &'a BTreeMap<CustomerId, FoundCustomer>,
        public_url: &PublicUrl,
        now: Timestamp,
        expand: &Expand,
    ) -> Self {
        let shipping = &session.shipping;
        let urls = Urls::of(&session.ui);
        let buyer = session.collection.buyer.customer();
        let customer = buyer.and_then(|known| customers.get(&known.id));
        let collected = CollectionFields::new(session, customer, expand);
        Self {
            id: session.id.as_str(),
            object: "checkout.session",
            adaptive_pricing: EnabledObject { enabled: false },
            after_expiration: collected.after_expiration,
            allow_promotion_codes: session.allow_promotion_codes,
            allowed_payment_method_types: collected.allowed_payment_method_types,
            amount_subtotal: session.totals.amount_subtotal.minor_units(),
            amount_total: session.totals.amount_total.minor_units(),
            automatic_tax: AutomaticTaxObject::new(session.automatic_tax.as_ref()),
            billing_address_collection: collected.billing_address_collection,
            branding_settings: collected.branding_settings,
            cancel_url: urls.cancel_url,
            client_reference_id: session.client_reference_id.as_deref(),
            client_secret: client_secret(session),
            collected_information: shipping.details.as_ref().map(Into::into),
            consent: (),
            consent_collection: collected.consent_collection,
            created: session.created.as_seconds(),
            currency: session.currency.code(),
            currency_conversion: (),
            custom_fields: collected.custom_fields,
            custom_text: collected.custom_text,
            customer: collected.customer,
            customer_account: (),
            customer_creation: collected.customer_creation,
            customer_details: collected.customer_details,
            customer_email: session.customer_email.as_deref(),
            discounts: SessionDiscountObject::of(
                session,
                catalog,
                now,
                &expand.inside("discounts"),
            ),
            excluded_payment_method_types: collected.excluded_payment_method_types,
            expires_at: session.expires_at.as_seconds(),
            integration_identifier: (),
            invoice: (),
            invoice_creation: collected.invoice_creation,
            line_items: expand.has("line_items").then(|| EmbeddedLines {
                session,
                catalog,
                now,
                expand: expand.inside("line_items.data"),
            }),
            livemode: false,
            locale: session.locale.as_deref(),
            managed_payments: EnabledObject { enabled: false },
            metadata: &session.metadata,
            mode: session.mode.as_str(),
            name_collection: collected.name_collection,
            optional_items: collected.optional_items,
            origin_context: collected.origin_context,
            payment_intent: (),
            payment_link: (),
            payment_method_collection: collected.payment_method_collection,
            payment_method_configuration_details: (),
            payment_method_options: collected.payment_method_options,
            payment_method_types: collected.payment_method_types,
            payment_status: payment_status(session),
            permissions: session.permissions.map(PermissionsObject::from),
            phone_number_collection: collected.phone_number_collection,
            recovered_from: (),
            redirect_on_completion: urls.redirect_on_completion,
            return_url: urls.return_url,
            saved_payment_method_options: collected.saved_payment_method_options,
            setup_intent: (),
            shipping_address_collection: collected.shipping_address_collection,
            shipping_cost: shipping.cost.as_ref().map(|cost| {
                ShippingCostObject::new(cost, catalog, &expand.inside("shipping_cost"))
            }),
            shipping_options: ShippingOptionObject::of(
                shipping,
                catalog,
                &expand.inside("shipping_options"),
            ),
            status: session.state.status().as_str(),
            submit_type: collected.submit_type,
            subscription: (),
            success_url: urls.success_url,
            tax_id_collection: collected.tax_id_collection,
            total_details: TotalDetailsObject {
                amount_discount: session.totals.amount_discount.minor_units(),
                amount_shipping: session.totals.amount_shipping.minor_units(),
                amount_tax: session.totals.amount_tax.minor_units(),
                breakdown: expand.has("total_details.breakdown").then(|| BreakdownObject {
                    discounts: DiscountAmountObject::of(
                        session,
                        session.totals.amount_discount,
                        now,
                        &expand.inside("total_details.breakdown.discounts.discount"),
                    ),
                    taxes: TaxAmountObject::in_all(session, catalog),
                }),
            },
            ui_mode: ui_mode_name(session.ui.mode()),
            url: hosted_url(session, public_url),
            wallet_options: collected.wallet_options,
        }
    }
}

/// The addresses of a session as the object's fields have them.
#[derive(Default)]
struct Urls<'a> {
    success_url: Option<&'a str>,
    cancel_url: Option<&'a str>,
    return_url: Option<&'a str>,
    redirect_on_completion: Option<&'static str>,
}

impl<'a> Urls<'a> {
    fn of(ui: &'a Ui) -> Self {
        match ui {
            Ui::HostedPage { success_url, cancel_url, page_secret: _ } => Self {
                success_url: Some(success_url),
                cancel_url: cancel_url.as_deref(),
                ..Self::default()
            },
            Ui::EmbeddedPage { return_url, redirect_on_completion, client_secret: _ } => Self {
                return_url: return_url.as_deref(),
                redirect_on_completion: Some(redirect_name(*redirect_on_completion)),
                ..Self::default()
            },
            Ui::Elements { return_url, client_secret: _ } => {
                Self { return_url: return_url.as_deref(), ..Self::default() }
            }
            Ui::Form { return_url, success_url, cancel_url, client_secret: _ } => Self {
                success_url: success_url.as_deref(),
                cancel_url: cancel_url.as_deref(),
                return_url: return_url.as_deref(),
                redirect_on_completion: None,
            },
        }
    }
}

fn client_secret(session: &CheckoutSession) -> Option<String> {
    match &session.ui {
        Ui::HostedPage { .. } => None,
        Ui::EmbeddedPage { client_secret, .. }
        | Ui::Elements { client_secret, .. }
        | Ui::Form { client_secret, .. } => Some(format!("{}_secret_{client_secret}", session.id)),
    }
}

/// The page's secret is behind `#`, which a browser never sends to a server.
fn hosted_url(session: &CheckoutSession, public_url: &PublicUrl) -> Option<String> {
    match (&session.ui, session.state) {
        (Ui::HostedPage { page_secret, .. }, SessionState::Open) => {
            Some(format!("{}/c/pay/{}#{page_secret}", public_url.0, session.id))
        }
        _ => None,
    }
}

const fn payment_status(session: &CheckoutSession) -> &'static str {
    if session.has_amount_due() { "unpaid" } else { "no_payment_required" }
}
