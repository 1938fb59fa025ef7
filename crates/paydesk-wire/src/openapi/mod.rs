//! The server's own OpenAPI document: every operation with its parameters, asked of their readers,
//! and its answer, asked of the types it is rendered from.
//!
//! It describes the newest API version.

mod answers;
mod parameters;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value, json};

use crate::error;
use crate::operation::Operation;
use crate::params::readers;
use crate::unsupported;
use crate::versions::ApiVersion;

/// Where the document has the schemas of objects.
const SCHEMAS: &str = "/components/schemas";

/// The document.
#[must_use]
pub fn document() -> Value {
    let mut settings = SchemaSettings::draft2020_12()
        .for_serialize()
        .with_transform(RecursiveTransform(absent_instead_of_null));
    settings.definitions_path = SCHEMAS.into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for operation in Operation::ALL.iter().copied() {
        let answer = answers::schema(operation, &mut generator);
        let method = operation.method().as_str().to_ascii_lowercase();
        let path = paths.entry(operation.path()).or_insert_with(|| json!({}));
        path[method] = described(operation, &answer.to_value());
    }
    let error = generator.subschema_for::<error::Envelope<'static>>();
    let mut schemas = generator.take_definitions(true);
    schemas.sort_keys();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Paydesk",
            "summary": "A Checkout Session server that speaks the Stripe API.",
            "description": "What this server takes and answers at the newest API version. A \
                parameter that Stripe has and Paydesk has not yet is listed under \
                `x-paydesk-unsupported` of its operation, a value under the same name beside its \
                `enum`, an endpoint at the top level.",
            "version": ApiVersion::NEWEST,
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"basic": []}, {"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {
                "Error": {
                    "description": "A refusal, or a failure of the server.",
                    "content": {"application/json": {"schema": error}},
                },
            },
            "parameters": parameters::headers(),
            "securitySchemes": {
                "basic": {
                    "type": "http",
                    "scheme": "basic",
                    "description": "The secret key as user name, without a password.",
                },
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The secret key.",
                },
            },
        },
        "x-paydesk-unsupported": unsupported_endpoints(),
    })
}

/// An operation.
fn described(operation: Operation, answer: &Value) -> Value {
    let taken = readers::of(operation);
    let mut described = json!({
        "operationId": operation.name(),
        "parameters": parameters::beside_the_body(operation, &taken),
        "responses": {
            "200": {
                "description": "What was asked for.",
                "content": {"application/json": {"schema": answer}},
            },
            "default": {"$ref": "#/components/responses/Error"},
        },
    });
    if let Some(body) = parameters::body(operation, &taken) {
        described["requestBody"] = body;
    }
    let unsupported: Vec<&str> = operation.unsupported().collect();
    if !unsupported.is_empty() {
        described["x-paydesk-unsupported"] = json!(unsupported);
    }
    if !operation.expandable().is_empty() {
        described["x-paydesk-expandable"] = json!(operation.expandable());
    }
    described
}

/// A field that an object may lack is never null: it is there only with a value.
fn absent_instead_of_null(schema: &mut Schema) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |name: &String| {
        required.as_array().is_some_and(|names| names.iter().any(|required| required == name))
    };
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !is_required(name)) {
        if let Some(Value::Array(types)) = property.get_mut("type") {
            types.retain(|name| name != "null");
        }
        if let Some(Value::Array(branches)) = property.get_mut("anyOf") {
            branches.retain(|branch| branch["type"] != "null");
        }
    }
}

fn unsupported_endpoints() -> Vec<String> {
    unsupported::endpoints().map(|(method, path)| format!("{method} {path}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_to_a_schema() {
        let document = document();
        let mut references = Vec::new();
        collect(&document, &mut references);
        assert!(!references.is_empty());
        for reference in references {
            let pointer = reference.strip_prefix('#').expect("references are to this document");
            assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
    }

    fn collect(value: &Value, references: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                let reference = object.get("$ref").and_then(Value::as_str);
                references.extend(reference.map(str::to_owned));
                object.values().for_each(|inner| collect(inner, references));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
            _ => {}
        }
    }
}
