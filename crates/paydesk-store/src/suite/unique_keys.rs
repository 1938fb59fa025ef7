//! A lookup key belongs to one Price at a time.

use std::sync::Arc;

use paydesk_domain::catalog::Price;

use super::revisions::commit_at_once;
use super::shop::{Shop, key_of};
use crate::changeset::{Changeset, Record, RowVersion};
use crate::error::StoreError;
use crate::store::Store;

pub(super) async fn a_lookup_key_finds_the_price_that_claims_it<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let price = claiming_price(&mut shop, "tea").await;
    assert_eq!(holder(&shop, "tea").await, Some(price));
    assert_eq!(holder(&shop, "te").await, None);
    assert_eq!(holder(&shop, "TEA").await, None);
}

pub(super) async fn a_claimed_lookup_key_refuses_the_whole_changeset<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let first = claiming_price(&mut shop, "tea").await;
    let product = shop.make.product("Tea");
    let second = shop.make.price(&product, 700);
    let mut changeset = shop.changeset();
    changeset.insert(Record::Product(product.clone()));
    changeset.insert(Record::Price(second.clone()));
    changeset.claimed_keys.push(key_of(&second, "tea"));
    assert_eq!(store.commit(changeset).await, taken("tea"));

    assert_eq!(holder(&shop, "tea").await, Some(first));
    let sandbox = shop.sandbox;
    assert_eq!(store.find_price(sandbox, &second.id).await, Ok(None));
    assert_eq!(store.find_product(sandbox, &product.id).await, Ok(None));
}

pub(super) async fn a_lookup_key_passes_from_one_price_to_another_at_once<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let first = claiming_price(&mut shop, "tea").await;
    let product = shop.saved_product("Tea").await;
    let second = Price { lookup_key: Some("tea".to_owned()), ..shop.make.price(&product, 700) };
    let mut changeset = shop.changeset();
    let without = Price { lookup_key: None, ..first.clone() };
    changeset.replace(Record::Price(without.clone()), RowVersion::FIRST);
    changeset.insert(Record::Price(second.clone()));
    changeset.released_keys.push(key_of(&first, "tea"));
    changeset.claimed_keys.push(key_of(&second, "tea"));
    store.commit(changeset).await.unwrap();

    assert_eq!(holder(&shop, "tea").await, Some(second));
    let before = store.find_price(shop.sandbox, &first.id).await.unwrap();
    assert_eq!(before.map(|price| price.value), Some(without));
}

pub(super) async fn a_lookup_key_is_released_by_nobody_but_its_owner<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let owner = claiming_price(&mut shop, "tea").await;
    let other = claiming_price(&mut shop, "coffee").await;
    for (price, lookup_key) in [(&other, "tea"), (&owner, "nobody's")] {
        let mut changeset = shop.changeset();
        changeset.released_keys.push(key_of(price, lookup_key));
        assert_eq!(store.commit(changeset).await, taken(lookup_key));
    }
    assert_eq!(holder(&shop, "tea").await, Some(owner.clone()));

    let mut changeset = shop.changeset();
    changeset.released_keys.push(key_of(&owner, "tea"));
    store.commit(changeset).await.unwrap();
    assert_eq!(holder(&shop, "tea").await, None);
    assert_eq!(holder(&shop, "coffee").await, Some(other));
}

pub(super) async fn of_many_who_claim_a_lookup_key_one_gets_it<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let prices: Vec<Price> = (0..32).map(|_| shop.make.price(&product, 500)).collect();
    let changesets: Vec<Changeset> = prices
        .iter()
        .map(|price| {
            let mut changeset = shop.changeset();
            changeset.insert(Record::Price(price.clone()));
            changeset.claimed_keys.push(key_of(price, "tea"));
            changeset
        })
        .collect();
    let outcomes = commit_at_once(store, changesets).await;
    let holder = holder(&shop, "tea").await;
    for (price, outcome) in prices.iter().zip(outcomes) {
        if holder.as_ref() == Some(price) {
            assert_eq!(outcome, Ok(()));
        } else {
            assert_eq!(outcome, taken("tea"));
        }
    }
    assert!(holder.is_some());
}

async fn claiming_price<S: Store>(shop: &mut Shop<'_, S>, lookup_key: &str) -> Price {
    let product = shop.saved_product("Tea").await;
    let price = Price { lookup_key: Some(lookup_key.to_owned()), ..shop.make.price(&product, 500) };
    let mut changeset = shop.changeset();
    changeset.insert(Record::Price(price.clone()));
    changeset.claimed_keys.push(key_of(&price, lookup_key));
    shop.store.commit(changeset).await.unwrap();
    price
}

async fn holder<S: Store>(shop: &Shop<'_, S>, lookup_key: &str) -> Option<Price> {
    let found = shop.store.find_price_by_lookup_key(shop.sandbox, lookup_key).await;
    found.unwrap().map(|price| price.value)
}

fn taken(key: &str) -> Result<(), StoreError> {
    Err(StoreError::UniqueKeyTaken { key: key.to_owned() })
}
