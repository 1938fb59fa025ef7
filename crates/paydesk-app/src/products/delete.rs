//! `DELETE /v1/products/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::catalog::Product;
use paydesk_domain::id::{IdSource, ProductId};
use paydesk_domain::listing::PriceFilter;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Bound, Changeset, Check, Delete, PageRequest, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct DeleteProduct {
    id: ProductId,
}

struct Loaded {
    product: Stored<Product>,
    has_prices: bool,
}

impl App {
    /// Deletes a Product that has no Prices.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn delete_product(
        &self,
        call: &Call,
        id: ProductId,
        render: impl Fn(&ProductId) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &DeleteProduct { id }, render).await
    }
}

impl Operation for DeleteProduct {
    type Loaded = Loaded;
    type Output = ProductId;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let product = app.find_product(call, &self.id).await?;
        let of_product = PriceFilter { product: Some(self.id.clone()), ..PriceFilter::default() };
        let one = PageRequest { limit: 1, bound: Bound::Newest };
        let prices = app.store.list_prices(call.sandbox_id(), &of_product, one).await?;
        Ok(Loaded { product, has_prices: !prices.data.is_empty() })
    }

    fn decide(
        &self,
        loaded: Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<ProductId>, Refusal> {
        let Stored { value: product, version } = loaded.product;
        let events = product.delete(loaded.has_prices)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.checks.push(Check::ProductHasNoPrices(self.id.clone()));
        changeset.deletes.push(Delete::Product { id: self.id.clone(), read_at: version });
        Ok(Decision { output: self.id.clone(), changeset, events })
    }
}
