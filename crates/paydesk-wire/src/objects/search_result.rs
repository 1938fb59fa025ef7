//! The envelope of what a search found.

use paydesk_domain::listing::Cursor;
use schemars::JsonSchema;
use serde::Serialize;

use crate::search::page_token;

/// A page of what a search found.
#[derive(JsonSchema, Serialize)]
#[schemars(inline)]
pub struct SearchResultObject<'a, T> {
    object: &'static str,
    data: Vec<T>,
    has_more: bool,
    next_page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_count: Option<usize>,
    url: &'a str,
}

impl<'a, T> SearchResultObject<'a, T> {
    /// A page of the search at `url`. `next` is the place of its last object, where there are more.
    #[must_use]
    pub fn new(
        data: Vec<T>,
        next: Option<Cursor>,
        total_count: Option<usize>,
        url: &'a str,
    ) -> Self {
        let next_page = next.map(page_token);
        let has_more = next_page.is_some();
        Self { object: "search_result", data, has_more, next_page, total_count, url }
    }
}
