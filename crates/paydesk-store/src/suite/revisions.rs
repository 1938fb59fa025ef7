//! No concurrent change is overwritten, and a changeset is written wholly or not at all.

use std::sync::Arc;

use paydesk_domain::api_key::KeyRights;
use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::event::EventData;
use paydesk_domain::sandbox::SandboxClock;
use tokio::task::JoinSet;

use super::objects::NOW;
use super::shop::{Shop, answer, key_of};
use crate::changeset::{Changeset, Idempotency, Record, RowVersion, TimerChange};
use crate::error::StoreError;
use crate::store::{Store, Stored, TimerKind};

/// More than a store's threads, fewer than its queue.
const MANY: u64 = 64;

pub(super) async fn a_record_that_exists_is_not_inserted_again<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;
    let session = shop.saved_session().await;
    let sandbox = shop.open_sandbox(SandboxClock::REAL).await;
    let api_key = shop.saved_api_key(KeyRights::Secret).await;
    for record in [
        Record::Product(product),
        Record::Price(price),
        Record::CheckoutSession(session),
        Record::Sandbox(sandbox),
        Record::ApiKey(api_key),
    ] {
        assert_moved(&shop.insert(record).await);
    }
}

pub(super) async fn a_record_that_does_not_exist_is_not_replaced<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.make.product("Tea");
    let price = shop.make.price(&product, 500);
    let session = shop.make.session(&[&price]);
    for record in [Record::Product(product), Record::Price(price), Record::CheckoutSession(session)]
    {
        assert_moved(&shop.replace(record, RowVersion::FIRST).await);
    }
}

pub(super) async fn every_replacement_raises_the_version_by_one<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let session = shop.saved_session().await;
    let mut version = RowVersion::FIRST;
    for reference in ["one", "two", "three"] {
        let changed = with_reference(&session, reference);
        let record = Record::CheckoutSession(changed.clone());
        shop.replace(record, version).await.unwrap();
        version = version.next();
        let expected = Stored { value: changed, version };
        assert_eq!(shop.session(&session.id).await, Some(expected));
    }
}

pub(super) async fn a_stale_replacement_leaves_nothing_of_its_changeset<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let session = shop.saved_session().await;
    let record = Record::CheckoutSession(with_reference(&session, "winner"));
    shop.replace(record, RowVersion::FIRST).await.unwrap();

    let product = shop.make.product("Coffee");
    let price = shop.make.price(&product, 700);
    let event = shop.make.event(EventData::ProductCreated(product.clone()));
    let mut changeset = shop.changeset();
    changeset.insert(Record::Product(product.clone()));
    changeset.insert(Record::Price(price.clone()));
    changeset.claimed_keys.push(key_of(&price, "coffee"));
    changeset.timers.push(TimerChange::Set {
        kind: TimerKind::SessionExpiry,
        session: session.id.clone(),
        due_at: NOW,
    });
    changeset.events.push(event.clone());
    changeset.idempotency =
        Some(Idempotency { key: "key".to_owned(), record: answer(b"{}"), created_wall: NOW });
    let stale = Record::CheckoutSession(with_reference(&session, "loser"));
    changeset.replace(stale, RowVersion::FIRST);
    assert_moved(&store.commit(changeset).await);

    let sandbox = shop.sandbox;
    assert_eq!(store.find_product(sandbox, &product.id).await, Ok(None));
    assert_eq!(store.find_price(sandbox, &price.id).await, Ok(None));
    let by_key = store.find_price_by_lookup_key(sandbox, "coffee").await;
    assert_eq!(by_key, Ok(None));
    assert_eq!(store.find_event(sandbox, &event.id).await, Ok(None));
    assert_eq!(store.find_idempotency(sandbox, "key").await, Ok(None));
    assert_eq!(store.next_due().await, Ok(None));
    let kept = shop.session(&session.id).await.unwrap().value;
    assert_eq!(kept.client_reference_id.as_deref(), Some("winner"));
}

pub(super) async fn two_changes_of_one_revision_do_not_both_win<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let session = shop.saved_session().await;
    let changesets = (0..MANY).map(|number| {
        let mut changeset = shop.changeset();
        let changed = with_reference(&session, &number.to_string());
        changeset.replace(Record::CheckoutSession(changed), RowVersion::FIRST);
        changeset
    });
    let outcomes = commit_at_once(store, changesets.collect()).await;
    let winners: Vec<usize> =
        (0..outcomes.len()).filter(|index| outcomes[*index].is_ok()).collect();
    let [winner] = winners[..] else {
        panic!("{} changes of one revision won", winners.len());
    };
    for (index, outcome) in outcomes.into_iter().enumerate() {
        if index != winner {
            assert_moved(&outcome);
        }
    }
    let stored = shop.session(&session.id).await.unwrap();
    assert_eq!(stored.version, RowVersion::FIRST.next());
    let reference = stored.value.client_reference_id;
    assert_eq!(reference, Some(winner.to_string()));
}

pub(super) async fn changes_of_different_sessions_all_land<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;
    let sessions: Vec<CheckoutSession> = (0..MANY).map(|_| shop.make.session(&[&price])).collect();
    let inserts = sessions.iter().map(|session| {
        let mut changeset = shop.changeset();
        changeset.insert(Record::CheckoutSession(session.clone()));
        changeset
    });
    let updates = sessions.iter().map(|session| {
        let changed = with_reference(session, session.id.as_str());
        let mut changeset = shop.changeset();
        changeset.replace(Record::CheckoutSession(changed), RowVersion::FIRST);
        changeset
    });
    for changesets in [inserts.collect(), updates.collect()] {
        for outcome in commit_at_once(store, changesets).await {
            assert_eq!(outcome, Ok(()));
        }
    }
    for session in &sessions {
        let stored = shop.session(&session.id).await.unwrap().value;
        let reference = stored.client_reference_id;
        assert_eq!(reference.as_deref(), Some(session.id.as_str()));
    }
}

pub(super) async fn a_changeset_that_writes_nothing_is_no_error<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    assert_eq!(store.commit(shop.changeset()).await, Ok(()));
}

/// Commits from as many tasks as there are changesets; the outcomes are in their order.
pub(super) async fn commit_at_once<S: Store>(
    store: &Arc<S>,
    changesets: Vec<Changeset>,
) -> Vec<Result<(), StoreError>> {
    let mut tasks = JoinSet::new();
    for (index, changeset) in changesets.into_iter().enumerate() {
        let store = Arc::clone(store);
        tasks.spawn(async move { (index, store.commit(changeset).await) });
    }
    let mut outcomes = tasks.join_all().await;
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// The session with another reference of the shop's.
pub(super) fn with_reference(session: &CheckoutSession, reference: &str) -> CheckoutSession {
    CheckoutSession { client_reference_id: Some(reference.to_owned()), ..session.clone() }
}

pub(super) fn assert_moved(outcome: &Result<(), StoreError>) {
    assert!(matches!(outcome, Err(StoreError::RevisionMoved { .. })), "{outcome:?}");
}
