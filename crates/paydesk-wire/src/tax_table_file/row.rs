//! One line of the file: its values as an entry.

use paydesk_domain::address::Country;
use paydesk_domain::tax_rate::Percentage;
use paydesk_domain::tax_table::TaxTableEntry;

use super::TaxTableMistake;
use super::columns::Row;

/// What Stripe allows for names and jurisdictions of tax rates.
const CHARS_MAX: usize = 50;
/// The longest postal codes have ten.
const POSTAL_PREFIX_CHARS_MAX: usize = 12;
const TAX_CODE_PREFIX: &str = "txcd_";
/// Countries whose states have two letters in every address.
const STATES_OF_TWO_LETTERS: [&str; 2] = ["CA", "US"];

/// What is expected of a value, where it is not that.
type Expected = &'static str;

/// The entry of a line, or what is wrong with each of its values.
pub(super) fn read(row: Row<'_>) -> Result<TaxTableEntry, Vec<TaxTableMistake>> {
    let mut values = Values { row, mistakes: Vec::new() };
    let country = values.required("country", country);
    let state = values.optional("state", |text| state(text, country));
    let postal_prefix = values.optional("postal_prefix", postal_prefix);
    let tax_code = values.optional("tax_code", tax_code);
    let percentage = values.required("percentage", percentage);
    let inclusive = values.required("inclusive", inclusive);
    let display_name = values.required("display_name", up_to_fifty_characters);
    let jurisdiction = values.optional("jurisdiction", up_to_fifty_characters);
    match (country, percentage, inclusive, display_name) {
        (Some(country), Some(percentage), Some(inclusive), Some(display_name))
            if values.mistakes.is_empty() =>
        {
            Ok(TaxTableEntry {
                country,
                state,
                postal_prefix,
                tax_code,
                percentage,
                inclusive,
                display_name,
                jurisdiction,
            })
        }
        _ => Err(values.mistakes),
    }
}

/// The values of a line that are being read.
struct Values<'a> {
    row: Row<'a>,
    mistakes: Vec<TaxTableMistake>,
}

impl Values<'_> {
    fn required<T>(
        &mut self,
        column: &str,
        read: impl FnOnce(&str) -> Result<T, Expected>,
    ) -> Option<T> {
        if self.row.value(column).is_none() {
            let message = "It is empty. Every entry has it.";
            self.mistakes.push(TaxTableMistake::at_column(self.row.line, column, message));
        }
        self.optional(column, read)
    }

    fn optional<T>(
        &mut self,
        column: &str,
        read: impl FnOnce(&str) -> Result<T, Expected>,
    ) -> Option<T> {
        let text = self.row.value(column)?;
        match read(text) {
            Ok(value) => Some(value),
            Err(expected) => {
                let message = format!("{text:?} is not {expected}.");
                self.mistakes.push(TaxTableMistake::at_column(self.row.line, column, message));
                None
            }
        }
    }
}

fn country(text: &str) -> Result<Country, Expected> {
    Country::from_code(text).ok_or("the two-letter code of a country, such as DE, GB or US")
}

/// A state that addresses of the country can have: one that is written otherwise would never hold.
fn state(text: &str, country: Option<Country>) -> Result<String, Expected> {
    let country = country.map(Country::code).unwrap_or_default();
    let is_letters = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if STATES_OF_TWO_LETTERS.contains(&country) && !is_letters {
        return Err("the two-letter code of a state or province, such as NY or ON");
    }
    let begins = text.split_once('-').map(|(begins, _)| begins);
    if begins.is_some_and(|begins| begins.eq_ignore_ascii_case(country)) {
        return Err("the code of a state without that of its country: BY, not DE-BY");
    }
    up_to_fifty_characters(text)
}

fn postal_prefix(text: &str) -> Result<String, Expected> {
    let is_code = |char: char| char.is_ascii_alphanumeric() || matches!(char, ' ' | '-');
    let has_any = text.contains(|char: char| char.is_ascii_alphanumeric());
    let is_short = text.len() <= POSTAL_PREFIX_CHARS_MAX;
    if has_any && is_short && text.chars().all(is_code) {
        return Ok(text.to_owned());
    }
    Err("the beginning of a postal code: up to 12 letters and digits, such as 941 or SW1A")
}

fn tax_code(text: &str) -> Result<String, Expected> {
    let digits = text.strip_prefix(TAX_CODE_PREFIX).unwrap_or_default();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(text.to_owned());
    }
    Err("one of Stripe's tax codes, such as txcd_99999999")
}

fn percentage(text: &str) -> Result<Percentage, Expected> {
    let expected = "a number from 0 to 100 with at most four decimal places, such as 19 or 8.25";
    Percentage::parse(text).map_err(|_| expected)
}

fn inclusive(text: &str) -> Result<bool, Expected> {
    // Spreadsheets write them in capitals.
    match text.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("true (prices have the tax in them) or false (it comes on top)"),
    }
}

fn up_to_fifty_characters(text: &str) -> Result<String, Expected> {
    if text.chars().count() > CHARS_MAX {
        return Err("a text of up to 50 characters");
    }
    Ok(text.to_owned())
}
