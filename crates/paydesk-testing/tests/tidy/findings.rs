//! What was found, reported all at once.

use std::fmt::Display;

/// Places that break one rule.
pub(crate) struct Findings {
    /// What to do about each of them.
    remedy: &'static str,
    found: Vec<String>,
}

impl Findings {
    pub(crate) const fn new(remedy: &'static str) -> Self {
        Self { remedy, found: Vec::new() }
    }

    pub(crate) fn add(&mut self, finding: impl Display) {
        self.found.push(finding.to_string());
    }

    /// Adds a place, as editors and terminals open it.
    pub(crate) fn add_at(&mut self, path: &str, line: usize, finding: impl Display) {
        self.add(format_args!("{path}:{line}: {finding}"));
    }

    /// Fails with everything that was found.
    #[track_caller]
    pub(crate) fn assert_none(self) {
        let Self { remedy, found } = self;
        assert!(found.is_empty(), "\n{remedy}\n\n  {}\n", found.join("\n  "));
    }
}
