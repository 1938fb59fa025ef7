//! Parameters of what a Checkout Session collects from its buyer.

mod custom_fields;
mod methods;
mod optional_items;
mod outcome;
mod page;

use custom_fields::custom_fields;
use methods::methods;
use optional_items::optional_items;
pub(super) use outcome::update_payment_intent_data;
use outcome::{Begin, outcome};
use page::page;
use paydesk_domain::checkout_session::{
    AskedDetails, AskedName, BillingAddressCollection, ConsentCollection, CreateCollection,
    CustomerCreation, CustomerUpdate, NameCollection, PromotionsConsent, ReuseAgreementPosition,
    ShippingCountry, TaxIdCollection, TaxIdRequired, TermsOfServiceConsent,
};
use paydesk_domain::id::{CustomerId, ObjectId};

use crate::form::{Choices, Fields};

/// Whether a field of the customer is brought up to date.
const UPDATES: Choices<bool> = &[("auto", Some(true)), ("never", Some(false))];

/// Reads what a new session is to collect, and what its subscription begins with.
pub(super) fn collection(fields: &mut Fields<'_>) -> (CreateCollection, Option<Begin>) {
    fields.at_most_one(&["customer", "customer_email"]);
    fields.at_most_one(&["customer", "customer_creation"]);
    let (outcome, subscription) = outcome(fields);
    let collection = CreateCollection {
        customer: fields.text("customer").map(CustomerId::from_text),
        customer_creation: fields.choice("customer_creation", CustomerCreation::WORDS),
        customer_update: fields.object("customer_update", customer_update),
        details: details(fields),
        page: page(fields),
        methods: methods(fields),
        outcome,
        optional_items: optional_items(fields),
    };
    (collection, subscription)
}

fn customer_update(fields: &mut Fields<'_>) -> Option<CustomerUpdate> {
    let mut is_auto = |name| fields.choice(name, UPDATES).unwrap_or(false);
    Some(CustomerUpdate {
        address: is_auto("address"),
        name: is_auto("name"),
        shipping: is_auto("shipping"),
    })
}

fn details(fields: &mut Fields<'_>) -> AskedDetails {
    AskedDetails {
        billing_address: fields
            .choice("billing_address_collection", BillingAddressCollection::WORDS),
        consent: fields.object("consent_collection", consent),
        custom_fields: custom_fields(fields),
        names: fields.object("name_collection", |fields| {
            Some(NameCollection {
                business: fields.object("business", asked_name),
                individual: fields.object("individual", asked_name),
            })
        }),
        phone_number: fields.object("phone_number_collection", enabled).unwrap_or(false),
        shipping_countries: fields.object("shipping_address_collection", allowed_countries),
        tax_ids: fields.object("tax_id_collection", |fields| {
            let enabled = enabled(fields);
            let required = fields.choice("required", TaxIdRequired::WORDS);
            Some(TaxIdCollection { enabled: enabled?, required })
        }),
    }
}

fn consent(fields: &mut Fields<'_>) -> Option<ConsentCollection> {
    Some(ConsentCollection {
        reuse_agreement: fields.object("payment_method_reuse_agreement", |fields| {
            let was_sent = fields.is_sent("position");
            let position = fields.choice("position", ReuseAgreementPosition::WORDS);
            fields.required("position", position, was_sent)
        }),
        promotions: fields.choice("promotions", PromotionsConsent::WORDS),
        terms_of_service: fields.choice("terms_of_service", TermsOfServiceConsent::WORDS),
    })
}

fn asked_name(fields: &mut Fields<'_>) -> Option<AskedName> {
    let enabled = enabled(fields);
    let optional = fields.boolean("optional").unwrap_or(false);
    Some(AskedName { enabled: enabled?, optional })
}

fn allowed_countries(fields: &mut Fields<'_>) -> Option<Vec<ShippingCountry>> {
    let (name, codes) = ("allowed_countries", ShippingCountry::codes());
    let was_sent = fields.is_sent(name);
    let countries = fields.words(name, codes.len(), codes, ShippingCountry::from_code);
    fields.required(name, countries, was_sent)
}

/// `enabled`, which must be sent wherever something can be switched on.
fn enabled(fields: &mut Fields<'_>) -> Option<bool> {
    let was_sent = fields.is_sent("enabled");
    let enabled = fields.boolean("enabled");
    fields.required("enabled", enabled, was_sent)
}
