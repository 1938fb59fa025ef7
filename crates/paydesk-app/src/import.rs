//! `POST /paydesk/v1/import`: objects with given ids become what a file says.
//!
//! All of a file is one changeset: it is written wholly or not at all.

use std::collections::{BTreeMap, BTreeSet};

use paydesk_domain::Refusal;
use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::coupon::Coupon;
use paydesk_domain::id::{IdSource, PriceId, ProductId};
use paydesk_domain::import::{self, ExistingObjects, ImportEntry, ImportObject, Imported, Outcome};
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::{ENDPOINTS_MAX, WebhookEndpoint};
use paydesk_store::{Bound, Changeset, Check, PageRequest, Record, RowVersion, StoreError, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::prices::move_claim;
use crate::run::{Decision, Operation};

/// Look-ups between two chances for other requests.
const LOOK_UPS_AT_ONCE: usize = 64;

struct Import<'a> {
    entries: &'a [ImportEntry],
}

/// What is there, and at which versions it was read.
#[derive(Default)]
struct Loaded {
    existing: ExistingObjects,
    versions: Versions,
    look_ups: usize,
}

/// Versions by kind and id.
type Versions = BTreeMap<(&'static str, String), RowVersion>;

impl App {
    /// Imports a file's objects. What `render` is given is in their order.
    ///
    /// # Errors
    /// [`AppError`]; nothing is imported then.
    pub async fn import(
        &self,
        call: &Call,
        entries: &[ImportEntry],
        render: impl Fn(&Vec<Imported>) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Import { entries }, render).await
    }
}

impl Operation for Import<'_> {
    type Loaded = Loaded;
    type Output = Vec<Imported>;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let mut loaded = Loaded::default();
        for entry in self.entries {
            match &entry.object {
                ImportObject::Product(product) => {
                    loaded.product(app, call, &product.id).await?;
                    if let Some(price) = &product.default_price {
                        loaded.price(app, call, price).await?;
                    }
                }
                ImportObject::Price(price) => {
                    loaded.price(app, call, &price.id).await?;
                    if let Some(product) = price.command.product.id() {
                        loaded.product(app, call, product).await?;
                    }
                    if let Some(key) = &price.command.lookup_key {
                        loaded.holder(app, call, key).await?;
                    }
                }
                ImportObject::Coupon(coupon) => {
                    let found = app.store.find_coupon(call.sandbox_id(), &coupon.id).await?;
                    if let Some(found) = found {
                        loaded.version("coupon", coupon.id.as_str(), found.version);
                        loaded.existing.coupons.insert(coupon.id.clone(), found.value);
                    }
                    for product in &coupon.command.products {
                        loaded.product(app, call, product).await?;
                    }
                }
                ImportObject::ShippingRate(rate) => {
                    loaded.look_ups += 1;
                    let found = app.store.find_shipping_rate(call.sandbox_id(), &rate.id).await?;
                    if let Some(found) = found {
                        loaded.version("shipping_rate", rate.id.as_str(), found.version);
                        loaded.existing.shipping_rates.insert(rate.id.clone(), found.value);
                    }
                }
                ImportObject::TaxRate(rate) => {
                    loaded.look_ups += 1;
                    let found = app.store.find_tax_rate(call.sandbox_id(), &rate.id).await?;
                    if let Some(found) = found {
                        loaded.version("tax_rate", rate.id.as_str(), found.version);
                        loaded.existing.tax_rates.insert(rate.id.clone(), found.value);
                    }
                }
                ImportObject::WebhookEndpoint(_) => {}
            }
            loaded.pause().await;
        }
        loaded.webhook_endpoints(app, call).await?;
        Ok(loaded)
    }

    fn decide(
        &self,
        loaded: Loaded,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<Vec<Imported>>, Refusal> {
        let Loaded { existing, versions, .. } = loaded;
        let imported = import::decide(self.entries, &existing, now, ids)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        let mut writing = Writing { changeset: &mut changeset, versions: &versions };
        for object in &imported {
            writing.object(object);
        }
        writing.rely_on(&imported, &existing);
        Ok(Decision { output: imported, changeset, events: Vec::new() })
    }
}

impl Loaded {
    fn version(&mut self, kind: &'static str, id: &str, version: RowVersion) {
        self.versions.insert((kind, id.to_owned()), version);
    }

    async fn product(&mut self, app: &App, call: &Call, id: &ProductId) -> Result<(), StoreError> {
        if self.existing.products.contains_key(id) {
            return Ok(());
        }
        self.look_ups += 1;
        if let Some(found) = app.store.find_product(call.sandbox_id(), id).await? {
            self.version("product", id.as_str(), found.version);
            self.existing.products.insert(id.clone(), found.value);
        }
        Ok(())
    }

    async fn price(&mut self, app: &App, call: &Call, id: &PriceId) -> Result<(), StoreError> {
        if self.existing.prices.contains_key(id) {
            return Ok(());
        }
        self.look_ups += 1;
        if let Some(found) = app.store.find_price(call.sandbox_id(), id).await? {
            self.known_price(found);
        }
        Ok(())
    }

