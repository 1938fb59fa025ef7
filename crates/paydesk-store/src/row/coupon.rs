//! The row of a Coupon.

use minicbor::{Decode, Encode};
use paydesk_domain::coupon::{AmountOff, Coupon, CouponDuration, Off, PercentOff};
use paydesk_domain::id::{CouponId, Ordinal, ProductId};
use paydesk_domain::money::Money;
use paydesk_domain::time::Timestamp;

use super::{Pairs, RowError};
use crate::error::StoreError;

#[derive(Encode, Decode)]
pub(super) struct CouponRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[b(3)]
    name: Option<&'b str>,
    #[b(4)]
    off: OffRow<'b>,
    #[n(5)]
    duration: DurationRow,
    #[b(6)]
    products: Vec<&'b str>,
    #[n(7)]
    max_redemptions: Option<u64>,
    #[n(8)]
    redeem_by: Option<i64>,
    #[n(9)]
    times_redeemed: u64,
    #[b(10)]
    metadata: Pairs<'b>,
    #[n(11)]
    is_deleted: Option<bool>,
}

#[derive(Encode, Decode)]
enum OffRow<'b> {
    /// Hundredths of a percent.
    #[n(0)]
    Percent(#[n(0)] u16),
    /// The amount in the Coupon's own currency, then those in others.
    #[n(1)]
    Amount(#[b(0)] (&'b str, i64), #[b(1)] Vec<(&'b str, i64)>),
}

#[derive(Encode, Decode)]
enum DurationRow {
    #[n(0)]
    Forever,
    #[n(1)]
    Once,
    #[n(2)]
    Repeating(#[n(0)] u32),
}

/// A Coupon as bytes.
#[must_use]
pub fn encode_coupon(coupon: &Coupon) -> Vec<u8> {
    super::encode(&CouponRow::from(coupon))
}

/// A Coupon from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_coupon(bytes: &[u8]) -> Result<Coupon, StoreError> {
    let row: CouponRow<'_> = super::decode(bytes).map_err(|error| error.in_table("coupons", ""))?;
    let id = row.id;
    row.into_coupon().map_err(|error| error.in_table("coupons", id))
}

impl<'b> From<&'b Coupon> for CouponRow<'b> {
    fn from(coupon: &'b Coupon) -> Self {
        Self {
            id: coupon.id.as_str(),
            ordinal: coupon.ordinal.get(),
            created: coupon.created.as_seconds(),
            name: coupon.name.as_deref(),
            off: OffRow::from(&coupon.off),
            duration: match coupon.duration {
                CouponDuration::Forever => DurationRow::Forever,
                CouponDuration::Once => DurationRow::Once,
                CouponDuration::Repeating { months } => DurationRow::Repeating(months),
            },
            products: coupon.products.iter().map(ProductId::as_str).collect(),
            max_redemptions: coupon.max_redemptions,
            redeem_by: coupon.redeem_by.map(Timestamp::as_seconds),
            times_redeemed: coupon.times_redeemed,
            metadata: super::metadata_pairs(&coupon.metadata),
            is_deleted: coupon.is_deleted.then_some(true),
        }
    }
}

impl CouponRow<'_> {
    pub(super) fn into_coupon(self) -> Result<Coupon, RowError> {
        Ok(Coupon {
            id: CouponId::from(self.id),
            ordinal: Ordinal::new(self.ordinal),
            created: Timestamp::from_seconds(self.created),
            name: self.name.map(str::to_owned),
            off: self.off.into_off()?,
            duration: match self.duration {
                DurationRow::Forever => CouponDuration::Forever,
                DurationRow::Once => CouponDuration::Once,
                DurationRow::Repeating(months) => CouponDuration::Repeating { months },
            },
            products: self.products.into_iter().map(ProductId::from).collect(),
            max_redemptions: self.max_redemptions,
            redeem_by: self.redeem_by.map(Timestamp::from_seconds),
            times_redeemed: self.times_redeemed,
            metadata: super::metadata(self.metadata),
            is_deleted: self.is_deleted.unwrap_or(false),
        })
    }
}

impl<'b> From<&'b Off> for OffRow<'b> {
    fn from(off: &'b Off) -> Self {
        let pair = |money: &Money| (money.currency().code(), money.minor_units());
        match off {
            Off::Percent(percent) => Self::Percent(percent.hundredths()),
            Off::Amount(AmountOff { amount, others }) => {
                Self::Amount(pair(amount), others.iter().map(pair).collect())
            }
        }
    }
}

impl OffRow<'_> {
    fn into_off(self) -> Result<Off, RowError> {
        let money = |(code, minor_units)| {
            super::currency(code).map(|currency| Money::new(minor_units, currency))
        };
        Ok(match self {
            Self::Percent(hundredths) => Off::Percent(
                PercentOff::from_hundredths(hundredths)
                    .ok_or_else(|| RowError(format!("{hundredths} hundredths of a percent")))?,
            ),
            Self::Amount(amount, others) => Off::Amount(AmountOff {
                amount: money(amount)?,
                others: others.into_iter().map(money).collect::<Result<_, _>>()?,
            }),
        })
    }
}
