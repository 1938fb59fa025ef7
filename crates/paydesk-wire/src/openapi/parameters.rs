//! Parameters as JSON schemas.

use http::Method;
use serde_json::{Map, Value, json};

use crate::form::{Alternatives, Description, Kind, Parameter};
use crate::operation::Operation;

/// The headers that mean something, for every operation to refer to.
pub(super) fn headers() -> Value {
    json!({
        "Stripe-Version": {
            "name": "Stripe-Version",
            "in": "header",
            "description": "The API version of the request; else the one its sandbox began with.",
            "schema": {"type": "string"},
        },
        "Idempotency-Key": {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Marks repetitions of a request: all get the answer of the first.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        },
        "If-Match": {
            "name": "If-Match",
            "in": "header",
            "description": "The revision that the change was decided for, or a star.",
            "schema": {"type": "string"},
        },
    })
}

/// The parameters in the path, the query and the headers.
pub(super) fn beside_the_body(operation: Operation, taken: &Description) -> Vec<Value> {
    let header = |name: &str| json!({"$ref": format!("#/components/parameters/{name}")});
    let mut parameters = Vec::new();
    let braced = |part: &'static str| part.strip_prefix('{')?.strip_suffix('}');
    for name in operation.path().split('/').filter_map(braced) {
        parameters.push(json!({
            "name": name,
            "in": "path",
            "required": true,
            "schema": {"type": "string"},
        }));
    }
    parameters.push(header("Stripe-Version"));
    if operation.method() == Method::POST {
        parameters.push(header("Idempotency-Key"));
        if operation == Operation::UpdateCheckoutSession {
            parameters.push(header("If-Match"));
        }
    }
    if takes_form(operation) {
        return parameters;
    }
    for parameter in &taken.parameters {
        parameters.push(json!({
            "name": parameter.name,
            "in": "query",
            "required": parameter.is_required,
            "style": if parameter.kinds.iter().any(has_brackets) { "deepObject" } else { "form" },
            "explode": true,
            "schema": schema(parameter),
        }));
    }
    parameters
}

/// What the body is, where there is one.
pub(super) fn body(operation: Operation, taken: &Description) -> Option<Value> {
    if operation.takes_file() {
        // Its shape is for a person to write, and too free for a schema.
        let content = json!({"application/json": {}, "application/yaml": {}});
        return Some(json!({"required": true, "content": content}));
    }
    if !takes_form(operation) {
        return None;
    }
    let is_nested = |parameter: &&Parameter| parameter.kinds.iter().any(has_brackets);
    let nested = taken.parameters.iter().filter(is_nested);
    let encoding: Map<String, Value> = nested
        .map(|parameter| (parameter.name.clone(), json!({"style": "deepObject", "explode": true})))
        .collect();
    let form = json!({"schema": object(taken), "encoding": encoding});
    Some(json!({
        "required": taken.parameters.iter().any(|parameter| parameter.is_required),
        "content": {"application/x-www-form-urlencoded": form},
    }))
}

fn takes_form(operation: Operation) -> bool {
    operation.method() == Method::POST && !operation.takes_file()
}

fn has_brackets(kind: &Kind) -> bool {
    matches!(kind, Kind::List { .. } | Kind::Object(_) | Kind::ByCurrency(_) | Kind::Metadata)
}

fn schema(parameter: &Parameter) -> Value {
    let mut kinds: Vec<Value> = parameter.kinds.iter().map(kind).collect();
    if parameter.can_be_unset {
        kinds.push(json!({"const": ""}));
    }
    match <[Value; 1]>::try_from(kinds) {
        Ok([only]) => only,
        Err(several) => json!({"anyOf": several}),
    }
}

fn kind(kind: &Kind) -> Value {
    match kind {
        Kind::Text { chars_max: None } => json!({"type": "string", "minLength": 1}),
        Kind::Text { chars_max: Some(chars_max) } => {
            json!({"type": "string", "minLength": 1, "maxLength": chars_max})
        }
        Kind::Integer { minimum, maximum } => {
            json!({"type": "integer", "minimum": minimum, "maximum": maximum})
        }
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Timestamp => json!({"type": "integer", "format": "unix-time", "minimum": 0}),
        Kind::Number => json!({"type": "number"}),
        Kind::Decimal => json!({"type": "string", "format": "decimal"}),
        Kind::Currency => json!({"type": "string", "format": "currency"}),
        // Parts of it may be filled in later: `{CHECKOUT_SESSION_ID}`.
        Kind::Url => json!({"type": "string", "format": "uri-template"}),
        Kind::Email => json!({"type": "string", "format": "email"}),
        Kind::Choice { words, unsupported } if unsupported.is_empty() => {
            json!({"type": "string", "enum": words})
        }
        Kind::Choice { words, unsupported } => {
            json!({"type": "string", "enum": words, "x-paydesk-unsupported": unsupported})
        }
        Kind::List { of, limit } => {
            json!({"type": "array", "items": self::kind(of), "maxItems": limit})
        }
        Kind::Object(inside) => object(inside),
        Kind::ByCurrency(inside) => {
            json!({"type": "object", "additionalProperties": object(inside)})
        }
        Kind::Metadata => {
            json!({"type": "object", "additionalProperties": {"type": "string"}})
        }
    }
}

fn object(inside: &Description) -> Value {
    let parameters = &inside.parameters;
    let properties: Map<String, Value> =
        parameters.iter().map(|inner| (inner.name.clone(), schema(inner))).collect();
    let required: Vec<&str> =
        parameters.iter().filter(|inner| inner.is_required).map(|inner| &*inner.name).collect();
    let mut object = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    if !inside.alternatives.is_empty() {
        let rules: Vec<Value> = inside.alternatives.iter().map(alternatives).collect();
        object["allOf"] = json!(rules);
    }
    object
}

/// A schema that holds when at most one, or exactly one, of the parameters is there.
fn alternatives(alternatives: &Alternatives) -> Value {
    let mut branches: Vec<Value> =
        alternatives.names.iter().map(|name| json!({"required": [name]})).collect();
    if !alternatives.is_required {
        let none = json!({"not": {"anyOf": branches.clone()}});
        branches.push(none);
    }
    json!({"oneOf": branches})
}
