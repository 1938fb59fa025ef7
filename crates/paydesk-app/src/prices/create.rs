//! `POST /v1/prices`

use paydesk_domain::Refusal;
use paydesk_domain::catalog::{Catalog, CreatePrice, Price, Product};
use paydesk_domain::id::IdSource;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Stored};

use super::PriceView;
use super::lookup_key::{hand_over, move_claim};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: CreatePrice,
}

struct Loaded {
    product: Option<Product>,
    holder: Option<Stored<Price>>,
}

impl App {
    /// Creates a Price.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_price(
        &self,
        call: &Call,
        command: CreatePrice,
        render: impl Fn(&PriceView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { command }, render).await
    }
}

impl Operation for Create {
    type Loaded = Loaded;
    type Output = PriceView;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let sandbox = call.sandbox_id();
        let product = match self.command.product.id() {
            None => None,
            Some(id) => app.store.find_product(sandbox, id).await?,
        };
        let holder = match &self.command.lookup_key {
            None => None,
            Some(key) => app.store.find_price_by_lookup_key(sandbox, key).await?,
        };
        Ok(Loaded { product: product.map(|stored| stored.value), holder })
    }

    fn decide(
        &self,
        loaded: Loaded,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<PriceView>, Refusal> {
        let holder = loaded.holder.as_ref();
        let decision = self.command.clone().decide(
            loaded.product.as_ref(),
            holder.map(|stored| &stored.value),
            now,
            ids,
        )?;
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.insert_catalog(
            std::slice::from_ref(&decision.price),
            decision.created_product.as_slice(),
        );
        hand_over(&mut changeset, holder, decision.previous_holder.as_ref());
        move_claim(&mut changeset, None, &decision.price);
        let product = decision.created_product.or(loaded.product);
        let catalog = Catalog::new([decision.price.clone()], product);
        let output = PriceView { price: decision.price, catalog };
        Ok(Decision { output, changeset, events: decision.events })
    }
}
