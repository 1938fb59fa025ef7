//! `--tax-table`: what is collected where, from a file of the operator's.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use paydesk_domain::tax_table::TaxTable;
use paydesk_wire::tax_table_file::{self, TaxTableMistake};

/// Mistakes that are told one by one.
const TOLD_MAX: usize = 20;

/// Reads the table from a file.
pub(crate) fn load(file: &Path) -> Result<TaxTable> {
    let name = file.display();
    let bytes = std::fs::read(file).with_context(|| format!("can't read {name}"))?;
    tax_table_file::read(&bytes)
        .map_err(|mistakes| anyhow!("{name}: this is no tax table, because of{}", told(&mistakes)))
}

/// What a table has, as a line for whoever starts the server.
pub(crate) fn report(file: &Path, table: &TaxTable) -> String {
    let entries = counted(table.entries().count(), "entry", "entries");
    let countries = counted(table.countries().count(), "country", "countries");
    format!("{}: a tax table with {entries} for {countries}\n", file.display())
}

/// Every mistake on lines of its own.
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
