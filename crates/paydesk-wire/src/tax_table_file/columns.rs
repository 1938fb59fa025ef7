//! The header: which column stands where.

use csv::StringRecord;

use super::TaxTableMistake;

/// The columns there are, and whether each has to be there.
const COLUMNS: [(&str, bool); 8] = [
    ("country", true),
    ("state", false),
    ("postal_prefix", false),
    ("tax_code", false),
    ("percentage", true),
    ("inclusive", true),
    ("display_name", true),
    ("jurisdiction", false),
];

/// The names of all columns, for people.
pub(super) fn all() -> String {
    COLUMNS.map(|(name, _)| name).join(",")
}

/// The columns of a file, in its order.
pub(super) struct Columns(Vec<&'static str>);

/// The values of a line, by their columns.
pub(super) struct Row<'a> {
    pub(super) line: usize,
    columns: &'a Columns,
    record: &'a StringRecord,
}

impl Columns {
    /// Reads the header.
    pub(super) fn of(line: usize, header: &StringRecord) -> Result<Self, Vec<TaxTableMistake>> {
        let mut found = Vec::new();
        let mut mistakes = Vec::new();
        for name in header {
            match COLUMNS.iter().find(|(known, _)| *known == name) {
                Some((known, _)) if found.contains(known) => {
                    let message = "It is there twice. Leave one of them out.";
                    mistakes.push(TaxTableMistake::at_column(line, known, message));
                }
                Some((known, _)) => found.push(*known),
                None => mistakes.push(unknown(line, name)),
            }
        }
        // A header that is none at all is one mistake, not five.
        if !found.is_empty() {
            for (name, is_required) in COLUMNS {
                if is_required && !found.contains(&name) {
                    let message = "The header lacks this column. Every entry has it.";
                    mistakes.push(TaxTableMistake::at_column(line, name, message));
                }
            }
        }
        if mistakes.is_empty() { Ok(Self(found)) } else { Err(mistakes) }
    }

    /// A line below the header.
    pub(super) fn row<'a>(
        &'a self,
        line: usize,
        record: &'a StringRecord,
    ) -> Result<Row<'a>, Vec<TaxTableMistake>> {
        if record.iter().any(|value| value.contains(char::is_control)) {
            let message = "A value goes on to another line, or has a control character in it. Is a \
                           quotation mark not closed?";
            return Err(vec![TaxTableMistake::at_line(line, message)]);
        }
        if record.len() != self.0.len() {
            let message = format!(
                "It has {} values, but the header has {} columns. A value with a comma in it is \
                 put in quotation marks; one that is missing leaves its comma.",
                record.len(),
                self.0.len()
            );
            return Err(vec![TaxTableMistake::at_line(line, message)]);
        }
        Ok(Row { line, columns: self, record })
    }
}

impl<'a> Row<'a> {
    /// The value of a column; none where it is empty, or the file has no such column.
    pub(super) fn value(&self, column: &str) -> Option<&'a str> {
        let index = self.columns.0.iter().position(|name| *name == column)?;
        self.record.get(index).filter(|value| !value.is_empty())
    }
}

fn unknown(line: usize, name: &str) -> TaxTableMistake {
    let message = if name.contains([';', '\t']) {
        format!("Columns are separated by commas: {}", all())
    } else {
        format!("There is no column {name:?}. The first line names the columns: {}", all())
    };
    TaxTableMistake::at_line(line, message)
}
