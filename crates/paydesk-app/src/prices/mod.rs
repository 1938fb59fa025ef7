//! Operations on Prices.

mod create;
mod lookup_key;
mod read;
mod update;

pub(crate) use lookup_key::move_claim;

use paydesk_domain::catalog::{Catalog, Price};

/// A Price and what its answer may show expanded.
pub struct PriceView {
    /// The Price.
    pub price: Price,
    /// Its Product.
    pub catalog: Catalog,
}
