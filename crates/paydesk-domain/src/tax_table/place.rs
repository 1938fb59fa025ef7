//! Where a buyer is taxed, and which entry of the table holds there.

use super::{ByTaxCode, TaxTableEntry};

/// Stripe's tax code of products that are never taxed.
const NONTAXABLE: &str = "txcd_00000000";

/// What an address comes to. Mirrors what Stripe shows as the `status` of `automatic_tax` and as
/// the `taxability_reason` of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaxLocation<'table> {
    /// The address is not enough to say where it is: Stripe's `requires_location_inputs`.
    Incomplete,
    /// Nothing is collected in its country: Stripe's `not_collecting`.
    NotCollecting,
    /// A place in a country that the table has. A product may still have no entry there.
    Place(TaxPlace<'table>),
}

/// A place in a country that the table has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxPlace<'table> {
    /// What holds here, the most specific first.
    entries: Vec<&'table ByTaxCode>,
}

impl<'table> TaxPlace<'table> {
    pub(super) const fn of(entries: Vec<&'table ByTaxCode>) -> Self {
        Self { entries }
    }

    /// Every entry that holds here for some product.
    pub fn entries(&self) -> impl Iterator<Item = &'table TaxTableEntry> {
        self.entries.iter().flat_map(|entries| entries.values())
    }

    /// The entry for products of a tax code, the most specific that there is: an entry of the tax
    /// code before any general one, then the longest postal prefix, then one of the state before
    /// one of the whole country. None where nothing is collected for such a product.
    ///
    /// A product without a tax code has the general entries, as has one whose code no entry names;
    /// but for Stripe's code of what is never taxed, `txcd_00000000`, which has no general ones.
    #[must_use]
    pub fn entry(&self, tax_code: Option<&str>) -> Option<&'table TaxTableEntry> {
        let of = |code: &str| self.entries.iter().find_map(|entries| entries.get(code));
        let general = || if tax_code == Some(NONTAXABLE) { None } else { of("") };
        tax_code.and_then(of).or_else(general)
    }
}
