//! Promotion codes: written, found, listed, and no two in each other's way.

use std::sync::Arc;

use paydesk_domain::coupon::Coupon;
use paydesk_domain::event::EventData;
use paydesk_domain::id::CustomerId;
use paydesk_domain::money::{Currency, Money};
use paydesk_domain::promotion_code::{
    Code, CreatePromotionCode, MinimumAmount, PromotionCode, Restrictions,
};
use paydesk_domain::sandbox::SandboxClock;
use paydesk_domain::time::Timestamp;

use super::lists::all;
use super::objects::{Maker, NOW};
use super::revisions::{assert_moved, commit_at_once};
use super::shop::{Shop, ids};
use crate::changeset::{Check, Delete, Record, RowVersion};
use crate::query::{Bound, CreatedRange, PageRequest, PromotionCodeFilter};
use crate::store::{Perishable, Store, Stored};

pub(super) async fn a_promotion_code_with_every_field_comes_back_as_it_was<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    for made in [shop.make.promotion_code(&coupon, "tea"), shop.make.full_promotion_code(&coupon)] {
        assert_eq!(store.find_promotion_code(shop.sandbox, &made.id).await, Ok(None));
        shop.insert(Record::PromotionCode(made.clone())).await.unwrap();
        let found = store.find_promotion_code(shop.sandbox, &made.id).await;
        assert_eq!(store.last_ordinal().await, Ok(Some(made.ordinal)));
        assert_eq!(store.has_object(shop.sandbox, made.id.as_str()).await, Ok(true));
        assert_eq!(found, Ok(Some(Stored { value: made, version: RowVersion::FIRST })));
    }
}

pub(super) async fn a_promotion_code_in_an_event_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    let previous = Box::new(shop.make.promotion_code(&coupon, "tea"));
    let promotion_code = Box::new(shop.make.full_promotion_code(&coupon));
    let coupon = Box::new(Coupon { is_deleted: true, ..coupon });
    let happened = [
        EventData::PromotionCodeCreated {
            promotion_code: promotion_code.clone(),
            coupon: coupon.clone(),
        },
        EventData::PromotionCodeUpdated { promotion_code, previous, coupon },
    ];
    for data in happened {
        let event = shop.saved_event(data).await;
        assert_eq!(store.find_event(shop.sandbox, &event.id).await, Ok(Some(event)));
    }
}

pub(super) async fn a_promotion_code_is_replaced_at_its_version<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    let made = shop.saved_promotion_code(&coupon, "tea", None).await;
    let off = PromotionCode { is_enabled: false, ..made.clone() };
    let record = Record::PromotionCode(off.clone());
    shop.replace(record.clone(), RowVersion::FIRST).await.unwrap();
    assert_moved(&shop.replace(record, RowVersion::FIRST).await);
    let found = store.find_promotion_code(shop.sandbox, &made.id).await.unwrap().unwrap();
    assert_eq!(found.value, off);
    assert_eq!(found.version, RowVersion::FIRST.next());
    assert_eq!(listed(&shop, active(true, NOW), all()).await, [""; 0]);
    assert_eq!(listed(&shop, active(false, NOW), all()).await, [made.id.to_string()]);
}

pub(super) async fn promotion_codes_are_filtered_by_each_of_their_columns<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let [one, other] = [shop.saved_coupon().await, shop.saved_coupon().await];
    let jenny = CustomerId::from("cus_jenny");
    let tea = shop.saved_promotion_code(&one, "Tea", None).await;
    shop.make.now = NOW.plus_seconds(1);
    let jennys = shop.saved_promotion_code(&one, "jennys", Some(&jenny)).await;
    shop.make.now = NOW.plus_seconds(2);
    let coffee = shop.saved_promotion_code(&other, "coffee", None).await;
    let code = |text: &str| Some(text.to_owned());
    let at = |second| {
        let at = Some(NOW.plus_seconds(second));
        CreatedRange { from: at, to: at }
    };
    let table = [
        (any(), vec![&coffee, &jennys, &tea]),
        (PromotionCodeFilter { code: code("tEA"), ..any() }, vec![&tea]),
        (PromotionCodeFilter { code: code("te"), ..any() }, vec![]),
        (PromotionCodeFilter { code: code("tea time"), ..any() }, vec![]),
        (PromotionCodeFilter { coupon: Some(one.id.clone()), ..any() }, vec![&jennys, &tea]),
        (PromotionCodeFilter { customer: Some(jenny.clone()), ..any() }, vec![&jennys]),
        (PromotionCodeFilter { created: at(1), ..any() }, vec![&jennys]),
        (PromotionCodeFilter { coupon: Some(one.id.clone()), created: at(0), ..any() }, vec![&tea]),
        (PromotionCodeFilter { is_for_account: true, ..any() }, vec![]),
    ];
    for (filter, expected) in table {
        let expected: Vec<String> = expected.iter().map(|code| code.id.to_string()).collect();
        assert_eq!(listed(&shop, filter.clone(), all()).await, expected, "{filter:?}");
    }
}

