//! `2025-03-31.basil`: a session has `permissions`, and its `shipping_details` moved into
//! `collected_information`.
//!
//! At an earlier version `permissions` is shown only where they were sent, which a preview allowed.

use serde_json::{Map, Value};

use super::version::date;
use super::{Change, insert_in_order};

pub(super) struct SessionPermissions;

impl Change for SessionPermissions {
    fn introduced(&self) -> u32 {
        date(2025, 3, 31)
    }

    fn downgrade_object(&self, kind: &str, object: &mut Map<String, Value>) {
        if kind != "checkout.session" {
            return;
        }
        if object.get("permissions").is_some_and(Value::is_null) {
            object.shift_remove("permissions");
        }
        let information = object.get("collected_information");
        let details = information.and_then(|information| information.get("shipping_details"));
        let details = details.cloned().unwrap_or_default();
        insert_in_order(object, "shipping_details", details);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn permissions_that_were_sent_are_shown_at_every_version() {
        let mut session = json!({
            "id": "cs_test_1",
            "object": "checkout.session",
            "permissions": {"update_shipping_details": "server_only"},
            "status": "open",
        });
        let object = session.as_object_mut().unwrap();
        SessionPermissions.downgrade_object("checkout.session", object);
        let names: Vec<&String> = object.keys().collect();
        assert_eq!(names, ["id", "object", "permissions", "shipping_details", "status"]);
    }
}
