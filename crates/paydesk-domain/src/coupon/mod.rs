//! A Coupon: how much is taken off, for how long, and who may still use it.

mod percent_off;

use thiserror::Error;

pub use percent_off::{PercentOff, PercentOffError};

use crate::event::EventData;
use crate::id::{CouponId, IdSource, Ordinal, ProductId};
use crate::metadata::{Metadata, MetadataChange, MetadataRefusal};
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// The farthest ahead that `redeem_by` may be: five years, in seconds.
const REDEEM_BY_MAX_SECONDS: i64 = 5 * 366 * 86_400;

/// A Coupon. Mirrors Stripe's object of that name.
///
/// What it takes off, for how long and from what never changes after creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coupon {
    /// The shop's own code, or eight random letters and digits.
    pub id: CouponId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// Shown to buyers, up to 40 characters.
    pub name: Option<String>,
    /// What it takes off.
    pub off: Off,
    /// For how many invoices of a subscription.
    pub duration: CouponDuration,
    /// Only from these Products; empty for all.
    pub products: Vec<ProductId>,
    /// How often it may be redeemed in all, at least 1; none for without limit.
    pub max_redemptions: Option<u64>,
    /// The last second at which it may be redeemed.
    pub redeem_by: Option<Timestamp>,
    /// How often it was redeemed.
    pub times_redeemed: u64,
    /// The shop's own data.
    pub metadata: Metadata,
    /// Whether it was deleted. It is kept then, for what was made of it, and found no more.
    pub is_deleted: bool,
}

/// What a Coupon takes off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Off {
    /// Stripe's `percent_off`.
    Percent(PercentOff),
    /// Stripe's `amount_off`, in its own currency and in others.
    Amount(AmountOff),
}

/// An amount off in one currency or in several. Mirrors Stripe's `amount_off`, `currency` and
/// `currency_options`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountOff {
    /// In the Coupon's own currency, at least 1 minor unit.
    pub amount: Money,
    /// In other currencies, each once, in the order they were first sent.
    pub others: Vec<Money>,
}

/// For how many invoices of a subscription a Coupon counts. Mirrors Stripe's `duration`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CouponDuration {
    /// Every one.
    Forever,
    /// The first.
    #[default]
    Once,
    /// Those of so many months, Stripe's `duration_in_months`, at least 1.
    Repeating {
        /// How many.
        months: u32,
    },
}

/// A request to create a Coupon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateCoupon {
    /// The shop's own code, where it gave one.
    pub id: Option<CouponId>,
    /// See [`Coupon::name`].
    pub name: Option<String>,
    /// See [`Coupon::off`].
    pub off: Off,
    /// See [`Coupon::duration`].
    pub duration: CouponDuration,
    /// See [`Coupon::products`].
    pub products: Vec<ProductId>,
    /// See [`Coupon::max_redemptions`].
    pub max_redemptions: Option<u64>,
    /// See [`Coupon::redeem_by`].
    pub redeem_by: Option<Timestamp>,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
}

/// A request to update a Coupon; what was not sent stays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateCoupon {
    /// See [`Coupon::name`].
    pub name: Option<String>,
    /// Amounts in other currencies to set; none can be taken away.
    pub currency_options: Vec<Money>,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
}

/// Why a command on a Coupon is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CouponRefusal {
    /// Metadata beyond its limits.
    #[error(transparent)]
    Metadata(#[from] MetadataRefusal),
    /// The code that the shop gave is in use.
    #[error("coupon {0} exists already")]
    IdTaken(CouponId),
    /// A Product it is to be limited to does not exist.
    #[error("no such product: {product}")]
    NoSuchProduct {
        /// Its place among the Products named.
        index: usize,
        /// The Product named.
        product: ProductId,
    },
    /// `redeem_by` is not in the future.
    #[error("redeem_by has passed")]
    RedeemByPassed,
    /// `redeem_by` is more than five years ahead.
    #[error("redeem_by is too far ahead")]
    RedeemByTooFar,
    /// `currency_options` of a Coupon that takes a percentage off.
    #[error("a percentage has no currencies")]
    CurrencyOptionsOfPercent,
    /// `currency_options` give another amount for the Coupon's own currency.
    #[error("the amount in {0} is fixed")]
    OwnCurrencyFixed(Currency),
}

