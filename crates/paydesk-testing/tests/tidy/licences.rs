//! Licences of everything that is built.

use crate::findings::Findings;
use crate::workspace::metadata;

/// Licences that ask for no more than to be named.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "NCSA",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_licence_is_permissive() {
    let mut findings =
        Findings::new("Choose another library, or add the licence to ALLOWED after reading it.");
    for package in &metadata().packages {
        let licence = package.license.as_deref().unwrap_or("");
        if !is_permissive(licence) {
            findings.add(format_args!("{} {}: {licence:?}", package.name, package.version));
        }
    }
    findings.assert_none();
}

/// Whether a licence expression can be met by allowed licences alone.
fn is_permissive(expression: &str) -> bool {
    // An older way to write OR.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = Words(spaced.split_whitespace().collect());
    words.any_of() == Some(true) && words.0.is_empty()
}

/// What is left to read of an expression, which is met or not; `None` where it can't be read.
struct Words<'a>(Vec<&'a str>);

impl<'a> Words<'a> {
    fn any_of(&mut self) -> Option<bool> {
        let mut is_met = self.all_of()?;
        while self.take("OR") {
            // Read whole even when it is met already.
            is_met |= self.all_of()?;
        }
        Some(is_met)
    }

    fn all_of(&mut self) -> Option<bool> {
        let mut is_met = self.one()?;
        while self.take("AND") {
            is_met &= self.one()?;
        }
        Some(is_met)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let inner = self.any_of()?;
            return self.take(")").then_some(inner);
        }
        let mut name = self.next()?.to_owned();
        if self.take("WITH") {
            name = format!("{name} WITH {}", self.next()?);
        }
        Some(ALLOWED.contains(&name.as_str()))
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = self.0.first() == Some(&word);
        if is_next {
            self.0.remove(0);
        }
        is_next
    }

    fn next(&mut self) -> Option<&'a str> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }
}

#[test]
fn expressions_of_licences_are_evaluated() {
    let permissive = [
        "MIT",
        "MIT/Apache-2.0",
        "MIT OR GPL-3.0-only",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
        "MIT AND (GPL-3.0-only OR ISC)",
    ];
    for expression in permissive {
        assert!(is_permissive(expression), "{expression}");
    }
    let others = [
        "",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "MIT AND (GPL-3.0-only OR LGPL-2.1-only)",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "(MIT",
        "MIT Apache-2.0",
        "MIT OR",
    ];
    for expression in others {
        assert!(!is_permissive(expression), "{expression}");
    }
}
