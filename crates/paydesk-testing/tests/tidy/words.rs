//! Words that are left behind when work is not finished.

use crate::files;
use crate::findings::Findings;

/// In two halves, so that this file is not found.
const LEFT_BEHIND: [(&str, &str); 4] = [("dbg", "!"), ("todo", "!"), ("FIX", "ME"), ("XX", "X")];
/// Kinds of files that people write.
const WRITTEN: [&str; 16] = [
    "css", "html", "js", "json", "md", "mjs", "py", "rs", "sh", "sql", "toml", "ts", "tsx", "txt",
    "yaml", "yml",
];

#[test]
fn nothing_is_left_behind() {
    let mut findings = Findings::new("Finish it, or write an issue.");
    let words = LEFT_BEHIND.map(|(one, other)| [one, other].concat());
    for file in files::matching(is_written) {
        for (number, line) in file.lines() {
            if words.iter().any(|word| has_word(line, word)) {
                findings.add_at(&file.path, number, line.trim());
            }
        }
    }
    findings.assert_none();
}

fn is_written(name: &str) -> bool {
    let is_made = name == "package-lock.json";
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    !is_made && (extension.is_some_and(|it| WRITTEN.contains(&it)) || name == "Makefile")
}

/// Whether the word stands alone, not within a longer one.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        let is_apart = |char: Option<char>| !char.is_some_and(char::is_alphanumeric);
        is_apart(before) && is_apart(after)
    })
}
