//! `2026-03-25.dahlia`: `ui_mode` says `hosted_page`, `embedded_page` and `elements` where it said
//! `hosted`, `embedded` and `custom`.
//!
//! Requests may use either spelling at every version: Stripe's own samples mix them. Answers use
//! the spelling of their version; `form` has no older name.

use serde_json::{Map, Value};

use super::version::date;
use super::{ApiVersion, Change};
use crate::form::{Node, Params};
use crate::operation::Operation;

pub(super) struct UiModeNames;

/// Names before and since.
const NAMES: &[(&str, &str)] =
    &[("hosted", "hosted_page"), ("embedded", "embedded_page"), ("custom", "elements")];

impl Change for UiModeNames {
    fn introduced(&self) -> u32 {
        date(2026, 3, 25)
    }

    fn upgrade_request(
        &self,
        operation: Operation,
        params: &mut Params,
        _version: &ApiVersion,
    ) -> Vec<String> {
        if operation == Operation::CreateCheckoutSession
            && let Some(Node::Text(name)) = params.get_mut("ui_mode")
            && let Some((_, since)) = NAMES.iter().find(|(before, _)| before == name)
        {
            (*since).clone_into(name);
        }
        Vec::new()
    }

    fn downgrade_object(&self, kind: &str, object: &mut Map<String, Value>) {
        if kind == "checkout.session"
            && let Some(Value::String(name)) = object.get_mut("ui_mode")
            && let Some((before, _)) = NAMES.iter().find(|(_, since)| since == name)
        {
            (*before).clone_into(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(version: &str) -> ApiVersion {
        ApiVersion::parse(version).unwrap().version
    }

    #[test]
    fn requests_may_use_either_spelling_at_every_version() {
        for version in ["2025-03-31.basil", "2026-10-28.endive"] {
            for spelling in ["custom", "elements"] {
                let mut params =
                    crate::form::parse(format!("ui_mode={spelling}").as_bytes()).unwrap();
                let create = Operation::CreateCheckoutSession;
                super::super::upgrade_request(create, &mut params, &at(version));
                assert_eq!(params.get("ui_mode"), Some(&Node::Text("elements".to_owned())));
            }
        }
    }

    #[test]
    fn answers_use_the_spelling_of_their_version() {
        let session = json!({"object": "checkout.session", "ui_mode": "elements"});
        let list = json!({"object": "list", "data": [session]});
        let mut older = list.clone();
        super::super::downgrade_response(&mut older, &at("2025-09-30.clover"));
        assert_eq!(older["data"][0]["ui_mode"], "custom");
        let mut newer = list.clone();
        super::super::downgrade_response(&mut newer, &at("2026-03-25.dahlia"));
        assert_eq!(newer, list);
    }
}
