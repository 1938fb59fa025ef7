//! `--tax-table`: what is collected where, from a file of the operator's.

use std::io;
use std::path::Path;

use anyhow::{Result, anyhow};
use paydesk_domain::tax_table::TaxTable;
use paydesk_wire::tax_table_file::{self, TaxTableMistake};

/// Mistakes that are told one by one.
pub(crate) const TOLD_MAX: usize = 20;

/// Why a file gives no table.
pub(crate) enum NoTable {
    Unreadable(io::Error),
    Mistakes(Vec<TaxTableMistake>),
}

/// Reads the table from a file.
pub(crate) fn read(file: &Path) -> Result<TaxTable, NoTable> {
    let bytes = std::fs::read(file).map_err(NoTable::Unreadable)?;
    tax_table_file::read(&bytes).map_err(NoTable::Mistakes)
}

/// The same for whoever starts the server, with every mistake on lines of its own.
pub(crate) fn load(file: &Path) -> Result<TaxTable> {
    let name = file.display();
    read(file).map_err(|no_table| match no_table {
        NoTable::Unreadable(error) => anyhow!(error).context(format!("can't read {name}")),
        NoTable::Mistakes(mistakes) => {
            anyhow!("{name}: this is no tax table, because of{}", told(&mistakes))
        }
    })
}

/// What a table has: `14 entries for 6 countries`.
pub(crate) fn summary(table: &TaxTable) -> String {
    let entries = counted(table.entries().count(), "entry", "entries");
    let countries = counted(table.countries().count(), "country", "countries");
    format!("{entries} for {countries}")
}

fn told(mistakes: &[TaxTableMistake]) -> String {
    let shown = mistakes.iter().take(TOLD_MAX);
    let mut text: String =
        shown.map(|it| format!("\n  {}\n      {}", it.place, it.message)).collect();
    if let Some(more) = mistakes.len().checked_sub(TOLD_MAX).filter(|more| *more > 0) {
        text += &format!("\n  and {more} more");
    }
    text
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
