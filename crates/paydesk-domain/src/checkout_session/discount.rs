//! The discount of a session: a Coupon, as it was when it came into the cart.

use super::line_rules::PricedLine;
use super::pricing::{Claim, Share, split};
use super::refusal::DiscountRefusal;
use crate::catalog::{Amount, Catalog, Interval, Recurring};
use crate::coupon::{Coupon, CouponUnusable, CreateCoupon, Off};
use crate::id::{CouponId, CustomerId, DiscountId, IdSource, ObjectId, PromotionCodeId};
use crate::money::{Currency, Money, MoneyError};
use crate::promotion_code::MinimumAmount;
use crate::time::Timestamp;

/// A hundred percent, in the unit of [`crate::coupon::PercentOff::hundredths`].
const WHOLE: i128 = 10_000;

/// The discount of a session. Mirrors Stripe's `discount`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discount {
    /// `di_…`
    pub id: DiscountId,
    /// What it takes off. A Coupon that is changed or deleted later has no influence on a session
    /// that has it already.
    pub coupon: Coupon,
    /// The promotion code that brought it.
    pub promotion_code: Option<PromotionCodeId>,
    /// The least subtotal that this promotion code asks for.
    pub minimum: Option<MinimumAmount>,
    /// Since when the session has it.
    pub start: Timestamp,
}

/// What a request wants to be taken off: Stripe's `coupon`, `promotion_code` or `coupon_data` of an
/// entry of `discounts`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiscountChoice {
    /// A Coupon that exists.
    Coupon(CouponId),
    /// A promotion code, by its id.
    PromotionCode(PromotionCodeId),
    /// A Coupon made for this session.
    Inline(CreateCoupon),
}

impl DiscountChoice {
    /// The discount of a request's array, which has one entry at most.
    ///
    /// # Errors
    /// [`DiscountRefusal::TooMany`].
    pub(super) fn only(choices: Vec<Self>) -> Result<Option<Self>, DiscountRefusal> {
        let mut choices = choices.into_iter();
        let first = choices.next();
        match choices.next() {
            None => Ok(first),
            Some(_) => Err(DiscountRefusal::TooMany),
        }
    }

    /// The discount that comes into a cart now, and the Coupon that was made for it.
    ///
    /// Whether its lines are worth it is found when they are priced.
    pub(super) fn into_discount(
        self,
        catalog: &Catalog,
        customer: Option<&CustomerId>,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<(Discount, Option<Coupon>), DiscountRefusal> {
        let usable = |id: &CouponId| {
            let coupon =
                catalog.coupon(id).ok_or_else(|| DiscountRefusal::NoSuchCoupon(id.clone()))?;
            coupon
                .check_usable(now)
                .map_err(|reason| DiscountRefusal::CouponUnusable(id.clone(), reason))?;
            Ok(coupon.clone())
        };
        let (coupon, promotion_code, created) = match self {
            Self::Coupon(id) => (usable(&id)?, None, None),
            Self::PromotionCode(id) => {
                let code = catalog.promotion_code(&id);
                let code = code.ok_or_else(|| DiscountRefusal::NoSuchPromotionCode(id.clone()))?;
                let unusable = |reason| DiscountRefusal::PromotionCodeUnusable(id.clone(), reason);
                let coupon = catalog.coupon(&code.coupon);
                code.check_redeemer(coupon, now, customer).map_err(unusable)?;
                let coupon =
                    coupon.ok_or_else(|| unusable(CouponUnusable::Deleted.into()))?.clone();
                (coupon, Some(code), None)
            }
            Self::Inline(create) => {
                let coupon =
                    create.into_coupon(|_| true, now, ids).map_err(DiscountRefusal::CouponData)?;
                (coupon.clone(), None, Some(coupon))
            }
        };
        let (id, _) = DiscountId::fresh(ids);
        let discount = Discount {
            id,
            coupon,
            promotion_code: promotion_code.map(|code| code.id.clone()),
            minimum: promotion_code.and_then(|code| code.restrictions.minimum.clone()),
            start: now,
        };
        Ok((discount, created))
    }
}

/// What a discount takes off a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reduction {
    /// What all lines that it counts for come to.
    pub(super) base: Money,
    /// What it takes off them.
    pub(super) total: Money,
    /// The part of each line of the cart, in its order; none for those it does not count for.
    pub(super) shares: Vec<Option<Share>>,
}

