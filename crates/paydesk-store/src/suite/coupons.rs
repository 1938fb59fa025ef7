//! Coupons: written, found, listed and deleted.

use std::sync::Arc;

use paydesk_domain::coupon::{AmountOff, Coupon, CouponDuration, CreateCoupon, Off, PercentOff};
use paydesk_domain::event::EventData;
use paydesk_domain::id::{CouponId, ProductId};
use paydesk_domain::money::{Currency, Money};

use super::lists::all;
use super::objects::{Maker, NOW};
use super::revisions::assert_moved;
use super::shop::{Shop, ids};
use crate::changeset::{Delete, Record, RowVersion};
use crate::query::{Bound, CouponFilter, CreatedRange, PageRequest};
use crate::store::{Store, Stored};

pub(super) async fn a_coupon_with_every_field_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    for coupon in [shop.make.coupon(), shop.make.full_coupon()] {
        let found = store.find_coupon(shop.sandbox, &coupon.id).await;
        assert_eq!(found, Ok(None));
        shop.insert(Record::Coupon(coupon.clone())).await.unwrap();
        let found = store.find_coupon(shop.sandbox, &coupon.id).await;
        let stored = Stored { value: coupon, version: RowVersion::FIRST };
        assert_eq!(found, Ok(Some(stored)));
    }
}

pub(super) async fn a_coupon_in_an_event_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let [coupon, previous] = [shop.make.full_coupon(), shop.make.coupon()];
    let happened = [
        EventData::CouponCreated(coupon.clone()),
        EventData::CouponUpdated { coupon: coupon.clone(), previous },
        EventData::CouponDeleted(Coupon { is_deleted: true, ..coupon }),
    ];
    for data in happened {
        let event = shop.saved_event(data).await;
        let found = store.find_event(shop.sandbox, &event.id).await;
        assert_eq!(found, Ok(Some(event)));
    }
}

pub(super) async fn a_coupon_is_replaced_and_deleted_at_its_version<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    let named = Coupon { name: Some("Spring".to_owned()), ..coupon.clone() };
    shop.replace(Record::Coupon(named.clone()), RowVersion::FIRST).await.unwrap();
    let found = store.find_coupon(shop.sandbox, &coupon.id).await.unwrap().unwrap();
    assert_eq!(found.value, named);

    assert_moved(&delete(&shop, &coupon.id, RowVersion::FIRST).await);
    assert_moved(&delete(&shop, &CouponId::from("nobody's"), RowVersion::FIRST).await);
    assert!(store.find_coupon(shop.sandbox, &coupon.id).await.unwrap().is_some());
    delete(&shop, &coupon.id, found.version).await.unwrap();
    assert_eq!(store.find_coupon(shop.sandbox, &coupon.id).await, Ok(None));
    assert_eq!(listed(&shop, CouponFilter::default(), all()).await, [""; 0]);
    // Its code is free again.
    shop.insert(Record::Coupon(coupon)).await.unwrap();
}

pub(super) async fn coupons_are_listed_newest_first_and_by_creation<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let mut codes = Vec::new();
    for second in [0, 0, 1, 2] {
        shop.make.now = NOW.plus_seconds(second);
        codes.insert(0, shop.saved_coupon().await.id.to_string());
    }
    let any = CouponFilter::default();
    assert_eq!(listed(&shop, any, all()).await, codes);
    let newest = PageRequest { limit: 3, bound: Bound::Newest };
    assert_eq!(listed(&shop, any, newest).await, codes[..3]);
    let at = |from, to| CouponFilter {
        created: CreatedRange {
            from: Some(NOW.plus_seconds(from)),
            to: Some(NOW.plus_seconds(to)),
        },
    };
    assert_eq!(listed(&shop, at(1, 1), all()).await, codes[1..2]);
    assert_eq!(listed(&shop, at(0, 1), all()).await, codes[1..]);
}

pub(super) async fn two_sandboxes_have_coupons_of_the_same_code<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    let mut other = shop.in_sandbox(8);
    assert_eq!(store.find_coupon(other.sandbox, &coupon.id).await, Ok(None));
    assert_eq!(listed(&other, CouponFilter::default(), all()).await, [""; 0]);
    assert_moved(&delete(&other, &coupon.id, RowVersion::FIRST).await);
    let theirs = Coupon { id: coupon.id.clone(), ..other.make.full_coupon() };
    other.insert(Record::Coupon(theirs.clone())).await.unwrap();
    let found = store.find_coupon(other.sandbox, &coupon.id).await.unwrap();
    assert_eq!(found.unwrap().value, theirs);
    assert_eq!(store.last_ordinal().await, Ok(Some(theirs.ordinal)));
}

