//! Which entry holds where, as tables.

use proptest::prelude::*;

use super::*;
use crate::tax_rate::Percentage;

/// A line is a country, a state, a postal prefix, a tax code (`-` for none) and a percentage.
const TABLE: &str = "
    DE  -   -      -       19
    DE  -   -      book    7
    ES  -   -      -       21
    ES  -   35     -       7
    ES  -   38     -       7
    GB  -   -      -       20
    GB  -   BT     -       19
    US  CA  -      -       7.25
    US  CA  -      food    0
    US  -   941    -       8.5
    US  CA  941    -       8.625
    US  -   94107  -       8.75
    US  -   941    cloth   1
    CA  QC  -      -       14.975
    CA  -   -      -       5
";

fn entry(line: &str) -> TaxTableEntry {
    let words: Vec<&str> = line.split_whitespace().collect();
    let optional = |index: usize| Some(words[index].to_owned()).filter(|word| word != "-");
    TaxTableEntry {
        country: Country::from_code(words[0]).unwrap(),
        state: optional(1),
        postal_prefix: optional(2),
        tax_code: optional(3),
        percentage: Percentage::parse(words[4]).unwrap(),
        inclusive: false,
        display_name: "Tax".to_owned(),
        jurisdiction: None,
    }
}

fn entries(text: &str) -> Vec<TaxTableEntry> {
    text.lines().filter(|line| !line.trim().is_empty()).map(entry).collect()
}

fn table() -> TaxTable {
    TaxTable::new(entries(TABLE)).unwrap()
}

fn address(country: &str, state: &str, postal_code: &str) -> Address {
    let text = |text: &str| Some(text.to_owned()).filter(|text| text != "-");
    Address {
        country: Country::from_code(country),
        state: text(state),
        postal_code: text(postal_code),
        ..Address::default()
    }
}

/// The percentage, or in words why there is none.
fn found(table: &TaxTable, address: &Address, tax_code: Option<&str>) -> String {
    match table.location(address) {
        TaxLocation::Incomplete => "incomplete".to_owned(),
        TaxLocation::NotCollecting => "not collecting".to_owned(),
        TaxLocation::Place(place) => match place.entry(tax_code) {
            Some(entry) => entry.percentage.to_string(),
            None => "no entry".to_owned(),
        },
    }
}

#[test]
fn the_most_specific_entry_holds() {
    for (country, state, postal_code, tax_code, expected) in [
        ("DE", "-", "-", None, "19"),
        ("DE", "BY", "80331", None, "19"),
        ("DE", "-", "-", Some("book"), "7"),
        ("DE", "-", "-", Some("tea"), "19"),
        ("DE", "-", "-", Some(""), "19"),
        ("DE", "-", "-", Some("txcd_00000000"), "no entry"),
        ("ES", "-", "28001", None, "21"),
        ("ES", "-", "35001", None, "7"),
        ("ES", "-", "38", None, "7"),
        ("ES", "-", "3", None, "21"),
        ("GB", "-", "bt1 5gs", None, "19"),
        ("GB", "-", " B-T1", None, "19"),
        ("GB", "-", "B1 1AA", None, "20"),
        // The longest prefix, then the state; a prefix goes before a state alone.
        ("US", "CA", "90001", None, "7.25"),
        ("US", "ca", "90001", None, "7.25"),
        ("US", " Ca ", "94103", None, "8.625"),
        // The postal code says which state it is, where the address does not.
        ("US", "-", "94103", None, "8.625"),
        ("US", "-", "90001", None, "7.25"),
        ("US", " ", "90001", Some("food"), "0"),
        ("US", "-", "10001", None, "no entry"),
        ("US", "NY", "94103", None, "8.5"),
        ("US", "CA", "94107-1234", None, "8.75"),
        ("US", "NY", "94107", None, "8.75"),
        // The tax code before both.
        ("US", "CA", "94107", Some("food"), "0"),
        ("US", "CA", "94107", Some("cloth"), "1"),
        ("US", "NY", "10001", Some("cloth"), "no entry"),
        ("US", "NY", "10001", None, "no entry"),
        ("CA", "QC", "-", None, "14.975"),
        ("CA", "ON", "-", None, "5"),
        ("CA", "-", "M5V 2T6", None, "5"),
        ("CA", "-", "h2x 1y4", None, "14.975"),
        ("CA", "-", "X1A 2N2", None, "5"),
    ] {
        let address = address(country, state, postal_code);
        assert_eq!(found(&table(), &address, tax_code), expected, "{address:?} {tax_code:?}");
    }
}

