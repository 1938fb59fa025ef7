//! What is kept for a time only is forgotten by its age, the oldest first.

use std::sync::Arc;

use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::event::{Event, EventData};
use paydesk_domain::time::Timestamp;

use super::list_filters::any_session;
use super::lists::all;
use super::objects::NOW;
use super::shop::Shop;
use crate::changeset::{Changeset, Record, RowVersion};
use crate::error::StoreError;
use crate::query::EventFilter;
use crate::store::{Perishable, Store};

pub(super) async fn events_are_forgotten_by_when_they_were_written_oldest_first<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let mut events = Vec::new();
    for second in [0, 10, 20, 30] {
        let written = NOW.plus_seconds(second);
        shop.make.ids.follow(written);
        // The clock of the sandbox shows something else: it goes backwards here.
        shop.make.now = NOW.plus_seconds(-second);
        let product = shop.make.product("Tea");
        events.push(shop.saved_event(EventData::ProductCreated(product)).await);
    }
    let forget = async |before: Timestamp, limit| {
        store.prune(Perishable::Events, before, limit).await.unwrap()
    };
    assert_eq!(forget(NOW, 10).await, 0, "nothing is that old");
    assert_eq!(forget(NOW.plus_seconds(30), 2).await, 2);
    assert_events(&shop, &events, 2).await;
    assert_eq!(forget(NOW.plus_seconds(30), 2).await, 1);
    assert_events(&shop, &events, 3).await;
    assert_eq!(forget(NOW.plus_seconds(30), 2).await, 0);
}

/// Expects that the first so many are gone, from look-ups and from lists, and the others not.
async fn assert_events<S: Store>(shop: &Shop<'_, S>, events: &[Event], gone: usize) {
    for (index, event) in events.iter().enumerate() {
        let found = shop.store.find_event(shop.sandbox, &event.id).await.unwrap();
        assert_eq!(found.is_some(), index >= gone, "event {index}");
    }
    let listed = shop.store.list_events(shop.sandbox, &EventFilter::default(), all()).await;
    assert_eq!(listed.unwrap().data, events[gone..]);
}

pub(super) async fn only_sessions_that_expired_are_forgotten<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    shop.make.ids.follow(NOW);
    let open = shop.saved_session().await;
    let expired = saved_expired_session(&mut shop).await;
    shop.make.ids.follow(NOW.plus_seconds(10));
    let younger = saved_expired_session(&mut shop).await;
    let forget = async |before: Timestamp| {
        store.prune(Perishable::ExpiredSessions, before, 10).await.unwrap()
    };
    assert_eq!(forget(NOW).await, 0);
    assert_eq!(forget(NOW.plus_seconds(10)).await, 1);
    assert_eq!(shop.session(&expired.id).await, None);
    for kept in [&open, &younger] {
        assert!(shop.session(&kept.id).await.is_some());
    }
    assert_eq!(forget(NOW.plus_seconds(11)).await, 1);
    assert!(shop.session(&open.id).await.is_some(), "an open one is kept however old it is");
}

pub(super) async fn a_session_is_forgotten_wherever_it_was_shown<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    shop.make.ids.follow(NOW);
    let mut expired = Vec::new();
    for _ in 0..5 {
        expired.push(saved_expired_session(&mut shop).await);
    }
    assert!(shop.session(&expired[0].id).await.is_some());
    let later = NOW.plus_seconds(10);
    for (limit, left) in [(2, 3), (2, 1), (2, 0)] {
        store.prune(Perishable::ExpiredSessions, later, limit).await.unwrap();
        let filter = any_session(NOW);
        let listed = store.list_checkout_sessions(shop.sandbox, &filter, all()).await.unwrap();
        assert_eq!(listed.data.len(), left, "the oldest go first");
        for (index, session) in expired.iter().enumerate() {
            let found = shop.session(&session.id).await;
            assert_eq!(found.is_some(), index >= expired.len() - left, "session {index}");
        }
    }
}

pub(super) async fn a_session_that_changes_as_it_is_forgotten_does_not_come_back<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    shop.make.ids.follow(NOW);
    for _ in 0..20 {
        let expired = saved_expired_session(&mut shop).await;
        let mut change = shop.changeset();
        change.replace(Record::CheckoutSession(expired.clone()), RowVersion::FIRST.next());
        let (changed, forgotten) = tokio::join!(
            commit(store, change),
            store.prune(Perishable::ExpiredSessions, NOW.plus_seconds(10), 10),
        );
        assert!(matches!(changed, Ok(()) | Err(StoreError::RevisionMoved { .. })), "{changed:?}");
        assert_eq!(forgotten, Ok(1));
        assert_eq!(shop.session(&expired.id).await, None);
    }
}

async fn commit<S: Store>(store: &Arc<S>, changeset: Changeset) -> Result<(), StoreError> {
    store.commit(changeset).await
}

async fn saved_expired_session<S: Store>(shop: &mut Shop<'_, S>) -> CheckoutSession {
    let open = shop.saved_session().await;
    let expired = open.expire(shop.make.now).unwrap().session;
    let record = Record::CheckoutSession(expired.clone());
    shop.replace(record, RowVersion::FIRST).await.unwrap();
    expired
}

pub(super) async fn idempotency_keys_are_forgotten_by_age_oldest_first<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    // Not written in the order of their age, as clocks are set back.
    for age in [30, 10, 50, 20, 40] {
        let key = age.to_string();
        let created = NOW.plus_seconds(-age);
        store.commit(shop.using_key(&key, created)).await.unwrap();
    }
    let forget = async |before: Timestamp, limit| {
        let forgotten = store.prune(Perishable::IdempotencyKeys, before, limit).await.unwrap();
        (forgotten, remembered(&shop).await)
    };
    let nothing = forget(NOW.plus_seconds(-50), 10).await;
    assert_eq!(nothing, (0, vec![10, 20, 30, 40, 50]));
    let oldest = forget(NOW, 2).await;
    assert_eq!(oldest, (2, vec![10, 20, 30]));
    let older = forget(NOW.plus_seconds(-20), 10).await;
    assert_eq!(older, (1, vec![10, 20]));
    let all = forget(NOW, 10).await;
    assert_eq!(all, (2, vec![]));
    assert_eq!(store.commit(shop.using_key("10", NOW)).await, Ok(()));
}

async fn remembered<S: Store>(shop: &Shop<'_, S>) -> Vec<i64> {
    let mut ages = Vec::new();
    for age in [10, 20, 30, 40, 50] {
        let found = shop.store.find_idempotency(shop.sandbox, &age.to_string()).await;
        if found.unwrap().is_some() {
            ages.push(age);
        }
    }
    ages
}
