//! Manifests: what each dependency is for, and that there is one place that says so.

use std::collections::BTreeSet;

use crate::files::{self, TextFile};
use crate::findings::Findings;

const DEPENDENCIES: &str = "[workspace.dependencies]";

/// The lines of a section of a manifest, numbered within the file.
fn section<'a>(manifest: &'a TextFile, heading: &str) -> Vec<(usize, &'a str)> {
    let behind = manifest.lines().skip_while(|(_, line)| *line != heading).skip(1);
    behind.take_while(|(_, line)| !line.starts_with('[')).collect()
}

/// The name that a line of a section of dependencies declares.
fn declared(line: &str) -> Option<&str> {
    let is_name = line.starts_with(|first: char| first.is_ascii_alphanumeric());
    let (name, _) = line.split_once(['.', ' ', '='])?;
    is_name.then_some(name)
}

fn is_ours(name: &str) -> bool {
    name.starts_with("paydesk-")
}

/// The manifests of our crates.
fn of_crates() -> Vec<TextFile> {
    let manifests = files::matching(|name| name == "Cargo.toml").into_iter();
    manifests.filter(|manifest| manifest.path != "Cargo.toml").collect()
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let mut findings = Findings::new("Write a line above it: `# What it does for us.`");
    let root = files::read("Cargo.toml");
    let mut line_before = "";
    for (number, line) in section(&root, DEPENDENCIES) {
        if let Some(name) = declared(line)
            && !line_before.starts_with("# ")
            && !(is_ours(name) && line_before.starts_with("paydesk-"))
        {
            findings.add_at(&root.path, number, name);
        }
        line_before = line;
    }
    findings.assert_none();
}

#[test]
fn dependencies_are_in_alphabetical_order() {
    let root = files::read("Cargo.toml");
    let section = section(&root, DEPENDENCIES);
    let names = section.iter().filter_map(|(_, line)| declared(line));
    let names: Vec<&str> = names.filter(|name| !is_ours(name)).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(names, sorted, "sort {DEPENDENCIES} of Cargo.toml");
}

#[test]
fn the_version_of_a_dependency_is_written_in_one_place() {
    let mut findings = Findings::new(
        "Put the version into [workspace.dependencies] and write `name.workspace = true`.",
    );
    for manifest in of_crates() {
        for heading in ["[dependencies]", "[dev-dependencies]", "[build-dependencies]"] {
            for (number, line) in section(&manifest, heading) {
                let is_inherited =
                    line.contains(".workspace = true") || line.contains("{ workspace = true");
                if declared(line).is_some() && !is_inherited {
                    findings.add_at(&manifest.path, number, line);
                }
            }
        }
    }
    findings.assert_none();
}

#[test]
fn every_dependency_is_used_by_a_crate() {
    let manifests = of_crates();
    let lines = manifests.iter().flat_map(TextFile::lines);
    let used: BTreeSet<&str> = lines
        .filter(|(_, line)| line.contains("workspace = true"))
        .filter_map(|(_, line)| declared(line))
        .collect();
    let mut findings = Findings::new("Remove it from [workspace.dependencies].");
    let root = files::read("Cargo.toml");
    for (number, line) in section(&root, DEPENDENCIES) {
        if let Some(name) = declared(line).filter(|name| !used.contains(name)) {
            findings.add_at(&root.path, number, name);
        }
    }
    findings.assert_none();
}

#[test]
fn every_crate_obeys_the_lints_of_the_workspace() {
    let mut findings = Findings::new("Write `[lints]` and `workspace = true`.");
    for manifest in of_crates() {
        if !section(&manifest, "[lints]").iter().any(|(_, line)| *line == "workspace = true") {
            findings.add_at(&manifest.path, 1, "its own lints");
        }
    }
    findings.assert_none();
}
