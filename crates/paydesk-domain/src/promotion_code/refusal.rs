//! Why a command on a promotion code is refused, and why one can't be redeemed.

use thiserror::Error;

use super::Code;
use crate::coupon::CouponUnusable;
use crate::id::{CouponId, CustomerId};
use crate::metadata::MetadataRefusal;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// Why a command on a promotion code is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PromotionCodeRefusal {
    /// Metadata beyond its limits.
    #[error(transparent)]
    Metadata(#[from] MetadataRefusal),
    /// The Coupon named does not exist.
    #[error("no such coupon: {0}")]
    NoSuchCoupon(CouponId),
    /// The Coupon named can't be redeemed any more.
    #[error("coupon {coupon} can't be redeemed: {reason}")]
    CouponUnusable {
        /// The Coupon.
        coupon: CouponId,
        /// Why not.
        reason: CouponUnusable,
    },
    /// The customer named does not exist.
    #[error("no such customer: {0}")]
    NoSuchCustomer(CustomerId),
    /// `expires_at` is not in the future.
    #[error("expires_at has passed")]
    ExpiresAtPassed,
    /// `expires_at` is later than the Coupon's `redeem_by`.
    #[error("expires_at is later than the coupon's redeem_by, {redeem_by}")]
    ExpiresAfterCoupon {
        /// The Coupon's.
        redeem_by: Timestamp,
    },
    /// `max_redemptions` is more than the Coupon's.
    #[error("max_redemptions is more than the coupon's, {max}")]
    MoreRedemptionsThanCoupon {
        /// The Coupon's.
        max: u64,
    },
    /// `currency_options` name the currency that `minimum_amount` has.
    #[error("the minimum in {0} is the minimum_amount")]
    MinimumInOwnCurrency(Currency),
    /// `currency_options` without a `minimum_amount`.
    #[error("there is no minimum amount")]
    NoMinimumAmount,
    /// Another active promotion code has the code, and could be redeemed by the same customer.
    #[error("the code {0} is in use")]
    CodeTaken(Code),
    /// A promotion code that can't be redeemed any more is to be switched on.
    #[error("it can't be activated: {0}")]
    NotRedeemable(PromotionCodeUnusable),
}

/// Why a promotion code can't be redeemed, now or for a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PromotionCodeUnusable {
    /// The shop has switched it off.
    #[error("it is switched off")]
    Inactive,
    /// Its Coupon can't be redeemed.
    #[error("its coupon can't be redeemed, since {0}")]
    Coupon(#[from] CouponUnusable),
    /// Its `expires_at` has come.
    #[error("it has expired")]
    Expired,
    /// It was redeemed `max_redemptions` times.
    #[error("it was redeemed as often as it can be")]
    Exhausted,
    /// It is for another customer, or for one where there is none.
    #[error("it is for another customer")]
    OfAnotherCustomer,
    /// It needs a minimum, and has none in the currency of the cart.
    #[error("it has no minimum amount in {0}")]
    NoMinimumIn(Currency),
    /// The cart's subtotal is below the minimum.
    #[error("the subtotal is below {0}")]
    BelowMinimum(Money),
}
