//! A promotion code: the text by which customers redeem a Coupon, and who may do so when.

mod change;
mod code;
mod refusal;
mod restrictions;

#[cfg(test)]
mod tests;

pub use change::{CreatePromotionCode, PromotionCodeDecision, UpdatePromotionCode};
pub use code::{CODE_CHARS_MAX, Code, CodeError};
pub use refusal::{PromotionCodeRefusal, PromotionCodeUnusable};
pub use restrictions::{MinimumAmount, Restrictions};

use crate::coupon::{Coupon, CouponUnusable};
use crate::id::{CouponId, CustomerId, Ordinal, PromotionCodeId};
use crate::metadata::Metadata;
use crate::time::Timestamp;

/// A promotion code. Mirrors Stripe's object of that name, whose `promotion` is a Coupon.
///
/// Its code, its Coupon, its customer and its limits never change after creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionCode {
    /// `promo_…`
    pub id: PromotionCodeId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// Whether the shop has it switched on; see [`Self::is_active`] for Stripe's `active`.
    pub is_enabled: bool,
    /// What customers type.
    pub code: Code,
    /// What they get for it: Stripe's `promotion.coupon`.
    pub coupon: CouponId,
    /// The ordinal of that Coupon: another may get its id after it was deleted.
    pub coupon_ordinal: Ordinal,
    /// The only customer who may redeem it; none for everybody.
    pub customer: Option<CustomerId>,
    /// From when on it can't be redeemed, never later than the Coupon's `redeem_by`.
    pub expires_at: Option<Timestamp>,
    /// How often it may be redeemed, at least 1 and never more than the Coupon; none for as often
    /// as that.
    pub max_redemptions: Option<u64>,
    /// What else must hold.
    pub restrictions: Restrictions,
    /// How often it was redeemed.
    pub times_redeemed: u64,
    /// The shop's own data.
    pub metadata: Metadata,
}

impl PromotionCode {
    /// Whether it can be redeemed, by whom and for what aside. Mirrors Stripe's `active`.
    ///
    /// `coupon` is the one it was made of, deleted or not.
    #[must_use]
    pub fn is_active(&self, coupon: &Coupon, now: Timestamp) -> bool {
        self.is_enabled && self.check_redeemable(coupon, now).is_ok()
    }

    /// Whether a customer, or a guest, may redeem it; `coupon` is the one that has the id of its
    /// own now, if any does. What the cart must come to is the question to
    /// [`MinimumAmount::check`].
    ///
    /// That the restriction to first transactions is met is not looked at: no customer has paid
    /// anything here yet, and guests always meet it.
    ///
    /// # Errors
    /// [`PromotionCodeUnusable`], the first reason in the order of its variants.
    pub fn check_redeemer(
        &self,
        coupon: Option<&Coupon>,
        now: Timestamp,
        customer: Option<&CustomerId>,
    ) -> Result<(), PromotionCodeUnusable> {
        if !self.is_enabled {
            return Err(PromotionCodeUnusable::Inactive);
        }
        self.check_redeemable(coupon.ok_or(CouponUnusable::Deleted)?, now)?;
        if self.customer.is_some() && self.customer.as_ref() != customer {
            return Err(PromotionCodeUnusable::OfAnotherCustomer);
        }
        Ok(())
    }

    /// Whether it could be redeemed if it were switched on. Once it could not, it never can.
    fn check_redeemable(
        &self,
        coupon: &Coupon,
        now: Timestamp,
    ) -> Result<(), PromotionCodeUnusable> {
        if coupon.ordinal != self.coupon_ordinal {
            return Err(CouponUnusable::Deleted.into());
        }
        coupon.check_usable(now)?;
        if self.expires_at.is_some_and(|end| now >= end) {
            return Err(PromotionCodeUnusable::Expired);
        }
        if self.max_redemptions.is_some_and(|max| self.times_redeemed >= max) {
            return Err(PromotionCodeUnusable::Exhausted);
        }
        Ok(())
    }
}
