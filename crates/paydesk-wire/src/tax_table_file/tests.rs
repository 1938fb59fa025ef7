//! Files, and what is said of those that are no tax table.

use paydesk_domain::address::{Address, Country};
use paydesk_domain::tax_rate::Percentage;
use paydesk_domain::tax_table::{TaxLocation, TaxTableEntry};
use proptest::prelude::*;

use super::*;

const HEADER: &str =
    "country,state,postal_prefix,tax_code,percentage,inclusive,display_name,jurisdiction";

fn with_header(lines: &str) -> String {
    format!("{HEADER}\n{lines}")
}

fn vat(country: &str, percentage: &str) -> TaxTableEntry {
    TaxTableEntry {
        country: Country::from_code(country).unwrap(),
        state: None,
        postal_prefix: None,
        tax_code: None,
        percentage: Percentage::parse(percentage).unwrap(),
        inclusive: true,
        display_name: "VAT".to_owned(),
        jurisdiction: None,
    }
}

fn entries(text: &str) -> Vec<TaxTableEntry> {
    read(text.as_bytes()).unwrap().entries().cloned().collect()
}

/// Every mistake as `place: message`.
fn mistakes(text: &str) -> Vec<String> {
    let mistakes = read(text.as_bytes()).unwrap_err().into_iter();
    mistakes.map(|mistake| format!("{}: {}", mistake.place, mistake.message)).collect()
}

#[test]
fn every_value_of_a_line_is_read() {
    let text = with_header(
        "us,CA,SW1A 1,txcd_99999999,8.6250,FALSE,\"Sales, \"\"use\"\" tax\",San Francisco\n",
    );
    let expected = TaxTableEntry {
        country: Country::from_code("US").unwrap(),
        state: Some("CA".to_owned()),
        postal_prefix: Some("SW1A 1".to_owned()),
        tax_code: Some("txcd_99999999".to_owned()),
        percentage: Percentage::parse("8.625").unwrap(),
        inclusive: false,
        display_name: "Sales, \"use\" tax".to_owned(),
        jurisdiction: Some("San Francisco".to_owned()),
    };
    assert_eq!(entries(&text), [expected]);
}

#[test]
fn columns_have_any_order_and_those_that_may_be_empty_may_be_missing() {
    let expected = [vat("DE", "19"), vat("FR", "20")];
    for text in [
        "country,percentage,inclusive,display_name\nDE,19,true,VAT\nFR,20,true,VAT",
        "display_name,inclusive,country,percentage\nVAT,true,DE,19\nVAT,true,FR,20\n",
        "\u{feff}country,percentage,inclusive,display_name\r\nDE,19,true,VAT\r\nFR,20,true,VAT\r\n",
        " country , percentage,inclusive,display_name\n DE , 19 ,true,VAT\n\nFR,20,true,\"VAT\"\n",
        "# The rates of 2026.\n\ncountry,percentage,inclusive,display_name\nDE,19,true,VAT\n\
         # And France, with a comma and a \"quote.\nFR,20,true,VAT\n,,,\n# The end.",
    ] {
        assert_eq!(entries(text), expected, "{text}");
    }
}

#[test]
fn what_begins_like_a_comment_within_a_line_is_a_value() {
    let text = "country,percentage,inclusive,display_name\nDE,19,true,#1\nFR,20,true,VAT\n";
    let names: Vec<String> = entries(text).into_iter().map(|entry| entry.display_name).collect();
    assert_eq!(names, ["#1", "VAT"]);
}

#[test]
fn a_value_that_can_not_be_is_named_with_line_and_column() {
    let long = "x".repeat(51);
    let name_too_long = format!("FR,,,,20,true,{long},");
    let state_too_long = format!("FR,{long},,,20,true,VAT,");
    for (line, expected) in [
        (",,,,20,true,VAT,", "country: It is empty. Every entry has it."),
        (
            "UK,,,,20,true,VAT,",
            "country: \"UK\" is not the two-letter code of a country, such as DE, GB or US.",
        ),
        (
            "US,California,,,7.25,false,Tax,",
            "state: \"California\" is not the two-letter code of a state or province, such as NY \
             or ON.",
        ),
        (
            "US,US-CA,,,7.25,false,Tax,",
            "state: \"US-CA\" is not the two-letter code of a state or province, such as NY or ON.",
        ),
        (
            "DE,de-by,,,7.25,false,Tax,",
            "state: \"de-by\" is not the code of a state without that of its country: BY, not \
             DE-BY.",
        ),
        (&state_too_long, &format!("state: {long:?} is not a text of up to 50 characters.")),
        (
            "US,,941*,,7.25,false,Tax,",
            "postal_prefix: \"941*\" is not the beginning of a postal code: up to 12 letters and \
             digits, such as 941 or SW1A.",
        ),
        (
            "US,,-,,7.25,false,Tax,",
            "postal_prefix: \"-\" is not the beginning of a postal code: up to 12 letters and \
             digits, such as 941 or SW1A.",
        ),
        (
            "FR,,,books,5.5,true,VAT,",
            "tax_code: \"books\" is not one of Stripe's tax codes, such as txcd_99999999.",
        ),
        (
            "FR,,,txcd_,5.5,true,VAT,",
            "tax_code: \"txcd_\" is not one of Stripe's tax codes, such as txcd_99999999.",
        ),
        ("FR,,,,,true,VAT,", "percentage: It is empty. Every entry has it."),
        (
            "FR,,,,20%,true,VAT,",
            "percentage: \"20%\" is not a number from 0 to 100 with at most four decimal places, \
             such as 19 or 8.25.",
        ),
        (
            "FR,,,,\"5,5\",true,VAT,",
            "percentage: \"5,5\" is not a number from 0 to 100 with at most four decimal places, \
             such as 19 or 8.25.",
        ),
        (
            "FR,,,,20,yes,VAT,",
            "inclusive: \"yes\" is not true (prices have the tax in them) or false (it comes on \
             top).",
        ),
        ("FR,,,,20,,VAT,", "inclusive: It is empty. Every entry has it."),
        ("FR,,,,20,true, ,", "display_name: It is empty. Every entry has it."),
        (&name_too_long, &format!("display_name: {long:?} is not a text of up to 50 characters.")),
    ] {
        let text = with_header(&format!("DE,,,,19,true,VAT,\n{line}\n"));
        assert_eq!(mistakes(&text), [format!("line 3, column {expected}")], "{line}");
    }
}

