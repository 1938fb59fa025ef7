//! Paging through ten thousand objects while others come and go misses and repeats none that were
//! there throughout.

use std::collections::BTreeSet;
use std::sync::Arc;

use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::event::{Event, EventData};
use paydesk_domain::id::Ordinal;
use paydesk_domain::time::Timestamp;

use super::list_filters::any_session;
use super::objects::NOW;
use super::shop::Shop;
use crate::changeset::{Delete, Record, RowVersion};
use crate::query::{Bound, Cursor, EventFilter, Page, PageRequest, PriceFilter, ProductFilter};
use crate::store::{Perishable, Store};

const OBJECTS: usize = 10_000;
const PAGE: usize = 100;
/// One of so many is gone before the second walk ends.
const FATED: usize = 5;
/// Objects that go while a page is read: all that are fated, before two walks are over.
const GOING: usize = OBJECTS / FATED / (2 * OBJECTS / PAGE) + 4;
/// Objects that come while a page is read.
const COMING: usize = 3;
/// Seconds over which objects are created, in no order; several share each.
const SECONDS: usize = 1_000;

pub(super) async fn products_that_stay_are_listed_once_while_others_come_and_go<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let products = fill(&mut shop, |shop| {
        let product = shop.make.product("Tea");
        (product.clone(), Record::Product(product))
    })
    .await;
    let mut fated = scrambled(&products);
    for direction in [Direction::Older, Direction::Newer] {
        let list = async |page| {
            let filter = ProductFilter::default();
            store.list_products(Shop::new(store).sandbox, &filter, page).await.unwrap()
        };
        let seen = walk(direction, list, place_of_product, async |turn| {
            let mut changeset = shop.changeset();
            for product in fated.drain(..GOING.min(fated.len())) {
                let delete = Delete::Product { id: product.id, read_at: RowVersion::FIRST };
                changeset.deletes.push(delete);
            }
            for number in 0..COMING {
                shop.make.now = second(turn * COMING + number);
                changeset.insert(Record::Product(shop.make.product("Coffee")));
            }
            store.commit(changeset).await.unwrap();
        });
        assert_each_once(seen.await, staying(&products).map(place_of_product));
    }
    assert_eq!(fated, []);
}

pub(super) async fn prices_that_stay_active_are_listed_once_while_others_change<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let prices = fill(&mut shop, |shop| {
        let price = shop.make.price(&product, 500);
        (price.clone(), Record::Price(price))
    })
    .await;
    let mut fated = scrambled(&prices);
    for direction in [Direction::Older, Direction::Newer] {
        let list = async |page| {
            let filter = PriceFilter { active: Some(true), ..PriceFilter::default() };
            store.list_prices(Shop::new(store).sandbox, &filter, page).await.unwrap()
        };
        let seen = walk(direction, list, place_of_price, async |turn| {
            let mut changeset = shop.changeset();
            for price in fated.drain(..GOING.min(fated.len())) {
                let archived = Price { active: false, ..price };
                changeset.replace(Record::Price(archived), RowVersion::FIRST);
            }
            for number in 0..COMING {
                shop.make.now = second(turn * COMING + number);
                changeset.insert(Record::Price(shop.make.price(&product, 350)));
            }
            store.commit(changeset).await.unwrap();
        });
        assert_each_once(seen.await, staying(&prices).map(place_of_price));
    }
    assert_eq!(fated, []);
}

pub(super) async fn sessions_that_stay_are_listed_once_while_others_come_and_go<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;
    let mut number = 0;
    let sessions = fill(&mut shop, |shop| {
        let open = shop.make.session(&[&price]);
        let is_fated = number % FATED == 0;
        number += 1;
        let session = if is_fated { open.expire(shop.make.now).unwrap().session } else { open };
        (session.clone(), Record::CheckoutSession(session))
    })
    .await;
    for direction in [Direction::Older, Direction::Newer] {
        let list = async |page| {
            let (sandbox, filter) = (Shop::new(store).sandbox, any_session(NOW));
            store.list_checkout_sessions(sandbox, &filter, page).await.unwrap()
        };
        let seen = walk(direction, list, place_of_session, async |turn| {
            store.prune(Perishable::ExpiredSessions, NOW, GOING).await.unwrap();
            let mut changeset = shop.changeset();
            for number in 0..COMING {
                shop.make.now = second(turn * COMING + number);
                changeset.insert(Record::CheckoutSession(shop.make.session(&[&price])));
            }
            store.commit(changeset).await.unwrap();
        });
        assert_each_once(seen.await, staying(&sessions).map(place_of_session));
    }
    assert_eq!(store.prune(Perishable::ExpiredSessions, NOW, GOING).await, Ok(0));
}

