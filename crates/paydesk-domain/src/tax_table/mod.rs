//! The tax table: what is collected where, as the operator of the server says it. It answers what
//! Stripe's `automatic_tax` asks its own service for.

mod entry;
mod fingerprint;
mod place;
mod postal_state;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use thiserror::Error;

pub use entry::TaxTableEntry;
pub use place::{TaxLocation, TaxPlace};

use crate::address::{Address, Country};

/// Entries, none of which says what another one says already. Their order has no meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxTable {
    countries: BTreeMap<&'static str, CountryEntries>,
}

/// The entries of a country.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct CountryEntries {
    /// Characters of the longest postal prefix: longer beginnings need not be looked for.
    longest_prefix: usize,
    by_postal_prefix: BTreeMap<String, ByState>,
}

/// Entries of one postal prefix, or of none (an empty one), by the state as it is compared.
type ByState = BTreeMap<String, ByTaxCode>;
/// Entries of one state, or of none, by their tax code; the general one has an empty code.
type ByTaxCode = BTreeMap<String, TaxTableEntry>;

/// Why entries are no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TaxTableError {
    /// There is no entry at all.
    #[error("a tax table has at least one entry")]
    Empty,
    /// Two entries are for the same country, state, postal prefix and tax code.
    #[error("entries {first} and {second} are for the same place and tax code")]
    Twice {
        /// Where the first of them is, counted from zero.
        first: usize,
        /// Where the second one is, counted from zero.
        second: usize,
    },
}

impl TaxTable {
    /// A table of these entries.
    ///
    /// Two entries are for the same when their country, state, postal prefix and tax code are the
    /// same as they are compared: states without regard to case, postal prefixes also without
    /// spaces and hyphens, and a text of nothing else as if it were not there.
    ///
    /// # Errors
    /// When there is none, or two are for the same.
    pub fn new(entries: Vec<TaxTableEntry>) -> Result<Self, TaxTableError> {
        let mut countries = BTreeMap::<&'static str, CountryEntries>::new();
        let mut places = BTreeMap::new();
        for (index, entry) in entries.into_iter().enumerate() {
            let postal_prefix = compared_postal(entry.postal_prefix.as_deref());
            let state = compared_state(entry.state.as_deref());
            let tax_code = entry.tax_code.clone().unwrap_or_default();
            let country = entry.country.code();
            let place = (country, postal_prefix.clone(), state.clone(), tax_code.clone());
            if let Some(first) = places.insert(place, index) {
                return Err(TaxTableError::Twice { first, second: index });
            }
            let within = countries.entry(country).or_default();
            within.longest_prefix = within.longest_prefix.max(postal_prefix.chars().count());
            let by_state = within.by_postal_prefix.entry(postal_prefix).or_default();
            by_state.entry(state).or_default().insert(tax_code, entry);
        }
        if countries.is_empty() { Err(TaxTableError::Empty) } else { Ok(Self { countries }) }
    }

    /// The place at which a buyer with this address is taxed. Mirrors what Stripe's automatic tax
    /// needs to know: the postal code in the United States, the postal code or the province in
    /// Canada, and the country anywhere else.
    ///
    /// An address that lacks any of that is not enough, whether or not its country is in the table.
    /// In these two countries an address without a state is in the state of its postal code.
    #[must_use]
    pub fn location(&self, address: &Address) -> TaxLocation<'_> {
        let Some(country) = address.country else {
            return TaxLocation::Incomplete;
        };
        let postal_code = compared_postal(address.postal_code.as_deref());
        let state = compared_state(address.state.as_deref());
        let is_enough = match country.code() {
            "US" => !postal_code.is_empty(),
            "CA" => !postal_code.is_empty() || !state.is_empty(),
            _ => true,
        };
        if !is_enough {
            return TaxLocation::Incomplete;
        }
        let state = match postal_state::state_of(country, &postal_code) {
            Some(of_postal_code) if state.is_empty() => compared_state(Some(of_postal_code)),
            _ => state,
        };
        match self.countries.get(country.code()) {
            Some(within) => TaxLocation::Place(within.place(&postal_code, &state)),
            None => TaxLocation::NotCollecting,
        }
    }

    /// Every entry: by country, then postal prefix, state and tax code.
    pub fn entries(&self) -> impl Iterator<Item = &TaxTableEntry> {
        self.countries
            .values()
            .flat_map(|within| within.by_postal_prefix.values())
            .flat_map(BTreeMap::values)
            .flat_map(BTreeMap::values)
    }

    /// The countries in which anything is collected, by their codes.
    pub fn countries(&self) -> impl Iterator<Item = Country> {
        self.countries.keys().filter_map(|code| Country::from_code(code))
    }
}

impl CountryEntries {
    /// The place in this country: its entries from the longest postal prefix to none, and those of
    /// the state before those of none.
    fn place(&self, postal_code: &str, state: &str) -> TaxPlace<'_> {
        let ends = postal_code.char_indices().map(|(end, _)| end).chain([postal_code.len()]);
        let ends: Vec<usize> = ends.take(self.longest_prefix.saturating_add(1)).collect();
        let states = if state.is_empty() { &[""][..] } else { &[state, ""] };
        let mut entries = Vec::new();
        for end in ends.into_iter().rev() {
            let prefix = postal_code.get(..end).unwrap_or_default();
            if let Some(by_state) = self.by_postal_prefix.get(prefix) {
                entries.extend(states.iter().filter_map(|state| by_state.get(*state)));
            }
        }
        TaxPlace::of(entries)
    }
}

/// A state as it is compared: `Ca` is `CA`.
fn compared_state(state: Option<&str>) -> String {
    state.unwrap_or_default().trim().to_lowercase()
}

/// A postal code as it is compared: `sw1a-1AA` is `SW1A 1AA`.
fn compared_postal(code: Option<&str>) -> String {
    let chars = code.unwrap_or_default().chars();
    let chars = chars.filter(|char| !char.is_whitespace() && *char != '-');
    chars.flat_map(char::to_uppercase).collect()
}
