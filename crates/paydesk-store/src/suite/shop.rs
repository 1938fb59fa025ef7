//! A sandbox under test: makes objects and commits them.

use std::sync::Arc;

use paydesk_domain::api_key::{ApiKey, KeyHash, KeyRights};
use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::event::{Event, EventData};
use paydesk_domain::id::{AccountId, CheckoutSessionId};
use paydesk_domain::sandbox::{Sandbox, SandboxClock, SandboxId};
use paydesk_domain::time::Timestamp;

use super::objects::{Maker, NOW};
use crate::answer::{IdempotencyRecord, StoredAnswer};
use crate::changeset::{Changeset, Idempotency, Record, RowVersion, TimerChange, UniqueKey};
use crate::error::StoreError;
use crate::store::{Cart, CartQuery, LineDetail, Store, Stored, TimerKind};

/// One sandbox of a store.
pub(super) struct Shop<'a, S> {
    pub(super) store: &'a Arc<S>,
    pub(super) sandbox: SandboxId,
    pub(super) make: Maker,
}

impl<'a, S: Store> Shop<'a, S> {
    pub(super) fn new(store: &'a Arc<S>) -> Self {
        Self { store, sandbox: SandboxId(7), make: Maker::new() }
    }

    /// The same store seen from another sandbox. Ordinals go on, as they are a store's.
    pub(super) fn in_sandbox(self, sandbox: u64) -> Self {
        Self { sandbox: SandboxId(sandbox), ..self }
    }

    pub(super) fn changeset(&self) -> Changeset {
        Changeset::new(self.sandbox)
    }

    pub(super) async fn insert(&self, record: Record) -> Result<(), StoreError> {
        let mut changeset = self.changeset();
        changeset.insert(record);
        self.store.commit(changeset).await
    }

    pub(super) async fn replace(
        &self,
        record: Record,
        read_at: RowVersion,
    ) -> Result<(), StoreError> {
        let mut changeset = self.changeset();
        changeset.replace(record, read_at);
        self.store.commit(changeset).await
    }

    pub(super) async fn saved_product(&mut self, name: &str) -> Product {
        let product = self.make.product(name);
        self.insert(Record::Product(product.clone())).await.unwrap();
        product
    }

    pub(super) async fn saved_price(&mut self, product: &Product, cents: i64) -> Price {
        let price = self.make.price(product, cents);
        self.insert(Record::Price(price.clone())).await.unwrap();
        price
    }

    /// A session with one line, of a Price and a Product of its own.
    pub(super) async fn saved_session(&mut self) -> CheckoutSession {
        let product = self.saved_product("Tea").await;
        let price = self.saved_price(&product, 500).await;
        let session = self.make.session(&[&price]);
        let record = Record::CheckoutSession(session.clone());
        self.insert(record).await.unwrap();
        session
    }

    pub(super) async fn saved_event(&mut self, data: EventData) -> Event {
        let event = self.make.event(data);
        let mut changeset = self.changeset();
        changeset.events.push(event.clone());
        self.store.commit(changeset).await.unwrap();
        event
    }

    pub(super) async fn cart(&self, id: &CheckoutSessionId) -> Option<Cart> {
        let loaded = self
            .store
            .load_cart(
                self.sandbox,
                id,
                &CartQuery { lines: LineDetail::Products, ..CartQuery::default() },
            )
            .await;
        loaded.unwrap()
    }

    pub(super) async fn session(&self, id: &CheckoutSessionId) -> Option<Stored<CheckoutSession>> {
        self.cart(id).await.map(|cart| cart.session)
    }

    /// Writes this sandbox's own record, with a clock.
    pub(super) async fn open_sandbox(&self, clock: SandboxClock) -> Sandbox {
        let sandbox = Sandbox { clock, ..self.sandbox_opened_by_name() };
        self.insert(Record::Sandbox(sandbox.clone())).await.unwrap();
        sandbox
    }

    /// This sandbox as its first request opens it.
    pub(super) fn sandbox_opened_by_name(&self) -> Sandbox {
        Sandbox {
            id: self.sandbox,
            account: AccountId::from(format!("acct_{}", self.sandbox.0).as_str()),
            livemode: false,
            parent: None,
            display_name: None,
            opened_by: Some(self.name()),
            created: NOW,
            clock: SandboxClock::REAL,
            api_version: None,
            time_to_live: None,
            used: NOW,
        }
    }

    /// The hash of the name in this sandbox's keys.
    pub(super) fn name(&self) -> KeyHash {
        let mut hash = [0xab; 32];
        hash[..8].copy_from_slice(&self.sandbox.0.to_be_bytes());
        KeyHash(hash)
    }

    /// A key that was made for this sandbox.
    pub(super) async fn saved_api_key(&mut self, rights: KeyRights) -> ApiKey {
        let key = self.make.api_key(self.sandbox, rights);
        self.insert(Record::ApiKey(key.clone())).await.unwrap();
        key
    }

    /// Sets the timer of a session, real or not.
    pub(super) async fn set_timer(&self, session: &str, at: Timestamp) {
        self.change_timer(TimerChange::Set {
            kind: TimerKind::SessionExpiry,
            session: CheckoutSessionId::from(session),
            due_at: at,
        })
        .await;
    }

    pub(super) async fn change_timer(&self, change: TimerChange) {
        let mut changeset = self.changeset();
        changeset.timers.push(change);
        self.store.commit(changeset).await.unwrap();
    }

    /// A changeset that only uses an idempotency key.
    pub(super) fn using_key(&self, key: &str, created_wall: Timestamp) -> Changeset {
        Changeset {
            idempotency: Some(Idempotency {
                key: key.to_owned(),
                record: answer(key.as_bytes()),
                created_wall,
            }),
            ..self.changeset()
        }
    }
}

/// An idempotency record with this body.
pub(super) fn answer(body: &[u8]) -> IdempotencyRecord {
    IdempotencyRecord {
        fingerprint: [3; 32],
        endpoint: "POST /v1/checkout/sessions".to_owned(),
        answer: StoredAnswer {
            status: 200,
            request_id: "req_1".to_owned(),
            api_version: "2026-10-28.endive".to_owned(),
            revision: Some(4),
            body: body.to_vec(),
        },
    }
}

/// A Price's claim on a lookup key.
pub(super) fn key_of(price: &Price, lookup_key: &str) -> UniqueKey {
    UniqueKey::PriceLookupKey { lookup_key: lookup_key.to_owned(), price: price.id.clone() }
}

/// The ids of objects, to compare lists by.
pub(super) fn ids<T>(objects: &[T], id: impl Fn(&T) -> String) -> Vec<String> {
    objects.iter().map(id).collect()
}
