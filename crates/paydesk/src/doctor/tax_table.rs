//! The tax table: whether the server could start with the file as it is now.

use std::path::Path;

use super::check::Check;
use crate::tax_table::{self, NoTable, TOLD_MAX};

const NAME: &str = "tax table";

/// What was found; each mistake on its own, since it is read before anybody restarts the server.
pub(crate) fn checks(file: &Path) -> Vec<Check> {
    let name = file.display();
    match tax_table::read(file) {
        Ok(table) => {
            vec![Check::ok(NAME, format!("{name}: {}", tax_table::summary(&table)))]
        }
        Err(NoTable::Unreadable(error)) => {
            let advice = "name a file that is there and may be read";
            vec![Check::fail(NAME, format!("can't read {name}: {error}"), advice)]
        }
        Err(NoTable::Mistakes(mistakes)) => {
            let shown = mistakes.into_iter().take(TOLD_MAX);
            shown.map(|it| Check::fail(NAME, format!("{name}, {}", it.place), it.message)).collect()
        }
    }
}
