//! Files of the tax table: CSV with a header, and a mistake of each line that is no entry.

mod columns;
mod lines;
mod row;
#[cfg(test)]
mod tests;

use csv::{ReaderBuilder, StringRecord, Trim};
use paydesk_domain::tax_table::{TaxTable, TaxTableError};

use self::columns::Columns;
use self::lines::Lines;

/// What begins a line that is a note to whoever reads the file.
const COMMENT: u8 = b'#';

/// Something that makes a file no tax table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxTableMistake {
    /// Where: `line 3, column percentage`; `the file` where it is nowhere in particular.
    pub place: String,
    /// What was expected there, and what to do.
    pub message: String,
}

impl TaxTableMistake {
    fn of_file(message: impl Into<String>) -> Self {
        Self { place: "the file".to_owned(), message: message.into() }
    }

    fn at_line(line: usize, message: impl Into<String>) -> Self {
        Self { place: format!("line {line}"), message: message.into() }
    }

    fn at_column(line: usize, column: &str, message: impl Into<String>) -> Self {
        Self { place: format!("line {line}, column {column}"), message: message.into() }
    }
}

/// Reads a file.
///
/// # Errors
/// Every mistake in it, in the order of its lines; there is no table then. Two entries for the same
/// are looked for once each line is right on its own.
pub fn read(bytes: &[u8]) -> Result<TaxTable, Vec<TaxTableMistake>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        let message = "It is not UTF-8 text. Save it as CSV in UTF-8.";
        return Err(vec![TaxTableMistake::of_file(message)]);
    };
    let mut records = records(text)?.into_iter();
    let Some((line, header)) = records.next() else {
        let message = format!("It is empty. Its first line names the columns: {}.", columns::all());
        return Err(vec![TaxTableMistake::of_file(message)]);
    };
    let columns = Columns::of(line, &header)?;
    let mut entries = Vec::new();
    let mut lines = Vec::new();
    let mut mistakes = Vec::new();
    for (line, record) in records {
        match columns.row(line, &record).and_then(row::read) {
            Ok(entry) => {
                entries.push(entry);
                lines.push(line);
            }
            Err(of_row) => mistakes.extend(of_row),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    TaxTable::new(entries).map_err(|error| vec![not_a_table(error, &lines)])
}

/// The records that say anything, each with its line.
fn records(text: &str) -> Result<Vec<(usize, StringRecord)>, Vec<TaxTableMistake>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(COMMENT))
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Lines::of(text);
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| vec![TaxTableMistake::of_file(error.to_string())])?;
        let begins = record.position().map_or(0, csv::Position::byte);
        let line = lines.at(usize::try_from(begins).unwrap_or(usize::MAX));
        // Spreadsheets leave lines of nothing but commas behind.
        if record.iter().any(|value| !value.is_empty()) {
            records.push((line, record));
        }
    }
    Ok(records)
}

/// Entries that are right one by one and no table together.
fn not_a_table(error: TaxTableError, lines: &[usize]) -> TaxTableMistake {
    match error {
        TaxTableError::Empty => {
            TaxTableMistake::of_file("There is no line below its header. Write one for each entry.")
        }
        TaxTableError::Twice { first, second } => {
            let line = |index: usize| lines.get(index).copied().unwrap_or_default();
            let message = format!(
                "It is for the same country, state, postal prefix and tax code as line {}. Leave \
                 one of them out.",
                line(first)
            );
            TaxTableMistake::at_line(line(second), message)
        }
    }
}