pub(super) async fn an_active_promotion_code_can_be_redeemed_and_so_can_its_coupon<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let plain = shop.saved_coupon().await;
    let limited = shop.make.coupon();
    let limited = Coupon { max_redemptions: Some(2), times_redeemed: 1, ..limited };
    shop.insert(Record::Coupon(limited.clone())).await.unwrap();
    let gone = shop.saved_coupon().await;

    let mut made = Vec::new();
    for (code, coupon) in [("A", &plain), ("B", &plain), ("C", &plain), ("D", &limited)] {
        made.push(shop.make.promotion_code(coupon, code));
    }
    made.push(shop.make.promotion_code(&gone, "E"));
    made[1].expires_at = Some(NOW.plus_seconds(10));
    made[2].max_redemptions = Some(3);
    made[2].times_redeemed = 2;
    for promotion_code in &made {
        shop.insert(Record::PromotionCode(promotion_code.clone())).await.unwrap();
    }
    let both = async |shop: &Shop<'_, S>, second| {
        let at = NOW.plus_seconds(second);
        let [yes, no] = [true, false].map(|is_active| codes_of(shop, active(is_active, at)));
        (yes.await, no.await)
    };
    let seen = |yes: &str, no: &str| (yes.to_owned(), no.to_owned());
    assert_eq!(both(&shop, 9).await, seen("EDCBA", ""));
    assert_eq!(both(&shop, 10).await, seen("EDCA", "B"));

    let redeemed = PromotionCode { times_redeemed: 3, ..made[2].clone() };
    shop.replace(Record::PromotionCode(redeemed), RowVersion::FIRST).await.unwrap();
    assert_eq!(both(&shop, 9).await, seen("EDBA", "C"));
    let redeemed = Coupon { times_redeemed: 2, ..limited };
    shop.replace(Record::Coupon(redeemed), RowVersion::FIRST).await.unwrap();
    assert_eq!(both(&shop, 9).await, seen("EBA", "DC"));
    let mut changeset = shop.changeset();
    changeset.deletes.push(Delete::Coupon { id: gone.id.clone(), read_at: RowVersion::FIRST });
    store.commit(changeset).await.unwrap();
    assert_eq!(both(&shop, 9).await, seen("BA", "EDC"));

    // Another Coupon of the same id does not bring it back.
    let again = Coupon { id: gone.id, ..shop.make.coupon() };
    shop.insert(Record::Coupon(again)).await.unwrap();
    assert_eq!(both(&shop, 9).await, seen("BA", "EDC"));
}

pub(super) async fn a_list_of_promotion_codes_has_pages<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    let mut made = Vec::new();
    for code in ["A", "B", "C"] {
        made.insert(0, shop.saved_promotion_code(&coupon, code, None).await.id.to_string());
    }
    let newest = PageRequest { limit: 2, bound: Bound::Newest };
    let page = store.list_promotion_codes(shop.sandbox, &any(), newest).await.unwrap();
    assert!(page.has_more);
    assert_eq!(ids(&page.data, |code| code.id.to_string()), made[..2]);
}

pub(super) async fn a_code_has_a_rival_where_one_customer_could_redeem_both<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    let [jenny, john] = ["cus_jenny", "cus_john"].map(CustomerId::from);
    let jennys = shop.saved_promotion_code(&coupon, "Tea", Some(&jenny)).await;
    let for_all = shop.saved_promotion_code(&coupon, "Coffee", None).await;
    let mut ended = shop.make.promotion_code(&coupon, "Cocoa");
    ended.expires_at = Some(NOW);
    shop.insert(Record::PromotionCode(ended)).await.unwrap();
    let table = [
        ("tea", Some(&jenny), Some(&jennys)),
        ("tea", Some(&john), None),
        ("tea", None, Some(&jennys)),
        ("COFFEE", Some(&jenny), Some(&for_all)),
        ("COFFEE", None, Some(&for_all)),
        ("cocoa", None, None),
        ("milk", None, None),
    ];
    for (text, customer, rival) in table {
        let code = Code::parse(text).unwrap();
        let found = store.find_rival_promotion_code(shop.sandbox, &code, customer, NOW).await;
        assert_eq!(found, Ok(rival.map(|rival| rival.id.clone())), "{text} for {customer:?}");

        let mut changeset = shop.changeset();
        let customer = customer.cloned();
        changeset.checks.push(Check::PromotionCodeHasNoRival { code, customer, now: NOW });
        changeset.events.push(shop.make.event(EventData::CouponCreated(coupon.clone())));
        let outcome = store.commit(changeset).await;
        assert_eq!(outcome.is_ok(), rival.is_none(), "{text}: {outcome:?}");
        if rival.is_some() {
            assert_moved(&outcome);
        }
    }
}

pub(super) async fn of_many_who_take_a_code_one_gets_it<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    let mut changesets = Vec::new();
    for text in ["tea", "TEA", "Tea", "tEA"] {
        let made = shop.make.promotion_code(&coupon, text);
        let mut changeset = shop.changeset();
        let code = made.code.clone();
        changeset.checks.push(Check::PromotionCodeHasNoRival { code, customer: None, now: NOW });
        changeset.insert(Record::PromotionCode(made));
        changesets.push(changeset);
    }
    let outcomes = commit_at_once(store, changesets).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert_eq!(listed(&shop, any(), all()).await.len(), 1);
}

