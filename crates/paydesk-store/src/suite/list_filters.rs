//! Every filter of every list, alone and together with pages.

use std::sync::Arc;

use paydesk_domain::catalog::{Interval, Price, PriceTerms, Product, ProductKind, Usage};
use paydesk_domain::checkout_session::{CheckoutSession, Status};
use paydesk_domain::event::EventData;
use paydesk_domain::money::Currency;
use paydesk_domain::time::Timestamp;

use super::lists::all;
use super::objects::NOW;
use super::shop::{Shop, ids};
use crate::changeset::{Record, RowVersion};
use crate::query::{
    Bound, CheckoutSessionFilter, CreatedRange, Cursor, EventFilter, PageRequest, PriceFilter,
    ProductFilter,
};
use crate::store::Store;

pub(super) async fn products_are_filtered_by_activity_creation_and_id<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let mut products = Vec::new();
    for (second, active) in [(0, true), (1, false), (2, true)] {
        shop.make.now = NOW.plus_seconds(second);
        let mut product = Product { active, ..shop.make.product("Tea") };
        if second == 1 {
            product.kind = ProductKind::Good;
            product.details.url = Some("https://shop.example/tea".to_owned());
        }
        product.details.shippable = [Some(true), Some(false), None][products.len()];
        shop.insert(Record::Product(product.clone())).await.unwrap();
        products.push(product);
    }
    let listed = async |filter: ProductFilter| {
        let list = store.list_products(shop.sandbox, &filter, all()).await;
        let list = list.unwrap().data;
        which(&products, |product| list.contains(product))
    };
    let any = ProductFilter::default;
    let of = |active| ProductFilter { active, ..any() };
    assert_eq!(listed(any()).await, [0, 1, 2]);
    assert_eq!(listed(of(Some(true))).await, [0, 2]);
    assert_eq!(listed(of(Some(false))).await, [1]);
    let created =
        |from: Option<i64>, to: Option<i64>| ProductFilter { created: seconds(from, to), ..any() };
    assert_eq!(listed(created(Some(1), None)).await, [1, 2]);
    assert_eq!(listed(created(None, Some(1))).await, [0, 1]);
    assert_eq!(listed(created(Some(1), Some(1))).await, [1]);
    let named =
        ProductFilter { ids: vec![products[2].id.clone(), products[0].id.clone()], ..any() };
    assert_eq!(listed(named.clone()).await, [0, 2]);
    assert_eq!(listed(ProductFilter { shippable: Some(true), ..any() }).await, [0]);
    assert_eq!(listed(ProductFilter { shippable: Some(false), ..any() }).await, [1]);
    assert_eq!(listed(ProductFilter { kind: Some(ProductKind::Good), ..any() }).await, [1]);
    assert_eq!(listed(ProductFilter { kind: Some(ProductKind::Service), ..any() }).await, [0, 2]);
    let url = products[1].details.url.clone();
    assert_eq!(listed(ProductFilter { url, ..any() }).await, [1]);
    let both = ProductFilter { created: seconds(Some(1), None), ..named };
    assert_eq!(listed(both).await, [2]);
}

