//! What a session can collect, by when it could first.

use super::ApiVersion;
use super::fields_added::FieldsAdded;
use super::known_parameters::KnownParameter;
use super::version::date;
use crate::operation::Operation;

const BASIL: u32 = date(2025, 3, 31);
const BASIL_OF_APRIL: u32 = date(2025, 4, 30);
const BASIL_OF_MAY: u32 = date(2025, 5, 28);
const BASIL_OF_JULY: u32 = date(2025, 7, 30);
const CLOVER: u32 = date(2025, 9, 30);
const ENDIVE: u32 = date(2026, 9, 30);
const ENDIVE_OF_OCTOBER: u32 = date(2026, 10, 28);

pub(super) const OPTIONAL_ITEMS: KnownParameter =
    known("optional_items", BASIL, |version| version.date() >= BASIL);
pub(super) const WALLET_OPTIONS: KnownParameter =
    known("wallet_options", BASIL_OF_APRIL, |version| version.date() >= BASIL_OF_APRIL);
pub(super) const PAYMENT_METHOD_REMOVE: KnownParameter =
    known("saved_payment_method_options.payment_method_remove", BASIL_OF_MAY, |version| {
        version.date() >= BASIL_OF_MAY
    });
pub(super) const ORIGIN_CONTEXT: KnownParameter =
    known("origin_context", BASIL_OF_JULY, |version| version.date() >= BASIL_OF_JULY);
pub(super) const NAME_COLLECTION: KnownParameter = since_clover("name_collection");
pub(super) const BRANDING_SETTINGS: KnownParameter = since_clover("branding_settings");
pub(super) const EXCLUDED_PAYMENT_METHOD_TYPES: KnownParameter =
    since_clover("excluded_payment_method_types");
pub(super) const CARD_CAPTURE_METHOD: KnownParameter =
    since_clover("payment_method_options.card.capture_method");
pub(super) const ALLOWED_PAYMENT_METHOD_TYPES: KnownParameter =
    known("allowed_payment_method_types", ENDIVE, |version| version.date() >= ENDIVE);
pub(super) const INVOICE_SETTINGS: [KnownParameter; 3] = [
    since_october("subscription_data.invoice_settings.custom_fields"),
    since_october("subscription_data.invoice_settings.description"),
    since_october("subscription_data.invoice_settings.footer"),
];

pub(super) const PAYMENT_INTENT_DATA_ON_UPDATE: KnownParameter = KnownParameter {
    operation: Operation::UpdateCheckoutSession,
    ..since_october("payment_intent_data")
};

/// What an answer shows of it.
pub(super) const FIELDS_OF_BASIL: FieldsAdded =
    FieldsAdded { introduced: BASIL, kind: "checkout.session", fields: &["optional_items"] };
pub(super) const FIELDS_OF_JULY: FieldsAdded = FieldsAdded {
    introduced: BASIL_OF_JULY,
    kind: "checkout.session",
    fields: &["invoice_creation.invoice_data.rendering_options.template"],
};
pub(super) const FIELDS_OF_CLOVER: FieldsAdded = FieldsAdded {
    introduced: CLOVER,
    kind: "checkout.session",
    fields: &[
        "branding_settings",
        "excluded_payment_method_types",
        "name_collection",
        "payment_method_options.card.capture_method",
    ],
};

const fn known(
    name: &'static str,
    introduced: u32,
    is_known: fn(&ApiVersion) -> bool,
) -> KnownParameter {
    KnownParameter { introduced, operation: Operation::CreateCheckoutSession, name, is_known }
}

const fn since_clover(name: &'static str) -> KnownParameter {
    known(name, CLOVER, |version| version.date() >= CLOVER)
}

const fn since_october(name: &'static str) -> KnownParameter {
    known(name, ENDIVE_OF_OCTOBER, |version| version.date() >= ENDIVE_OF_OCTOBER)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{downgrade_response, upgrade_request};
    use super::*;

    /// All that came later than sessions did.
    const FORM: &[u8] = b"name_collection[business][enabled]=true&origin_context=web\
        &excluded_payment_method_types[0]=klarna\
        &payment_method_options[card][capture_method]=manual\
        &saved_payment_method_options[payment_method_remove]=enabled\
        &wallet_options[link][display]=never&branding_settings[display_name]=a\
        &optional_items[0][quantity]=1\
        &allowed_payment_method_types[0]=card\
        &subscription_data[invoice_settings][footer]=a&subscription_data[description]=b";

    fn at(version: &str) -> ApiVersion {
        ApiVersion::parse(version).unwrap().version
    }

    #[test]
    fn a_request_can_ask_for_what_its_version_has() {
        let unknown_at = |version: &str| {
            let mut params = crate::form::parse(FORM).unwrap();
            upgrade_request(Operation::CreateCheckoutSession, &mut params, &at(version))
        };
        let newest_first = [
            ("2026-10-28.endive", ""),
            ("2026-09-30.endive", "subscription_data[invoice_settings][footer]"),
            ("2026-08-26.dahlia", "allowed_payment_method_types"),
            ("2025-09-30.clover", ""),
            (
                "2025-08-27.basil",
                "name_collection branding_settings excluded_payment_method_types \
                 payment_method_options[card][capture_method]",
            ),
            ("2025-06-30.basil", "origin_context"),
            ("2025-04-30.basil", "saved_payment_method_options[payment_method_remove]"),
            ("2025-03-31.basil", "wallet_options"),
            ("2025-02-24.acacia", "optional_items"),
        ];
        let mut expected: Vec<&str> = Vec::new();
        for (version, names) in newest_first {
            // The oldest change takes its parameter first.
            expected.splice(0..0, names.split_whitespace());
            assert_eq!(unknown_at(version), expected, "{version}");
        }
    }

    #[test]
    fn what_the_payment_is_to_be_like_can_be_changed_since_october() {
        let unknown_at = |version: &str| {
            let mut params = crate::form::parse(b"payment_intent_data[description]=a").unwrap();
            upgrade_request(Operation::UpdateCheckoutSession, &mut params, &at(version))
        };
        assert_eq!(unknown_at("2026-09-30.endive"), ["payment_intent_data"]);
        assert!(unknown_at("2026-10-28.endive").is_empty());
    }

    #[test]
    fn an_answer_shows_what_its_version_has() {
        let shown_at = |version: &str| {
            let mut session = json!({
                "object": "checkout.session",
                "excluded_payment_method_types": [],
                "invoice_creation": {"invoice_data": {"rendering_options": {"template": null}}},
                "branding_settings": {},
                "name_collection": {},
                "optional_items": [],
                "payment_method_options": {"card": {"capture_method": "manual"}},
            });
            downgrade_response(&mut session, &at(version));
            let pointers = [
                "/optional_items",
                "/invoice_creation/invoice_data/rendering_options/template",
                "/branding_settings",
                "/excluded_payment_method_types",
                "/name_collection",
                "/payment_method_options/card/capture_method",
            ];
            pointers.map(|pointer| session.pointer(pointer).is_some())
        };
        assert_eq!(shown_at("2025-02-24.acacia"), [false; 6]);
        assert_eq!(shown_at("2025-06-30.basil"), [true, false, false, false, false, false]);
        assert_eq!(shown_at("2025-08-27.basil"), [true, true, false, false, false, false]);
        assert_eq!(shown_at("2025-09-30.clover"), [true; 6]);
    }
}
