//! What is written comes back with every field.

use std::sync::Arc;

use paydesk_domain::api_key::KeyHash;
use paydesk_domain::catalog::{
    Amount, CustomUnitAmount, Interval, Recurring, TaxBehavior, TiersMode,
};
use paydesk_domain::checkout_session::{
    Actor, CheckoutSession, PermissionGeneration, Permissions, SessionState, UiMode,
};
use paydesk_domain::event::{Event, EventData};
use paydesk_domain::id::{AccountId, ApiKeyId, CheckoutSessionId, EventId, PriceId, ProductId};
use paydesk_domain::money::UnitAmount;
use paydesk_domain::sandbox::{Sandbox, SandboxClock};

use super::objects::NOW;
use super::shop::Shop;
use crate::changeset::{Record, RowVersion};
use crate::store::{Store, Stored};

pub(super) async fn a_product_with_every_field_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    for product in [shop.make.product("Tea"), shop.make.full_product()] {
        shop.insert(Record::Product(product.clone())).await.unwrap();
        let found = store.find_product(shop.sandbox, &product.id).await;
        assert_eq!(found, Ok(Some(first(product))));
    }
}

pub(super) async fn a_price_with_every_field_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.make.product("Tea");
    let mut prices = vec![shop.make.price(&product, 0)];
    for (interval, interval_count) in
        [(Interval::Day, 1095), (Interval::Week, 156), (Interval::Month, 36), (Interval::Year, 1)]
    {
        let recurring = Recurring { interval, interval_count };
        prices.push(shop.make.full_price(&product, recurring));
    }
    let mut large = shop.make.price(&product, 1);
    large.amount = Amount::PerUnit(UnitAmount::parse("999999999999999.999999999999").unwrap());
    large.tax_behavior = TaxBehavior::Exclusive;
    prices.push(large);
    for mode in [TiersMode::Graduated, TiersMode::Volume] {
        prices.push(shop.make.tiered_price(&product, mode));
    }
    for (minimum, maximum, preset) in [(None, None, None), (Some(100), Some(900), Some(500))] {
        let custom = CustomUnitAmount { minimum, maximum, preset };
        prices.push(shop.make.custom_price(&product, custom));
    }
    for price in prices {
        shop.insert(Record::Price(price.clone())).await.unwrap();
        let found = store.find_price(shop.sandbox, &price.id).await;
        assert_eq!(found, Ok(Some(first(price))));
    }
}

pub(super) async fn a_session_with_every_field_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.make.product("Tea");
    let monthly = shop.make.monthly_price(&product, 900);
    let once = shop.make.price(&product, 500);
    let open = shop.make.full_session(&monthly, &once);
    let expired = CheckoutSession {
        state: SessionState::Expired { at: NOW },
        permissions: Some(Permissions {
            generation: PermissionGeneration::Flat,
            update_line_items: None,
            update_shipping_details: Some(Actor::ClientOnly),
            update_discounts: None,
        }),
        revision: open.revision.next(),
        ..shop.make.full_session(&monthly, &once)
    };
    let anchored = shop.make.anchored_session(&monthly);
    let shipped = shop.make.shipped_session(&once);
    for session in [open, expired, anchored, shipped] {
        comes_back(&shop, session).await;
    }
}

pub(super) async fn a_session_comes_back_in_every_place_it_is_shown<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.make.product("Tea");
    let price = shop.make.price(&product, 500);
    let places = [UiMode::HostedPage, UiMode::EmbeddedPage, UiMode::Elements, UiMode::Form];
    for place in places {
        let session = shop.make.session_in(place, &[&price]);
        comes_back(&shop, session).await;
    }
}