pub(super) async fn no_sandbox_sees_the_promotion_codes_of_another<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let coupon = shop.saved_coupon().await;
    let made = shop.saved_promotion_code(&coupon, "tea", None).await;
    let other = shop.in_sandbox(8);
    assert_eq!(store.find_promotion_code(other.sandbox, &made.id).await, Ok(None));
    assert_eq!(listed(&other, any(), all()).await, [""; 0]);
    let rival = store.find_rival_promotion_code(other.sandbox, &made.code, None, NOW).await;
    assert_eq!(rival, Ok(None));
    assert_moved(&other.replace(Record::PromotionCode(made), RowVersion::FIRST).await);
}

pub(super) async fn promotion_codes_of_a_closed_sandbox_are_forgotten<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    shop.open_sandbox(SandboxClock::REAL).await;
    let coupon = shop.saved_coupon().await;
    let made = shop.saved_promotion_code(&coupon, "tea", None).await;
    let mut changeset = shop.changeset();
    let deleted = Coupon { is_deleted: true, ..coupon.clone() };
    changeset.deletes.push(Delete::Coupon { id: coupon.id.clone(), read_at: RowVersion::FIRST });
    changeset.insert(Record::DeletedCoupon(deleted));
    store.commit(changeset).await.unwrap();

    let mut changeset = shop.changeset();
    let read_at = RowVersion::FIRST;
    let id = shop.sandbox;
    changeset.deletes.push(Delete::Sandbox { id, read_at, successor: None, closed: NOW });
    store.commit(changeset).await.unwrap();
    let later = NOW.plus_seconds(1);
    assert_eq!(store.prune(Perishable::ClosedSandboxes, later, 10).await, Ok(2));
    assert_eq!(store.find_promotion_code(id, &made.id).await, Ok(None));
    assert_eq!(store.find_deleted_coupon(id, coupon.ordinal).await, Ok(None));
}

impl Maker {
    /// A promotion code for everybody.
    fn promotion_code(&mut self, coupon: &Coupon, code: &str) -> PromotionCode {
        let create = CreatePromotionCode {
            is_enabled: true,
            code: Some(Code::parse(code).unwrap()),
            coupon: coupon.id.clone(),
            customer: None,
            expires_at: None,
            max_redemptions: None,
            restrictions: Restrictions::default(),
            metadata: None,
        };
        let usable = Coupon { times_redeemed: 0, ..coupon.clone() };
        let decision = create.decide(Some(&usable), true, false, self.now, &mut self.ids);
        decision.unwrap().promotion_code
    }

    /// A promotion code with something in every field.
    fn full_promotion_code(&mut self, coupon: &Coupon) -> PromotionCode {
        let money = |amount, code| Money::new(amount, Currency::from_code(code).unwrap());
        let others = vec![money(4500, "eur"), money(700_000, "jpy")];
        let metadata = self.full_product().metadata;
        PromotionCode {
            is_enabled: false,
            customer: Some(CustomerId::from("cus_jenny")),
            expires_at: Some(NOW.plus_seconds(60)),
            max_redemptions: Some(100),
            restrictions: Restrictions {
                is_first_time: true,
                minimum: Some(MinimumAmount { amount: money(5000, "usd"), others }),
            },
            times_redeemed: 7,
            metadata,
            ..self.promotion_code(coupon, "Spring-25")
        }
    }
}

impl<S: Store> Shop<'_, S> {
    async fn saved_promotion_code(
        &mut self,
        coupon: &Coupon,
        code: &str,
        customer: Option<&CustomerId>,
    ) -> PromotionCode {
        let made = self.make.promotion_code(coupon, code);
        let made = PromotionCode { customer: customer.cloned(), ..made };
        self.insert(Record::PromotionCode(made.clone())).await.unwrap();
        made
    }
}

fn any() -> PromotionCodeFilter {
    PromotionCodeFilter {
        now: NOW,
        active: None,
        code: None,
        coupon: None,
        customer: None,
        created: CreatedRange::default(),
        is_for_account: false,
    }
}

fn active(is_active: bool, now: Timestamp) -> PromotionCodeFilter {
    PromotionCodeFilter { now, active: Some(is_active), ..any() }
}

async fn listed<S: Store>(
    shop: &Shop<'_, S>,
    filter: PromotionCodeFilter,
    page: PageRequest,
) -> Vec<String> {
    let page = shop.store.list_promotion_codes(shop.sandbox, &filter, page).await;
    ids(&page.unwrap().data, |code| code.id.to_string())
}

/// The codes of a list in one text, the newest first.
async fn codes_of<S: Store>(shop: &Shop<'_, S>, filter: PromotionCodeFilter) -> String {
    let page = shop.store.list_promotion_codes(shop.sandbox, &filter, all()).await.unwrap();
    page.data.iter().map(|promotion_code| promotion_code.code.as_str()).collect()
}
