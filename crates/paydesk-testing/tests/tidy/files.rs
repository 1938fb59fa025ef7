//! The repository's files, as text.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are made rather than kept.
const MADE: [&str; 7] =
    [".git", ".pytest_cache", ".venv", "__pycache__", "node_modules", "target", "venv"];

/// A file of the repository.
pub(crate) struct TextFile {
    /// Where it is, from the repository's root.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl TextFile {
    /// Its lines, numbered from one.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Its name without folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it holds nothing but tests.
    pub(crate) fn is_test(&self) -> bool {
        self.name() == "tests.rs" || self.path.split('/').any(|folder| folder == "tests")
    }
}

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("this crate is two folders below the root").to_owned()
}

/// One file that must exist.
pub(crate) fn read(path: &str) -> TextFile {
    let text = fs::read_to_string(root().join(path));
    let text = text.unwrap_or_else(|error| panic!("{path} can't be read: {error}"));
    TextFile { path: path.to_owned(), text }
}

/// Every Rust file of the workspace, in order.
pub(crate) fn rust() -> Vec<TextFile> {
    matching(|name| name.ends_with(".rs"))
}

/// Every file whose name is looked for, in order.
pub(crate) fn matching(is_wanted: impl Fn(&str) -> bool) -> Vec<TextFile> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be listed") {
            let entry = entry.expect("a folder can be listed");
            let name = entry.file_name().into_string().expect("names are plain text");
            let kind = entry.file_type().expect("an entry has a kind");
            if kind.is_dir() && !MADE.contains(&name.as_str()) {
                folders.push(entry.path());
            } else if kind.is_file() && is_wanted(&name) {
                let path = entry.path();
                let path = path.strip_prefix(&root).expect("it is below the root");
                found.push(read(path.to_str().expect("names are plain text")));
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!found.is_empty(), "files are looked for where they are");
    found
}