/// Why a Coupon can't be redeemed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CouponUnusable {
    /// It was deleted.
    #[error("it was deleted")]
    Deleted,
    /// Its `redeem_by` has passed.
    #[error("its redeem_by has passed")]
    Expired,
    /// It was redeemed `max_redemptions` times.
    #[error("it was redeemed as often as it can be")]
    Exhausted,
}

/// What a command on a Coupon comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouponDecision {
    /// The Coupon afterwards.
    pub coupon: Coupon,
    /// What to tell; empty when nothing changed.
    pub events: Vec<EventData>,
}

impl AmountOff {
    /// An amount with amounts in other currencies. One in the same currency must be the same.
    ///
    /// # Errors
    /// [`CouponRefusal::OwnCurrencyFixed`].
    pub fn new(amount: Money, options: Vec<Money>) -> Result<Self, CouponRefusal> {
        Self { amount, others: Vec::new() }.with(options)
    }

    /// The amounts in every currency, its own first.
    pub fn amounts(&self) -> impl Iterator<Item = Money> {
        std::iter::once(self.amount).chain(self.others.iter().copied())
    }

    fn with(mut self, options: Vec<Money>) -> Result<Self, CouponRefusal> {
        for option in options {
            let currency = option.currency();
            if currency == self.amount.currency() {
                if option != self.amount {
                    return Err(CouponRefusal::OwnCurrencyFixed(currency));
                }
                continue;
            }
            match self.others.iter_mut().find(|other| other.currency() == currency) {
                Some(other) => *other = option,
                None => self.others.push(option),
            }
        }
        Ok(self)
    }
}

impl Coupon {
    /// Whether it can still be redeemed. Mirrors Stripe's `valid`.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.check_usable(now).is_ok()
    }

    /// Whether it can still be redeemed, and why not. What it may be redeemed for is not asked.
    ///
    /// # Errors
    /// [`CouponUnusable`]; once it is, it stays so.
    pub fn check_usable(&self, now: Timestamp) -> Result<(), CouponUnusable> {
        if self.is_deleted {
            return Err(CouponUnusable::Deleted);
        }
        if self.redeem_by.is_some_and(|last| now > last) {
            return Err(CouponUnusable::Expired);
        }
        if self.max_redemptions.is_some_and(|max| self.times_redeemed >= max) {
            return Err(CouponUnusable::Exhausted);
        }
        Ok(())
    }

    /// The amount it takes off in a currency; none where it takes a percentage off, or has no
    /// amount in that currency.
    #[must_use]
    pub fn amount_off_in(&self, currency: Currency) -> Option<Money> {
        match &self.off {
            Off::Amount(amount) => amount.amounts().find(|money| money.currency() == currency),
            Off::Percent(_) => None,
        }
    }

    /// The Coupon as it is kept after it was deleted, and what to tell.
    #[must_use]
    pub fn delete(self) -> CouponDecision {
        let coupon = Self { is_deleted: true, ..self };
        CouponDecision { events: vec![EventData::CouponDeleted(coupon.clone())], coupon }
    }
}