pub(super) async fn a_deleted_coupon_is_kept_by_its_ordinal<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    let kept = async |ordinal| store.find_deleted_coupon(shop.sandbox, ordinal).await.unwrap();
    assert_eq!(kept(coupon.ordinal).await, None);

    let deleted = Coupon { is_deleted: true, ..coupon.clone() };
    let mut changeset = shop.changeset();
    changeset.deletes.push(Delete::Coupon { id: coupon.id.clone(), read_at: RowVersion::FIRST });
    changeset.insert(Record::DeletedCoupon(deleted.clone()));
    store.commit(changeset).await.unwrap();
    assert_eq!(store.find_coupon(shop.sandbox, &coupon.id).await, Ok(None));
    assert_eq!(kept(coupon.ordinal).await, Some(deleted.clone()));
    assert_eq!(store.has_object(shop.sandbox, coupon.id.as_str()).await, Ok(false));
    assert_eq!(store.last_ordinal().await, Ok(Some(coupon.ordinal)));

    // Another with its id may be deleted too.
    let again = Coupon { id: coupon.id.clone(), ..shop.make.coupon() };
    let again = Coupon { is_deleted: true, ..again };
    shop.insert(Record::DeletedCoupon(again.clone())).await.unwrap();
    let kept = async |ordinal| store.find_deleted_coupon(shop.sandbox, ordinal).await.unwrap();
    assert_eq!(kept(coupon.ordinal).await, Some(deleted.clone()));
    assert_eq!(kept(again.ordinal).await, Some(again));
    let other = shop.in_sandbox(8);
    assert_eq!(store.find_deleted_coupon(other.sandbox, deleted.ordinal).await, Ok(None));
}

impl Maker {
    /// A Coupon that takes a quarter off, once.
    pub(super) fn coupon(&mut self) -> Coupon {
        self.coupon_of(Off::Percent(PercentOff::parse("25").unwrap()))
    }

    /// A Coupon with something in every field.
    pub(super) fn full_coupon(&mut self) -> Coupon {
        let money = |amount, code| Money::new(amount, Currency::from_code(code).unwrap());
        let others = vec![money(450, "eur"), money(70_000, "jpy")];
        let off = Off::Amount(AmountOff { amount: money(500, "usd"), others });
        let metadata = self.full_product().metadata;
        Coupon {
            name: Some("Frühling".to_owned()),
            duration: CouponDuration::Repeating { months: 3 },
            products: ["tea", "coffee"].map(ProductId::from).to_vec(),
            max_redemptions: Some(100),
            redeem_by: Some(NOW.plus_seconds(60)),
            times_redeemed: 7,
            metadata,
            ..self.coupon_of(off)
        }
    }

    fn coupon_of(&mut self, off: Off) -> Coupon {
        let create = CreateCoupon {
            id: None,
            name: None,
            off,
            duration: CouponDuration::Forever,
            products: Vec::new(),
            max_redemptions: None,
            redeem_by: None,
            metadata: None,
        };
        create.into_coupon(|_| true, self.now, &mut self.ids).unwrap()
    }
}

impl<S: Store> Shop<'_, S> {
    pub(super) async fn saved_coupon(&mut self) -> Coupon {
        let coupon = self.make.coupon();
        self.insert(Record::Coupon(coupon.clone())).await.unwrap();
        coupon
    }
}

async fn listed<S: Store>(
    shop: &Shop<'_, S>,
    filter: CouponFilter,
    page: PageRequest,
) -> Vec<String> {
    let page = shop.store.list_coupons(shop.sandbox, &filter, page).await;
    ids(&page.unwrap().data, |coupon| coupon.id.to_string())
}

async fn delete<S: Store>(
    shop: &Shop<'_, S>,
    id: &CouponId,
    read_at: RowVersion,
) -> Result<(), crate::StoreError> {
    let mut changeset = shop.changeset();
    changeset.deletes.push(Delete::Coupon { id: id.clone(), read_at });
    shop.store.commit(changeset).await
}
