//! `POST /v1/products/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::catalog::{Catalog, Price, Product, UpdateProduct};
use paydesk_domain::id::{IdSource, ProductId};
use paydesk_domain::patch::Patch;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, Stored};

use super::ProductView;
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Update {
    id: ProductId,
    command: UpdateProduct,
}

struct Loaded {
    product: Stored<Product>,
    default_price: Option<Price>,
}

impl App {
    /// Updates a Product.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_product(
        &self,
        call: &Call,
        id: ProductId,
        command: UpdateProduct,
        render: impl Fn(&ProductView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Update { id, command }, render).await
    }
}

impl Operation for Update {
    type Loaded = Loaded;
    type Output = ProductView;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let product = app.find_product(call, &self.id).await?;
        // The one named, or the one it has, which the answer may show.
        let default_price = match &self.command.default_price {
            Patch::Set(id) => Some(id),
            Patch::Keep | Patch::Unset => product.value.default_price.as_ref(),
        };
        let default_price = match default_price {
            None => None,
            Some(id) => app.store.find_price(call.sandbox_id(), id).await?,
        };
        let default_price = default_price.map(|stored| stored.value);
        Ok(Loaded { product, default_price })
    }

    fn decide(
        &self,
        loaded: Loaded,
        call: &Call,
        now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<ProductView>, Refusal> {
        let Stored { value: before, version } = loaded.product;
        let decision = self.command.clone().decide(&before, loaded.default_price.as_ref(), now)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        if decision.product != before {
            changeset.replace(Record::Product(decision.product.clone()), version);
        }
        let catalog = Catalog::new(loaded.default_price, [decision.product.clone()]);
        let output = ProductView { product: decision.product, catalog };
        Ok(Decision { output, changeset, events: decision.events })
    }
}
