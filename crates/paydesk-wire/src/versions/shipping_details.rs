//! `2025-03-31.basil`: where a session is shipped to stands in its `collected_information`; before,
//! in the session itself.

use serde_json::{Map, Value};

use super::version::date;
use super::{Change, insert_in_order};

pub(super) struct ShippingDetails;

impl Change for ShippingDetails {
    fn introduced(&self) -> u32 {
        date(2025, 3, 31)
    }

    fn downgrade_object(&self, kind: &str, object: &mut Map<String, Value>) {
        if kind != "checkout.session" {
            return;
        }
        let details = object
            .get("collected_information")
            .and_then(|information| information.get("shipping_details"))
            .cloned();
        insert_in_order(object, "shipping_details", details.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn earlier_versions_have_the_address_in_the_session_itself() {
        let shown = |information: Value| {
            let mut session = json!({ "id": "cs_1", "collected_information": information });
            ShippingDetails.downgrade_object("checkout.session", session.as_object_mut().unwrap());
            session["shipping_details"].clone()
        };
        assert_eq!(shown(json!(null)), json!(null));
        assert_eq!(shown(json!({ "shipping_details": { "name": "J" } })), json!({ "name": "J" }));
    }
}
