//! Coupons of an import.

use super::products::Products;
use super::{Import, ImportCoupon, ImportEntry, ImportObject, ImportRefusal, Imported, Outcome};
use crate::coupon::{AmountOff, Coupon, Off};
use crate::refusal::Refusal;

impl Import<'_> {
    pub(super) fn coupons(&mut self, entries: &[ImportEntry], products: &Products) {
        for (index, entry) in entries.iter().enumerate() {
            let ImportObject::Coupon(import) = &entry.object else { continue };
            match self.coupon(import, products) {
                Ok(coupon) => {
                    let before = self.existing.coupons.get(&coupon.id);
                    let outcome = Outcome::of(before, coupon);
                    self.done.insert(index, Imported::Coupon(outcome));
                }
                Err(refusal) => self.refuse(index, refusal),
            }
        }
    }

    fn coupon(&mut self, import: &ImportCoupon, products: &Products) -> Result<Coupon, Refusal> {
        let existing = &self.existing.products;
        let has_product = |id: &_| products.contains_key(id) || existing.contains_key(id);
        let made = import.command.clone().into_coupon(has_product, self.now, self.ids)?;
        let made = Coupon {
            id: import.id.clone(),
            created: import.created.unwrap_or(self.now),
            times_redeemed: import.times_redeemed,
            ..made
        };
        let Some(before) = self.existing.coupons.get(&import.id) else {
            return Ok(made);
        };
        let now = Coupon {
            ordinal: before.ordinal,
            created: before.created,
            times_redeemed: before.times_redeemed,
            ..made
        };
        let off = match (&before.off, &now.off) {
            (Off::Amount(before), Off::Amount(now)) => {
                Off::Amount(AmountOff { amount: before.amount, others: now.others.clone() })
            }
            (before, _) => before.clone(),
        };
        let with_what_may_change = Coupon {
            off,
            name: now.name.clone(),
            metadata: now.metadata.clone(),
            ..before.clone()
        };
        if with_what_may_change != now {
            let before = Box::new(before.clone());
            return Err(ImportRefusal::CouponFixed { before, now: Box::new(now) }.into());
        }
        Ok(now)
    }
}