pub(super) async fn a_sandbox_that_opens_by_name_is_found_by_it<S: Store>(store: &Arc<S>) {
    let clocks = [
        SandboxClock::REAL,
        SandboxClock::Offset { seconds: 86_400 },
        SandboxClock::Frozen { at: NOW },
    ];
    // The largest id must work too: ids are no counters.
    for (id, clock) in [1, 2, u64::MAX].into_iter().zip(clocks) {
        let shop = Shop::new(store).in_sandbox(id);
        let sandbox = Sandbox {
            clock,
            api_version: (id == 2).then(|| "2026-03-25.dahlia".to_owned()),
            time_to_live: (id == 2).then_some(600),
            used: NOW.plus_seconds(i64::from(id == 2)),
            ..shop.sandbox_opened_by_name()
        };
        shop.insert(Record::Sandbox(sandbox.clone())).await.unwrap();
        let account = sandbox.account.clone();
        let stored = first(sandbox);
        assert_eq!(store.find_open_sandbox(shop.name()).await, Ok(Some(stored.clone())));
        assert_eq!(store.find_sandbox(shop.sandbox).await, Ok(Some(stored.clone())));
        assert_eq!(store.find_account(&account, false).await, Ok(Some(stored)));
        assert_eq!(store.find_account(&account, true).await, Ok(None));
    }
}

pub(super) async fn an_event_of_every_type_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.make.full_product();
    let once = shop.make.price(&product, 500);
    let monthly = shop.make.monthly_price(&product, 900);
    let session = shop.make.full_session(&monthly, &once);
    let expired = session.expire(NOW).unwrap().events.remove(0);
    let happened = [
        EventData::ProductCreated(product.clone()),
        EventData::ProductDeleted(product.clone()),
        EventData::ProductUpdated { product: product.clone(), previous: shop.make.product("Tea") },
        EventData::PriceCreated(once.clone()),
        EventData::PriceUpdated { price: once, previous: monthly },
        expired,
    ];
    for data in happened {
        let event = shop.saved_event(data).await;
        let found = store.find_event(shop.sandbox, &event.id).await;
        assert_eq!(found, Ok(Some(event)));
    }
    let by_time = Event {
        api_version: None,
        request: None,
        ..shop.make.event(EventData::ProductCreated(product))
    };
    let mut changeset = shop.changeset();
    changeset.events.push(by_time.clone());
    store.commit(changeset).await.unwrap();
    let found = store.find_event(shop.sandbox, &by_time.id).await;
    assert_eq!(found, Ok(Some(by_time)));
}

pub(super) async fn what_was_never_written_is_not_found<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    let sandbox = shop.sandbox;
    let product = ProductId::from("prod_none");
    let price = PriceId::from("price_none");
    assert_eq!(store.find_sandbox(sandbox).await, Ok(None));
    assert_eq!(store.find_open_sandbox(shop.name()).await, Ok(None));
    assert_eq!(store.find_account(&AccountId::from("acct_none"), false).await, Ok(None));
    assert_eq!(store.find_own_account().await, Ok(None));
    assert_eq!(store.find_api_key(KeyHash([0; 32])).await, Ok(None));
    assert_eq!(store.find_api_key_by_id(&ApiKeyId::from("mk_none")).await, Ok(None));
    assert_eq!(store.list_api_keys().await, Ok(vec![]));
    assert_eq!(store.find_product(sandbox, &product).await, Ok(None));
    assert_eq!(store.find_price(sandbox, &price).await, Ok(None));
    let by_key = store.find_price_by_lookup_key(sandbox, "none").await;
    assert_eq!(by_key, Ok(None));
    let event = store.find_event(sandbox, &EventId::from("evt_none")).await;
    assert_eq!(event, Ok(None));
    assert_eq!(store.find_idempotency(sandbox, "none").await, Ok(None));
    assert_eq!(shop.cart(&CheckoutSessionId::from("cs_none")).await, None);
}

pub(super) async fn comes_back<S: Store>(shop: &Shop<'_, S>, session: CheckoutSession) {
    let record = Record::CheckoutSession(session.clone());
    shop.insert(record).await.unwrap();
    assert_eq!(shop.session(&session.id).await, Some(first(session)));
}

/// An object as it is found after its first write.
fn first<T>(value: T) -> Stored<T> {
    Stored { value, version: RowVersion::FIRST }
}
