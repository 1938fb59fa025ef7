//! The state or province that a postal code is in, for addresses that don't name it.
//!
//! Pages that collect no more than a tax needs ask for the postal code alone in the United States
//! and in Canada, and tables of those countries are by state.

use crate::address::Country;

/// The state of a postal code as it is compared: without spaces and hyphens, in upper case. None
/// in other countries, for overseas territories and military post, and where it can't be told.
///
/// A few places at the border of a state have the postal codes of the neighbour, and count as being
/// there.
pub(super) fn state_of(country: Country, postal_code: &str) -> Option<&'static str> {
    match country.code() {
        "US" => {
            let area = postal_code.get(..3)?;
            let area = area.bytes().all(|byte| byte.is_ascii_digit()).then_some(area)?;
            let holds = |(first, last, _): &&(&str, &str, _)| (*first..=*last).contains(&area);
            STATES.iter().find(holds).map(|(_, _, state)| *state)
        }
        "CA" => {
            let area = postal_code.chars().next()?;
            PROVINCES.iter().find(|(areas, _)| areas.contains(area)).map(|(_, province)| *province)
        }
        _ => None,
    }
}

/// The first and the last of the areas of a state, which are the first three digits.
#[rustfmt::skip]
static STATES: &[(&str, &str, &str)] = &[
    ("005", "005", "NY"), ("010", "027", "MA"), ("028", "029", "RI"), ("030", "038", "NH"),
    ("039", "049", "ME"), ("050", "054", "VT"), ("055", "055", "MA"), ("056", "059", "VT"),
    ("060", "069", "CT"), ("070", "089", "NJ"), ("100", "149", "NY"), ("150", "196", "PA"),
    ("197", "199", "DE"), ("200", "200", "DC"), ("201", "201", "VA"), ("202", "205", "DC"),
    ("206", "219", "MD"), ("220", "246", "VA"), ("247", "268", "WV"), ("270", "289", "NC"),
    ("290", "299", "SC"), ("300", "319", "GA"), ("320", "339", "FL"), ("341", "349", "FL"),
    ("350", "369", "AL"), ("370", "385", "TN"), ("386", "397", "MS"), ("398", "399", "GA"),
    ("400", "427", "KY"), ("430", "459", "OH"), ("460", "479", "IN"), ("480", "499", "MI"),
    ("500", "528", "IA"), ("530", "549", "WI"), ("550", "567", "MN"), ("570", "577", "SD"),
    ("580", "588", "ND"), ("590", "599", "MT"), ("600", "629", "IL"), ("630", "658", "MO"),
    ("660", "679", "KS"), ("680", "693", "NE"), ("700", "714", "LA"), ("716", "729", "AR"),
    ("730", "731", "OK"), ("733", "733", "TX"), ("734", "749", "OK"), ("750", "799", "TX"),
    ("800", "816", "CO"), ("820", "831", "WY"), ("832", "838", "ID"), ("840", "847", "UT"),
    ("850", "865", "AZ"), ("870", "884", "NM"), ("885", "885", "TX"), ("889", "898", "NV"),
    ("900", "961", "CA"), ("967", "968", "HI"), ("970", "979", "OR"), ("980", "994", "WA"),
    ("995", "999", "AK"),
];

/// The areas of a province, which are the first letter. That of the north (X) has two provinces.
#[rustfmt::skip]
static PROVINCES: &[(&str, &str)] = &[
    ("A", "NL"), ("B", "NS"), ("C", "PE"), ("E", "NB"), ("GHJ", "QC"), ("KLMNP", "ON"), ("R", "MB"),
    ("S", "SK"), ("T", "AB"), ("V", "BC"), ("Y", "YT"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_postal_code_is_in_a_state() {
        for (country, postal_code, state) in [
            ("US", "00501", Some("NY")),
            ("US", "01001", Some("MA")),
            ("US", "02903", Some("RI")),
            ("US", "05501", Some("MA")),
            ("US", "10001", Some("NY")),
            ("US", "20001", Some("DC")),
            ("US", "20101", Some("VA")),
            ("US", "60601", Some("IL")),
            ("US", "73301", Some("TX")),
            ("US", "94107", Some("CA")),
            ("US", "941071234", Some("CA")),
            ("US", "99501", Some("AK")),
            ("US", "00901", None),
            ("US", "09001", None),
            ("US", "96201", None),
            ("US", "94", None),
            ("US", "9\u{e9}9", None),
            ("US", "94A07", None),
            ("CA", "M5V2T6", Some("ON")),
            ("CA", "H2X1Y4", Some("QC")),
            ("CA", "X1A2N2", None),
            ("CA", "", None),
            ("DE", "10115", None),
        ] {
            let country = Country::from_code(country).unwrap();
            assert_eq!(state_of(country, postal_code), state, "{country:?} {postal_code}");
        }
    }

    #[test]
    fn every_state_has_areas_and_no_area_has_two_states() {
        let states: BTreeSet<&str> = STATES.iter().map(|(_, _, state)| *state).collect();
        assert_eq!(states.len(), 51, "fifty states and the capital");
        assert!(STATES.iter().all(|(first, last, _)| first <= last));
        assert!(STATES.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