pub(super) async fn prices_are_filtered_by_each_of_their_columns<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let tea = shop.saved_product("Tea").await;
    let coffee = shop.saved_product("Coffee").await;
    let first = shop.make.price(&tea, 500);
    shop.make.now = NOW.plus_seconds(1);
    let prices = [
        first,
        shop.make.monthly_price(&coffee, 500),
        Price {
            currency: Currency::from_code("eur").unwrap(),
            lookup_key: Some("archived".to_owned()),
            active: false,
            ..shop.make.price(&tea, 500)
        },
        Price { lookup_key: Some("coffee".to_owned()), ..shop.make.price(&coffee, 700) },
        Price {
            terms: PriceTerms {
                usage: Usage::Metered { meter: "mtr_1".to_owned() },
                ..PriceTerms::default()
            },
            ..shop.make.monthly_price(&tea, 500)
        },
    ];
    for price in &prices {
        shop.insert(Record::Price(price.clone())).await.unwrap();
    }
    let listed = async |filter: PriceFilter| {
        let list = store.list_prices(shop.sandbox, &filter, all()).await;
        let list = list.unwrap().data;
        which(&prices, |price| list.contains(price))
    };
    let any = PriceFilter::default;
    let keys = |keys: &[&str]| PriceFilter {
        lookup_keys: keys.iter().map(ToString::to_string).collect(),
        ..any()
    };
    let of = |active, recurring| PriceFilter { active, recurring, ..any() };
    let in_euros = PriceFilter { currency: Currency::from_code("eur"), ..any() };
    let of_coffee = PriceFilter { product: Some(coffee.id.clone()), ..any() };
    let later = PriceFilter { created: seconds(Some(1), None), ..of_coffee.clone() };
    assert_eq!(listed(any()).await, [0, 1, 2, 3, 4]);
    assert_eq!(listed(of(Some(true), None)).await, [0, 1, 3, 4]);
    assert_eq!(listed(of(Some(false), None)).await, [2]);
    let every = |interval| PriceFilter { interval: Some(interval), ..any() };
    assert_eq!(listed(every(Interval::Month)).await, [1, 4]);
    assert_eq!(listed(every(Interval::Day)).await, [0_usize; 0]);
    let metered = |is_metered| PriceFilter { is_metered: Some(is_metered), ..any() };
    assert_eq!(listed(metered(true)).await, [4]);
    assert_eq!(listed(metered(false)).await, [1]);
    let by_meter = |meter: &str| PriceFilter { meter: Some(meter.to_owned()), ..any() };
    assert_eq!(listed(by_meter("mtr_1")).await, [4]);
    assert_eq!(listed(by_meter("mtr_2")).await, [0_usize; 0]);
    assert_eq!(listed(of(None, Some(true))).await, [1, 4]);
    assert_eq!(listed(of(Some(true), Some(false))).await, [0, 3]);
    assert_eq!(listed(in_euros).await, [2]);
    assert_eq!(listed(of_coffee).await, [1, 3]);
    assert_eq!(listed(later).await, [1, 3]);
    assert_eq!(listed(keys(&["coffee", "none", "archived"])).await, [2, 3]);
    assert_eq!(listed(keys(&["none"])).await, [0_usize; 0]);
}

pub(super) async fn a_filter_follows_what_an_update_changed<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;
    let session = shop.make.session_for("old@example.com", &[&price]);
    let record = Record::CheckoutSession(session.clone());
    shop.insert(record).await.unwrap();
    let records = [
        Record::Product(Product { active: false, ..product }),
        Record::Price(Price { active: false, lookup_key: Some("tea".to_owned()), ..price }),
        Record::CheckoutSession(CheckoutSession {
            customer_email: Some("new@example.com".to_owned()),
            ..session
        }),
    ];
    for record in records {
        shop.replace(record, RowVersion::FIRST).await.unwrap();
    }
    let active = async |active| {
        let products = ProductFilter { active: Some(active), ..ProductFilter::default() };
        let products = store.list_products(shop.sandbox, &products, all()).await;
        let prices = PriceFilter {
            active: Some(active),
            lookup_keys: vec!["tea".to_owned()],
            ..PriceFilter::default()
        };
        let prices = store.list_prices(shop.sandbox, &prices, all()).await;
        (products.unwrap().data.len(), prices.unwrap().data.len())
    };
    assert_eq!(active(true).await, (0, 0));
    assert_eq!(active(false).await, (1, 1));
    for (email, count) in [("old@example.com", 0), ("new@example.com", 1)] {
        let filter =
            CheckoutSessionFilter { customer_email: Some(email.to_owned()), ..any_session(NOW) };
        assert_eq!(sessions(&shop, &filter).await.len(), count, "{email}");
    }
}

