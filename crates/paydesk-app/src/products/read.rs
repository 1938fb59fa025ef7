//! `GET /v1/products/{id}`, `GET /v1/products` and `GET /v1/products/search`

use paydesk_domain::catalog::{Catalog, Product};
use paydesk_domain::id::ProductId;
use paydesk_domain::listing::ProductFilter;
use paydesk_domain::search::SearchQuery;
use paydesk_store::{CatalogQuery, Found, Page, SearchRequest, Stored};

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
        let query = CatalogQuery::of_prices(product.default_price.iter().cloned().collect());
        let catalog = self.store.load_catalog(call.sandbox_id(), &query).await?;
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
        let catalog = self.default_prices_of(call, &page.data).await?;
        Ok((page, catalog))
    }

    /// A page of the Products that a query matches, and a catalog with their default Prices.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn search_products(
        &self,
        call: &Call,
        query: &SearchQuery<Product>,
        request: SearchRequest,
    ) -> Result<(Found<Product>, Catalog), AppError> {
        let found = self.store.search_products(call.sandbox_id(), query, request).await?;
        let catalog = self.default_prices_of(call, &found.page.data).await?;
        Ok((found, catalog))
    }

    async fn default_prices_of(
        &self,
        call: &Call,
        products: &[Product],
    ) -> Result<Catalog, AppError> {
        let prices = products.iter().filter_map(|product| product.default_price.clone()).collect();
        Ok(self.store.load_catalog(call.sandbox_id(), &CatalogQuery::of_prices(prices)).await?)
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
