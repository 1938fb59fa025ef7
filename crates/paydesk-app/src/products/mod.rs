//! Operations on Products.

mod create;
mod delete;
mod read;
mod update;

use paydesk_domain::catalog::{Catalog, Product};

/// A Product and what its answer may show expanded.
pub struct ProductView {
    /// The Product.
    pub product: Product,
    /// Its default Price.
    pub catalog: Catalog,
}
