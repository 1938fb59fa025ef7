//! Lock files: they say which version, never where from, so that any mirror will do.

use crate::files;
use crate::findings::Findings;

/// What comes before an address that something is downloaded from.
const ADDRESSES: [&str; 6] = [
    "\"resolved\": \"http",
    "resolved \"http",
    "tarball: http",
    "url = \"http",
    "--index-url",
    "--find-links",
];
/// The one source of crates, which cargo's settings replace by a mirror's.
const CRATES: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

fn is_lock_file(name: &str) -> bool {
    let is_python = name.starts_with("requirements") && name.ends_with(".txt");
    is_python
        || name.ends_with(".lock")
        || ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml"].contains(&name)
}

#[test]
fn no_lock_file_says_where_to_download_from() {
    let mut findings = Findings::new(
        "Remove the addresses; `omit-lockfile-registry-resolved` in .npmrc keeps npm from writing \
         them.",
    );
    for file in files::matching(is_lock_file) {
        for (number, line) in file.lines() {
            let line = line.trim();
            let is_elsewhere = line.starts_with("source = ") && line != CRATES;
            if is_elsewhere || ADDRESSES.iter().any(|address| line.contains(address)) {
                findings.add_at(&file.path, number, line);
            }
        }
    }
    findings.assert_none();
}