#[test]
fn an_address_says_enough_or_not() {
    for (country, state, postal_code, expected) in [
        ("-", "CA", "94107", "incomplete"),
        ("US", "CA", "-", "incomplete"),
        ("US", "CA", "", "incomplete"),
        ("US", "CA", " - ", "incomplete"),
        ("US", "-", "94107", "8.75"),
        ("CA", "-", "-", "incomplete"),
        ("CA", " ", "-", "incomplete"),
        ("CA", "-", "M5V", "5"),
        ("CA", "QC", "-", "14.975"),
        ("DE", "-", "-", "19"),
        ("FR", "-", "-", "not collecting"),
    ] {
        let address = address(country, state, postal_code);
        assert_eq!(found(&table(), &address, None), expected, "{address:?}");
    }
    // What Stripe needs to know does not depend on where anything is collected.
    let germany = TaxTable::new(entries("DE - - - 19")).unwrap();
    assert_eq!(found(&germany, &address("US", "CA", "-"), None), "incomplete");
    assert_eq!(found(&germany, &address("US", "CA", "94107"), None), "not collecting");
}

#[test]
fn a_table_has_entries_and_none_of_them_twice() {
    assert_eq!(TaxTable::new(Vec::new()), Err(TaxTableError::Empty));
    for (one, other) in [
        ("DE - - - 19", "DE - - - 7"),
        ("US CA - - 7.25", "US ca - - 8"),
        ("GB - SW1A - 20", "GB - sw-1a - 20"),
        ("US CA 94 food 0", "US CA 94 food 1"),
    ] {
        let refused = TaxTable::new(vec![entry("FR - - - 20"), entry(one), entry(other)]);
        assert_eq!(refused, Err(TaxTableError::Twice { first: 1, second: 2 }), "{one}, {other}");
    }
    let spaces = TaxTableEntry { postal_prefix: Some(" -".to_owned()), ..entry("DE - - - 7") };
    let refused = TaxTable::new(vec![entry("DE - - - 19"), spaces]);
    assert_eq!(refused, Err(TaxTableError::Twice { first: 0, second: 1 }));
}

#[test]
fn a_table_shows_what_it_has() {
    let table = table();
    assert_eq!(table.entries().count(), entries(TABLE).len());
    let countries: Vec<&str> = table.countries().map(Country::code).collect();
    assert_eq!(countries, ["CA", "DE", "ES", "GB", "US"]);
}

/// One of a few texts or none, so that entries and addresses often meet.
fn some_of(texts: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(texts)
}

prop_compose! {
    /// The beginning of a line, without its percentage.
    fn any_place()(
        country in some_of(&["US", "CA", "DE"]),
        state in some_of(&["-", "CA", "NY"]),
        postal_prefix in some_of(&["-", "9", "94", "941", "10"]),
        tax_code in some_of(&["-", "food", "book"]),
    ) -> String {
        format!("{country} {state} {postal_prefix} {tax_code}")
    }
}

/// Entries, and the same ones in another order.
fn entries_twice() -> impl Strategy<Value = (Vec<TaxTableEntry>, Vec<TaxTableEntry>)> {
    let lines = prop::collection::btree_map(any_place(), 0u32..=100, 1..40);
    lines.prop_flat_map(|lines| {
        let lines = lines.iter().map(|(place, percentage)| format!("{place} {percentage}"));
        let entries: Vec<TaxTableEntry> = lines.map(|line| entry(&line)).collect();
        (Just(entries.clone()), Just(entries).prop_shuffle())
    })
}

/// How specific an entry is that holds for an address and a tax code; nothing where it does not.
fn rank(
    entry: &TaxTableEntry,
    address: &Address,
    tax_code: Option<&str>,
) -> Option<(bool, usize, bool)> {
    let holds = |wanted: &Option<String>, has: Option<&str>| match wanted {
        Some(wanted) => has == Some(wanted.as_str()),
        None => true,
    };
    let prefix = entry.postal_prefix.as_deref().unwrap_or_default();
    let postal_code = address.postal_code.as_deref().unwrap_or_default();
    let of_postal_code = match (entry.country.code(), postal_code) {
        ("US", "94107" | "90001") => Some("CA"),
        ("US", "10001") => Some("NY"),
        _ => None,
    };
    let holds = Some(entry.country) == address.country
        && holds(&entry.state, address.state.as_deref().or(of_postal_code))
        && holds(&entry.tax_code, tax_code)
        && postal_code.starts_with(prefix);
    holds.then_some((entry.tax_code.is_some(), prefix.len(), entry.state.is_some()))
}

proptest! {
    #[test]
    fn the_order_of_entries_never_matters(
        (entries, shuffled) in entries_twice(),
        country in some_of(&["US", "CA", "DE"]),
        state in some_of(&["-", "CA", "NY"]),
        postal_code in some_of(&["-", "94107", "90001", "10001", "9"]),
        tax_code in prop::option::of(some_of(&["food", "book", "tea"])),
    ) {
        let table = TaxTable::new(entries.clone()).unwrap();
        let other = TaxTable::new(shuffled).unwrap();
        let address = address(country, state, postal_code);
        prop_assert_eq!(table.location(&address), other.location(&address));
        if let TaxLocation::Place(place) = other.location(&address) {
            let rank = |entry: &&TaxTableEntry| rank(entry, &address, tax_code);
            let best = entries.iter().max_by_key(rank).filter(|entry| rank(entry).is_some());
            prop_assert_eq!(place.entry(tax_code), best);
        }
    }
}
