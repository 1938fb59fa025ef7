//! Stripe's search query language: which fields each resource has, and how a query is read.

mod page_token;
mod parse;
mod problem;
mod resources;

pub(crate) use page_token::{page_token, read_page_token};
pub(crate) use parse::parse;
pub use problem::SearchProblem;
pub(crate) use resources::{CUSTOMERS, PRICES, PRODUCTS, SearchFields};
