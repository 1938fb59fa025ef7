//! What promotion codes may be made, changed and redeemed.

use super::*;
use crate::coupon::{AmountOff, CouponDuration, CreateCoupon, Off, PercentOff};
use crate::id::tests::CountingIds;
use crate::metadata::MetadataChange;
use crate::money::{Currency, Money};

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn at(seconds: i64) -> Timestamp {
    NOW.plus_seconds(seconds)
}

fn money(minor_units: i64, code: &str) -> Money {
    Money::new(minor_units, Currency::from_code(code).unwrap())
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

/// A Coupon that may be redeemed ten times in the next hundred seconds.
fn coupon() -> Coupon {
    let create = CreateCoupon {
        id: Some(CouponId::from("spring")),
        name: None,
        off: Off::Percent(PercentOff::parse("25").unwrap()),
        duration: CouponDuration::Once,
        products: Vec::new(),
        max_redemptions: Some(10),
        redeem_by: Some(at(100)),
        metadata: None,
    };
    create.into_coupon(|_| true, NOW, &mut CountingIds::default()).unwrap()
}

fn create() -> CreatePromotionCode {
    CreatePromotionCode {
        is_enabled: true,
        code: Some(code("Spring-25")),
        coupon: CouponId::from("spring"),
        customer: None,
        expires_at: None,
        max_redemptions: None,
        restrictions: Restrictions::default(),
        metadata: None,
    }
}

fn made_of(
    create: CreatePromotionCode,
    coupon: &Coupon,
) -> Result<PromotionCode, PromotionCodeRefusal> {
    let decision = create.decide(Some(coupon), true, false, NOW, &mut CountingIds::default());
    decision.map(|decision| decision.promotion_code)
}

fn made(create: CreatePromotionCode) -> PromotionCode {
    made_of(create, &coupon()).unwrap()
}

/// One for carts of at least 50 dollars or 40 euros.
fn with_minimum() -> PromotionCode {
    let minimum = MinimumAmount::new(money(5000, "usd"), vec![money(4000, "eur")]).unwrap();
    let restrictions = Restrictions { minimum: Some(minimum), ..Restrictions::default() };
    made(CreatePromotionCode { restrictions, ..create() })
}

#[test]
fn a_promotion_code_ends_with_its_coupon_unless_it_ends_before() {
    assert_eq!(made(create()).expires_at, Some(at(100)));
    let sooner = CreatePromotionCode { expires_at: Some(at(99)), ..create() };
    assert_eq!(made(sooner).expires_at, Some(at(99)));
    let endless = Coupon { redeem_by: None, ..coupon() };
    assert_eq!(made_of(create(), &endless).unwrap().expires_at, None);
}

#[test]
fn limits_stay_within_those_of_the_coupon() {
    let later = PromotionCodeRefusal::ExpiresAfterCoupon { redeem_by: at(100) };
    let more = PromotionCodeRefusal::MoreRedemptionsThanCoupon { max: 10 };
    let table = [
        (Some(0), None, Err(PromotionCodeRefusal::ExpiresAtPassed)),
        (Some(1), None, Ok(())),
        (Some(100), None, Ok(())),
        (Some(101), None, Err(later)),
        (None, Some(10), Ok(())),
        (None, Some(11), Err(more)),
    ];
    for (seconds, max_redemptions, expected) in table {
        let create =
            CreatePromotionCode { expires_at: seconds.map(at), max_redemptions, ..create() };
        let made = made_of(create, &coupon()).map(|_| ());
        assert_eq!(made, expected, "{seconds:?} {max_redemptions:?}");
    }
    let limitless = Coupon { redeem_by: None, max_redemptions: None, ..coupon() };
    let create =
        CreatePromotionCode { expires_at: Some(at(101)), max_redemptions: Some(11), ..create() };
    assert!(made_of(create, &limitless).is_ok());
}

#[test]
fn what_is_named_must_be_there_and_of_use() {
    let decide = |create: CreatePromotionCode, coupon: Option<&Coupon>, has_customer| {
        let decision = create.decide(coupon, has_customer, false, NOW, &mut CountingIds::default());
        decision.map(|_| ()).unwrap_err()
    };
    let spring = CouponId::from("spring");
    let no_coupon = PromotionCodeRefusal::NoSuchCoupon(spring.clone());
    assert_eq!(decide(create(), None, true), no_coupon);

    let used_up = Coupon { times_redeemed: 10, ..coupon() };
    let reason = CouponUnusable::Exhausted;
    let refusal = PromotionCodeRefusal::CouponUnusable { coupon: spring, reason };
    assert_eq!(decide(create(), Some(&used_up), true), refusal);

    let customer = CustomerId::from("cus_1");
    let create = CreatePromotionCode { customer: Some(customer.clone()), ..create() };
    let no_customer = PromotionCodeRefusal::NoSuchCustomer(customer);
    assert_eq!(decide(create, Some(&coupon()), false), no_customer);
}

#[test]
fn a_code_in_use_may_be_kept_for_later() {
    let taken = |create: CreatePromotionCode| {
        let decision =
            create.decide(Some(&coupon()), false, true, NOW, &mut CountingIds::default());
        decision.map(|decision| decision.promotion_code)
    };
    let refusal = PromotionCodeRefusal::CodeTaken(code("Spring-25"));
    assert_eq!(taken(create()), Err(refusal.clone()));
    let kept = taken(CreatePromotionCode { is_enabled: false, ..create() }).unwrap();

    let on = UpdatePromotionCode { is_enabled: Some(true), ..UpdatePromotionCode::default() };
    let decide = |is_taken| on.clone().decide(&kept, &coupon(), is_taken, NOW);
    assert_eq!(decide(true), Err(refusal));
    assert!(decide(false).unwrap().promotion_code.is_enabled);
}

#[test]
fn a_minimum_is_said_once_for_its_own_currency() {
    let usd = Currency::from_code("usd").unwrap();
    let own = MinimumAmount::new(money(5000, "usd"), vec![money(5000, "usd")]);
    assert_eq!(own, Err(PromotionCodeRefusal::MinimumInOwnCurrency(usd)));
    let update = |before: &PromotionCode, options: &[(i64, &str)]| {
        let currency_options = options.iter().map(|(amount, code)| money(*amount, code)).collect();
        let update = UpdatePromotionCode { currency_options, ..UpdatePromotionCode::default() };
        update
            .decide(before, &coupon(), false, NOW)
            .map(|decision| decision.promotion_code.restrictions.minimum)
    };
    let before = with_minimum();
    let refusal = PromotionCodeRefusal::MinimumInOwnCurrency(usd);
    assert_eq!(update(&before, &[(4000, "gbp"), (1, "usd")]), Err(refusal));
    let after = update(&before, &[(4500, "eur"), (3500, "gbp")]).unwrap();
    let others = vec![money(4500, "eur"), money(3500, "gbp")];
    assert_eq!(after, Some(MinimumAmount { amount: money(5000, "usd"), others }));
    let refusal = PromotionCodeRefusal::NoMinimumAmount;
    assert_eq!(update(&made(create()), &[(4000, "eur")]), Err(refusal));
}

#[test]
fn a_promotion_code_is_active_while_it_and_its_coupon_can_be_redeemed() {
    let limited = CreatePromotionCode { expires_at: Some(at(60)), ..create() };
    let limited = made(CreatePromotionCode { max_redemptions: Some(2), ..limited });
    let off = PromotionCode { is_enabled: false, ..limited.clone() };
    let redeemed = PromotionCode { times_redeemed: 2, ..limited.clone() };
    let spring = coupon();
    let used_up = Coupon { times_redeemed: 10, ..coupon() };
    let deleted = coupon().delete().coupon;
    let another = Coupon { ordinal: Ordinal::new(99), ..coupon() };
    let table = [
        ("as it was made", &limited, &spring, 0, true),
        ("in its last second", &limited, &spring, 59, true),
        ("when it expires", &limited, &spring, 60, false),
        ("switched off", &off, &spring, 0, false),
        ("redeemed twice", &redeemed, &spring, 0, false),
        ("its coupon redeemed ten times", &limited, &used_up, 0, false),
        ("its coupon deleted", &limited, &deleted, 0, false),
        ("another coupon with the same id", &limited, &another, 0, false),
    ];
    for (what, promotion_code, coupon, seconds, expected) in table {
        assert_eq!(promotion_code.is_active(coupon, at(seconds)), expected, "{what}");
    }
}

#[test]
fn what_cannot_be_redeemed_any_more_is_not_switched_on() {
    let before = PromotionCode { is_enabled: false, ..made(create()) };
    let on = UpdatePromotionCode { is_enabled: Some(true), ..UpdatePromotionCode::default() };
    let exhausted = Coupon { times_redeemed: 10, ..coupon() };
    let table = [
        (coupon(), 0, Ok(())),
        (coupon(), 100, Err(PromotionCodeUnusable::Expired)),
        (exhausted, 0, Err(CouponUnusable::Exhausted.into())),
        (coupon().delete().coupon, 0, Err(CouponUnusable::Deleted.into())),
    ];
    for (coupon, seconds, expected) in table {
        let decision = on.clone().decide(&before, &coupon, false, at(seconds));
        let expected = expected.map_err(PromotionCodeRefusal::NotRedeemable);
        assert_eq!(decision.map(|_| ()), expected);
    }
    // One that is on and has expired is not switched on again either, and may be switched off.
    let expired = made(create());
    let decide = |is_enabled| {
        let update = UpdatePromotionCode { is_enabled, ..UpdatePromotionCode::default() };
        update.decide(&expired, &coupon(), false, at(100))
    };
    let refusal = PromotionCodeRefusal::NotRedeemable(PromotionCodeUnusable::Expired);
    assert_eq!(decide(Some(true)), Err(refusal));
    assert!(!decide(Some(false)).unwrap().promotion_code.is_enabled);
    assert!(decide(None).unwrap().promotion_code.is_enabled);
}

#[test]
fn an_update_keeps_what_it_does_not_name() {
    let before = with_minimum();
    let decide =
        |update: UpdatePromotionCode| update.decide(&before, &coupon(), false, NOW).unwrap();
    let nothing = decide(UpdatePromotionCode::default());
    assert_eq!((nothing.promotion_code, nothing.events), (before.clone(), Vec::new()));
    let pair = ("shop".to_owned(), Some("tea".to_owned()));
    let metadata = Some(MetadataChange::Merge(vec![pair]));
    let decision = decide(UpdatePromotionCode { metadata, ..UpdatePromotionCode::default() });
    assert_eq!(decision.events.len(), 1);
    let after = decision.promotion_code;
    assert_eq!(after.metadata.iter().collect::<Vec<_>>(), [("shop", "tea")]);
    assert_eq!(PromotionCode { metadata: before.metadata.clone(), ..after }, before);
}

#[test]
fn a_promotion_code_is_redeemed_by_whom_and_for_what_it_is_meant() {
    let cus_1 = CustomerId::from("cus_1");
    let cus_2 = CustomerId::from("cus_2");
    let personal = made(CreatePromotionCode { customer: Some(cus_1.clone()), ..create() });
    let off = PromotionCode { is_enabled: false, ..personal.clone() };
    let first_time = Restrictions { is_first_time: true, ..Restrictions::default() };
    let first_time = made(CreatePromotionCode { restrictions: first_time, ..create() });
    let gbp = Currency::from_code("gbp").unwrap();
    let of_another = Err(PromotionCodeUnusable::OfAnotherCustomer);
    let below = |amount, code| Err(PromotionCodeUnusable::BelowMinimum(money(amount, code)));
    let table = [
        (&personal, Some(&cus_1), money(1, "usd"), Ok(())),
        (&personal, Some(&cus_2), money(1, "usd"), of_another),
        (&personal, None, money(1, "usd"), of_another),
        (&off, Some(&cus_2), money(1, "usd"), Err(PromotionCodeUnusable::Inactive)),
        (&with_minimum(), None, money(5000, "usd"), Ok(())),
        (&with_minimum(), None, money(4999, "usd"), below(5000, "usd")),
        (&with_minimum(), Some(&cus_2), money(4000, "eur"), Ok(())),
        (&with_minimum(), None, money(3999, "eur"), below(4000, "eur")),
        (&with_minimum(), None, money(9999, "gbp"), Err(PromotionCodeUnusable::NoMinimumIn(gbp))),
        (&first_time, None, money(1, "usd"), Ok(())),
        (&first_time, Some(&cus_1), money(1, "usd"), Ok(())),
    ];
    for (promotion_code, customer, subtotal, expected) in table {
        let usable = check_usable(promotion_code, &coupon(), NOW, subtotal, customer);
        assert_eq!(usable, expected, "{customer:?} {subtotal}");
    }
    let expired = check_usable(&made(create()), &coupon(), at(100), money(1, "usd"), None);
    assert_eq!(expired, Err(PromotionCodeUnusable::Expired));
}

/// Who redeems it and the cart it is redeemed for, together.
fn check_usable(
    promotion_code: &PromotionCode,
    coupon: &Coupon,
    now: Timestamp,
    subtotal: Money,
    customer: Option<&CustomerId>,
) -> Result<(), PromotionCodeUnusable> {
    promotion_code.check_redeemer(Some(coupon), now, customer)?;
    let minimum = promotion_code.restrictions.minimum.as_ref();
    minimum.map_or(Ok(()), |minimum| minimum.check(subtotal))
}

#[test]
fn an_amount_off_says_nothing_of_who_may_redeem_it() {
    let amount = AmountOff::new(money(500, "usd"), Vec::new()).unwrap();
    let fixed = Coupon { off: Off::Amount(amount), ..coupon() };
    // Whether the Coupon has an amount in the cart's currency is a question to the Coupon.
    assert_eq!(check_usable(&made(create()), &fixed, NOW, money(1, "eur"), None), Ok(()));
}