    /// The Price that claims a lookup key.
    async fn holder(&mut self, app: &App, call: &Call, key: &str) -> Result<(), StoreError> {
        self.look_ups += 1;
        if let Some(found) = app.store.find_price_by_lookup_key(call.sandbox_id(), key).await? {
            self.known_price(found);
        }
        Ok(())
    }

    fn known_price(&mut self, found: Stored<Price>) {
        self.version("price", found.value.id.as_str(), found.version);
        self.existing.prices.insert(found.value.id.clone(), found.value);
    }

    async fn webhook_endpoints(&mut self, app: &App, call: &Call) -> Result<(), StoreError> {
        let page = PageRequest { limit: ENDPOINTS_MAX, bound: Bound::Newest };
        let sandbox = call.sandbox_id();
        for endpoint in app.store.list_webhook_endpoints(sandbox, page).await?.data {
            if let Some(found) = app.store.find_webhook_endpoint(sandbox, &endpoint.id).await? {
                self.version("webhook_endpoint", endpoint.id.as_str(), found.version);
                self.existing.webhook_endpoints.insert(endpoint.id, found.value);
            }
        }
        Ok(())
    }

    /// Look-ups are answered on the thread that asks, and a file has many.
    async fn pause(&mut self) {
        if self.look_ups >= LOOK_UPS_AT_ONCE {
            self.look_ups = 0;
            tokio::task::yield_now().await;
        }
    }
}

/// A changeset that is being filled.
struct Writing<'a> {
    changeset: &'a mut Changeset,
    versions: &'a Versions,
}

impl Writing<'_> {
    fn object(&mut self, imported: &Imported) {
        match imported {
            Imported::Product(outcome) => {
                let record = |product: &Product| Record::Product(product.clone());
                self.put(outcome, "product", outcome.object().id.as_str(), record);
            }
            Imported::Price(outcome) => {
                let record = |price: &Price| Record::Price(price.clone());
                self.put(outcome, "price", outcome.object().id.as_str(), record);
                match outcome {
                    Outcome::Made(price) => move_claim(self.changeset, None, price),
                    Outcome::Changed { before, now } => {
                        move_claim(self.changeset, Some(before), now);
                    }
                    Outcome::Kept(_) => {}
                }
            }
            Imported::Coupon(outcome) => {
                let record = |coupon: &Coupon| Record::Coupon(coupon.clone());
                self.put(outcome, "coupon", outcome.object().id.as_str(), record);
            }
            Imported::ShippingRate(outcome) => {
                let record = |rate: &ShippingRate| Record::ShippingRate(rate.clone());
                self.put(outcome, "shipping_rate", outcome.object().id.as_str(), record);
            }
            Imported::TaxRate(outcome) => {
                let record = |rate: &TaxRate| Record::TaxRate(rate.clone());
                self.put(outcome, "tax_rate", outcome.object().id.as_str(), record);
            }
            Imported::WebhookEndpoint(outcome) => {
                let record = |endpoint: &WebhookEndpoint| Record::WebhookEndpoint(endpoint.clone());
                self.put(outcome, "webhook_endpoint", outcome.object().id.as_str(), record);
            }
        }
    }

    fn put<T>(
        &mut self,
        outcome: &Outcome<T>,
        kind: &'static str,
        id: &str,
        record: impl Fn(&T) -> Record,
    ) {
        match outcome {
            Outcome::Made(made) => self.changeset.insert(record(made)),
            Outcome::Kept(_) => {}
            Outcome::Changed { now, .. } => {
                let version = self.versions.get(&(kind, id.to_owned())).copied();
                self.changeset.replace(record(now), version.unwrap_or(RowVersion::FIRST));
            }
        }
    }

    /// What the decision relied on and does not write itself.
    fn rely_on(&mut self, imported: &[Imported], existing: &ExistingObjects) {
        let mut written = BTreeSet::new();
        let mut named = BTreeSet::new();
        let mut makes_endpoints = false;
        for object in imported {
            match object {
                Imported::Product(Outcome::Made(now) | Outcome::Changed { now, .. }) => {
                    written.insert(&now.id);
                }
                Imported::Price(Outcome::Made(price)) => {
                    named.insert(&price.product);
                }
                Imported::WebhookEndpoint(Outcome::Made(_)) => makes_endpoints = true,
                Imported::Product(Outcome::Kept(_))
                | Imported::Price(Outcome::Kept(_) | Outcome::Changed { .. })
                | Imported::Coupon(_)
                | Imported::ShippingRate(_)
                | Imported::TaxRate(_)
                | Imported::WebhookEndpoint(Outcome::Kept(_) | Outcome::Changed { .. }) => {}
            }
        }
        if makes_endpoints {
            let count = existing.webhook_endpoints.len();
            self.changeset.checks.push(Check::WebhookEndpointsAtMost(count));
        }
        let around = named.difference(&written);
        self.changeset.checks.extend(around.map(|id| Check::ProductExists((*id).clone())));
    }
}
