//! `expand[]`: which references of an answer are shown as objects.

use crate::form::{Fields, ParamProblem};
use crate::operation::Operation;
use crate::versions::{self, ApiVersion};

/// The most levels of a path.
const LEVELS_MAX: usize = 4;
/// The most paths of one request; more would be a mistake.
const PATHS_MAX: usize = 100;

/// How many objects a search finds in all.
pub const TOTAL_COUNT: &str = "total_count";

/// The paths a request wants expanded.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Expand {
    paths: Vec<String>,
    embedded: Vec<Embedded>,
}

/// A reference in objects of a kind that the shape of a version has as an object in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Embedded {
    /// The `object` of the objects that have it.
    pub(crate) kind: &'static str,
    /// The path to it in one of them.
    pub(crate) path: &'static str,
}

impl Expand {
    /// Reads `expand` and checks each path against what the operation's answer has.
    pub fn read(fields: &mut Fields<'_>, operation: Operation) -> Self {
        let sent = fields.texts("expand", PATHS_MAX).unwrap_or_default();
        let mut paths = Vec::with_capacity(sent.len());
        for path in sent {
            if path.split('.').count() > LEVELS_MAX {
                fields.report(ParamProblem::ExpandTooDeep { path });
                continue;
            }
            if operation.is_search() && path == TOTAL_COUNT {
                paths.push(path);
                continue;
            }
            // A list's objects are in its `data`, and paths say so.
            let inner = if operation.is_list() { path.strip_prefix("data.") } else { Some(&*path) };
            match inner.filter(|inner| is_expandable(operation, inner)) {
                Some(inner) => paths.push(inner.to_owned()),
                None => {
                    let is_list = operation.is_list();
                    fields.report(ParamProblem::NotExpandable { path, is_list });
                }
            }
        }
        Self { paths, embedded: Vec::new() }
    }

    /// The same, and what a version embeds.
    #[must_use]
    pub(crate) fn at(self, version: &ApiVersion) -> Self {
        Self { embedded: versions::embedded_at(version), ..self }
    }

    /// These paths.
    #[must_use]
    pub fn of(paths: &[&str]) -> Self {
        let paths = paths.iter().map(|path| (*path).to_owned()).collect();
        Self { paths, embedded: Vec::new() }
    }

    /// What is wanted inside an object of a kind: that, and what is embedded in all of the kind.
    pub(crate) fn of_kind(&self, kind: &str) -> Self {
        let mut expand = self.clone();
        let embedded = self.embedded.iter().filter(|embedded| embedded.kind == kind);
        expand.paths.extend(embedded.map(|embedded| embedded.path.to_owned()));
        expand
    }

    /// Whether a property is to be expanded; asking for something inside it asks for it too.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.paths.iter().any(|wanted| {
            wanted.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// What is wanted inside a property.
    #[must_use]
    pub fn inside(&self, path: &str) -> Self {
        let inner = |wanted: &String| {
            let rest = wanted.strip_prefix(path)?.strip_prefix('.')?;
            Some(rest.to_owned())
        };
        let paths = self.paths.iter().filter_map(inner).collect();
        Self { paths, embedded: self.embedded.clone() }
    }
}

fn is_expandable(operation: Operation, path: &str) -> bool {
    operation.expandable().iter().any(|pattern| matches(pattern, path))
}

/// A path matches a pattern that it equals or leads to; `.*` stands for anything further in.
fn matches(pattern: &str, path: &str) -> bool {
    if let Some(open) = pattern.strip_suffix(".*") {
        return path == open || path.strip_prefix(open).is_some_and(|rest| rest.starts_with('.'));
    }
    pattern == path || pattern.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asking_for_something_inside_asks_for_the_whole() {
        let expand = Expand::of(&["line_items.data.price.product"]);
        assert!(expand.has("line_items"));
        assert!(!expand.has("line"));
        assert!(expand.inside("line_items.data.price").has("product"));
        assert!(!expand.inside("line_items").has("product"));
    }

    #[test]
    fn patterns_match_what_they_lead_through() {
        assert!(matches("line_items.data.price.product", "line_items"));
        assert!(matches("payment_intent.*", "payment_intent.latest_charge"));
        assert!(!matches("line_items", "line_items.data"));
        assert!(!matches("payment_intent.*", "payment_intents"));
    }
}
