//! `GET /v1/prices/{id}`, `GET /v1/prices` and `GET /v1/prices/search`

use paydesk_domain::catalog::{Catalog, Price};
use paydesk_domain::id::PriceId;
use paydesk_domain::listing::PriceFilter;
use paydesk_domain::search::SearchQuery;
use paydesk_store::{CatalogQuery, Found, Page, SearchRequest, Stored};

use super::PriceView;
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{ListRequest, cursor};

impl App {
    /// A Price with its Product.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_price(&self, call: &Call, id: &PriceId) -> Result<PriceView, AppError> {
        let price = self.find_price(call, id).await?.value;
        let query = CatalogQuery::of_products(vec![price.product.clone()]);
        let catalog = self.store.load_catalog(call.sandbox_id(), &query).await?;
        Ok(PriceView { price, catalog })
    }

    /// A page of Prices and a catalog with their Products.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_prices(
        &self,
        call: &Call,
        request: ListRequest<PriceFilter>,
    ) -> Result<(Page<Price>, Catalog), AppError> {
        let sandbox = call.sandbox_id();
        let place_of = |id: String| async move {
            let found = self.store.find_price(sandbox, &PriceId::from(id.as_str())).await?;
            Ok(found.map(|stored| cursor(stored.value.created, stored.value.ordinal)))
        };
        let page = request.page.resolve("price", place_of).await?;
        let page = self.store.list_prices(sandbox, &request.filter, page).await?;
        let catalog = self.products_of(call, &page.data).await?;
        Ok((page, catalog))
    }

    /// A page of the Prices that a query matches, and a catalog with their Products.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn search_prices(
        &self,
        call: &Call,
        query: &SearchQuery<Price>,
        request: SearchRequest,
    ) -> Result<(Found<Price>, Catalog), AppError> {
        let found = self.store.search_prices(call.sandbox_id(), query, request).await?;
        let catalog = self.products_of(call, &found.page.data).await?;
        Ok((found, catalog))
    }

    async fn products_of(&self, call: &Call, prices: &[Price]) -> Result<Catalog, AppError> {
        let products = prices.iter().map(|price| price.product.clone()).collect();
        let query = CatalogQuery::of_products(products);
        Ok(self.store.load_catalog(call.sandbox_id(), &query).await?)
    }

    pub(super) async fn find_price(
        &self,
        call: &Call,
        id: &PriceId,
    ) -> Result<Stored<Price>, AppError> {
        let found = self.store.find_price(call.sandbox_id(), id).await?;
        found.ok_or_else(|| AppError::NotFound { object: "price", id: id.to_string() })
    }
}
