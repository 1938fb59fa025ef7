//! What can be wrong with a search query.

use thiserror::Error;

/// What is wrong with a search query. Places are counted in characters, from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SearchProblem {
    /// Something else was expected.
    #[error(
        "We were unable to parse your search query at character {at}{}: expected {expected}. Use \
         the format `key:\"value\"`, and `metadata[\"key\"]:\"value\"` for metadata.",
        beginning(.near)
    )]
    Unexpected {
        /// Where.
        at: usize,
        /// What stands there, or nothing at the end.
        near: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The resource can't be searched by this field.
    #[error(
        "Field `{field}` is an unsupported search field for resource `{resource}`, at character \
         {at}. Its search fields are: {}. See https://docs.stripe.com/search for what each can do.",
        .fields.join(", ")
    )]
    UnsupportedField {
        /// Where.
        at: usize,
        /// The field.
        field: String,
        /// The resource.
        resource: &'static str,
        /// What it can be searched by.
        fields: Vec<&'static str>,
    },
    /// The field has not this operator.
    #[error(
        "The search field `{field}` does not have the operator `{operator}`, at character {at}; it \
         has {operators}."
    )]
    UnsupportedOperator {
        /// Where.
        at: usize,
        /// The field.
        field: String,
        /// The operator.
        operator: &'static str,
        /// The operators it has.
        operators: &'static str,
    },
    /// `AND`, or nothing but a space, and `OR` in one query.
    #[error(
        "A search query can combine its clauses with `AND` or with `OR`, but not with both: at \
         character {at} is the other one. Make two searches of it. Clauses that only a space parts \
         are combined with `AND`."
    )]
    Mixed {
        /// Where the second kind stands.
        at: usize,
    },
    /// Too many clauses.
    #[error("A search query can have at most {limit} clauses; the next begins at character {at}.")]
    TooManyClauses {
        /// Where the first one too many begins.
        at: usize,
        /// How many there may be.
        limit: usize,
    },
}

/// The beginning of what stands at a place, for a message.
fn beginning(text: &str) -> String {
    if text.is_empty() { ", its end".to_owned() } else { format!(", near `{text}`") }
}
