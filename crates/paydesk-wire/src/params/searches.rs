//! Parameters of searches.

use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::customer::Customer;
use paydesk_domain::listing::Cursor;
use paydesk_domain::search::SearchQuery;

use super::lists::limit;
use crate::form::Fields;
use crate::search::{CUSTOMERS, PRICES, PRODUCTS, SearchFields};

/// Which part of what a search finds.
#[derive(Clone, Debug)]
pub struct Search<T> {
    /// What it is for.
    pub query: SearchQuery<T>,
    /// How many objects at most.
    pub limit: usize,
    /// Only objects behind this place.
    pub after: Option<Cursor>,
}

/// Reads a search for Products.
pub fn search_products(fields: &mut Fields<'_>) -> Option<Search<Product>> {
    search(fields, &PRODUCTS)
}

/// Reads a search for Prices.
pub fn search_prices(fields: &mut Fields<'_>) -> Option<Search<Price>> {
    search(fields, &PRICES)
}

/// Reads a search for customers.
pub fn search_customers(fields: &mut Fields<'_>) -> Option<Search<Customer>> {
    search(fields, &CUSTOMERS)
}

fn search<T>(fields: &mut Fields<'_>, resource: &SearchFields<T>) -> Option<Search<T>> {
    let was_sent = fields.is_sent("query");
    let query = fields.search_query("query", resource);
    let query = fields.required("query", query, was_sent);
    let limit = limit(fields);
    let after = fields.page_token("page");
    Some(Search { query: query?, limit, after })
}