impl Discount {
    /// Whether it counts for a line.
    fn counts_for(&self, line: &PricedLine) -> bool {
        self.coupon.products.is_empty() || self.coupon.products.contains(&line.price.product)
    }

    /// Whether its months, counted from when the session got it, are not over at an instant.
    pub(super) fn counts_until(&self, months: u32, at: Timestamp) -> bool {
        let monthly = Recurring { interval: Interval::Month, interval_count: 1 };
        let end =
            i32::try_from(months).ok().and_then(|count| monthly.periods_from(self.start, count));
        end.is_none_or(|end| at < end)
    }

    /// Checks that it counts for a line of the cart at least, and has an amount in its currency.
    pub(super) fn check_lines(
        &self,
        currency: Currency,
        lines: &[PricedLine],
    ) -> Result<(), DiscountRefusal> {
        let coupon = &self.coupon;
        let is_chosen = |line: &PricedLine| {
            let amount = line.price.in_currency(currency);
            matches!(amount, Some((Amount::Custom(_), _)))
        };
        if lines.iter().any(is_chosen) {
            return Err(DiscountRefusal::OfCustomAmount);
        }
        if matches!(coupon.off, Off::Amount(_)) && coupon.amount_off_in(currency).is_none() {
            return Err(DiscountRefusal::OtherCurrency(currency));
        }
        if !lines.iter().any(|line| self.counts_for(line)) {
            return Err(DiscountRefusal::AppliesToNothing);
        }
        Ok(())
    }

    /// Checks that a cart with this subtotal is worth the promotion code. When it may be redeemed
    /// was checked when it came into the cart.
    pub(super) fn check_subtotal(&self, subtotal: Money) -> Result<(), DiscountRefusal> {
        let (Some(code), Some(minimum)) = (&self.promotion_code, &self.minimum) else {
            return Ok(());
        };
        minimum
            .check(subtotal)
            .map_err(|reason| DiscountRefusal::PromotionCodeUnusable(code.clone(), reason))
    }

    /// What it takes off lines with these subtotals: rounded once on their sum, half away from
    /// zero, never more than the sum, and split in proportion.
    pub(super) fn reduction(
        &self,
        currency: Currency,
        lines: &[&PricedLine],
        subtotals: &[Money],
    ) -> Result<Reduction, MoneyError> {
        let counted: Vec<(usize, Claim)> = lines
            .iter()
            .zip(subtotals)
            .enumerate()
            .filter(|(_, (line, _))| self.counts_for(line))
            .map(|(index, (line, subtotal))| {
                (index, Claim { weight: subtotal.minor_units(), rank: line.line.ordinal })
            })
            .collect();
        let claims: Vec<Claim> = counted.iter().map(|(_, claim)| *claim).collect();
        let weights = claims.iter().map(|claim| Money::new(claim.weight, currency));
        let base = Money::sum(currency, weights)?;
        let total = self.total_of(base)?;
        let mut shares = vec![None; lines.len()];
        for ((index, _), share) in counted.iter().zip(split(total.minor_units(), &claims)) {
            if let Some(slot) = shares.get_mut(*index) {
                *slot = Some(share);
            }
        }
        Ok(Reduction { base, total, shares })
    }

    fn total_of(&self, base: Money) -> Result<Money, MoneyError> {
        let currency = base.currency();
        let amount = match &self.coupon.off {
            Off::Percent(percent) => {
                let dividend = i128::from(base.minor_units())
                    .checked_mul(i128::from(percent.hundredths()))
                    .ok_or(MoneyError::Overflow)?;
                Money::divided(dividend, WHOLE, currency)?
            }
            Off::Amount(_) => self.coupon.amount_off_in(currency).unwrap_or(Money::zero(currency)),
        };
        let most = amount.minor_units().min(base.minor_units());
        Ok(Money::new(most, currency))
    }
}