pub(super) async fn sessions_are_filtered_by_email_and_creation<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.make.product("Tea");
    let price = shop.make.price(&product, 500);
    let nobody = shop.make.session(&[&price]);
    let jenny = shop.make.session_for("jenny@example.com", &[&price]);
    shop.make.now = NOW.plus_seconds(10);
    let jenny_later = shop.make.session_for("jenny@example.com", &[&price]);
    let joe = shop.make.session_for("joe@example.com", &[&price]);
    let made = [nobody, jenny, jenny_later, joe];
    for session in &made {
        let record = Record::CheckoutSession(session.clone());
        shop.insert(record).await.unwrap();
    }
    let listed = async |email: Option<&str>, created| {
        let filter = CheckoutSessionFilter {
            customer_email: email.map(str::to_owned),
            created,
            ..any_session(NOW)
        };
        let list = sessions(&shop, &filter).await;
        which(&made, |session| list.contains(session))
    };
    let ever = CreatedRange::default();
    assert_eq!(listed(None, ever).await, [0, 1, 2, 3]);
    assert_eq!(listed(Some("jenny@example.com"), ever).await, [1, 2]);
    assert_eq!(listed(Some("jenny"), ever).await, [0_usize; 0]);
    let later = seconds(Some(1), Some(10));
    assert_eq!(listed(None, later).await, [2, 3]);
    assert_eq!(listed(Some("jenny@example.com"), later).await, [2]);
}

pub(super) async fn a_session_past_its_time_counts_as_expired<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.make.product("Tea");
    let price = shop.make.price(&product, 500);
    let ends = |session: CheckoutSession, second| CheckoutSession {
        expires_at: NOW.plus_seconds(second),
        ..session
    };
    let long = ends(shop.make.session(&[&price]), 200);
    let short = ends(shop.make.session(&[&price]), 100);
    let ended = ends(shop.make.session(&[&price]), 300);
    let ended = ended.expire(NOW).unwrap().session;
    let made = [long, short, ended];
    for session in &made {
        let record = Record::CheckoutSession(session.clone());
        shop.insert(record).await.unwrap();
    }
    let listed = async |status, second| {
        let filter =
            CheckoutSessionFilter { status: Some(status), ..any_session(NOW.plus_seconds(second)) };
        let list = sessions(&shop, &filter).await;
        // As stored: who asks shows them as they are now.
        which(&made, |session| list.contains(session))
    };
    assert_eq!(listed(Status::Open, 0).await, [0, 1]);
    assert_eq!(listed(Status::Expired, 0).await, [2]);
    assert_eq!(listed(Status::Open, 99).await, [0, 1]);
    assert_eq!(listed(Status::Open, 100).await, [0]);
    assert_eq!(listed(Status::Expired, 100).await, [1, 2]);
    assert_eq!(listed(Status::Open, 1_000).await, [0_usize; 0]);
    assert_eq!(listed(Status::Expired, 1_000).await, [0, 1, 2]);
    assert_eq!(listed(Status::Complete, 1_000).await, [0_usize; 0]);
}

pub(super) async fn events_are_filtered_by_type_prefix_and_creation<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.make.product("Tea");
    let price = shop.make.price(&product, 500);
    let session = shop.make.session(&[&price]);
    let happened = [
        EventData::ProductCreated(product.clone()),
        EventData::ProductUpdated { product: product.clone(), previous: product },
        EventData::PriceCreated(price),
        EventData::CheckoutSessionExpired(Box::new(session)),
    ];
    let mut made = Vec::new();
    for (second, data) in (0..).zip(happened) {
        shop.make.now = NOW.plus_seconds(second);
        made.push(shop.saved_event(data).await);
    }
    let listed = async |types: &[&str], created| {
        let types = types.iter().map(ToString::to_string).collect();
        let filter = EventFilter { types, created, delivery_success: None };
        let list = store.list_events(shop.sandbox, &filter, all()).await;
        let list = list.unwrap().data;
        which(&made, |event| list.contains(event))
    };
    let ever = CreatedRange::default();
    assert_eq!(listed(&[], ever).await, [0, 1, 2, 3]);
    assert_eq!(listed(&["*"], ever).await, [0, 1, 2, 3]);
    assert_eq!(listed(&["product.created"], ever).await, [0]);
    assert_eq!(listed(&["product.*"], ever).await, [0, 1]);
    assert_eq!(listed(&["product"], ever).await, [0_usize; 0]);
    assert_eq!(listed(&["pr%", "_rice.created"], ever).await, [0_usize; 0]);
    let mixed = ["checkout.session.*", "price.created", "price.created"];
    assert_eq!(listed(&mixed, ever).await, [2, 3]);
    assert_eq!(listed(&mixed, seconds(Some(3), None)).await, [3]);
    assert_eq!(listed(&[], seconds(Some(1), Some(2))).await, [1, 2]);
}

