//! One version of each crate.

use std::collections::BTreeMap;

use crate::findings::Findings;
use crate::workspace::metadata;

/// Crates that are there in several versions, each with the reason. The list only shrinks.
const DUPLICATES: &[(&str, &str)] =
    &[("syn", "the macros of some libraries have moved to version 3, of others not yet")];

#[test]
fn each_crate_is_there_in_one_version() {
    let mut versions: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for package in &metadata().packages {
        versions.entry(package.name.as_str()).or_default().push(package.version.to_string());
    }
    versions.retain(|_, versions| versions.len() > 1);
    let mut findings = Findings::new(
        "Choose versions that agree (`cargo tree --duplicates` says who wants which); an entry of \
         DUPLICATES that is no longer needed must go.",
    );
    for (name, versions) in &versions {
        if !DUPLICATES.iter().any(|(known, _)| known == name) {
            findings.add(format_args!("{name} is there as {}", versions.join(" and ")));
        }
    }
    for (name, _) in DUPLICATES {
        if !versions.contains_key(name) {
            findings.add(format_args!("{name} is there in one version and in DUPLICATES"));
        }
    }
    findings.assert_none();
}
