//! The shape of Rust files.

use crate::files::{self, TextFile};
use crate::findings::Findings;

const COLUMNS_MAX: usize = 100;
const LINES_MAX: usize = 600;

/// Files with a line that can't be shorter. Sorted; an entry that is no longer needed must go.
const LONG_LINES: &[&str] = &[];

#[test]
fn every_rust_file_begins_with_a_sentence_that_says_what_is_in_it() {
    let mut findings = Findings::new("Begin the file with `//! ` and a sentence.");
    for file in files::rust() {
        let first = file.text.lines().next().unwrap_or_default();
        if !first.starts_with("//! ") {
            findings.add_at(&file.path, 1, first);
        }
    }
    findings.assert_none();
}

#[test]
fn no_line_is_longer_than_a_hundred_columns() {
    let mut findings = Findings::new(
        "Break the line (a text continues behind a backslash), or list the file in LONG_LINES.",
    );
    let mut needed = Vec::new();
    for file in files::rust() {
        for (number, line) in file.lines() {
            let columns = line.chars().count();
            if columns > COLUMNS_MAX {
                needed.push(file.path.clone());
                if !LONG_LINES.contains(&file.path.as_str()) {
                    findings.add_at(&file.path, number, format_args!("{columns} columns"));
                }
            }
        }
    }
    findings.assert_none();
    needed.dedup();
    assert_eq!(needed, LONG_LINES, "LONG_LINES holds what is needed, sorted");
}

#[test]
fn no_file_has_more_than_six_hundred_lines_besides_its_tests() {
    let mut findings = Findings::new("Find the second subject and give it a file of its own.");
    for file in files::rust() {
        let lines = lines_besides_tests(&file);
        if lines > LINES_MAX && !file.is_test() {
            findings.add_at(&file.path, 1, format_args!("{lines} lines"));
        }
    }
    findings.assert_none();
}

fn lines_besides_tests(file: &TextFile) -> usize {
    let mut count = 0;
    let mut is_test = false;
    for (_, line) in file.lines() {
        is_test |= line == "#[cfg(test)]";
        count += usize::from(!is_test);
        let ends_an_item = !line.starts_with([' ', '#']) && line.ends_with(['}', ';']);
        is_test &= !ends_an_item;
    }
    count
}

#[test]
fn lines_besides_tests_are_counted_to_the_end_of_the_file() {
    let text = "//! A.\n\n#[cfg(test)]\nuse a::b;\nfn c() {}\n\n#[cfg(test)]\nmod tests {\n    \
                use super::*;\n\n    const D: u8 = 1;\n}\n\nfn e() {}\n";
    let file = TextFile { path: "a.rs".to_owned(), text: text.to_owned() };
    assert_eq!(lines_besides_tests(&file), 6);
}