pub(super) async fn conditions_that_nothing_can_meet_find_nothing<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let session = shop.saved_session().await;
    let linked = CheckoutSessionFilter { is_linked: true, ..any_session(NOW) };
    assert_eq!(sessions(&shop, &linked).await, []);
    assert_eq!(sessions(&shop, &any_session(NOW)).await, [session]);

    let event = shop.make.product("Tea");
    let event = shop.saved_event(EventData::ProductCreated(event)).await;
    let events = async |delivery_success| {
        let filter = EventFilter { delivery_success, ..EventFilter::default() };
        store.list_events(shop.sandbox, &filter, all()).await.unwrap().data
    };
    assert_eq!(events(Some(true)).await, std::slice::from_ref(&event));
    assert_eq!(events(Some(false)).await, []);
    assert_eq!(events(None).await, [event]);
}

pub(super) async fn filters_and_pages_go_together<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let tea = shop.saved_product("Tea").await;
    let coffee = shop.saved_product("Coffee").await;
    let mut of_tea = Vec::new();
    for cents in 500..504 {
        of_tea.push(shop.saved_price(&tea, cents).await);
        shop.saved_price(&coffee, cents).await;
    }
    let filter =
        PriceFilter { product: Some(tea.id.clone()), active: Some(true), ..PriceFilter::default() };
    let page = |bound| PageRequest { limit: 2, bound };
    let at = |price: &Price| Cursor { created: price.created, ordinal: price.ordinal };
    for (bound, expected, has_more) in [
        (Bound::Newest, [3, 2], true),
        (Bound::After(at(&of_tea[2])), [1, 0], false),
        (Bound::Before(at(&of_tea[0])), [2, 1], true),
        (Bound::Before(at(&of_tea[1])), [3, 2], false),
    ] {
        let list = store.list_prices(shop.sandbox, &filter, page(bound)).await;
        let list = list.unwrap();
        let expected = expected.map(|index| of_tea[index].id.to_string());
        assert_eq!(ids(&list.data, |price| price.id.to_string()), expected);
        assert_eq!(list.has_more, has_more, "{bound:?}");
    }
}

pub(super) fn any_session(now: Timestamp) -> CheckoutSessionFilter {
    CheckoutSessionFilter {
        now,
        status: None,
        created: CreatedRange::default(),
        customer_email: None,
        customer: None,
        is_linked: false,
    }
}

pub(super) async fn sessions<S: Store>(
    shop: &Shop<'_, S>,
    filter: &CheckoutSessionFilter,
) -> Vec<CheckoutSession> {
    let sandbox = shop.sandbox;
    let list = shop.store.list_checkout_sessions(sandbox, filter, all());
    list.await.unwrap().data
}

pub(super) fn seconds(from: Option<i64>, to: Option<i64>) -> CreatedRange {
    CreatedRange {
        from: from.map(|second| NOW.plus_seconds(second)),
        to: to.map(|second| NOW.plus_seconds(second)),
    }
}

/// The indices of the objects that a list has.
pub(super) fn which<T>(made: &[T], is_listed: impl Fn(&T) -> bool) -> Vec<usize> {
    (0..made.len()).filter(|index| is_listed(&made[*index])).collect()
}
