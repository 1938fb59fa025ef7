//! A sandbox sees its own objects and no others.

use std::sync::Arc;

use paydesk_domain::catalog::Product;
use paydesk_domain::event::EventData;
use paydesk_domain::sandbox::SandboxId;

use super::lists::all;
use super::objects::NOW;
use super::revisions::assert_moved;
use super::shop::{Shop, key_of};
use crate::changeset::{Record, RowVersion};
use crate::query::{CheckoutSessionFilter, EventFilter, PriceFilter, ProductFilter};
use crate::store::{CatalogQuery, Store};

pub(super) async fn no_sandbox_finds_the_objects_of_another<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let session = shop.saved_session().await;
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;
    let event = shop.saved_event(EventData::ProductCreated(product.clone())).await;
    let mut changeset = shop.using_key("key", NOW);
    changeset.claimed_keys.push(key_of(&price, "tea"));
    store.commit(changeset).await.unwrap();
    shop.set_timer("cs_1", NOW).await;

    let other = shop.in_sandbox(8);
    let sandbox = other.sandbox;
    assert_eq!(store.find_sandbox(sandbox).await, Ok(None));
    for id in [product.id.as_str(), price.id.as_str(), session.id.as_str(), event.id.as_str()] {
        assert_eq!(store.has_object(SandboxId(7), id).await, Ok(true), "{id}");
        assert_eq!(store.has_object(sandbox, id).await, Ok(false), "{id}");
    }
    assert_eq!(store.find_product(sandbox, &product.id).await, Ok(None));
    assert_eq!(store.find_price(sandbox, &price.id).await, Ok(None));
    let by_key = store.find_price_by_lookup_key(sandbox, "tea").await;
    assert_eq!(by_key, Ok(None));
    assert_eq!(store.find_event(sandbox, &event.id).await, Ok(None));
    assert_eq!(store.find_idempotency(sandbox, "key").await, Ok(None));
    assert_eq!(other.cart(&session.id).await, None);
    let query = CatalogQuery {
        prices: vec![price.id],
        products: vec![product.id],
        ..CatalogQuery::default()
    };
    let catalog = store.load_catalog(sandbox, &query).await;
    assert_eq!(catalog, Ok(paydesk_domain::catalog::Catalog::default()));
    let timers = store.due_timers_of(sandbox, NOW, 10).await;
    assert_eq!(timers, Ok(vec![]));
}

pub(super) async fn no_sandbox_lists_the_objects_of_another<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    shop.saved_session().await;
    let product = shop.saved_product("Tea").await;
    shop.saved_event(EventData::ProductCreated(product)).await;

    let sandbox = shop.in_sandbox(8).sandbox;
    let products = ProductFilter::default();
    let products = store.list_products(sandbox, &products, all()).await;
    assert_eq!(products.unwrap().data, []);
    let prices = PriceFilter::default();
    let prices = store.list_prices(sandbox, &prices, all()).await;
    assert_eq!(prices.unwrap().data, []);
    let sessions = CheckoutSessionFilter {
        now: NOW,
        status: None,
        created: Default::default(),
        customer_email: None,
        customer: None,
        is_linked: false,
    };
    let sessions = store.list_checkout_sessions(sandbox, &sessions, all()).await;
    assert_eq!(sessions.unwrap().data, []);
    let events = EventFilter::default();
    let events = store.list_events(sandbox, &events, all()).await;
    assert_eq!(events.unwrap().data, []);
}

pub(super) async fn two_sandboxes_have_objects_of_the_same_id<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let ours = shop.saved_product("Tea").await;
    let price = shop.saved_price(&ours, 500).await;
    let mut first = shop.using_key("key", NOW);
    first.claimed_keys.push(key_of(&price, "tea"));
    store.commit(first).await.unwrap();
    let here = shop.sandbox;

    let mut shop = shop.in_sandbox(8);
    let theirs = Product { id: ours.id.clone(), ..shop.make.product("Coffee") };
    shop.insert(Record::Product(theirs.clone())).await.unwrap();
    let price = shop.saved_price(&theirs, 700).await;
    let mut second = shop.using_key("key", NOW);
    second.claimed_keys.push(key_of(&price, "tea"));
    store.commit(second).await.unwrap();

    for (sandbox, product) in [(here, ours), (shop.sandbox, theirs)] {
        let found = store.find_product(sandbox, &product.id).await.unwrap();
        assert_eq!(found.map(|found| found.value), Some(product));
    }
    let by_key = store.find_price_by_lookup_key(shop.sandbox, "tea").await;
    assert_eq!(by_key.unwrap().unwrap().value, price);
}

pub(super) async fn a_record_is_not_replaced_from_another_sandbox<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let session = shop.saved_session().await;
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;
    let other = shop.in_sandbox(8);
    for record in [Record::Product(product), Record::Price(price), Record::CheckoutSession(session)]
    {
        assert_moved(&other.replace(record, RowVersion::FIRST).await);
    }
}
