//! The types of taxes there are.

use std::fmt;

/// A type of tax, such as `vat`. Mirrors Stripe's `tax_type` of a tax rate.
///
/// There is no other way to make one than [`Self::from_name`], so a type in hand is a known one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TaxType(&'static str);

impl TaxType {
    /// The type with this name; none when Stripe has no such type.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let index = NAMES.binary_search(&name).ok()?;
        NAMES.get(index).copied().map(Self)
    }

    /// Stripe's name of the type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// Every name there is.
    #[must_use]
    pub const fn names() -> &'static [&'static str] {
        NAMES
    }
}

impl fmt::Debug for TaxType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Sorted, to be searched by halves.
static NAMES: &[&str] = &[
    "admissions_tax",
    "amusement_tax",
    "attendance_tax",
    "communications_tax",
    "digital_excise_tax",
    "entertainment_tax",
    "get_fund",
    "gross_receipts_tax",
    "gst",
    "hospitality_tax",
    "hst",
    "igst",
    "jct",
    "lease_tax",
    "luxury_tax",
    "mass_transit_parking_tax",
    "nhil",
    "parking_tax",
    "pst",
    "qst",
    "resort_tax",
    "retail_delivery_fee",
    "rst",
    "sales_tax",
    "service_tax",
    "tourism_tax",
    "utility_users_tax",
    "vat",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_found_by_their_names() {
        for name in TaxType::names() {
            assert_eq!(TaxType::from_name(name).map(TaxType::name), Some(*name));
        }
        for odd in ["", "VAT", "value_added_tax"] {
            assert_eq!(TaxType::from_name(odd), None, "{odd}");
        }
    }
}
