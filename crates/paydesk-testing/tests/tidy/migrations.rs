//! Migrations: numbered without a gap, the same in every store.

use std::collections::BTreeMap;

use crate::files;
use crate::findings::Findings;

#[test]
fn migrations_are_numbered_without_a_gap_and_alike_in_every_store() {
    let mut findings = Findings::new(
        "Name it NNNN_name.sql with the next number, the same in every store; one that was \
         released is never renamed.",
    );
    let mut by_folder: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files::matching(|name| name.ends_with(".sql")) {
        let Some((folder, name)) = file.path.rsplit_once('/') else {
            continue;
        };
        if folder.ends_with("/migrations") {
            by_folder.entry(folder.to_owned()).or_default().push(name.to_owned());
        }
    }
    assert!(!by_folder.is_empty(), "migrations are looked for where they are");
    for (folder, names) in &by_folder {
        for (number, name) in (1..).zip(names) {
            if !is_numbered(name, number) {
                findings.add(format_args!("{folder}/{name} should have the number {number:04}"));
            }
        }
    }
    let mut stores = by_folder.iter();
    if let Some((first, expected)) = stores.next() {
        for (folder, names) in stores.filter(|(_, names)| *names != expected) {
            findings.add(format_args!("{folder} has {names:?}, {first} has {expected:?}"));
        }
    }
    findings.assert_none();
}

fn is_numbered(name: &str, number: usize) -> bool {
    let rest = name.strip_prefix(&format!("{number:04}_"));
    let stem = rest.and_then(|rest| rest.strip_suffix(".sql")).unwrap_or_default();
    let is_plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    !stem.is_empty() && stem.chars().all(is_plain)
}

#[test]
fn a_migration_has_four_digits_and_a_plain_name() {
    assert!(is_numbered("0002_add_stock.sql", 2));
    for name in ["0003_add_stock.sql", "2_add_stock.sql", "0002_.sql", "0002_Add.sql", "0002.sql"] {
        assert!(!is_numbered(name, 2), "{name}");
    }
}