#[test]
fn every_mistake_is_told_with_the_line_that_an_editor_shows() {
    let text = "# Rates\r\n\r\ncountry,percentage,inclusive,display_name\r\n\
                DE,19,true,VAT\r\n\r\n# No such place:\r\nXY,x,true,VAT\r\n\
                FR,20,true\r\n,,,\r\nES,21,true,\r\n";
    let places: Vec<String> =
        read(text.as_bytes()).unwrap_err().into_iter().map(|it| it.place).collect();
    assert_eq!(
        places,
        [
            "line 7, column country",
            "line 7, column percentage",
            "line 8",
            "line 10, column display_name"
        ]
    );
    assert_eq!(
        mistakes(text)[2],
        "line 8: It has 3 values, but the header has 4 columns. A value with a comma in it is put \
         in quotation marks; one that is missing leaves its comma."
    );
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_told_where_it_is() {
    let text = with_header("DE,,,,19,true,\"VAT,\nFR,,,,20,true,VAT,\n");
    let expected = "line 2: A value goes on to another line, or has a control character in it. Is \
                    a quotation mark not closed?";
    assert_eq!(mistakes(&text), [expected]);
}

#[test]
fn a_header_names_known_columns_each_once_and_those_that_are_needed() {
    for (text, expected) in [
        (
            "country,percentage,inclusive,name\n",
            &[
                "line 1: There is no column \"name\". The first line names the columns: \
                 country,state,postal_prefix,tax_code,percentage,inclusive,display_name,\
                 jurisdiction",
                "line 1, column display_name: The header lacks this column. Every entry has it.",
            ][..],
        ),
        (
            "country,percentage,inclusive,display_name,country\n",
            &["line 1, column country: It is there twice. Leave one of them out."],
        ),
        (
            "country;percentage;inclusive;display_name\nDE;19;true;VAT\n",
            &["line 1: Columns are separated by commas: country,state,postal_prefix,tax_code,\
               percentage,inclusive,display_name,jurisdiction"],
        ),
    ] {
        assert_eq!(mistakes(text), expected, "{text}");
    }
}

#[test]
fn a_file_without_entries_is_none() {
    let empty = "the file: It is empty. Its first line names the columns: country,state,\
                 postal_prefix,tax_code,percentage,inclusive,display_name,jurisdiction.";
    assert_eq!(mistakes(""), [empty]);
    assert_eq!(mistakes("# Nothing\n\n"), [empty]);
    let expected = "the file: There is no line below its header. Write one for each entry.";
    assert_eq!(mistakes(HEADER), [expected]);
    let latin = read(b"country,percentage,inclusive,display_name\nFR,20,true,\"Taxe \xe9\"\n");
    let [mistake] = &*latin.unwrap_err() else { panic!("one mistake") };
    assert_eq!(mistake.message, "It is not UTF-8 text. Save it as CSV in UTF-8.");
}

#[test]
fn two_lines_for_the_same_are_told() {
    let text = with_header(
        "US,ca,941 ,,8.5,false,Tax,\n# A note.\nDE,,,,19,true,VAT,\nUS,CA,9-41,,9,false,Tax,\n",
    );
    let expected = "line 5: It is for the same country, state, postal prefix and tax code as line \
                    2. Leave one of them out.";
    assert_eq!(mistakes(&text), [expected]);
}

/// The table in `docs/taxes.md`.
#[test]
fn the_lines_of_the_example_hold_as_the_guide_says() {
    let table = read(include_bytes!("../../../../examples/tax-table.csv")).unwrap();
    for (country, state, postal_code, tax_code, expected) in [
        ("DE", None, None, None, Some("19")),
        ("DE", None, None, Some("txcd_35010000"), Some("7")),
        ("ES", None, Some("38001"), None, Some("7")),
        ("US", Some("CA"), Some("94107"), None, Some("8.625")),
        ("US", None, Some("94107"), None, Some("8.625")),
        ("US", Some("NY"), Some("10001"), Some("txcd_30011000"), Some("0")),
        ("US", Some("NY"), Some("10001"), None, Some("8.875")),
        ("US", Some("TX"), Some("73301"), None, None),
    ] {
        let address = Address {
            country: Country::from_code(country),
            state: state.map(str::to_owned),
            postal_code: postal_code.map(str::to_owned),
            ..Address::default()
        };
        let TaxLocation::Place(place) = table.location(&address) else {
            panic!("{address:?} is a place");
        };
        let found = place.entry(tax_code).map(|entry| entry.percentage.to_string());
        assert_eq!(found.as_deref(), expected, "{address:?} {tax_code:?}");
    }
}

proptest! {
    #[test]
    fn every_text_is_a_table_or_has_a_mistake(
        lines in prop::collection::vec("[DE19,;\"#\r\n\u{e9}.-]{0,12}", 0..8),
        has_header: bool,
    ) {
        let text = lines.join("\n");
        let text = if has_header { with_header(&text) } else { text };
        if let Err(mistakes) = read(text.as_bytes()) {
            prop_assert!(!mistakes.is_empty());
        }
    }
}
