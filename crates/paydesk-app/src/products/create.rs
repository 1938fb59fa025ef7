//! `POST /v1/products`

use paydesk_domain::Refusal;
use paydesk_domain::catalog::{Catalog, CreateProduct, Product};
use paydesk_domain::id::IdSource;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record};

use super::ProductView;
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: CreateProduct,
}

impl App {
    /// Creates a Product.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_product(
        &self,
        call: &Call,
        command: CreateProduct,
        render: impl Fn(&ProductView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { command }, render).await
    }
}

impl Operation for Create {
    type Loaded = Option<Product>;
    type Output = ProductView;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        let Some(id) = &self.command.id else {
            return Ok(None);
        };
        let existing = app.store.find_product(call.sandbox_id(), id).await?;
        Ok(existing.map(|stored| stored.value))
    }

    fn decide(
        &self,
        existing: Self::Loaded,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<ProductView>, Refusal> {
        let decision = self.command.clone().decide(existing.as_ref(), now, ids)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.insert(Record::Product(decision.product.clone()));
        if let Some(price) = decision.created_price.clone() {
            changeset.insert(Record::Price(price));
        }
        let catalog = Catalog::new(decision.created_price, [decision.product.clone()]);
        let output = ProductView { product: decision.product, catalog };
        Ok(Decision { output, changeset, events: decision.events })
    }
}
