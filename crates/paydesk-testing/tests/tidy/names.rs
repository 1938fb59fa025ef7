//! Names of modules and tests.

use crate::files;
use crate::findings::Findings;

/// Names that say how a file is used rather than what it holds.
const EMPTY_NAMES: [&str; 5] = ["common", "helpers", "manager", "misc", "utils"];

#[test]
fn no_module_is_named_for_how_it_is_used() {
    let mut findings = Findings::new("Name the module for what it holds.");
    for file in files::rust() {
        let mut parts = file.path.split(['/', '.']);
        if parts.any(|part| EMPTY_NAMES.contains(&part)) {
            findings.add_at(&file.path, 1, file.name());
        }
    }
    findings.assert_none();
}

#[test]
fn no_test_has_a_name_that_says_it_is_a_test() {
    let mut findings = Findings::new("Name the test with a sentence about behaviour.");
    for file in files::rust() {
        for (number, line) in file.lines() {
            let (before, name) = line.split_once("fn ").unwrap_or((line, ""));
            let is_declared = matches!(before.trim(), "" | "async" | "pub" | "pub async");
            if is_declared && name.starts_with("test_") {
                findings.add_at(&file.path, number, name);
            }
        }
    }
    findings.assert_none();
}
