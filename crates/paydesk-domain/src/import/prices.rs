//! Prices of an import, and who of them claims which lookup key.

use std::collections::BTreeMap;

use super::products::Products;
use super::{Import, ImportEntry, ImportObject, ImportPrice, ImportRefusal, Imported, Outcome};
use crate::catalog::{Price, PriceRefusal, PriceTerms, Product, TaxBehavior};
use crate::id::PriceId;
use crate::refusal::Refusal;

/// The Prices of a file as they are to be.
pub(super) type Prices = BTreeMap<PriceId, Price>;

impl Import<'_> {
    pub(super) fn prices(&mut self, entries: &[ImportEntry], products: &Products) -> Prices {
        let mut prices = Prices::new();
        for (index, entry) in entries.iter().enumerate() {
            let ImportObject::Price(import) = &entry.object else { continue };
            let product = import.command.product.id();
            let product = product
                .and_then(|id| products.get(id).or_else(|| self.existing.products.get(id)))
                .cloned();
            match self.price(import, product.as_ref()) {
                Ok(price) => {
                    let before = self.existing.prices.get(&price.id);
                    let outcome = Outcome::of(before, price.clone());
                    self.done.insert(index, Imported::Price(outcome));
                    prices.entry(price.id.clone()).or_insert(price);
                }
                Err(refusal) => self.refuse(index, refusal),
            }
        }
        prices
    }

    fn price(&mut self, import: &ImportPrice, product: Option<&Product>) -> Result<Price, Refusal> {
        let made = import.command.clone().decide(product, None, self.now, self.ids)?.price;
        let created = import.created.unwrap_or(self.now);
        let made = Price { id: import.id.clone(), created, ..made };
        let Some(before) = self.existing.prices.get(&import.id) else {
            return Ok(made);
        };
        let tax_behavior = match (before.tax_behavior, made.tax_behavior) {
            // A file that doesn't say leaves it.
            (before, TaxBehavior::Unspecified) => before,
            (_, said) => said,
        };
        let now = Price {
            ordinal: before.ordinal,
            created: before.created,
            is_inline: before.is_inline,
            tax_behavior,
            ..made
        };
        if before.tax_behavior != TaxBehavior::Unspecified && tax_behavior != before.tax_behavior {
            return Err(PriceRefusal::TaxBehaviorFixed.into());
        }
        if now.is_inline && now.active {
            return Err(PriceRefusal::ActivatesInlinePrice(now.id).into());
        }
        let with_what_may_change = Price {
            active: now.active,
            tax_behavior,
            terms: PriceTerms {
                currency_options: now.terms.currency_options.clone(),
                ..before.terms.clone()
            },
            lookup_key: now.lookup_key.clone(),
            nickname: now.nickname.clone(),
            metadata: now.metadata.clone(),
            ..before.clone()
        };
        if with_what_may_change != now {
            let before = Box::new(before.clone());
            return Err(ImportRefusal::PriceFixed { before, now: Box::new(now) }.into());
        }
        Ok(now)
    }

    /// A lookup key has one active Price, in the file and around it.
    pub(super) fn check_lookup_keys(&mut self, entries: &[ImportEntry], prices: &Prices) {
        let around = self.existing.prices.values().filter(|other| !prices.contains_key(&other.id));
        let around: BTreeMap<&str, &PriceId> = around
            .filter_map(|other| other.claimed_lookup_key().map(|key| (key, &other.id)))
            .collect();
        let mut claims: BTreeMap<&str, &ImportEntry> = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let ImportObject::Price(import) = &entry.object else { continue };
            let Some(price) = prices.get(&import.id) else { continue };
            let Some(key) = price.claimed_lookup_key() else { continue };
            if let Some(other) = claims.get(key) {
                self.refuse(index, ImportRefusal::LookupKeyTwice { place: other.place.clone() });
                continue;
            }
            claims.insert(key, entry);
            if let Some(holder) = around.get(key) {
                let (key, holder) = (key.to_owned(), (*holder).clone());
                self.refuse(index, ImportRefusal::LookupKeyHeld { key, holder });
            }
        }
    }
}
