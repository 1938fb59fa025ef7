//! `POST /v1/coupons`

use paydesk_domain::Refusal;
use paydesk_domain::catalog::Catalog;
use paydesk_domain::coupon::{Coupon, CreateCoupon};
use paydesk_domain::id::IdSource;
use paydesk_domain::time::Timestamp;
use paydesk_store::{CatalogQuery, Changeset, Record};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: CreateCoupon,
}

struct Loaded {
    existing: Option<Coupon>,
    catalog: Catalog,
}

impl App {
    /// Creates a Coupon.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_coupon(
        &self,
        call: &Call,
        command: CreateCoupon,
        render: impl Fn(&Coupon) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { command }, render).await
    }
}

impl Operation for Create {
    type Loaded = Loaded;
    type Output = Coupon;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let sandbox = call.sandbox_id();
        let existing = match &self.command.id {
            None => None,
            Some(id) => app.store.find_coupon(sandbox, id).await?,
        };
        let query = CatalogQuery::of_products(self.command.products.clone());
        let catalog = app.store.load_catalog(sandbox, &query).await?;
        Ok(Loaded { existing: existing.map(|stored| stored.value), catalog })
    }

    fn decide(
        &self,
        loaded: Loaded,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<Coupon>, Refusal> {
        let has_product = |id: &_| loaded.catalog.product(id).is_some();
        let create = self.command.clone();
        let decision = create.decide(loaded.existing.as_ref(), has_product, now, ids)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.insert(Record::Coupon(decision.coupon.clone()));
        Ok(Decision { output: decision.coupon, changeset, events: decision.events })
    }
}
