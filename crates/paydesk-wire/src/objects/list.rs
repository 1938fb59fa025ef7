//! The list envelope.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

/// A page of a list.
#[derive(JsonSchema, Serialize)]
#[schemars(inline)]
pub struct ListObject<'a, T> {
    object: &'static str,
    data: Vec<T>,
    has_more: bool,
    url: Cow<'a, str>,
}

impl<'a, T> ListObject<'a, T> {
    /// A page of the list at `url`.
    pub fn new(data: Vec<T>, has_more: bool, url: impl Into<Cow<'a, str>>) -> Self {
        Self { object: "list", data, has_more, url: url.into() }
    }
}
