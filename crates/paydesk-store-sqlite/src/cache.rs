//! Records at hand: what was committed or looked up lately, without asking SQLite.
//!
//! A reader's pages are out of date after every commit, so under load each look-up would read them
//! again. This process is the only one that writes these records, which is what makes a cache of
//! whole ones right; accounts and keys, which others may write beside it, are not kept here. The
//! writer forgets a record before it writes it, so that nobody finds the old one here after
//! somebody read the new one there, and puts a session here once it is committed. A
//! question is answered from here wholly or not at all, so an answer never mixes both.

use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};

use paydesk_domain::catalog::{Catalog, Price, Product};
use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::id::{CheckoutSessionId, PriceId, ProductId, TaxRateId};
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_store::{Cart, CartQuery, CatalogQuery, Delete, LineDetail, Stored};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::batch::{Job, Task};
use crate::encode::EncodedRecord;
use crate::prune::Prune;
use crate::tables::Kind;

/// Sessions kept, in lines and a little for each session: some five megabytes.
const SESSION_WEIGHT_MAX: u64 = 16_384;
/// Sessions of three lines that fit, for the first size of the table.
const SESSIONS_ESTIMATED: usize = 3_000;
/// Prices kept, and Products, and tax rates.
const CATALOG_MAX: usize = 4_096;

/// Records at hand.
#[derive(Debug)]
pub(crate) struct RecordCache {
    sessions: Cache<CheckoutSessionId, Arc<CachedSession>, ByLines>,
    prices: Cache<(SandboxId, PriceId), Arc<Price>>,
    products: Cache<(SandboxId, ProductId), Arc<Product>>,
    tax_rates: Cache<(SandboxId, TaxRateId), Arc<TaxRate>>,
    /// How often the catalog was written. What was looked up before a write is not kept after it.
    catalog_writes: RwLock<u64>,
}

/// A session as it was committed.
#[derive(Debug)]
pub(crate) struct CachedSession {
    pub(crate) sandbox: SandboxId,
    pub(crate) stored: Stored<CheckoutSession>,
}

#[derive(Clone, Debug)]
struct ByLines;

impl Weighter<CheckoutSessionId, Arc<CachedSession>> for ByLines {
    fn weight(&self, _id: &CheckoutSessionId, session: &Arc<CachedSession>) -> u64 {
        u64::try_from(session.stored.value.lines.len()).unwrap_or(u64::MAX).saturating_add(2)
    }
}

/// The state of the catalog when a look-up began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CatalogEpoch(u64);

/// Held while a batch that changes the catalog is written.
#[must_use]
pub(crate) struct CatalogWrite<'a> {
    _writes: RwLockWriteGuard<'a, u64>,
}

impl RecordCache {
    pub(crate) fn new() -> Self {
        Self {
            sessions: Cache::with_weighter(SESSIONS_ESTIMATED, SESSION_WEIGHT_MAX, ByLines),
            prices: Cache::new(CATALOG_MAX),
            products: Cache::new(CATALOG_MAX),
            tax_rates: Cache::new(CATALOG_MAX),
            catalog_writes: RwLock::new(0),
        }
    }

    /// A session with what a query asks for, if all of it is at hand.
    pub(crate) fn cart(
        &self,
        sandbox: SandboxId,
        id: &CheckoutSessionId,
        query: &CartQuery,
    ) -> Option<Cart> {
        // Held until all is taken, so that no catalog is written between one record and the next;
        // while one is being written, the file answers.
        let _unchanged = self.catalog_writes.try_read().ok()?;
        let cached = self.sessions.get(id).filter(|cached| cached.sandbox == sandbox)?;
        let lines = match query.lines {
            LineDetail::None => &[],
            LineDetail::Prices | LineDetail::Products => &cached.stored.value.lines[..],
        };
        let of_lines = self.prices(sandbox, lines.iter().map(|line| &line.price))?;
        let named = &query.named;
        if !named.is_of_lines_only() || query.shipping_rates || query.promotion_code {
            return None;
        }
        let named_prices = self.prices(sandbox, named.prices.iter())?;
        let shown = of_lines.iter().filter(|_| query.lines == LineDetail::Products);
        let ids = shown.chain(&named_prices).map(|price| &price.product).chain(&named.products);
        let products = self.products(sandbox, ids)?;
        let of_session = match query.lines {
            LineDetail::None => None,
            LineDetail::Prices | LineDetail::Products => Some(cached.stored.value.tax_rates()),
        };
        let rates = of_session.into_iter().flatten().chain(&named.tax_rates);
        let rates = self.tax_rates(sandbox, rates)?;
        let mut catalog = Catalog::new(of_lines.into_iter().chain(named_prices), products);
        catalog.add_tax_rates(rates);
        Some(Cart { session: cached.stored.clone(), catalog })
    }

    /// What a query names, if all of it is at hand.
    pub(crate) fn catalog(&self, sandbox: SandboxId, query: &CatalogQuery) -> Option<Catalog> {
        let _unchanged = self.catalog_writes.try_read().ok()?;
        if !query.is_of_lines_only() {
            return None;
        }
        let prices = self.prices(sandbox, query.prices.iter())?;
        let of_prices = prices.iter().map(|price| &price.product);
        let products = self.products(sandbox, of_prices.chain(&query.products))?;
        let rates = self.tax_rates(sandbox, query.tax_rates.iter())?;
        let mut catalog = Catalog::new(prices, products);
        catalog.add_tax_rates(rates);
        Some(catalog)
    }

