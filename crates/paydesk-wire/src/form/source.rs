//! Where a reader takes its parameters from: a request, or nothing at all, when what it asks for is
//! only written down.
//!
//! This is the only way to a parameter, and it asks for the parameter's kind. So nothing can be
//! read that is not in the server's own description of itself.

use std::cell::RefCell;

use indexmap::IndexMap;

use super::description::Kind;
use super::parse::{Node, Params};
use super::problem::ParamProblem;
use super::recording::Recording;

/// One object of a request, or of a recording.
pub(super) struct Source<'a> {
    path: String,
    from: From<'a>,
}

enum From<'a> {
    Request { left: IndexMap<String, Node>, problems: &'a RefCell<Problems> },
    Recording(&'a Recording),
}

/// What is wrong with a request.
#[derive(Default)]
pub(super) struct Problems {
    /// Names that nobody took.
    pub(super) unknown: Vec<String>,
    /// The first problem with one that was taken.
    pub(super) first: Option<ParamProblem>,
}

impl<'a> Source<'a> {
    /// A request.
    pub(super) fn request(params: Params, problems: &'a RefCell<Problems>) -> Self {
        Self { path: String::new(), from: From::Request { left: params, problems } }
    }

    /// A recording.
    pub(super) fn recording(recording: &'a Recording) -> Self {
        Self { path: String::new(), from: From::Recording(recording) }
    }

    /// An object inside this one, whose parameters are `left`.
    pub(super) fn inside(&self, param: String, left: IndexMap<String, Node>) -> Source<'a> {
        let from = match self.from {
            From::Request { problems, .. } => From::Request { left, problems },
            From::Recording(recording) => From::Recording(recording),
        };
        Source { path: param, from }
    }

    /// Takes a parameter, which should be of this kind.
    pub(super) fn take(&mut self, name: &str, kind: impl FnOnce() -> Kind) -> Option<Node> {
        match &mut self.from {
            From::Request { left, .. } => left.shift_remove(name),
            From::Recording(recording) => Some(recording.take(&self.param(name), kind())),
        }
    }

    /// Takes a parameter that was sent as an empty text, which unsets what it is for.
    pub(super) fn take_empty(&mut self, name: &str) -> bool {
        match &mut self.from {
            From::Request { left, .. } => {
                let sent = left.get(name);
                let is_empty = matches!(sent, Some(Node::Text(text)) if text.is_empty());
                if is_empty {
                    left.shift_remove(name);
                }
                is_empty
            }
            From::Recording(recording) => {
                recording.can_be_unset(&self.param(name));
                false
            }
        }
    }

    /// Takes a parameter that was sent as exactly this text.
    pub(super) fn take_text_equal(&mut self, name: &str, value: &'static str) -> bool {
        match &mut self.from {
            From::Request { left, .. } => {
                let sent = left.get(name);
                let is_equal = matches!(sent, Some(Node::Text(text)) if text == value);
                if is_equal {
                    left.shift_remove(name);
                }
                is_equal
            }
            From::Recording(recording) => {
                let kind = Kind::Choice { words: vec![value], unsupported: Vec::new() };
                recording.take(&self.param(name), kind);
                false
            }
        }
    }

    /// Whether a parameter was sent, in a form that `is_wanted`.
    pub(super) fn is_sent(&self, name: &str, is_wanted: impl FnOnce(&Node) -> bool) -> bool {
        match &self.from {
            From::Request { left, .. } => left.get(name).is_some_and(is_wanted),
            From::Recording(recording) => recording.is_sent(),
        }
    }

    /// Notes that a parameter must be sent.
    pub(super) fn require(&self, name: &str) {
        if let From::Recording(recording) = &self.from {
            recording.is_required(&self.param(name));
        }
    }

    /// Notes that parameters exclude each other.
    pub(super) fn exclude(&self, names: &'static [&'static str], is_required: bool) {
        if let From::Recording(recording) = &self.from {
            recording.exclude(&self.path, names, is_required);
        }
    }

    /// Reports a problem; only the first is answered.
    pub(super) fn report(&self, problem: ParamProblem) {
        if let From::Request { problems, .. } = &self.from {
            problems.borrow_mut().first.get_or_insert(problem);
        }
    }

    /// The path to this object, in brackets.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// A parameter's name with the path to it: `line_items[0][price]`.
    pub(super) fn param(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}[{name}]", self.path) }
    }

    /// Ends the reading: what nobody took is unknown.
    pub(super) fn finish(self) {
        if let From::Request { left, problems } = &self.from {
            let names: Vec<String> = left.keys().map(|name| self.param(name)).collect();
            problems.borrow_mut().unknown.extend(names);
        }
    }
}
