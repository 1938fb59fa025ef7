//! The three generations of `permissions`, all accepted at every version.
//!
//! `update[line_items]` came first, then `update_line_items`; generally available is only
//! `update_shipping_details`, which is the second with one field. Inside there is one form; an
//! answer echoes the one that was sent, since that is the one its reader knows.

use paydesk_domain::checkout_session::{Actor, PermissionGeneration, Permissions};
use schemars::JsonSchema;
use serde::Serialize;

use crate::form::{Choices, Fields};

const ACTORS: Choices<Actor> =
    &[("client_only", Some(Actor::ClientOnly)), ("server_only", Some(Actor::ServerOnly))];

/// Reads `permissions` in whichever generation it was sent.
pub fn read(fields: &mut Fields<'_>) -> Option<Permissions> {
    fields.object("permissions", |fields| {
        fields.at_most_one(&["update", "update_line_items"]);
        fields.at_most_one(&["update", "update_shipping_details"]);
        let nested = fields.object("update", |fields| {
            Some((fields.choice("line_items", ACTORS), fields.choice("shipping_details", ACTORS)))
        });
        let flat = (
            fields.choice("update_line_items", ACTORS),
            fields.choice("update_shipping_details", ACTORS),
        );
        let generation = match nested {
            Some(_) => PermissionGeneration::Nested,
            None => PermissionGeneration::Flat,
        };
        let (update_line_items, update_shipping_details) = nested.unwrap_or(flat);
        let update_discounts = fields.choice("update_discounts", ACTORS);
        Some(Permissions {
            generation,
            update_line_items,
            update_shipping_details,
            update_discounts,
        })
    })
}

/// Permissions in the generation they were sent in.
#[derive(JsonSchema, Serialize)]
#[serde(untagged)]
pub(crate) enum PermissionsObject {
    Nested {
        update: NestedObject,
        #[serde(skip_serializing_if = "Option::is_none")]
        update_discounts: Option<&'static str>,
        /// The SDKs' types have it beside the nested one, from the first generation on.
        update_shipping_details: Option<&'static str>,
    },
    Flat {
        #[serde(skip_serializing_if = "Option::is_none")]
        update_discounts: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        update_line_items: Option<&'static str>,
        update_shipping_details: Option<&'static str>,
    },
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct NestedObject {
    line_items: Option<&'static str>,
    shipping_details: Option<&'static str>,
}

impl From<Permissions> for PermissionsObject {
    fn from(permissions: Permissions) -> Self {
        let update_line_items = permissions.update_line_items.map(name);
        let update_shipping_details = permissions.update_shipping_details.map(name);
        let update_discounts = permissions.update_discounts.map(name);
        match permissions.generation {
            PermissionGeneration::Nested => Self::Nested {
                update: NestedObject {
                    line_items: update_line_items,
                    shipping_details: update_shipping_details,
                },
                update_discounts,
                update_shipping_details,
            },
            PermissionGeneration::Flat => {
                Self::Flat { update_discounts, update_line_items, update_shipping_details }
            }
        }
    }
}

const fn name(actor: Actor) -> &'static str {
    match actor {
        Actor::ClientOnly => "client_only",
        Actor::ServerOnly => "server_only",
    }
}

#[cfg(test)]
mod tests {
    use crate::form::decode;
    use crate::operation::Operation;

    use super::*;

    fn echo(encoded: &str) -> Result<String, String> {
        let params = crate::form::parse(encoded.as_bytes()).unwrap();
        let permissions = decode(Operation::CreateCheckoutSession, params, Vec::new(), read);
        let permissions = permissions.map_err(|problem| format!("{problem:?}"))?;
        Ok(serde_json::to_string(&PermissionsObject::from(permissions)).unwrap())
    }

    #[test]
    fn an_answer_echoes_the_generation_sent() {
        let table = [
            (
                "permissions[update][line_items]=server_only",
                concat!(
                    r#"{"update":{"line_items":"server_only","shipping_details":null},"#,
                    r#""update_shipping_details":null}"#
                ),
            ),
            (
                "permissions[update_line_items]=server_only",
                r#"{"update_line_items":"server_only","update_shipping_details":null}"#,
            ),
            (
                "permissions[update_shipping_details]=client_only",
                r#"{"update_shipping_details":"client_only"}"#,
            ),
        ];
        for (sent, expected) in table {
            assert_eq!(echo(sent).unwrap(), expected, "{sent}");
        }
    }

    #[test]
    fn two_generations_in_one_request_are_refused() {
        let both = "permissions[update][line_items]=server_only\
                    &permissions[update_line_items]=client_only";
        assert!(echo(both).is_err());
    }
}