    /// To be asked before a look-up whose catalog is to be kept; none while a catalog is written.
    pub(crate) fn catalog_epoch(&self) -> Option<CatalogEpoch> {
        self.catalog_writes.try_read().ok().map(|writes| CatalogEpoch(*writes))
    }

    /// Keeps a catalog that was looked up, unless one was written meanwhile or is being written.
    pub(crate) fn keep_catalog(
        &self,
        epoch: Option<CatalogEpoch>,
        sandbox: SandboxId,
        catalog: &Catalog,
    ) {
        let (Some(CatalogEpoch(epoch)), Ok(writes)) = (epoch, self.catalog_writes.try_read())
        else {
            return;
        };
        if *writes != epoch {
            return;
        }
        for price in catalog.prices() {
            self.prices.insert((sandbox, price.id.clone()), Arc::new(price.clone()));
        }
        for product in catalog.products() {
            self.products.insert((sandbox, product.id.clone()), Arc::new(product.clone()));
        }
        for rate in catalog.tax_rates() {
            self.tax_rates.insert((sandbox, rate.id.clone()), Arc::new(rate.clone()));
        }
    }

    /// Keeps the sessions of a changeset that was committed. The writer does so in the order of its
    /// commits, so that none is ever replaced by an older one, and none stays that was deleted.
    pub(crate) fn keep_sessions(&self, task: &Task) {
        match task {
            Task::Commit(changeset) => {
                for put in &changeset.puts {
                    if let EncodedRecord::CheckoutSession(session) = &put.record {
                        self.sessions.insert(session.stored.value.id.clone(), Arc::clone(session));
                    }
                }
            }
            Task::Prune(prune) => self.forget_pruned(prune),
            Task::Reclaim => {}
        }
    }

    /// Forgets what a batch is about to write, whether or not it will succeed. While what this
    /// returns is held, nothing of the catalog is kept.
    pub(crate) fn forget(&self, batch: &[Job]) -> Option<CatalogWrite<'_>> {
        let mut catalog_write = None;
        for job in batch {
            let changeset = match &job.task {
                Task::Commit(changeset) => changeset,
                Task::Prune(prune) => {
                    self.forget_pruned(prune);
                    continue;
                }
                Task::Reclaim => continue,
            };
            let sandbox = changeset.sandbox_id;
            for put in &changeset.puts {
                match &put.record {
                    EncodedRecord::CheckoutSession(session) => {
                        self.sessions.remove(&session.stored.value.id);
                    }
                    EncodedRecord::Object(object) if object.table.kind.is_kept() => {
                        catalog_write.get_or_insert_with(|| self.write_catalog());
                        self.forget_object(sandbox, object.table.kind, &object.id);
                    }
                    EncodedRecord::Object(_)
                    | EncodedRecord::Sandbox(_)
                    | EncodedRecord::ApiKey(_) => {}
                }
            }
            for delete in &changeset.deletes {
                match delete {
                    Delete::Product { id, .. } => {
                        catalog_write.get_or_insert_with(|| self.write_catalog());
                        self.forget_object(sandbox, Kind::Product, id.as_str());
                    }
                    Delete::Sandbox { .. }
                    | Delete::Coupon { .. }
                    | Delete::WebhookEndpoint { .. }
                    | Delete::Customer { .. } => {}
                }
            }
        }
        catalog_write
    }

    fn forget_pruned(&self, prune: &Prune) {
        if let Prune::ExpiredSessions(sessions) = prune {
            for session in sessions {
                self.sessions.remove(&session.id);
            }
        }
    }

    fn forget_object(&self, sandbox: SandboxId, kind: Kind, id: &str) {
        match kind {
            Kind::Price => drop(self.prices.remove(&(sandbox, PriceId::from(id)))),
            Kind::Product => drop(self.products.remove(&(sandbox, ProductId::from(id)))),
            Kind::TaxRate => drop(self.tax_rates.remove(&(sandbox, TaxRateId::from(id)))),
            Kind::Coupon
            | Kind::ShippingRate
            | Kind::DeletedCoupon
            | Kind::PromotionCode
            | Kind::WebhookEndpoint
            | Kind::Customer
            | Kind::DeletedCustomer => {}
        }
    }

    fn write_catalog(&self) -> CatalogWrite<'_> {
        let mut writes = self.catalog_writes.write().unwrap_or_else(PoisonError::into_inner);
        *writes = writes.wrapping_add(1);
        CatalogWrite { _writes: writes }
    }

    fn prices<'a>(
        &self,
        sandbox: SandboxId,
        ids: impl Iterator<Item = &'a PriceId>,
    ) -> Option<Vec<Price>> {
        ids.map(|id| self.prices.get(&(sandbox, id.clone())).map(|price| (*price).clone()))
            .collect()
    }

    fn tax_rates<'a>(
        &self,
        sandbox: SandboxId,
        ids: impl Iterator<Item = &'a TaxRateId>,
    ) -> Option<Vec<TaxRate>> {
        ids.map(|id| self.tax_rates.get(&(sandbox, id.clone())).map(|rate| (*rate).clone()))
            .collect()
    }

    fn products<'a>(
        &self,
        sandbox: SandboxId,
        ids: impl Iterator<Item = &'a ProductId>,
    ) -> Option<Vec<Product>> {
        ids.map(|id| self.products.get(&(sandbox, id.clone())).map(|product| (*product).clone()))
            .collect()
    }
}
