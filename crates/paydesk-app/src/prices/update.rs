//! `POST /v1/prices/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::catalog::{Catalog, Price, UpdatePrice};
use paydesk_domain::id::{IdSource, PriceId};
use paydesk_domain::patch::Patch;
use paydesk_domain::time::Timestamp;
use paydesk_store::{CatalogQuery, Changeset, Record, Stored};

use super::PriceView;
use super::lookup_key::{hand_over, move_claim};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Update {
    id: PriceId,
    command: UpdatePrice,
}

struct Loaded {
    price: Stored<Price>,
    catalog: Catalog,
    holder: Option<Stored<Price>>,
}

impl App {
    /// Updates a Price.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_price(
        &self,
        call: &Call,
        id: PriceId,
        command: UpdatePrice,
        render: impl Fn(&PriceView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Update { id, command }, render).await
    }
}

impl Operation for Update {
    type Loaded = Loaded;
    type Output = PriceView;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let sandbox = call.sandbox_id();
        let price = app.find_price(call, &self.id).await?;
        let product = price.value.product.clone();
        let query = CatalogQuery::of_products(vec![product]);
        let catalog = app.store.load_catalog(sandbox, &query).await?;
        let lookup_key = match &self.command.lookup_key {
            Patch::Set(key) => Some(key.as_str()),
            Patch::Unset => None,
            Patch::Keep => price.value.lookup_key.as_deref(),
        };
        let holder = match lookup_key {
            None => None,
            Some(key) => app.store.find_price_by_lookup_key(sandbox, key).await?,
        };
        Ok(Loaded { price, catalog, holder })
    }

    fn decide(
        &self,
        loaded: Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<PriceView>, Refusal> {
        let Loaded { price: Stored { value: before, version }, mut catalog, holder } = loaded;
        let decision = self.command.clone().decide(
            &before,
            catalog.product(&before.product),
            holder.as_ref().map(|stored| &stored.value),
        )?;
        let mut changeset = Changeset::new(call.sandbox_id());
        if decision.price != before {
            changeset.replace(Record::Price(decision.price.clone()), version);
        }
        hand_over(&mut changeset, holder.as_ref(), decision.previous_holder.as_ref());
        move_claim(&mut changeset, Some(&before), &decision.price);
        catalog.extend([decision.price.clone()], []);
        let output = PriceView { price: decision.price, catalog };
        Ok(Decision { output, changeset, events: decision.events })
    }
}
