//! Tax rates of an import.

use super::{Import, ImportEntry, ImportObject, ImportRefusal, ImportTaxRate, Imported, Outcome};
use crate::refusal::Refusal;
use crate::tax_rate::TaxRate;

impl Import<'_> {
    pub(super) fn tax_rates(&mut self, entries: &[ImportEntry]) {
        for (index, entry) in entries.iter().enumerate() {
            let ImportObject::TaxRate(import) = &entry.object else { continue };
            match self.tax_rate(import) {
                Ok(tax_rate) => {
                    let before = self.existing.tax_rates.get(&tax_rate.id);
                    let outcome = Outcome::of(before, tax_rate);
                    self.done.insert(index, Imported::TaxRate(outcome));
                }
                Err(refusal) => self.refuse(index, refusal),
            }
        }
    }

    fn tax_rate(&mut self, import: &ImportTaxRate) -> Result<TaxRate, Refusal> {
        let made = import.command.clone().into_rate(self.now, self.ids)?;
        let created = import.created.unwrap_or(self.now);
        let made = TaxRate { id: import.id.clone(), created, ..made };
        let Some(before) = self.existing.tax_rates.get(&import.id) else {
            return Ok(made);
        };
        let now = TaxRate { ordinal: before.ordinal, created: before.created, ..made };
        if now.percentage != before.percentage || now.inclusive != before.inclusive {
            let before = Box::new(before.clone());
            return Err(ImportRefusal::TaxRateFixed { before, now: Box::new(now) }.into());
        }
        Ok(now)
    }
}
