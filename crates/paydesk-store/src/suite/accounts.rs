//! Accounts with their worlds, and the keys that open them.

use std::sync::Arc;

use paydesk_domain::api_key::{Access, ApiKey, KeyRights, Permission, Resource};
use paydesk_domain::id::AccountId;
use paydesk_domain::sandbox::{Sandbox, SandboxClock};

use super::objects::NOW;
use super::revisions::assert_moved;
use super::shop::Shop;
use crate::changeset::{Changeset, Record, RowVersion};
use crate::error::StoreError;
use crate::store::{Store, Stored};

pub(super) async fn an_account_has_a_world_in_each_mode<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let above = AccountId::from("acct_above");
    let worlds = shop.make.account(Some(&above), Some("Tea & Co."));
    insert(store, &worlds).await.unwrap();
    for world in worlds {
        let found = store.find_account(&world.account, world.livemode).await;
        let stored = Stored { value: world.clone(), version: RowVersion::FIRST };
        assert_eq!(found, Ok(Some(stored.clone())));
        assert_eq!(store.find_sandbox(world.id).await, Ok(Some(stored)));
        // What never changes is kept through a change of the rest.
        let clock = SandboxClock::Offset { seconds: 60 };
        let moved = Sandbox { clock, ..world.clone() };
        let mut changeset = Changeset::new(world.id);
        changeset.replace(Record::Sandbox(moved.clone()), RowVersion::FIRST);
        store.commit(changeset).await.unwrap();
        let found = store.find_account(&world.account, world.livemode).await;
        assert_eq!(found.unwrap().unwrap().value, moved);
    }
    assert_eq!(store.find_own_account().await, Ok(None));
}

pub(super) async fn the_own_account_is_made_once<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    shop.open_sandbox(SandboxClock::REAL).await;
    let below = shop.make.account(Some(&AccountId::from("acct_above")), None);
    insert(store, &below).await.unwrap();
    let [test, live] = shop.make.account(None, None);
    insert(store, &[test.clone(), live]).await.unwrap();
    let second = shop.make.account(None, None);
    assert_moved(&insert(store, &second).await);
    let found = store.find_own_account().await.unwrap();
    assert_eq!(found.map(|found| found.value), Some(test));
}

pub(super) async fn a_key_is_found_by_its_hash_and_by_its_id<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let permission = |resource, access| Permission { resource, access };
    let every_right = Resource::ALL.iter().flat_map(|resource| {
        [Access::Read, Access::Write].map(|access| permission(*resource, access))
    });
    for rights in [
        KeyRights::Secret,
        KeyRights::Publishable,
        KeyRights::Restricted(vec![]),
        KeyRights::Restricted(every_right.collect()),
    ] {
        let key = shop.saved_api_key(rights).await;
        let stored = Some(Stored { value: key.clone(), version: RowVersion::FIRST });
        assert_eq!(store.find_api_key(key.hash).await, Ok(stored.clone()));
        assert_eq!(store.find_api_key_by_id(&key.id).await, Ok(stored));
    }
}

pub(super) async fn a_revoked_key_is_still_found<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let key = shop.saved_api_key(KeyRights::Secret).await;
    let revoked = key.clone().revoke(NOW);
    shop.replace(Record::ApiKey(revoked.clone()), RowVersion::FIRST).await.unwrap();
    let found = store.find_api_key(key.hash).await.unwrap();
    assert_eq!(found.map(|found| found.value), Some(revoked));
    let stale = shop.replace(Record::ApiKey(key), RowVersion::FIRST).await;
    assert_moved(&stale);
}

pub(super) async fn no_two_keys_have_one_hash<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let first = shop.saved_api_key(KeyRights::Secret).await;
    let second = shop.make.api_key(shop.sandbox, KeyRights::Publishable);
    let same = ApiKey { hash: first.hash, ..second };
    assert_moved(&shop.insert(Record::ApiKey(same)).await);
    let found = store.find_api_key(first.hash).await.unwrap();
    assert_eq!(found.map(|found| found.value), Some(first));
}

pub(super) async fn keys_are_listed_oldest_first<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let keys = [KeyRights::Secret, KeyRights::Publishable, KeyRights::Secret];
    let keys = keys.map(|rights| shop.make.api_key(shop.sandbox, rights));
    for key in keys.iter().rev() {
        shop.insert(Record::ApiKey(key.clone())).await.unwrap();
    }
    assert_eq!(store.list_api_keys().await, Ok(keys.to_vec()));
}

/// Writes the worlds of an account at once.
async fn insert<S: Store>(store: &Arc<S>, worlds: &[Sandbox; 2]) -> Result<(), StoreError> {
    let mut changeset = Changeset::new(worlds[0].id);
    for world in worlds {
        changeset.insert(Record::Sandbox(world.clone()));
    }
    store.commit(changeset).await
}
