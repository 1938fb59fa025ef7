//! The row of a promotion code.

use minicbor::{Decode, Encode};
use paydesk_domain::id::{CouponId, CustomerId, Ordinal, PromotionCodeId};
use paydesk_domain::money::Money;
use paydesk_domain::promotion_code::{Code, MinimumAmount, PromotionCode, Restrictions};
use paydesk_domain::time::Timestamp;

use super::{Pairs, RowError};
use crate::error::StoreError;

#[derive(Encode, Decode)]
pub(super) struct PromotionCodeRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[n(3)]
    is_enabled: bool,
    #[b(4)]
    code: &'b str,
    #[b(5)]
    coupon: &'b str,
    #[n(6)]
    coupon_ordinal: u64,
    #[b(7)]
    customer: Option<&'b str>,
    #[n(8)]
    expires_at: Option<i64>,
    #[n(9)]
    max_redemptions: Option<u64>,
    #[n(10)]
    is_first_time: bool,
    #[b(11)]
    minimum: Option<MinimumRow<'b>>,
    #[n(12)]
    times_redeemed: u64,
    #[b(13)]
    metadata: Pairs<'b>,
}

/// The minimum in its own currency, then those in others.
#[derive(Encode, Decode)]
struct MinimumRow<'b> {
    #[b(0)]
    amount: (&'b str, i64),
    #[b(1)]
    others: Vec<(&'b str, i64)>,
}

/// A promotion code as bytes.
#[must_use]
pub fn encode_promotion_code(promotion_code: &PromotionCode) -> Vec<u8> {
    super::encode(&PromotionCodeRow::from(promotion_code))
}

/// A promotion code from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_promotion_code(bytes: &[u8]) -> Result<PromotionCode, StoreError> {
    let row: PromotionCodeRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("promotion_codes", ""))?;
    let id = row.id;
    row.into_promotion_code().map_err(|error| error.in_table("promotion_codes", id))
}

impl<'b> From<&'b PromotionCode> for PromotionCodeRow<'b> {
    fn from(promotion_code: &'b PromotionCode) -> Self {
        let Restrictions { is_first_time, minimum } = &promotion_code.restrictions;
        Self {
            id: promotion_code.id.as_str(),
            ordinal: promotion_code.ordinal.get(),
            created: promotion_code.created.as_seconds(),
            is_enabled: promotion_code.is_enabled,
            code: promotion_code.code.as_str(),
            coupon: promotion_code.coupon.as_str(),
            coupon_ordinal: promotion_code.coupon_ordinal.get(),
            customer: promotion_code.customer.as_ref().map(CustomerId::as_str),
            expires_at: promotion_code.expires_at.map(Timestamp::as_seconds),
            max_redemptions: promotion_code.max_redemptions,
            is_first_time: *is_first_time,
            minimum: minimum.as_ref().map(MinimumRow::from),
            times_redeemed: promotion_code.times_redeemed,
            metadata: super::metadata_pairs(&promotion_code.metadata),
        }
    }
}

impl PromotionCodeRow<'_> {
    pub(super) fn into_promotion_code(self) -> Result<PromotionCode, RowError> {
        Ok(PromotionCode {
            id: PromotionCodeId::from(self.id),
            ordinal: Ordinal::new(self.ordinal),
            created: Timestamp::from_seconds(self.created),
            is_enabled: self.is_enabled,
            code: Code::parse(self.code).map_err(RowError::of)?,
            coupon: CouponId::from(self.coupon),
            coupon_ordinal: Ordinal::new(self.coupon_ordinal),
            customer: self.customer.map(CustomerId::from),
            expires_at: self.expires_at.map(Timestamp::from_seconds),
            max_redemptions: self.max_redemptions,
            restrictions: Restrictions {
                is_first_time: self.is_first_time,
                minimum: self.minimum.map(MinimumRow::into_minimum).transpose()?,
            },
            times_redeemed: self.times_redeemed,
            metadata: super::metadata(self.metadata),
        })
    }
}

impl<'b> From<&'b MinimumAmount> for MinimumRow<'b> {
    fn from(minimum: &'b MinimumAmount) -> Self {
        let pair = |money: &Money| (money.currency().code(), money.minor_units());
        Self { amount: pair(&minimum.amount), others: minimum.others.iter().map(pair).collect() }
    }
}

impl MinimumRow<'_> {
    fn into_minimum(self) -> Result<MinimumAmount, RowError> {
        let money = |(code, minor_units)| {
            super::currency(code).map(|currency| Money::new(minor_units, currency))
        };
        let others = self.others.into_iter().map(money).collect::<Result<_, _>>()?;
        MinimumAmount::new(money(self.amount)?, others).map_err(RowError::of)
    }
}
