//! What a decision on a session is loaded with.

use std::sync::Arc;

use paydesk_domain::catalog::{Catalog, Price, Product};
use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::event::EventData;
use paydesk_domain::id::{
    CouponId, PriceId, ProductId, PromotionCodeId, ShippingRateId, TaxRateId,
};
use tokio::task::JoinSet;

use super::revisions::with_reference;
use super::shop::Shop;
use crate::changeset::{Record, RowVersion};
use crate::store::{CartQuery, CatalogQuery, LineDetail, Store, Stored};

pub(super) async fn a_cart_has_what_its_lines_and_the_request_name<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let products = [
        shop.saved_product("Tea").await,
        shop.saved_product("Coffee").await,
        shop.saved_product("Cocoa").await,
        shop.saved_product("Not in it").await,
    ];
    let mut prices = Vec::new();
    for product in &products {
        prices.push(shop.saved_price(product, 500).await);
    }
    let session = shop.make.session(&[&prices[0], &prices[0]]);
    let record = Record::CheckoutSession(session.clone());
    shop.insert(record).await.unwrap();

    let asked_prices = [prices[1].id.clone(), prices[0].id.clone()];
    let asked_products = [products[2].id.clone(), products[0].id.clone()];
    let query = CartQuery {
        lines: LineDetail::Products,
        promotion_code: false,
        shipping_rates: false,
        named: CatalogQuery {
            prices: asked_prices.to_vec(),
            products: asked_products.to_vec(),
            ..CatalogQuery::default()
        },
    };
    let cart = store.load_cart(shop.sandbox, &session.id, &query).await.unwrap().unwrap();
    let expected = Stored { value: session, version: RowVersion::FIRST };
    assert_eq!(cart.session, expected);
    let expected = Catalog::new(prices[..2].to_vec(), products[..3].to_vec());
    assert_eq!(cart.catalog, expected);
}

pub(super) async fn a_cart_has_no_more_than_was_asked_for<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;
    let session = shop.make.session(&[&price]);
    shop.insert(Record::CheckoutSession(session.clone())).await.unwrap();
    let expected = [
        (LineDetail::None, Catalog::default()),
        (LineDetail::Prices, Catalog::new([price.clone()], [])),
        (LineDetail::Products, Catalog::new([price], [product])),
    ];
    for (lines, catalog) in expected {
        let query = CartQuery { lines, ..CartQuery::default() };
        let cart = store.load_cart(shop.sandbox, &session.id, &query).await;
        assert_eq!(cart.unwrap().unwrap().catalog, catalog, "{lines:?}");
    }
}

pub(super) async fn a_cart_has_archived_objects<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;
    let session = shop.make.session(&[&price]);
    let record = Record::CheckoutSession(session.clone());
    shop.insert(record).await.unwrap();
    let product = Product { active: false, ..product };
    let price = Price { active: false, ..price };
    for record in [Record::Product(product.clone()), Record::Price(price.clone())] {
        shop.replace(record, RowVersion::FIRST).await.unwrap();
    }
    let cart = shop.cart(&session.id).await.unwrap();
    assert_eq!(cart.catalog, Catalog::new([price], [product]));
}

pub(super) async fn a_catalog_leaves_out_what_does_not_exist<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let lone = shop.saved_product("Tea, loose").await;
    let price = shop.saved_price(&product, 500).await;
    let query = CatalogQuery {
        prices: vec![price.id.clone(), PriceId::from("price_none")],
        products: vec![lone.id.clone(), ProductId::from("prod_none")],
        coupons: vec![CouponId::from("none")],
        promotion_codes: vec![PromotionCodeId::from("promo_none")],
        tax_rates: vec![TaxRateId::from("txr_none")],
        shipping_rates: vec![ShippingRateId::from("shr_none")],
    };
    let catalog = store.load_catalog(shop.sandbox, &query).await;
    assert_eq!(catalog, Ok(Catalog::new([price], [product, lone])));
    let nothing = store.load_catalog(shop.sandbox, &CatalogQuery::default()).await;
    assert_eq!(nothing, Ok(Catalog::default()));
}

pub(super) async fn a_cart_is_read_from_one_snapshot<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let price = shop.saved_price(&product, 500).await;
    let session = shop.make.session(&[&price]);
    let record = Record::CheckoutSession(session.clone());
    shop.insert(record).await.unwrap();

    let mut changes = JoinSet::new();
    let changeset = shop.changeset();
    let (writer, before) = (Arc::clone(store), (session.clone(), product.clone()));
    changes.spawn(async move {
        let mut version = RowVersion::FIRST;
        for number in 0..200 {
            let (session, product) = named(&before.0, &before.1, &number.to_string());
            let mut changeset = changeset.clone();
            changeset.replace(Record::CheckoutSession(session), version);
            changeset.replace(Record::Product(product), version);
            writer.commit(changeset).await.unwrap();
            version = version.next();
        }
    });
    let mut last = RowVersion::FIRST;
    while last.0 < 201 {
        let cart = shop.cart(&session.id).await.unwrap();
        assert!(cart.session.version >= last, "a read went back");
        last = cart.session.version;
        let reference = cart.session.value.client_reference_id;
        let name = cart.catalog.product(&product.id).unwrap().details.name.clone();
        assert_eq!(reference.unwrap_or_else(|| "Tea".to_owned()), name);
    }
    changes.join_all().await;
}

pub(super) async fn the_last_ordinal_is_the_largest_of_all_objects<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    assert_eq!(store.last_ordinal().await, Ok(None));
    let product = shop.saved_product("Tea").await;
    assert_eq!(store.last_ordinal().await, Ok(Some(product.ordinal)));
    let price = shop.saved_price(&product, 500).await;
    assert_eq!(store.last_ordinal().await, Ok(Some(price.ordinal)));
    let session = shop.saved_session().await;
    assert_eq!(store.last_ordinal().await, Ok(Some(session.ordinal)));
    let event = shop.saved_event(EventData::ProductCreated(product)).await;
    assert_eq!(store.last_ordinal().await, Ok(Some(event.ordinal)));
    // Of all sandboxes: ids are unique in a store.
    let mut shop = shop.in_sandbox(8);
    let other = shop.saved_product("Coffee").await;
    assert_eq!(store.last_ordinal().await, Ok(Some(other.ordinal)));
}

/// Both with the same text, so that a reader can tell whether they belong together.
fn named(session: &CheckoutSession, product: &Product, name: &str) -> (CheckoutSession, Product) {
    let mut product = product.clone();
    name.clone_into(&mut product.details.name);
    (with_reference(session, name), product)
}