impl CreateCoupon {
    /// Decides on the Coupon to be made.
    ///
    /// `existing` is the Coupon that has the given code already, if there is one;
    /// `has_product` tells whether a Product exists.
    ///
    /// # Errors
    /// [`CouponRefusal`]; nothing is made then.
    pub fn decide(
        self,
        existing: Option<&Coupon>,
        has_product: impl Fn(&ProductId) -> bool,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<CouponDecision, CouponRefusal> {
        if let Some(existing) = existing {
            return Err(CouponRefusal::IdTaken(existing.id.clone()));
        }
        if let Some(redeem_by) = self.redeem_by {
            if redeem_by <= now {
                return Err(CouponRefusal::RedeemByPassed);
            }
            if redeem_by.seconds_since(now) > REDEEM_BY_MAX_SECONDS {
                return Err(CouponRefusal::RedeemByTooFar);
            }
        }
        let coupon = self.into_coupon(has_product, now, ids)?;
        let events = vec![EventData::CouponCreated(coupon.clone())];
        Ok(CouponDecision { coupon, events })
    }

    /// The Coupon this describes, whether or not its time has passed.
    ///
    /// # Errors
    /// When a Product it names does not exist, or its metadata is beyond the limits.
    pub fn into_coupon(
        self,
        has_product: impl Fn(&ProductId) -> bool,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Coupon, CouponRefusal> {
        if let Some((index, product)) =
            self.products.iter().enumerate().find(|(_, product)| !has_product(product))
        {
            return Err(CouponRefusal::NoSuchProduct { index, product: product.clone() });
        }
        let ordinal = ids.next_ordinal();
        Ok(Coupon {
            id: self.id.unwrap_or_else(|| CouponId::fresh_code(ids)),
            ordinal,
            created: now,
            name: self.name,
            off: self.off,
            duration: self.duration,
            products: self.products,
            max_redemptions: self.max_redemptions,
            redeem_by: self.redeem_by,
            times_redeemed: 0,
            metadata: Metadata::created(self.metadata.as_ref())?,
            is_deleted: false,
        })
    }
}

impl UpdateCoupon {
    /// Decides on the Coupon after the update.
    ///
    /// # Errors
    /// [`CouponRefusal`]; the Coupon stays as it is then.
    pub fn decide(self, before: &Coupon) -> Result<CouponDecision, CouponRefusal> {
        let off = match before.off.clone() {
            Off::Amount(amount) => Off::Amount(amount.with(self.currency_options)?),
            percent @ Off::Percent(_) if self.currency_options.is_empty() => percent,
            Off::Percent(_) => return Err(CouponRefusal::CurrencyOptionsOfPercent),
        };
        let coupon = Coupon {
            name: self.name.or_else(|| before.name.clone()),
            off,
            metadata: before.metadata.changed(self.metadata.as_ref())?,
            ..before.clone()
        };
        let mut events = Vec::new();
        if coupon != *before {
            let updated =
                EventData::CouponUpdated { coupon: coupon.clone(), previous: before.clone() };
            events.push(updated);
        }
        Ok(CouponDecision { coupon, events })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::tests::CountingIds;

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn money(minor_units: i64, code: &str) -> Money {
        Money::new(minor_units, Currency::from_code(code).unwrap())
    }

    fn amount_off(options: &[(i64, &str)]) -> Result<Off, CouponRefusal> {
        let options = options.iter().map(|(amount, code)| money(*amount, code)).collect();
        AmountOff::new(money(500, "usd"), options).map(Off::Amount)
    }

    fn percent_off() -> Off {
        Off::Percent(PercentOff::parse("25").unwrap())
    }

    fn create(off: Off) -> CreateCoupon {
        CreateCoupon {
            id: None,
            name: None,
            off,
            duration: CouponDuration::Once,
            products: Vec::new(),
            max_redemptions: None,
            redeem_by: None,
            metadata: None,
        }
    }

    fn made(create: CreateCoupon) -> Result<Coupon, CouponRefusal> {
        let decision = create.decide(None, |_| true, NOW, &mut CountingIds::default());
        decision.map(|decision| decision.coupon)
    }

    #[test]
    fn a_coupon_gets_a_code_of_eight_letters_and_digits() {
        let coupon = made(create(percent_off())).unwrap();
        assert_eq!(coupon.id.as_str().len(), 8);
        assert!(coupon.id.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }

    #[test]
    fn a_coupon_is_valid_until_its_last_second_and_its_last_redemption() {
        let last = NOW.plus_seconds(60);
        let coupon = made(CreateCoupon {
            redeem_by: Some(last),
            max_redemptions: Some(2),
            ..create(percent_off())
        });
        let coupon = coupon.unwrap();
        assert!(coupon.is_valid(last));
        assert!(!coupon.is_valid(last.plus_seconds(1)));
        assert!(Coupon { times_redeemed: 1, ..coupon.clone() }.is_valid(NOW));
        assert!(!Coupon { times_redeemed: 2, ..coupon }.is_valid(NOW));
    }

    #[test]
    fn a_coupon_says_why_it_cannot_be_redeemed() {
        let coupon = Coupon {
            redeem_by: Some(NOW),
            max_redemptions: Some(2),
            ..made(create(percent_off())).unwrap()
        };
        assert_eq!(coupon.check_usable(NOW), Ok(()));
        assert_eq!(coupon.check_usable(NOW.plus_seconds(1)), Err(CouponUnusable::Expired));
        let redeemed = Coupon { times_redeemed: 2, ..coupon };
        assert_eq!(redeemed.check_usable(NOW), Err(CouponUnusable::Exhausted));
        let deleted = redeemed.delete().coupon;
        assert_eq!(deleted.check_usable(NOW), Err(CouponUnusable::Deleted));
    }

    #[test]
    fn an_amount_is_taken_off_in_the_currencies_it_was_given_in() {
        let coupon = made(create(amount_off(&[(450, "eur")]).unwrap())).unwrap();
        let off_in = |code| coupon.amount_off_in(Currency::from_code(code).unwrap());
        assert_eq!(off_in("usd"), Some(money(500, "usd")));
        assert_eq!(off_in("eur"), Some(money(450, "eur")));
        assert_eq!(off_in("gbp"), None);
        let percent = made(create(percent_off())).unwrap();
        assert_eq!(percent.amount_off_in(Currency::from_code("usd").unwrap()), None);
    }

    #[test]
    fn a_coupon_is_not_made_for_the_past_nor_for_more_than_five_years() {
        let until = |seconds| {
            let redeem_by = Some(NOW.plus_seconds(seconds));
            made(CreateCoupon { redeem_by, ..create(percent_off()) }).map(|_| ())
        };
        assert_eq!(until(0), Err(CouponRefusal::RedeemByPassed));
        assert_eq!(until(1), Ok(()));
        assert_eq!(until(REDEEM_BY_MAX_SECONDS), Ok(()));
        assert_eq!(until(REDEEM_BY_MAX_SECONDS + 1), Err(CouponRefusal::RedeemByTooFar));
    }

    #[test]
    fn a_product_that_does_not_exist_is_refused_by_its_place() {
        let [tea, tee] = ["tea", "tee"].map(ProductId::from);
        let create =
            CreateCoupon { products: vec![tea.clone(), tee.clone()], ..create(percent_off()) };
        let decision =
            create.decide(None, |product| *product == tea, NOW, &mut CountingIds::default());
        let refusal = CouponRefusal::NoSuchProduct { index: 1, product: tee };
        assert_eq!(decision, Err(refusal));
    }

    #[test]
    fn the_amount_in_the_coupons_own_currency_is_fixed() {
        assert!(amount_off(&[(500, "usd"), (450, "eur")]).is_ok());
        let usd = Currency::from_code("usd").unwrap();
        assert_eq!(amount_off(&[(501, "usd")]), Err(CouponRefusal::OwnCurrencyFixed(usd)));
    }

    #[test]
    fn an_update_sets_currencies_and_keeps_the_others() {
        let before = made(create(amount_off(&[(450, "eur"), (70_000, "jpy")]).unwrap())).unwrap();
        let update = UpdateCoupon {
            currency_options: vec![money(480, "eur"), money(400, "gbp")],
            ..UpdateCoupon::default()
        };
        let decision = update.decide(&before).unwrap();
        let expected = amount_off(&[(480, "eur"), (70_000, "jpy"), (400, "gbp")]).unwrap();
        assert_eq!(decision.coupon.off, expected);
        assert_eq!(decision.events.len(), 1);
        assert_eq!(UpdateCoupon::default().decide(&before).unwrap().events, []);
    }

    #[test]
    fn a_percentage_has_no_currencies() {
        let before = made(create(percent_off())).unwrap();
        let update =
            UpdateCoupon { currency_options: vec![money(1, "eur")], ..UpdateCoupon::default() };
        assert_eq!(update.decide(&before), Err(CouponRefusal::CurrencyOptionsOfPercent));
    }
}
