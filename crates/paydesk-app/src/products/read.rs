//! `GET /v1/products/{id}` and `GET /v1/products`

use paydesk_domain::catalog::{Catalog, Product};
use paydesk_domain::id::{PriceId, ProductId};
use paydesk_domain::listing::ProductFilter;
use paydesk_store::{Page, Stored};

use super::ProductView;
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{ListRequest, cursor};

impl App {
    /// A Product with its default Price.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_product(
        &self,
        call: &Call,
        id: &ProductId,
    ) -> Result<ProductView, AppError> {
        let product = self.find_product(call, id).await?.value;
        let prices: Vec<PriceId> = product.default_price.iter().cloned().collect();
        let catalog = self.store.load_catalog(call.sandbox_id(), &prices, &[]).await?;
        Ok(ProductView { product, catalog })
    }

    /// A page of Products and a catalog with their default Prices.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_products(
        &self,
        call: &Call,
        request: ListRequest<ProductFilter>,
    ) -> Result<(Page<Product>, Catalog), AppError> {
        let sandbox = call.sandbox_id();
        let place_of = |id: String| async move {
            let found = self.store.find_product(sandbox, &ProductId::from(id.as_str())).await?;
            Ok(found.map(|stored| cursor(stored.value.created, stored.value.ordinal)))
        };
        let page = request.page.resolve("product", place_of).await?;
        let page = self.store.list_products(sandbox, &request.filter, page).await?;
        let prices: Vec<PriceId> =
            page.data.iter().filter_map(|product| product.default_price.clone()).collect();
        let catalog = self.store.load_catalog(sandbox, &prices, &[]).await?;
        Ok((page, catalog))
    }

    pub(super) async fn find_product(
        &self,
        call: &Call,
        id: &ProductId,
    ) -> Result<Stored<Product>, AppError> {
        let found = self.store.find_product(call.sandbox_id(), id).await?;
        found.ok_or_else(|| AppError::NotFound { object: "product", id: id.to_string() })
    }
}
