//! What a session can collect, by when it could first.

use super::fields_added::FieldsAdded;
use super::known_parameters::KnownParameter;
use super::version::date;
use crate::operation::Operation;

const CLOVER: u32 = date(2025, 9, 30);

const ORIGIN_CONTEXT_INTRODUCED: u32 = date(2025, 7, 30);

pub(super) const ORIGIN_CONTEXT: KnownParameter = KnownParameter {
    introduced: ORIGIN_CONTEXT_INTRODUCED,
    operation: Operation::CreateCheckoutSession,
    name: "origin_context",
    is_known: |version| version.date() >= ORIGIN_CONTEXT_INTRODUCED,
};
pub(super) const NAME_COLLECTION: KnownParameter = KnownParameter {
    introduced: CLOVER,
    operation: Operation::CreateCheckoutSession,
    name: "name_collection",
    is_known: |version| version.date() >= CLOVER,
};
pub(super) const FIELDS_OF_CLOVER: FieldsAdded =
    FieldsAdded { introduced: CLOVER, kind: "checkout.session", fields: &["name_collection"] };

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{ApiVersion, downgrade_response, upgrade_request};
    use super::*;

    /// All that came later than sessions did.
    const FORM: &[u8] = b"name_collection[business][enabled]=true&origin_context=web";

    fn at(version: &str) -> ApiVersion {
        ApiVersion::parse(version).unwrap().version
    }

    #[test]
    fn a_request_can_ask_for_what_its_version_has() {
        let unknown_at = |version: &str| {
            let mut params = crate::form::parse(FORM).unwrap();
            upgrade_request(Operation::CreateCheckoutSession, &mut params, &at(version))
        };
        assert_eq!(unknown_at("2025-06-30.basil"), ["origin_context", "name_collection"]);
        assert_eq!(unknown_at("2025-08-27.basil"), ["name_collection"]);
        assert!(unknown_at("2025-09-30.clover").is_empty());
    }

    #[test]
    fn an_answer_shows_what_its_version_has() {
        let shown_at = |version: &str| {
            let mut session = json!({"object": "checkout.session", "name_collection": {}});
            downgrade_response(&mut session, &at(version));
            session.get("name_collection").is_some()
        };
        assert!(!shown_at("2025-08-27.basil"));
        assert!(shown_at("2025-09-30.clover"));
    }
}
