//! Refusals about promotion codes, in Stripe's words.

use paydesk_domain::promotion_code::PromotionCodeRefusal;

use super::StripeError;
use super::refusal::{metadata, no_such};

/// The error for a refused command on a promotion code.
pub(super) fn promotion_code(refusal: &PromotionCodeRefusal) -> StripeError {
    match refusal {
        PromotionCodeRefusal::Metadata(refusal) => metadata(refusal, "metadata"),
        PromotionCodeRefusal::NoSuchCoupon(id) => {
            no_such("coupon", id.as_str(), "promotion[coupon]")
        }
        PromotionCodeRefusal::CouponUnusable { coupon, reason } => StripeError::invalid(format!(
            "The coupon `{coupon}` cannot be redeemed any more: {reason}. Use another coupon."
        ))
        .param("promotion[coupon]"),
        PromotionCodeRefusal::NoSuchCustomer(id) => no_such("customer", id.as_str(), "customer"),
        PromotionCodeRefusal::ExpiresAtPassed => {
            StripeError::invalid("`expires_at` must be a time in the future.").param("expires_at")
        }
        PromotionCodeRefusal::ExpiresAfterCoupon { redeem_by } => StripeError::invalid(format!(
            "`expires_at` cannot be later than the coupon's `redeem_by`, which is {redeem_by}."
        ))
        .param("expires_at"),
        PromotionCodeRefusal::MoreRedemptionsThanCoupon { max } => StripeError::invalid(format!(
            "`max_redemptions` cannot be more than the coupon's, which is {max}."
        ))
        .param("max_redemptions"),
        PromotionCodeRefusal::MinimumInOwnCurrency(currency) => StripeError::invalid(format!(
            "`{currency}` is the `minimum_amount_currency`. The minimum in it is the \
             `minimum_amount` and does not stand in `currency_options`."
        ))
        .param(format!("restrictions[currency_options][{currency}]")),
        PromotionCodeRefusal::NoMinimumAmount => StripeError::invalid(
            "This promotion code was created without `restrictions[minimum_amount]`, so it has no \
             minimum in other currencies either. Create another one with a minimum.",
        )
        .param("restrictions[currency_options]"),
        PromotionCodeRefusal::CodeTaken(code) => StripeError::invalid(format!(
            "An active promotion code with `code: {code}` already exists."
        ))
        .code("resource_already_exists")
        .param("code"),
        PromotionCodeRefusal::NotRedeemable(reason) => StripeError::invalid(format!(
            "This promotion code cannot be activated: {reason}. Create another one."
        ))
        .param("active"),
    }
}
