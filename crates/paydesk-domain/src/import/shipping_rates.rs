//! Shipping rates of an import.

use super::{
    Import, ImportEntry, ImportObject, ImportRefusal, ImportShippingRate, Imported, Outcome,
};
use crate::catalog::TaxBehavior;
use crate::refusal::Refusal;
use crate::shipping_rate::{
    FixedAmount, ShippingCurrencyOption, ShippingCurrencyOptionChange, ShippingRate,
    UpdateShippingRate,
};

impl Import<'_> {
    pub(super) fn shipping_rates(&mut self, entries: &[ImportEntry]) {
        for (index, entry) in entries.iter().enumerate() {
            let ImportObject::ShippingRate(import) = &entry.object else { continue };
            match self.shipping_rate(import) {
                Ok(rate) => {
                    let before = self.existing.shipping_rates.get(&rate.id);
                    let outcome = Outcome::of(before, rate);
                    self.done.insert(index, Imported::ShippingRate(outcome));
                }
                Err(refusal) => self.refuse(index, refusal),
            }
        }
    }

    fn shipping_rate(&mut self, import: &ImportShippingRate) -> Result<ShippingRate, Refusal> {
        let made = import.command.clone().into_rate(self.now, self.ids)?;
        let made = ShippingRate {
            id: import.id.clone(),
            created: import.created.unwrap_or(self.now),
            active: import.active,
            ..made
        };
        let Some(before) = self.existing.shipping_rates.get(&import.id) else {
            return Ok(made);
        };
        // The currencies that are there stay, as no update takes one away, and so does what was
        // said of tax once; a file need not repeat either.
        let update = UpdateShippingRate {
            active: None,
            currency_options: made.fixed_amount.others.iter().map(change).collect(),
            metadata: None,
            tax_behavior: said(made.tax_behavior),
        };
        let updated = update.decide(before)?;
        let now = ShippingRate {
            ordinal: before.ordinal,
            created: before.created,
            fixed_amount: FixedAmount {
                amount: made.fixed_amount.amount,
                others: updated.fixed_amount.others.clone(),
            },
            tax_behavior: updated.tax_behavior,
            ..made
        };
        let with_what_may_change =
            ShippingRate { active: now.active, metadata: now.metadata.clone(), ..updated };
        if with_what_may_change != now {
            let before = Box::new(before.clone());
            return Err(ImportRefusal::ShippingRateFixed { before, now: Box::new(now) }.into());
        }
        Ok(now)
    }
}

fn change(option: &ShippingCurrencyOption) -> ShippingCurrencyOptionChange {
    ShippingCurrencyOptionChange {
        currency: option.amount.currency(),
        amount: Some(option.amount.minor_units()),
        tax_behavior: said(option.tax_behavior),
    }
}

/// What a file says of tax; one that doesn't say leaves it.
fn said(tax_behavior: TaxBehavior) -> Option<TaxBehavior> {
    (tax_behavior != TaxBehavior::Unspecified).then_some(tax_behavior)
}
