//! Fields that objects gained: an answer at an earlier version does not have them.
//!
//! Most changes of an object are of this kind, so they are rows of one table. A change that does
//! more has a module of its own.

use serde_json::{Map, Value};

use super::Change;
use super::version::date;

/// The fields that one version added to one kind of object.
pub(super) struct FieldsAdded {
    pub(super) introduced: u32,
    pub(super) kind: &'static str,
    /// Paths from the object, with a dot before a field of an object inside.
    pub(super) fields: &'static [&'static str],
}

const SESSION: &str = "checkout.session";

pub(super) const ADAPTIVE_PRICING: FieldsAdded =
    FieldsAdded { introduced: date(2024, 11, 20), kind: SESSION, fields: &["adaptive_pricing"] };
pub(super) const DISCOUNTS: FieldsAdded =
    FieldsAdded { introduced: date(2025, 1, 27), kind: SESSION, fields: &["discounts"] };
pub(super) const COLLECTED_INFORMATION: FieldsAdded = FieldsAdded {
    introduced: date(2025, 2, 24),
    kind: SESSION,
    fields: &["collected_information"],
};
pub(super) const WALLET_OPTIONS: FieldsAdded = FieldsAdded {
    introduced: date(2025, 4, 30),
    kind: SESSION,
    fields: &["automatic_tax.provider", "wallet_options"],
};
pub(super) const ORIGIN_CONTEXT: FieldsAdded =
    FieldsAdded { introduced: date(2025, 7, 30), kind: SESSION, fields: &["origin_context"] };
pub(super) const BUYER_NAMES: FieldsAdded = FieldsAdded {
    introduced: date(2025, 9, 30),
    kind: SESSION,
    fields: &[
        "collected_information.business_name",
        "collected_information.individual_name",
        "customer_details.business_name",
        "customer_details.individual_name",
    ],
};
pub(super) const CUSTOMER_NAMES: FieldsAdded = FieldsAdded {
    introduced: date(2025, 9, 30),
    kind: "customer",
    fields: &["business_name", "individual_name"],
};
pub(super) const CUSTOMER_TAX_PROVIDER: FieldsAdded =
    FieldsAdded { introduced: date(2025, 10, 29), kind: "customer", fields: &["tax.provider"] };
pub(super) const CUSTOMER_ACCOUNT: FieldsAdded =
    FieldsAdded { introduced: date(2025, 12, 15), kind: SESSION, fields: &["customer_account"] };
pub(super) const ACCOUNT_OF_CUSTOMER: FieldsAdded =
    FieldsAdded { introduced: date(2025, 12, 15), kind: "customer", fields: &["customer_account"] };
pub(super) const ACCOUNT_OF_DISCOUNT: FieldsAdded =
    FieldsAdded { introduced: date(2025, 12, 15), kind: "discount", fields: &["customer_account"] };
pub(super) const ACCOUNT_OF_TAX_ID: FieldsAdded = FieldsAdded {
    introduced: date(2025, 12, 15),
    kind: "tax_id",
    fields: &["customer_account", "owner.customer_account"],
};
pub(super) const ACCOUNT_OF_PROMOTION_CODE: FieldsAdded = FieldsAdded {
    introduced: date(2025, 12, 15),
    kind: "promotion_code",
    fields: &["customer_account"],
};
pub(super) const LINE_METADATA: FieldsAdded =
    FieldsAdded { introduced: date(2025, 12, 15), kind: "item", fields: &["metadata"] };
pub(super) const ADJUSTABLE_QUANTITY: FieldsAdded =
    FieldsAdded { introduced: date(2026, 1, 28), kind: "item", fields: &["adjustable_quantity"] };
pub(super) const INTEGRATION_IDENTIFIER: FieldsAdded = FieldsAdded {
    introduced: date(2026, 3, 25),
    kind: SESSION,
    fields: &["integration_identifier"],
};
pub(super) const MANAGED_PAYMENTS: FieldsAdded =
    FieldsAdded { introduced: date(2026, 4, 22), kind: SESSION, fields: &["managed_payments"] };
pub(super) const ALLOWED_PAYMENT_METHOD_TYPES: FieldsAdded = FieldsAdded {
    introduced: date(2026, 9, 30),
    kind: SESSION,
    fields: &["allowed_payment_method_types"],
};
pub(super) const TAX_DETAILS: FieldsAdded =
    FieldsAdded { introduced: date(2026, 9, 30), kind: "product", fields: &["tax_details"] };

impl Change for FieldsAdded {
    fn introduced(&self) -> u32 {
        self.introduced
    }

    fn downgrade_object(&self, kind: &str, object: &mut Map<String, Value>) {
        if kind != self.kind {
            return;
        }
        for path in self.fields {
            remove(object, path);
        }
    }
}

