//! `2025-03-31.basil`: `line_items` on update of a session.
//!
//! Before, the parameter is unknown unless the request carries the token of the preview.

use super::known_parameters::KnownParameter;
use super::version::date;
use crate::operation::Operation;

const INTRODUCED: u32 = date(2025, 3, 31);

pub(super) const LINE_ITEMS_ON_UPDATE: KnownParameter = KnownParameter {
    introduced: INTRODUCED,
    operation: Operation::UpdateCheckoutSession,
    name: "line_items",
    is_known: |version| version.date() >= INTRODUCED || version.has_server_update_preview(),
};

#[cfg(test)]
mod tests {
    use super::super::ApiVersion;
    use super::*;

    fn unknown_at(version: &str, operation: Operation) -> Vec<String> {
        let version = ApiVersion::parse(version).unwrap().version;
        let mut params = crate::form::parse(b"line_items[0][id]=li_1").unwrap();
        super::super::upgrade_request(operation, &mut params, &version)
    }

    #[test]
    fn acacia_knows_line_items_only_with_the_preview_token() {
        let update = Operation::UpdateCheckoutSession;
        assert_eq!(unknown_at("2024-09-30.acacia", update), ["line_items"]);
        assert!(unknown_at("2024-09-30.acacia; checkout_server_update_beta=v1", update).is_empty());
        assert!(unknown_at("2025-03-31.basil", update).is_empty());
        assert!(unknown_at("2024-09-30.acacia", Operation::CreateCheckoutSession).is_empty());
    }
}
