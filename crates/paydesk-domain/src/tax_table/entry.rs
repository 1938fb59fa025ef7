//! An entry of the tax table, and the tax rate that is shown for it.

use super::fingerprint::Fingerprint;
use crate::address::Country;
use crate::id::{Ordinal, TaxRateId};
use crate::metadata::Metadata;
use crate::tax_rate::{Percentage, TaxRate};
use crate::time::Timestamp;

/// How much tax is collected on a kind of product at a kind of place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxTableEntry {
    /// The country in which it is collected.
    pub country: Country,
    /// The state, province or region, where it is not the whole country. Compared with the `state`
    /// of an address without regard to case.
    pub state: Option<String>,
    /// What postal codes of the place begin with. Compared without regard to case, spaces and
    /// hyphens.
    pub postal_prefix: Option<String>,
    /// Stripe's tax code of the products, `txcd_…`; any product's where there is none.
    pub tax_code: Option<String>,
    /// How much of the taxed amount it is.
    pub percentage: Percentage,
    /// Whether prices here have the tax in them, where a price does not say it itself: what Stripe
    /// sets as the default tax behavior.
    pub inclusive: bool,
    /// Shown to buyers, such as `VAT`.
    pub display_name: String,
    /// A label of the operator's for whose tax it is.
    pub jurisdiction: Option<String>,
}

impl TaxTableEntry {
    /// The tax rate that carts show for this entry, in the amount or on top of it.
    ///
    /// Its id follows from the entry and the side alone: the same entry always has the same id, and
    /// one that was changed has another. Like the rates that Stripe's automatic tax makes, it is
    /// not active, since no cart can name it.
    #[must_use]
    pub fn rate(&self, inclusive: bool, now: Timestamp, ordinal: Ordinal) -> TaxRate {
        TaxRate {
            id: self.rate_id(inclusive),
            ordinal,
            created: now,
            active: false,
            country: Some(self.country),
            description: None,
            display_name: self.display_name.clone(),
            inclusive,
            jurisdiction: self.jurisdiction.clone(),
            metadata: Metadata::default(),
            percentage: self.percentage,
            state: self.state.clone(),
            tax_type: None,
        }
    }

    /// The id of that tax rate.
    #[must_use]
    pub fn rate_id(&self, inclusive: bool) -> TaxRateId {
        TaxRateId::of_fingerprint(self.fingerprint(inclusive))
    }

    /// A number that another entry, or the other side, practically never has.
    fn fingerprint(&self, inclusive_rate: bool) -> u128 {
        let Self {
            country,
            state,
            postal_prefix,
            tax_code,
            percentage,
            inclusive,
            display_name,
            jurisdiction,
        } = self;
        let mut fingerprint = Fingerprint::new();
        fingerprint.add(&[u8::from(*inclusive), u8::from(inclusive_rate)]);
        fingerprint.add(&percentage.ten_thousandths().to_be_bytes());
        fingerprint.add_text(Some(country.code()));
        fingerprint.add_text(state.as_deref());
        fingerprint.add_text(postal_prefix.as_deref());
        fingerprint.add_text(tax_code.as_deref());
        fingerprint.add_text(Some(display_name));
        fingerprint.add_text(jurisdiction.as_deref());
        fingerprint.number()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn entry() -> TaxTableEntry {
        TaxTableEntry {
            country: Country::from_code("US").unwrap(),
            state: Some("CA".to_owned()),
            postal_prefix: None,
            tax_code: None,
            percentage: Percentage::parse("7.25").unwrap(),
            inclusive: false,
            display_name: "Sales tax".to_owned(),
            jurisdiction: Some("California".to_owned()),
        }
    }

    fn id(entry: &TaxTableEntry, inclusive: bool) -> String {
        entry.rate(inclusive, NOW, Ordinal::new(7)).id.to_string()
    }

    #[test]
    fn the_rate_of_an_entry_is_what_the_entry_says() {
        let rate = entry().rate(true, NOW, Ordinal::new(7));
        let expected = TaxRate {
            id: rate.id.clone(),
            ordinal: Ordinal::new(7),
            created: NOW,
            active: false,
            country: Country::from_code("US"),
            description: None,
            display_name: "Sales tax".to_owned(),
            inclusive: true,
            jurisdiction: Some("California".to_owned()),
            metadata: Metadata::default(),
            percentage: Percentage::parse("7.25").unwrap(),
            state: Some("CA".to_owned()),
            tax_type: None,
        };
        assert_eq!(rate, expected);
    }

    /// Ids of carts that are stored must be found again by every later release.
    #[test]
    fn an_entry_has_the_same_id_for_ever() {
        let later = entry().rate(false, Timestamp::from_seconds(0), Ordinal::new(8));
        assert_eq!(later.id.as_str(), id(&entry(), false));
        assert_eq!(id(&entry(), false), "txr_0XFdo3ySCrs6Aw31gxOq8b");
    }

    #[test]
    fn entries_that_differ_anywhere_have_different_ids() {
        let text = |text: &str| Some(text.to_owned());
        let others = [
            entry(),
            TaxTableEntry { country: Country::from_code("CA").unwrap(), ..entry() },
            TaxTableEntry { state: text("NY"), ..entry() },
            TaxTableEntry { state: None, ..entry() },
            TaxTableEntry { state: text(""), ..entry() },
            TaxTableEntry { state: None, postal_prefix: text("CA"), ..entry() },
            TaxTableEntry { state: None, tax_code: text("CA"), ..entry() },
            TaxTableEntry { state: text("C"), postal_prefix: text("A"), ..entry() },
            TaxTableEntry { percentage: Percentage::parse("7.2501").unwrap(), ..entry() },
            TaxTableEntry { inclusive: true, ..entry() },
            TaxTableEntry { display_name: "Sales tax ".to_owned(), ..entry() },
            TaxTableEntry { jurisdiction: None, ..entry() },
        ];
        let ids: BTreeSet<String> =
            others.iter().flat_map(|entry| [id(entry, false), id(entry, true)]).collect();
        assert_eq!(ids.len(), others.len() * 2);
    }
}
