//! Creating and updating promotion codes.

use super::{Code, PromotionCode, PromotionCodeRefusal, Restrictions};
use crate::coupon::Coupon;
use crate::event::EventData;
use crate::id::{CouponId, CustomerId, IdSource, ObjectId, PromotionCodeId};
use crate::metadata::{Metadata, MetadataChange};
use crate::money::Money;
use crate::time::Timestamp;

/// A request to create a promotion code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatePromotionCode {
    /// Stripe's `active`.
    pub is_enabled: bool,
    /// See [`PromotionCode::code`]; a fresh one where there is none.
    pub code: Option<Code>,
    /// See [`PromotionCode::coupon`].
    pub coupon: CouponId,
    /// See [`PromotionCode::customer`].
    pub customer: Option<CustomerId>,
    /// See [`PromotionCode::expires_at`]; the Coupon's `redeem_by` where there is none.
    pub expires_at: Option<Timestamp>,
    /// See [`PromotionCode::max_redemptions`].
    pub max_redemptions: Option<u64>,
    /// See [`PromotionCode::restrictions`].
    pub restrictions: Restrictions,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
}

/// A request to update a promotion code; what was not sent stays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdatePromotionCode {
    /// Stripe's `active`: switch it off, or on again while it can still be redeemed.
    pub is_enabled: Option<bool>,
    /// Minimums in other currencies to set; none can be taken away.
    pub currency_options: Vec<Money>,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
}

/// What a command on a promotion code comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionCodeDecision {
    /// The promotion code afterwards.
    pub promotion_code: PromotionCode,
    /// The Coupon it was made of.
    pub coupon: Coupon,
    /// What to tell; empty when nothing changed.
    pub events: Vec<EventData>,
}

impl CreatePromotionCode {
    /// Decides on the promotion code to be made.
    ///
    /// `coupon` is the one named; `has_customer` tells whether the customer named exists;
    /// `is_taken` whether an active promotion code that the same customer could redeem has the
    /// code. Of a fresh code only the store can tell.
    ///
    /// # Errors
    /// [`PromotionCodeRefusal`]; nothing is made then.
    pub fn decide(
        self,
        coupon: Option<&Coupon>,
        has_customer: bool,
        is_taken: bool,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<PromotionCodeDecision, PromotionCodeRefusal> {
        let Some(coupon) = coupon else {
            return Err(PromotionCodeRefusal::NoSuchCoupon(self.coupon));
        };
        if let Err(reason) = coupon.check_usable(now) {
            let coupon = coupon.id.clone();
            return Err(PromotionCodeRefusal::CouponUnusable { coupon, reason });
        }
        if let Some(customer) = self.customer.as_ref().filter(|_| !has_customer) {
            return Err(PromotionCodeRefusal::NoSuchCustomer(customer.clone()));
        }
        self.check_limits(coupon, now)?;
        if let Some(code) = self.code.as_ref().filter(|_| self.is_enabled && is_taken) {
            return Err(PromotionCodeRefusal::CodeTaken(code.clone()));
        }
        let metadata = Metadata::created(self.metadata.as_ref())?;
        let (id, ordinal) = PromotionCodeId::fresh(ids);
        let promotion_code = PromotionCode {
            id,
            ordinal,
            created: now,
            is_enabled: self.is_enabled,
            code: self.code.unwrap_or_else(|| Code::fresh(ids)),
            coupon: self.coupon,
            coupon_ordinal: coupon.ordinal,
            customer: self.customer,
            expires_at: self.expires_at.or(coupon.redeem_by),
            max_redemptions: self.max_redemptions,
            restrictions: self.restrictions,
            times_redeemed: 0,
            metadata,
        };
        let created = EventData::PromotionCodeCreated {
            promotion_code: Box::new(promotion_code.clone()),
            coupon: Box::new(coupon.clone()),
        };
        Ok(PromotionCodeDecision { promotion_code, coupon: coupon.clone(), events: vec![created] })
    }

    fn check_limits(&self, coupon: &Coupon, now: Timestamp) -> Result<(), PromotionCodeRefusal> {
        if let Some(expires_at) = self.expires_at {
            if expires_at <= now {
                return Err(PromotionCodeRefusal::ExpiresAtPassed);
            }
            if let Some(redeem_by) = coupon.redeem_by.filter(|last| expires_at > *last) {
                return Err(PromotionCodeRefusal::ExpiresAfterCoupon { redeem_by });
            }
        }
        let of_coupon = coupon.max_redemptions;
        match of_coupon.filter(|of_coupon| self.max_redemptions.is_some_and(|max| max > *of_coupon))
        {
            Some(max) => Err(PromotionCodeRefusal::MoreRedemptionsThanCoupon { max }),
            None => Ok(()),
        }
    }
}

impl UpdatePromotionCode {
    /// Decides on the promotion code after the update.
    ///
    /// `coupon` is the one it was made of, deleted or not; `is_taken` tells whether another
    /// active promotion code that the same customer could redeem has the code.
    ///
    /// # Errors
    /// [`PromotionCodeRefusal`]; the promotion code stays as it is then.
    pub fn decide(
        self,
        before: &PromotionCode,
        coupon: &Coupon,
        is_taken: bool,
        now: Timestamp,
    ) -> Result<PromotionCodeDecision, PromotionCodeRefusal> {
        if self.is_enabled == Some(true) {
            before.check_redeemable(coupon, now).map_err(PromotionCodeRefusal::NotRedeemable)?;
            if !before.is_enabled && is_taken {
                return Err(PromotionCodeRefusal::CodeTaken(before.code.clone()));
            }
        }
        let minimum = match before.restrictions.minimum.clone() {
            Some(minimum) => Some(minimum.with(self.currency_options)?),
            None if self.currency_options.is_empty() => None,
            None => return Err(PromotionCodeRefusal::NoMinimumAmount),
        };
        let promotion_code = PromotionCode {
            is_enabled: self.is_enabled.unwrap_or(before.is_enabled),
            restrictions: Restrictions { minimum, ..before.restrictions },
            metadata: before.metadata.changed(self.metadata.as_ref())?,
            ..before.clone()
        };
        let mut events = Vec::new();
        if promotion_code != *before {
            events.push(EventData::PromotionCodeUpdated {
                promotion_code: Box::new(promotion_code.clone()),
                previous: Box::new(before.clone()),
                coupon: Box::new(coupon.clone()),
            });
        }
        Ok(PromotionCodeDecision { promotion_code, coupon: coupon.clone(), events })
    }
}