fn remove(object: &mut Map<String, Value>, path: &str) {
    match path.split_once('.') {
        None => {
            object.shift_remove(path);
        }
        Some((outer, inner)) => {
            if let Some(Value::Object(outer)) = object.get_mut(outer) {
                remove(outer, inner);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{ApiVersion, downgrade_response};

    /// The fields an object has at a version, of those that were added since the oldest.
    fn fields_at(version: &str, object: &serde_json::Value) -> Vec<String> {
        let mut object = object.clone();
        downgrade_response(&mut object, &ApiVersion::parse(version).unwrap().version);
        let fields = object.as_object().unwrap().iter();
        fields.map(|(name, _)| name.clone()).filter(|name| name != "object").collect()
    }

    #[test]
    fn a_session_has_the_fields_of_its_version() {
        let session = json!({
            "object": "checkout.session",
            "adaptive_pricing": null,
            "allowed_payment_method_types": null,
            "collected_information": null,
            "customer_account": null,
            "discounts": [],
            "integration_identifier": null,
            "managed_payments": null,
            "origin_context": null,
            "permissions": null,
            "wallet_options": null,
        });
        let table = [
            ("2024-09-30.acacia", "shipping_details"),
            ("2024-11-20.acacia", "adaptive_pricing shipping_details"),
            ("2025-01-27.acacia", "adaptive_pricing discounts shipping_details"),
            (
                "2025-02-24.acacia",
                "adaptive_pricing collected_information discounts shipping_details",
            ),
            ("2025-03-31.basil", "adaptive_pricing collected_information discounts permissions"),
            (
                "2025-04-30.basil",
                "adaptive_pricing collected_information discounts permissions wallet_options",
            ),
            (
                "2025-07-30.basil",
                "adaptive_pricing collected_information discounts origin_context permissions \
                 wallet_options",
            ),
            (
                "2025-12-15.clover",
                "adaptive_pricing collected_information customer_account discounts \
                 origin_context permissions wallet_options",
            ),
            (
                "2026-03-25.dahlia",
                "adaptive_pricing collected_information customer_account discounts \
                 integration_identifier origin_context permissions wallet_options",
            ),
            (
                "2026-04-22.dahlia",
                "adaptive_pricing collected_information customer_account discounts \
                 integration_identifier managed_payments origin_context permissions wallet_options",
            ),
        ];
        for (version, expected) in table {
            assert_eq!(fields_at(version, &session).join(" "), expected, "{version}");
        }
        assert_eq!(fields_at(ApiVersion::NEWEST, &session).len(), 10);
    }

    #[test]
    fn fields_inside_a_session_have_their_versions_too() {
        let session = json!({
            "object": "checkout.session",
            "automatic_tax": {"enabled": false, "provider": null},
            "collected_information": {
                "business_name": null, "individual_name": null, "shipping_details": null,
            },
            "customer_details": {"business_name": null, "email": null, "individual_name": null},
        });
        let at = |version: &str| {
            let mut session = session.clone();
            downgrade_response(&mut session, &ApiVersion::parse(version).unwrap().version);
            (session["automatic_tax"].clone(), session["customer_details"].clone())
        };
        let plain = json!({"email": null});
        assert_eq!(at("2025-03-31.basil"), (json!({"enabled": false}), plain.clone()));
        assert_eq!(at("2025-04-30.basil"), (session["automatic_tax"].clone(), plain));
        assert_eq!(at("2025-09-30.clover").1, session["customer_details"]);
        let collected = |version: &str| {
            let mut session = session.clone();
            downgrade_response(&mut session, &ApiVersion::parse(version).unwrap().version);
            session["collected_information"].clone()
        };
        assert_eq!(collected("2025-08-27.basil"), json!({"shipping_details": null}));
        assert_eq!(collected("2025-09-30.clover"), session["collected_information"]);
    }

    #[test]
    fn lines_and_products_have_the_fields_of_their_version() {
        let line = json!({"object": "item", "adjustable_quantity": null, "metadata": {}});
        assert_eq!(fields_at("2025-11-17.clover", &line), Vec::<String>::new());
        assert_eq!(fields_at("2025-12-15.clover", &line), ["metadata"]);
        assert_eq!(fields_at("2026-01-28.clover", &line), ["adjustable_quantity", "metadata"]);
        let product = json!({"object": "product", "tax_details": null});
        assert_eq!(fields_at("2026-08-26.dahlia", &product), Vec::<String>::new());
        assert_eq!(fields_at("2026-09-30.endive", &product), ["tax_details"]);
    }

    #[test]
    fn a_promotion_code_has_the_account_that_is_its_customer_since_late_clover() {
        let promotion_code = json!({"object": "promotion_code", "customer_account": null});
        assert_eq!(fields_at("2025-11-17.clover", &promotion_code), Vec::<String>::new());
        assert_eq!(fields_at("2025-12-15.clover", &promotion_code), ["customer_account"]);
    }

    #[test]
    fn customers_and_tax_ids_have_the_fields_of_their_version() {
        let customer = json!({
            "object": "customer",
            "business_name": "Tea Ltd",
            "customer_account": null,
            "individual_name": "Jenny",
            "tax": {"ip_address": null, "provider": "stripe"},
        });
        let table = [
            ("2025-08-27.basil", "tax"),
            ("2025-09-30.clover", "business_name individual_name tax"),
            ("2025-11-17.clover", "business_name individual_name tax"),
            ("2025-12-15.clover", "business_name customer_account individual_name tax"),
        ];
        for (version, expected) in table {
            assert_eq!(fields_at(version, &customer).join(" "), expected, "{version}");
        }
        let tax_id = json!({"object": "tax_id", "customer_account": null, "value": "1"});
        assert_eq!(fields_at("2025-11-17.clover", &tax_id), ["value"]);
        assert_eq!(fields_at("2025-12-15.clover", &tax_id), ["customer_account", "value"]);

        let at = |version: &str, object: &serde_json::Value| {
            let mut object = object.clone();
            downgrade_response(&mut object, &ApiVersion::parse(version).unwrap().version);
            object
        };
        let tax = |version: &str| at(version, &customer)["tax"].clone();
        assert_eq!(tax("2025-09-30.clover"), json!({"ip_address": null}));
        assert_eq!(tax("2025-10-29.clover"), customer["tax"]);
        let owned =
            json!({"object": "tax_id", "owner": {"customer_account": null, "type": "customer"}});
        assert_eq!(at("2025-11-17.clover", &owned)["owner"], json!({"type": "customer"}));
        assert_eq!(at("2025-12-15.clover", &owned), owned);
    }
}
