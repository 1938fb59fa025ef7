//! Documents: that they are there, and that their links lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::files::{self, TextFile};
use crate::findings::Findings;

/// What a reader who comes for the first time looks for.
const EXPECTED: [&str; 7] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "STYLE.md",
];

#[test]
fn the_documents_that_a_reader_looks_for_are_there() {
    let mut findings = Findings::new("Write them.");
    for name in EXPECTED {
        if !files::root().join(name).is_file() {
            findings.add(name);
        }
    }
    findings.assert_none();
}

#[test]
fn every_link_within_the_repository_leads_somewhere() {
    let mut findings = Findings::new("Correct the link: it counts from the folder of its file.");
    for document in files::matching(|name| name.ends_with(".md")) {
        for (number, target) in links(&document) {
            if !leads_somewhere(&document, &target) {
                findings.add_at(&document.path, number, target);
            }
        }
    }
    findings.assert_none();
}

/// The targets of a document's links that are not addresses, with their lines.
fn links(document: &TextFile) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text_lines(document) {
        // `[text](target "title")` anywhere, `[text]: target` on a line of its own.
        let inline = line.split("](").skip(1);
        let apart = line.split_once("]: ").filter(|_| line.starts_with('['));
        for behind in inline.chain(apart.map(|(_, behind)| behind)) {
            let target = behind.split([')', ' ']).next().unwrap_or_default();
            let is_address = target.contains("://") || target.starts_with("mailto:");
            if !is_address {
                found.push((number, target.trim_matches(['<', '>']).to_owned()));
            }
        }
    }
    found
}

/// A document's lines without its code.
fn text_lines(document: &TextFile) -> impl Iterator<Item = (usize, String)> {
    let mut is_code = false;
    document.lines().filter_map(move |(number, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        let is_text = !is_code && !is_fence;
        // Every second part is between backquotes.
        is_text.then(|| (number, line.split('`').step_by(2).collect()))
    })
}

fn leads_somewhere(document: &TextFile, target: &str) -> bool {
    let (path, heading) = target.split_once('#').unwrap_or((target, ""));
    let from = files::root().join(&document.path);
    let file =
        if path.is_empty() { from } else { from.parent().unwrap_or(Path::new("")).join(path) };
    file.exists() && (heading.is_empty() || has_heading(&file, heading))
}

/// Whether a document has a heading that is linked to so.
fn has_heading(file: &Path, slug: &str) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    let mut headings = text.lines().filter(|line| line.starts_with('#'));
    headings.any(|line| {
        let heading = line.trim_start_matches('#').trim().to_lowercase();
        let kept = heading.chars().filter(|char| char.is_alphanumeric() || " -_".contains(*char));
        kept.map(|char| if char == ' ' { '-' } else { char }).collect::<String>() == slug
    })
}

#[test]
fn links_are_found_in_text_and_not_in_code() {
    let text = "[a](b.md) and [c](d.md#e \"f\"), `[g](h.md)`\n```\n[i](j.md)\n```\n[k](#l)\n\
                [m](https://example.com/n)\n[o]: p.md\n";
    let document = TextFile { path: "README.md".to_owned(), text: text.to_owned() };
    let found = links(&document);
    let expected = [(1, "b.md"), (1, "d.md#e"), (5, "#l"), (7, "p.md")];
    assert_eq!(found, expected.map(|(line, target)| (line, target.to_owned())));
}

#[test]
fn the_map_names_every_crate_and_no_other() {
    let map = files::read("ARCHITECTURE.md");
    let there: BTreeSet<String> = fs::read_dir(files::root().join("crates"))
        .expect("the crates are in a folder")
        .map(|entry| entry.expect("it can be listed").file_name())
        .map(|name| name.into_string().expect("names are plain text"))
        .collect();
    let mut named = BTreeSet::new();
    let mut findings = Findings::new("Bring ARCHITECTURE.md up to date.");
    for (number, line) in map.lines() {
        for (start, prefix) in line.match_indices("crates/") {
            let rest = &line[start + prefix.len()..];
            let is_name = |char: char| char.is_ascii_alphanumeric() || char == '-';
            let name = rest.split(|char| !is_name(char)).next().unwrap_or_default();
            if !name.is_empty() && !there.contains(name) {
                findings.add_at(&map.path, number, format_args!("there is no crates/{name}"));
            }
            named.insert(name.to_owned());
        }
    }
    for name in there.difference(&named) {
        findings.add(format_args!("crates/{name} is not on the map"));
    }
    findings.assert_none();
}
