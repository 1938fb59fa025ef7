//! A request that a sandbox remembers: an object of ours, not Stripe's. Secrets are masked.

use paydesk_domain::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::form::{self, Node};

/// What stands where a secret stood.
const MASK: &str = "****";

/// A request and its answer as they were on the wire.
pub struct RequestParts<'a> {
    /// `req_…`
    pub id: &'a str,
    /// When it was answered, by the wall clock.
    pub created: Timestamp,
    /// The HTTP method.
    pub method: &'a str,
    /// The path, without its query.
    pub path: &'a str,
    /// The query and the body together, as one form.
    pub form: &'a [u8],
    /// The idempotency key it carried.
    pub idempotency_key: Option<&'a str>,
    /// The API version it was answered at.
    pub api_version: &'a str,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The body of the answer.
    pub response: &'a [u8],
}

/// `paydesk.request`
#[derive(JsonSchema, Serialize)]
pub struct RequestObject<'a> {
    id: &'a str,
    object: &'static str,
    api_version: &'a str,
    created: i64,
    idempotency_key: Option<&'a str>,
    method: &'a str,
    params: Value,
    path: &'a str,
    response: Value,
    status: u16,
}

impl<'a> RequestObject<'a> {
    /// The object that shows a request.
    #[must_use]
    pub fn new(parts: &RequestParts<'a>) -> Self {
        let mut params = match form::parse(parts.form) {
            Ok(params) => object_of(params.into_iter()),
            // What is no form was refused, and says nothing that could be shown by name.
            Err(_) => Value::Null,
        };
        let mut response = serde_json::from_slice(parts.response).unwrap_or(Value::Null);
        mask("", &mut params);
        mask("", &mut response);
        Self {
            id: parts.id,
            object: "paydesk.request",
            api_version: parts.api_version,
            created: parts.created.as_seconds(),
            idempotency_key: parts.idempotency_key,
            method: parts.method,
            params,
            path: parts.path,
            response,
            status: parts.status,
        }
    }
}

fn object_of(fields: impl Iterator<Item = (String, Node)>) -> Value {
    let fields = fields.map(|(name, node)| (name, value_of(node)));
    Value::Object(fields.collect::<Map<String, Value>>())
}

/// A parameter as an SDK's user wrote it: what has indices is an array.
fn value_of(node: Node) -> Value {
    match node {
        Node::Text(text) => Value::String(text),
        Node::Appended(items) => Value::Array(items.into_iter().map(value_of).collect()),
        Node::Map(map) => {
            let index = |name: &String| name.parse::<u64>().ok();
            let mut indices: Vec<(u64, Node)> = Vec::with_capacity(map.len());
            if map.keys().any(|name| index(name).is_none()) {
                return object_of(map.into_iter());
            }
            indices.extend(map.into_iter().filter_map(|(name, node)| Some((index(&name)?, node))));
            indices.sort_by_key(|(index, _)| *index);
            Value::Array(indices.into_iter().map(|(_, node)| value_of(node)).collect())
        }
    }
}

/// Replaces every secret in a value that stands under a name.
fn mask(name: &str, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| mask(name, item)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, inner)| mask(name, inner)),
        Value::String(text) => {
            if let Some(masked) = masked(name, text) {
                *text = masked;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What is shown of a secret; none for a text that is none.
fn masked(name: &str, text: &str) -> Option<String> {
    if let Some((id, _)) = text.split_once("_secret_") {
        return Some(format!("{id}_secret_{MASK}"));
    }
    let is_key = ["sk_", "rk_", "whsec_", "ek_"].iter().find(|prefix| text.starts_with(**prefix));
    if let Some(prefix) = is_key {
        return Some(format!("{prefix}{MASK}"));
    }
    if matches!(name, "secret" | "client_secret" | "number" | "cvc" | "account_number") {
        return (!text.is_empty()).then(|| MASK.to_owned());
    }
    // The address of a hosted page carries what opens it behind the hash.
    let (page, fragment) = text.split_once('#')?;
    (name == "url" && !fragment.is_empty()).then(|| format!("{page}#{MASK}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The parameters and the answer as they are shown.
    fn shown(form: &str, response: &Value) -> (Value, Value) {
        let response = response.to_string();
        let object = RequestObject::new(&RequestParts {
            id: "req_1",
            created: Timestamp::from_seconds(0),
            method: "POST",
            path: "/v1/checkout/sessions",
            form: form.as_bytes(),
            idempotency_key: None,
            api_version: "2026-10-28.endive",
            status: 200,
            response: response.as_bytes(),
        });
        (object.params, object.response)
    }

    #[test]
    fn parameters_are_shown_as_they_were_written() {
        let form = "mode=payment&line_items[1][price]=b&line_items[0][price]=a&expand[]=line_items\
                    &metadata[0x]=1";
        let expected = json!({
            "mode": "payment",
            "line_items": [{"price": "a"}, {"price": "b"}],
            "expand": ["line_items"],
            "metadata": {"0x": "1"},
        });
        assert_eq!(shown(form, &Value::Null).0, expected);
        assert_eq!(shown("a=1&a[b]=2", &Value::Null).0, Value::Null);
    }

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        let form = "client_secret=cs_1_secret_abc&card[number]=4242424242424242&card[cvc]=123\
                    &metadata[note]=sk_live_abcdef";
        let response = json!({
            "id": "cs_1",
            "client_secret": "cs_1_secret_abc",
            "url": "https://pay.example/c/pay/cs_1#abc",
            "return_url": "https://shop.example/#thanks",
            "data": [{"secret": "whsec_abc"}],
        });
        let (params, response) = shown(form, &response);
        let expected = json!({
            "client_secret": "cs_1_secret_****",
            "card": {"number": "****", "cvc": "****"},
            "metadata": {"note": "sk_****"},
        });
        assert_eq!(params, expected);
        let expected = json!({
            "id": "cs_1",
            "client_secret": "cs_1_secret_****",
            "url": "https://pay.example/c/pay/cs_1#****",
            "return_url": "https://shop.example/#thanks",
            "data": [{"secret": "whsec_****"}],
        });
        assert_eq!(response, expected);
    }
}