pub(super) async fn events_that_stay_are_listed_once_while_others_come_and_go<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let mut events = Vec::with_capacity(OBJECTS);
    while events.len() < OBJECTS {
        let mut changeset = shop.changeset();
        for _ in 0..PAGE {
            shop.make.now = second(events.len());
            let event = shop.make.event(EventData::ProductCreated(product.clone()));
            changeset.events.push(event.clone());
            events.push(event);
        }
        store.commit(changeset).await.unwrap();
    }
    // The oldest by when they were written go first; in the list they are anywhere.
    let staying = &events[OBJECTS / FATED..];
    let mut left = OBJECTS / FATED;
    for direction in [Direction::Older, Direction::Newer] {
        let list = async |page| {
            let filter = EventFilter::default();
            store.list_events(Shop::new(store).sandbox, &filter, page).await.unwrap()
        };
        let seen = walk(direction, list, place_of_event, async |turn| {
            left -= store.prune(Perishable::Events, NOW, GOING.min(left)).await.unwrap();
            let mut changeset = shop.changeset();
            for number in 0..COMING {
                shop.make.now = second(turn * COMING + number);
                let event = shop.make.event(EventData::ProductCreated(product.clone()));
                changeset.events.push(event);
            }
            store.commit(changeset).await.unwrap();
        });
        assert_each_once(seen.await, staying.iter().map(place_of_event));
    }
    assert_eq!(left, 0);
}

/// An object's place in a list, and its name.
type Place = (Cursor, String);

#[derive(Clone, Copy)]
enum Direction {
    /// From the newest on, as by `starting_after`.
    Older,
    /// From the oldest on, as by `ending_before`.
    Newer,
}

/// Pages through a list to its end. While each page is read, `disturb` makes objects come and go,
/// among them the one that the page begins behind.
async fn walk<T>(
    direction: Direction,
    list: impl AsyncFn(PageRequest) -> Page<T>,
    place: impl Fn(&T) -> Place,
    mut disturb: impl AsyncFnMut(usize),
) -> Vec<Place> {
    let oldest = Cursor { created: Timestamp::from_seconds(0), ordinal: Ordinal::new(0) };
    let mut bound = match direction {
        Direction::Older => Bound::Newest,
        Direction::Newer => Bound::Before(oldest),
    };
    let mut seen: Vec<Place> = Vec::new();
    for turn in 0.. {
        let (page, ()) = tokio::join!(list(PageRequest { limit: PAGE, bound }), disturb(turn));
        let mut places: Vec<Place> = page.data.iter().map(&place).collect();
        if let Direction::Newer = direction {
            places.reverse();
        }
        seen.extend(places);
        if !page.has_more {
            break;
        }
        let (edge, _) = seen.last().unwrap();
        bound = match direction {
            Direction::Older => Bound::After(*edge),
            Direction::Newer => Bound::Before(*edge),
        };
    }
    if let Direction::Newer = direction {
        seen.reverse();
    }
    seen
}

/// Expects that what was seen is in order, nothing twice, and that everything that stays is in it.
fn assert_each_once(seen: Vec<Place>, staying: impl Iterator<Item = Place>) {
    let order = |(cursor, _): &Place| (cursor.created, cursor.ordinal);
    assert!(seen.is_sorted_by(|newer, older| order(newer) > order(older)), "newest first");
    let count = seen.len();
    let names: BTreeSet<String> = seen.into_iter().map(|(_, name)| name).collect();
    assert_eq!(names.len(), count, "nothing is repeated");
    let missed: Vec<String> =
        staying.map(|(_, name)| name).filter(|name| !names.contains(name)).collect();
    assert_eq!(missed, [""; 0], "nothing is missed");
}

/// Ten thousand objects, in commits of a hundred.
async fn fill<S: Store, T>(
    shop: &mut Shop<'_, S>,
    mut make: impl FnMut(&mut Shop<'_, S>) -> (T, Record),
) -> Vec<T> {
    let mut objects = Vec::with_capacity(OBJECTS);
    while objects.len() < OBJECTS {
        let mut changeset = shop.changeset();
        for _ in 0..PAGE {
            shop.make.now = second(objects.len());
            let (object, record) = make(shop);
            changeset.insert(record);
            objects.push(object);
        }
        shop.store.commit(changeset).await.unwrap();
    }
    objects
}

/// When an object is created: in no order, several in each second.
fn second(number: usize) -> Timestamp {
    NOW.plus_seconds(i64::try_from(number * 7_919 % SECONDS).unwrap())
}

/// Those that go, in no order.
fn scrambled<T: Clone>(objects: &[T]) -> Vec<T> {
    let count = OBJECTS / FATED;
    (0..count).map(|number| objects[number * 7_919 % count * FATED].clone()).collect()
}

/// Those that stay.
fn staying<T>(objects: &[T]) -> impl Iterator<Item = &T> {
    objects.iter().enumerate().filter(|(index, _)| index % FATED != 0).map(|(_, object)| object)
}

fn place_of_product(product: &Product) -> Place {
    (place(product.created, product.ordinal), product.id.to_string())
}

fn place_of_price(price: &Price) -> Place {
    (place(price.created, price.ordinal), price.id.to_string())
}

fn place_of_session(session: &CheckoutSession) -> Place {
    (place(session.created, session.ordinal), session.id.to_string())
}

fn place_of_event(event: &Event) -> Place {
    (place(event.created, event.ordinal), event.id.to_string())
}

const fn place(created: Timestamp, ordinal: Ordinal) -> Cursor {
    Cursor { created, ordinal }
}
