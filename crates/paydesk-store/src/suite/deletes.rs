//! Deleted records are gone, and what a changeset relies on holds when it is written.

use std::sync::Arc;

use paydesk_domain::id::ProductId;

use super::revisions::{assert_moved, commit_at_once};
use super::shop::Shop;
use crate::changeset::{Check, Delete, Record, RowVersion};
use crate::query::{Bound, PageRequest, ProductFilter};
use crate::store::{CatalogQuery, Store};

pub(super) async fn a_deleted_product_is_gone_wherever_it_was_shown<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let kept = shop.saved_product("Coffee").await;
    let query = CatalogQuery::of_products(vec![product.id.clone()]);
    let loaded = store.load_catalog(shop.sandbox, &query).await;
    assert!(loaded.unwrap().product(&product.id).is_some());

    let mut changeset = shop.changeset();
    changeset.deletes.push(delete(&product.id, RowVersion::FIRST));
    store.commit(changeset).await.unwrap();

    assert_eq!(store.find_product(shop.sandbox, &product.id).await, Ok(None));
    let loaded = store.load_catalog(shop.sandbox, &query).await.unwrap();
    assert_eq!(loaded.products().count(), 0);
    let page = PageRequest { limit: 10, bound: Bound::Newest };
    let listed = store.list_products(shop.sandbox, &ProductFilter::default(), page).await;
    assert_eq!(listed.unwrap().data, [kept]);
}

pub(super) async fn a_record_that_moved_is_not_deleted<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    shop.replace(Record::Product(product.clone()), RowVersion::FIRST).await.unwrap();
    for (id, read_at) in [
        (product.id.clone(), RowVersion::FIRST),
        (ProductId::from("prod_nobody"), RowVersion::FIRST),
    ] {
        let mut changeset = shop.changeset();
        changeset.deletes.push(delete(&id, read_at));
        assert_moved(&store.commit(changeset).await);
    }
    assert!(store.find_product(shop.sandbox, &product.id).await.unwrap().is_some());
}

pub(super) async fn no_sandbox_deletes_from_another<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let shop = shop.in_sandbox(8);
    let mut changeset = shop.changeset();
    changeset.deletes.push(delete(&product.id, RowVersion::FIRST));
    assert_moved(&store.commit(changeset).await);
    let mut changeset = shop.changeset();
    changeset.checks.push(Check::ProductExists(product.id.clone()));
    changeset.insert(Record::Price(Shop::new(store).make.price(&product, 500)));
    assert_moved(&store.commit(changeset).await);
}

pub(super) async fn a_check_that_does_not_hold_refuses_the_whole_changeset<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;

    let mut changeset = shop.changeset();
    changeset.checks.push(Check::ProductHasNoPrices(product.id.clone()));
    changeset.deletes.push(delete(&product.id, RowVersion::FIRST));
    assert_moved(&store.commit(changeset).await);
    assert!(store.find_product(shop.sandbox, &product.id).await.unwrap().is_some());

    let mut changeset = shop.changeset();
    let other = shop.make.price(&product, 700);
    changeset.checks.push(Check::ProductExists(ProductId::from("prod_nobody")));
    changeset.insert(Record::Price(other.clone()));
    assert_moved(&store.commit(changeset).await);
    assert_eq!(store.find_price(shop.sandbox, &other.id).await, Ok(None));
    assert!(store.find_price(shop.sandbox, &price.id).await.unwrap().is_some());
}

pub(super) async fn a_product_is_not_deleted_while_it_gets_its_first_price<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    for _round in 0..32 {
        let product = shop.saved_product("Tea").await;
        let price = shop.make.price(&product, 500);
        let mut priced = shop.changeset();
        priced.checks.push(Check::ProductExists(product.id.clone()));
        priced.insert(Record::Price(price.clone()));
        let mut deleted = shop.changeset();
        deleted.checks.push(Check::ProductHasNoPrices(product.id.clone()));
        deleted.deletes.push(delete(&product.id, RowVersion::FIRST));
        let outcomes = commit_at_once(store, vec![priced, deleted]).await;

        let has_product = store.find_product(shop.sandbox, &product.id).await.unwrap().is_some();
        let has_price = store.find_price(shop.sandbox, &price.id).await.unwrap().is_some();
        assert_eq!(has_product, has_price, "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    }
}

fn delete(id: &ProductId, read_at: RowVersion) -> Delete {
    Delete::Product { id: id.clone(), read_at }
}
