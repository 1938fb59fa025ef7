//! Lists are newest first and are read in pages, in both directions.

use std::sync::Arc;

use paydesk_domain::catalog::Product;
use paydesk_domain::event::EventData;
use paydesk_domain::id::Ordinal;
use paydesk_domain::time::Timestamp;

use super::objects::NOW;
use super::shop::{Shop, ids};
use crate::query::{
    Bound, CheckoutSessionFilter, Cursor, EventFilter, Page, PageRequest, PriceFilter,
    ProductFilter,
};
use crate::store::Store;

pub(super) async fn lists_are_newest_first_and_break_ties_by_ordinal<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    // Time goes back between them, as it does when a shop's clock is unfrozen.
    let mut made = Vec::new();
    for seconds in [10, 20, 20, 20, 5] {
        shop.make.now = NOW.plus_seconds(seconds);
        made.push(shop.saved_product("Tea").await);
    }
    let expected = [3, 2, 1, 0, 4].map(|index| made[index].clone());
    assert_eq!(page(&shop, all()).await.data, expected);
}

pub(super) async fn pages_behind_a_cursor_reach_the_end_without_gaps<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let newest_first = products_of_a_few_seconds(&mut shop).await;
    let mut seen: Vec<Product> = Vec::new();
    let mut bound = Bound::Newest;
    loop {
        let page = page(&shop, PageRequest { limit: 3, bound }).await;
        seen.extend(page.data);
        assert_eq!(page.has_more, seen.len() < newest_first.len());
        if !page.has_more {
            break;
        }
        bound = Bound::After(cursor(seen.last().unwrap()));
    }
    assert_eq!(seen, newest_first);
}

pub(super) async fn pages_before_a_cursor_are_the_nearest_ones_newest_first<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let newest_first = products_of_a_few_seconds(&mut shop).await;
    let count = newest_first.len();
    let before =
        |product: &Product, limit| PageRequest { limit, bound: Bound::Before(cursor(product)) };
    let nearest = page(&shop, before(&newest_first[count - 1], 3)).await;
    assert_eq!(nearest.data, newest_first[count - 4..count - 1]);
    assert!(nearest.has_more);
    let rest = page(&shop, before(&newest_first[2], 2)).await;
    assert_eq!(rest.data, newest_first[..2]);
    assert!(!rest.has_more);
    let none = page(&shop, before(&newest_first[0], 3)).await;
    assert_eq!((none.data, none.has_more), (vec![], false));
}

pub(super) async fn a_page_that_holds_all_says_that_there_are_no_more<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    assert_eq!(page(&shop, all()).await.data, []);
    let count = products_of_a_few_seconds(&mut shop).await.len();
    for (limit, has_more) in [(count - 1, true), (count, false), (count + 1, false)] {
        let request = PageRequest { limit, bound: Bound::Newest };
        let page = page(&shop, request).await;
        assert_eq!(page.has_more, has_more, "{limit} of {count}");
        assert_eq!(page.data.len(), limit.min(count));
    }
    // A cursor need not be an object that is still there.
    let future = Cursor { created: NOW.plus_seconds(1_000), ordinal: Ordinal::new(u64::MAX) };
    let request = PageRequest { limit: 100, bound: Bound::After(future) };
    assert_eq!(page(&shop, request).await.data.len(), count);
}

pub(super) async fn every_list_has_pages<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    for _ in 0..4 {
        shop.saved_session().await;
        let product = shop.make.product("Tea");
        shop.saved_event(EventData::ProductCreated(product)).await;
    }
    let sandbox = shop.sandbox;
    let filter = PriceFilter::default();
    let list = async |page| store.list_prices(sandbox, &filter, page).await.unwrap();
    walk(list, |price| (price.created, price.ordinal)).await;
    let filter = CheckoutSessionFilter {
        now: NOW,
        status: None,
        created: Default::default(),
        customer_email: None,
        customer: None,
        is_linked: false,
    };
    let list = async |page| {
        let sessions = store.list_checkout_sessions(sandbox, &filter, page).await;
        sessions.unwrap()
    };
    walk(list, |session| (session.created, session.ordinal)).await;
    let filter = EventFilter::default();
    let list = async |page| store.list_events(sandbox, &filter, page).await.unwrap();
    walk(list, |event| (event.created, event.ordinal)).await;
}

/// As many as there can be.
pub(super) const fn all() -> PageRequest {
    PageRequest { limit: 100, bound: Bound::Newest }
}

/// Reads a list of four objects forwards and backwards, two at a time.
pub(super) async fn walk<T>(
    list: impl AsyncFn(PageRequest) -> Page<T>,
    place: impl Fn(&T) -> (Timestamp, Ordinal),
) {
    let at = |object: &T| {
        let (created, ordinal) = place(object);
        Cursor { created, ordinal }
    };
    let read = async |bound| list(PageRequest { limit: 2, bound }).await;
    let newest = read(Bound::Newest).await;
    assert!(newest.has_more);
    let oldest = read(Bound::After(at(&newest.data[1]))).await;
    assert!(!oldest.has_more);
    let again = read(Bound::Before(at(&oldest.data[0]))).await;
    assert!(!again.has_more);
    let ordinals = |page: &Page<T>| ids(&page.data, |object| place(object).1.get().to_string());
    assert_eq!(ordinals(&again), ordinals(&newest));
    let mut places: Vec<_> = newest.data.iter().chain(&oldest.data).map(place).collect();
    places.reverse();
    assert!(places.is_sorted());
    places.dedup();
    assert_eq!(places.len(), 4);
}

/// Products that share seconds, so that pages begin and end within one; newest first.
async fn products_of_a_few_seconds<S: Store>(shop: &mut Shop<'_, S>) -> Vec<Product> {
    let mut products = Vec::new();
    for second in [0, 0, 0, 0, 1, 2, 2, 2] {
        shop.make.now = NOW.plus_seconds(second);
        products.push(shop.saved_product("Tea").await);
    }
    products.reverse();
    products
}

async fn page<S: Store>(shop: &Shop<'_, S>, page: PageRequest) -> Page<Product> {
    let filter = ProductFilter::default();
    let list = shop.store.list_products(shop.sandbox, &filter, page).await;
    list.unwrap()
}

fn cursor(product: &Product) -> Cursor {
    Cursor { created: product.created, ordinal: product.ordinal }
}
