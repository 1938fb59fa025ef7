//! Searches find what their query matches, in the order of lists.

use std::sync::Arc;

use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::search::{
    Clause, Condition, Folded, Joined, SearchQuery, SearchValue, Subject,
};

use super::objects::NOW;
use super::shop::{Shop, ids};
use crate::query::{Cursor, SearchRequest};
use crate::store::Store;

pub(super) async fn a_search_finds_what_its_query_matches_newest_first<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let mut products = Vec::new();
    for (second, name) in [(1, "Green tea"), (0, "Black tea"), (2, "Coffee"), (1, "Red tea")] {
        shop.make.now = NOW.plus_seconds(second);
        products.push(shop.saved_product(name).await);
    }
    let cheap = shop.saved_price(&products[0], 100).await;
    let dear = shop.saved_price(&products[0], 900).await;

    let found = store.search_products(shop.sandbox, &named("TEA"), request(10)).await.unwrap();
    let expected = [&products[3], &products[0], &products[1]].map(Product::clone);
    assert_eq!(found.page.data, expected);
    assert!(!found.page.has_more);
    assert_eq!(found.total_count, None);

    let of_product = |product: &Product| SearchQuery {
        joined: Joined::All,
        clauses: vec![Clause {
            is_negated: false,
            subject: Subject::Field(|price: &Price| SearchValue::Text(price.product.as_str())),
            condition: Condition::Equals(Folded::new(product.id.as_str())),
        }],
    };
    let prices = async |product| {
        let found = store.search_prices(shop.sandbox, &of_product(product), request(10)).await;
        ids(&found.unwrap().page.data, |price| price.id.to_string())
    };
    assert_eq!(prices(&products[0]).await, [dear.id.to_string(), cheap.id.to_string()]);
    assert!(prices(&products[1]).await.is_empty());
}

pub(super) async fn pages_of_a_search_reach_the_end_without_gaps<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    for number in 0..7 {
        // Several share a second, and every other one is not searched for.
        shop.make.now = NOW.plus_seconds(number / 4);
        shop.saved_product(&format!("Tea {number}")).await;
        shop.saved_product("Coffee").await;
    }
    let mut names = Vec::new();
    let mut after = None;
    loop {
        let request = SearchRequest { after, ..request(3) };
        let found = store.search_products(shop.sandbox, &named("tea"), request).await.unwrap();
        assert!(found.page.data.len() <= 3);
        names.extend(found.page.data.iter().map(|product| product.details.name.clone()));
        after = found
            .page
            .data
            .last()
            .map(|product| Cursor { created: product.created, ordinal: product.ordinal });
        if !found.page.has_more {
            break;
        }
    }
    assert_eq!(names, ["Tea 6", "Tea 5", "Tea 4", "Tea 3", "Tea 2", "Tea 1", "Tea 0"]);
}

pub(super) async fn a_search_counts_all_that_match_where_that_is_asked_for<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let mut oldest = None;
    for number in 0..5 {
        let product = shop.saved_product(&format!("Tea {number}")).await;
        oldest.get_or_insert(product);
    }
    shop.saved_product("Coffee").await;
    let counting = SearchRequest { counts: true, ..request(2) };
    let found = store.search_products(shop.sandbox, &named("tea"), counting).await.unwrap();
    assert_eq!((found.page.data.len(), found.total_count), (2, Some(5)));

    let after = oldest.map(|product| Cursor { created: product.created, ordinal: product.ordinal });
    let behind_all = SearchRequest { after, ..counting };
    let found = store.search_products(shop.sandbox, &named("tea"), behind_all).await.unwrap();
    assert_eq!((found.page.data.len(), found.total_count), (0, Some(5)));
}

pub(super) async fn no_sandbox_finds_by_a_search_what_another_has<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let shop = shop.in_sandbox(8);
    let counting = SearchRequest { counts: true, ..request(2) };
    let found = store.search_products(shop.sandbox, &named("tea"), counting).await.unwrap();
    assert_eq!((found.page.data, found.total_count), (Vec::new(), Some(0)));
    let any_price = SearchQuery {
        joined: Joined::All,
        clauses: vec![Clause {
            is_negated: true,
            subject: Subject::Field(|_: &Price| SearchValue::Number(1)),
            condition: Condition::Absent,
        }],
    };
    let mut other = Shop::new(store);
    other.make = shop.make;
    other.saved_price(&product, 500).await;
    let found = store.search_prices(shop.sandbox, &any_price, counting).await.unwrap();
    assert_eq!(found.page.data, Vec::<Price>::new());
}

/// Products whose name has this text in it.
fn named(part: &str) -> SearchQuery<Product> {
    SearchQuery {
        joined: Joined::All,
        clauses: vec![Clause {
            is_negated: false,
            subject: Subject::Field(|product: &Product| SearchValue::Text(&product.details.name)),
            condition: Condition::Contains(Folded::new(part)),
        }],
    }
}

const fn request(limit: usize) -> SearchRequest {
    SearchRequest { limit, after: None, counts: false }
}
