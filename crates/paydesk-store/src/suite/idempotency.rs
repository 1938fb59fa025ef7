//! An idempotency key is used once, with its answer, and forgotten by age.

use std::sync::Arc;

use super::objects::NOW;
use super::revisions::{assert_moved, commit_at_once};
use super::shop::{Shop, answer};
use crate::answer::{IdempotencyRecord, StoredAnswer};
use crate::changeset::{Changeset, Idempotency, Record};
use crate::error::StoreError;
use crate::store::Store;

pub(super) async fn an_answer_comes_back_byte_for_byte<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    // Bytes that hardly compress, and more of them than a page of any database holds.
    let noise: Vec<u8> = (0..100_000_u32)
        .map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    let cart = br#"{"id":"cs_test_1","object":"checkout.session","amount_total":500}"#;
    let records = [
        answer(b""),
        answer(cart),
        answer(&noise),
        IdempotencyRecord {
            fingerprint: [0xff; 32],
            endpoint: "POST /v1/prices".to_owned(),
            answer: StoredAnswer {
                status: 402,
                request_id: "req_2".to_owned(),
                api_version: "2026-10-28.endive".to_owned(),
                revision: None,
                body: "{\"grüße\":\"☕\"}".as_bytes().to_vec(),
            },
        },
    ];
    // A key is whatever the client sends, up to 255 characters.
    let keys = ["1", "a key with spaces", "ключ", &"k".repeat(255)];
    for (key, record) in keys.iter().zip(records) {
        let mut changeset = shop.changeset();
        changeset.idempotency =
            Some(Idempotency { key: (*key).to_owned(), record: record.clone(), created_wall: NOW });
        store.commit(changeset).await.unwrap();
        let found = store.find_idempotency(shop.sandbox, key).await;
        assert_eq!(found, Ok(Some(record)));
    }
}

pub(super) async fn a_used_key_refuses_the_whole_changeset<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    store.commit(shop.using_key("key", NOW)).await.unwrap();
    let product = shop.make.product("Tea");
    let mut again = shop.using_key("key", NOW.plus_seconds(1));
    again.insert(Record::Product(product.clone()));
    let outcome = store.commit(again).await;
    assert_eq!(outcome, Err(StoreError::IdempotencyKeyTaken));
    let found = store.find_product(shop.sandbox, &product.id).await;
    assert_eq!(found, Ok(None));
    let kept = store.find_idempotency(shop.sandbox, "key").await;
    assert_eq!(kept, Ok(Some(answer(b"key"))));
}

pub(super) async fn a_refused_changeset_leaves_its_key_unused<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.saved_product("Tea").await;
    let mut refused = shop.using_key("key", NOW);
    refused.insert(Record::Product(product));
    assert_moved(&store.commit(refused).await);
    let found = store.find_idempotency(shop.sandbox, "key").await;
    assert_eq!(found, Ok(None));
    assert_eq!(store.commit(shop.using_key("key", NOW)).await, Ok(()));
}

pub(super) async fn of_many_requests_with_one_key_one_is_done<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let changesets: Vec<Changeset> = (0..32)
        .map(|_| {
            let mut changeset = shop.using_key("key", NOW);
            changeset.insert(Record::Product(shop.make.product("Tea")));
            changeset
        })
        .collect();
    let products: Vec<Record> =
        changesets.iter().map(|changeset| changeset.puts[0].record.clone()).collect();
    let outcomes = commit_at_once(store, changesets).await;
    let mut done = 0;
    for (record, outcome) in products.iter().zip(outcomes) {
        let Record::Product(product) = record else {
            unreachable!("only Products were inserted");
        };
        let found = store.find_product(shop.sandbox, &product.id).await.unwrap();
        assert_eq!(found.is_some(), outcome.is_ok());
        match outcome {
            Ok(()) => done += 1,
            Err(refusal) => assert_eq!(refusal, StoreError::IdempotencyKeyTaken),
        }
    }
    assert_eq!(done, 1);
}
