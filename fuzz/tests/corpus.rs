//! Every input of the corpus is as it should be: those that show what a target is about, and those
//! that it once failed on.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use paydesk_fuzz::TARGETS;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn paths_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let path = |entry: std::io::Result<fs::DirEntry>| entry.expect("it can be listed").path();
    let mut paths: Vec<PathBuf> = entries.map(path).collect();
    paths.sort();
    paths
}

fn try_all(name: &str) {
    let target = paydesk_fuzz::target(name).expect("it is a target");
    let paths = paths_in(&corpus().join(name));
    assert!(!paths.is_empty(), "{name} has inputs");
    for path in paths {
        println!("{}", path.display());
        target(&fs::read(&path).expect("it can be read"));
    }
}

#[test]
fn the_corpus_has_a_folder_for_each_target() {
    let folders = paths_in(&corpus());
    let folders: BTreeSet<_> = folders.iter().map(|path| path.file_name().unwrap()).collect();
    assert_eq!(folders, TARGETS.iter().map(|(name, _)| name.as_ref()).collect());
}

#[test]
fn forms_are_read_or_refused() {
    try_all("form");
}

#[test]
fn files_are_read_or_refused() {
    try_all("import");
}

#[test]
fn any_request_is_answered() {
    try_all("request");
}

#[test]
fn an_update_is_made_or_refused_wholly() {
    try_all("update");
}

#[test]
fn any_answer_can_be_brought_to_any_version() {
    try_all("versions");
}
