//! The documents that are made of what the server says of itself are in the tree as it says now.

use std::fs;
use std::path::Path;

use paydesk_wire::{openapi, unsupported};
use serde_json::Value;

/// Set by `make docs`: the documents are written before they are compared.
const WRITE: &str = "PAYDESK_WRITE_DOCS";

const INTRODUCTION: &str = "\
# Not supported yet

What Stripe has at the newest API version and Paydesk has not. None of it is ignored: a request
with one of these parameters or values is refused with 400 and the code `parameter_unsupported`, a
request to one of these endpoints with 404 and a sentence. `make docs` writes this page from what
the server reads.

## Parameters

Each with everything inside it.

| Endpoint | Parameters |
| --- | --- |
";

#[test]
fn the_openapi_document_is_what_the_server_says() {
    let document = serde_json::to_string_pretty(&openapi::document()).unwrap();
    assert_in_the_tree("docs/openapi.json", &(document + "\n"));
}

#[test]
fn the_page_of_what_is_not_supported_is_what_the_server_says() {
    assert_in_the_tree("docs/unsupported.md", &page(&openapi::document()));
}

fn assert_in_the_tree(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os(WRITE).is_some() {
        fs::write(&file, expected).expect("the tree can be written to");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    let same = found.lines().zip(expected.lines()).take_while(|(one, other)| one == other).count();
    assert!(
        found == expected,
        "{path} is not what the server says, from line {} on. Run `make docs` and read what it \
         changes.",
        same + 1
    );
}

/// What is not supported, as a page to read.
fn page(document: &Value) -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut values = String::new();
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            let endpoint = format!("`{} {path}`", method.to_ascii_uppercase());
            if let Some(params) = operation["x-paydesk-unsupported"].as_array() {
                page += &format!("| {endpoint} | {} |\n", words(params));
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap_or_default();
                rows_of(&parameter["schema"], &endpoint, name, &mut values);
            }
            let form = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"];
            rows_of(&form["schema"], &endpoint, "", &mut values);
        }
    }
    page += "\n## Values\n\n| Endpoint | Parameter | Values |\n| --- | --- | --- |\n";
    page += &values;
    page += "\n## Endpoints\n\n";
    for (method, path) in unsupported::endpoints() {
        page += &format!("- `{method} {path}`\n");
    }
    page
}

/// A row for each parameter, by its path, some of whose values are not supported.
fn rows_of(schema: &Value, endpoint: &str, path: &str, rows: &mut String) {
    if let Some(values) = schema["x-paydesk-unsupported"].as_array() {
        *rows += &format!("| {endpoint} | `{path}` | {} |\n", words(values));
    }
    for branch in schema["anyOf"].as_array().into_iter().flatten() {
        rows_of(branch, endpoint, path, rows);
    }
    for inner in ["items", "additionalProperties"].iter().filter_map(|key| schema.get(key)) {
        rows_of(inner, endpoint, path, rows);
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        rows_of(inner, endpoint, &path, rows);
    }
}

fn words(values: &[Value]) -> String {
    let words = values.iter().map(|value| format!("`{}`", value.as_str().unwrap_or_default()));
    words.collect::<Vec<_>>().join(", ")
}
