//! Writes down what a reader asks for, by running it on values made up to be plausible.
//!
//! A reader is run until it has been seen from all sides: every word of every choice is answered
//! once, and every question whether something was sent is answered with yes and with no. What is
//! asked for in any of the runs is a parameter.

use std::cell::RefCell;

use indexmap::IndexMap;

use super::description::{Alternatives, Description, Kind, Parameter};
use super::parse::Node;

/// The currency that is made up.
const CURRENCY: &str = "usd";

/// What was asked for so far, and the answers of this run.
#[derive(Default)]
pub(super) struct Recording {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    run: Run,
    /// Runs so far.
    runs: usize,
    /// By path, with dots and without the indices of lists.
    seen: IndexMap<String, Seen>,
    /// By the path of the object they belong to.
    alternatives: Vec<(String, Alternatives)>,
}

/// How the questions of one run are answered.
#[derive(Clone, Copy, Default)]
struct Run {
    /// Which word of each choice.
    word: usize,
    /// Whether anything was sent.
    is_sent: bool,
}

#[derive(Default)]
struct Seen {
    kinds: Vec<Kind>,
    can_be_unset: bool,
    /// How many runs asked for it, and required it: what only some of them do is required only
    /// beside other parameters.
    asked: Count,
    required: Count,
}

/// How many runs did something.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    runs: usize,
    last: usize,
}

/// What a reader takes.
pub(super) fn record(mut read: impl FnMut(&Recording)) -> Description {
    let recording = Recording::default();
    let mut word = 0;
    // The first run tells how many words there are to be answered.
    while word == 0 || word < recording.words() {
        for is_sent in [true, false] {
            recording.begin(Run { word, is_sent });
            read(&recording);
        }
        word += 1;
    }
    let state = recording.state.into_inner();
    state.object("")
}

impl Recording {
    /// Begins a run.
    fn begin(&self, run: Run) {
        let mut state = self.state.borrow_mut();
        state.run = run;
        state.runs += 1;
    }

    /// Writes down that a parameter of this kind is asked for, and answers with one.
    pub(super) fn take(&self, param: &str, kind: Kind) -> Node {
        let mut state = self.state.borrow_mut();
        let (word, run) = (state.run.word, state.runs);
        let node = example(&kind, word);
        let seen = state.seen.entry(dotted(param)).or_default();
        seen.asked.add(run);
        seen.add(kind);
        node
    }

    /// Writes down that an empty text unsets a parameter.
    pub(super) fn can_be_unset(&self, param: &str) {
        let mut state = self.state.borrow_mut();
        state.seen.entry(dotted(param)).or_default().can_be_unset = true;
    }

    /// Writes down that a parameter must be sent.
    pub(super) fn is_required(&self, param: &str) {
        let mut state = self.state.borrow_mut();
        let run = state.runs;
        state.seen.entry(dotted(param)).or_default().required.add(run);
    }

    /// Writes down that parameters of the object at `path` exclude each other.
    pub(super) fn exclude(&self, path: &str, names: &'static [&'static str], is_required: bool) {
        let found = (dotted(path), Alternatives { names, is_required });
        let mut state = self.state.borrow_mut();
        if !state.alternatives.contains(&found) {
            state.alternatives.push(found);
        }
    }

    /// The answer of this run to whether something was sent.
    pub(super) fn is_sent(&self) -> bool {
        self.state.borrow().run.is_sent
    }

    /// The most words of any choice.
    fn words(&self) -> usize {
        let state = self.state.borrow();
        let kinds = state.seen.values().flat_map(|seen| &seen.kinds);
        kinds.map(words).max().unwrap_or(0)
    }
}

impl Count {
    fn add(&mut self, run: usize) {
        if self.last != run {
            *self = Self { runs: self.runs + 1, last: run };
        }
    }
}

impl Seen {
    /// Adds a kind. Bounds that depend on other parameters are written down at their widest.
    fn add(&mut self, kind: Kind) {
        for known in &mut self.kinds {
            match (known, &kind) {
                (
                    Kind::Integer { minimum, maximum },
                    Kind::Integer { minimum: other_minimum, maximum: other_maximum },
                ) => {
                    *minimum = (*minimum).min(*other_minimum);
                    *maximum = (*maximum).max(*other_maximum);
                    return;
                }
                (known, kind) if known == kind => return,
                _ => {}
            }
        }
        self.kinds.push(kind);
    }
}

impl State {
    /// The object at a path.
    fn object(&self, path: &str) -> Description {
        let inside = |param: &str| match path {
            "" => Some(param.to_owned()),
            _ => Some(param.strip_prefix(path)?.strip_prefix('.')?.to_owned()),
        };
        let parameters = self.seen.iter().filter_map(|(param, seen)| {
            let name = inside(param).filter(|name| !name.contains('.'))?;
            let kinds = seen.kinds.iter().map(|kind| self.filled(kind, param)).collect();
            Some(Parameter {
                name,
                kinds,
                is_required: seen.required == seen.asked,
                can_be_unset: seen.can_be_unset,
            })
        });
        let alternatives = self.alternatives.iter().filter(|(around, _)| around == path);
        Description {
            parameters: parameters.collect(),
            alternatives: alternatives.map(|(_, alternatives)| alternatives.clone()).collect(),
        }
    }

    /// A kind with what is inside it.
    fn filled(&self, kind: &Kind, param: &str) -> Kind {
        match kind {
            Kind::Object(_) => Kind::Object(self.object(param)),
            Kind::ByCurrency(_) => Kind::ByCurrency(self.object(&format!("{param}.{CURRENCY}"))),
            Kind::List { of, limit } => Kind::list(self.filled(of, param), *limit),
            plain => plain.clone(),
        }
    }
}

fn words(kind: &Kind) -> usize {
    match kind {
        Kind::Choice { words, .. } => words.len(),
        Kind::List { of, .. } => words(of),
        _ => 0,
    }
}

/// A value that a parameter of this kind may have.
fn example(kind: &Kind, word: usize) -> Node {
    let text = match kind {
        Kind::Text { .. } => "text".to_owned(),
        Kind::Integer { minimum, .. } => minimum.to_string(),
        Kind::Boolean => word.is_multiple_of(2).to_string(),
        Kind::Timestamp => "1800000000".to_owned(),
        Kind::Number | Kind::Decimal => "1".to_owned(),
        Kind::Currency => CURRENCY.to_owned(),
        Kind::Url => "https://shop.example".to_owned(),
        Kind::Email => "ada@shop.example".to_owned(),
        Kind::Choice { words, .. } => {
            (*words.get(word % words.len().max(1)).unwrap_or(&"")).to_owned()
        }
        Kind::List { of, .. } => return Node::Appended(vec![example(of, word)]),
        Kind::ByCurrency(_) => {
            let inside = Node::Map(IndexMap::new());
            return Node::Map(IndexMap::from([(CURRENCY.to_owned(), inside)]));
        }
        Kind::Object(_) | Kind::Metadata => return Node::Map(IndexMap::new()),
    };
    Node::Text(text)
}

/// `line_items[0][price]` as `line_items.price`.
pub(crate) fn dotted(param: &str) -> String {
    let segments = param.split(['[', ']']).filter(|segment| !segment.is_empty());
    let is_index = |segment: &&str| segment.bytes().all(|byte| byte.is_ascii_digit());
    let names: Vec<&str> = segments.filter(|segment| !is_index(segment)).collect();
    names.join(".")
}

#[cfg(test)]
mod tests {
    use super::super::{Choices, Fields, ParamProblem, describe};
    use super::*;

    const SIZES: Choices<bool> = &[("small", Some(true)), ("large", Some(false)), ("huge", None)];

    /// A description as text: a line for each parameter.
    fn shown(read: impl FnMut(&mut Fields<'_>)) -> String {
        let mut lines = Vec::new();
        show(&describe(read), "", &mut lines);
        lines.join("\n")
    }

    fn show(description: &Description, indent: &str, lines: &mut Vec<String>) {
        for parameter in &description.parameters {
            let required = if parameter.is_required { ", required" } else { "" };
            let unset = if parameter.can_be_unset { ", can be unset" } else { "" };
            let kinds: Vec<String> = parameter.kinds.iter().map(named).collect();
            let name = &parameter.name;
            lines.push(format!("{indent}{name}: {}{required}{unset}", kinds.join(" or ")));
            for kind in &parameter.kinds {
                if let Some(inside) = inside(kind) {
                    show(inside, &format!("{indent}  "), lines);
                }
            }
        }
        for Alternatives { names, is_required } in &description.alternatives {
            let how = if *is_required { "exactly" } else { "at most" };
            lines.push(format!("{indent}{how} one of {}", names.join(", ")));
        }
    }

    fn named(kind: &Kind) -> String {
        match kind {
            Kind::Object(_) => "object".to_owned(),
            Kind::ByCurrency(_) => "object by currency".to_owned(),
            Kind::List { of, limit } => format!("list of {limit} {}", named(of)),
            plain => format!("{plain:?}"),
        }
    }

    fn inside(kind: &Kind) -> Option<&Description> {
        match kind {
            Kind::Object(inside) | Kind::ByCurrency(inside) => Some(inside),
            Kind::List { of, .. } => inside(of),
            _ => None,
        }
    }

    #[test]
    fn everything_a_reader_asks_for_is_written_down() {
        let text = shown(|fields| {
            let name = fields.text_up_to("name", 5);
            fields.required("name", name, false);
            fields.text_patch("note", 9);
            fields.objects("lines", 3, |fields| {
                fields.exactly_one(&["price", "free"]);
                fields.text("price");
                fields.boolean("free");
                fields.metadata("metadata")
            });
            fields.by_currency("prices", |_, fields| fields.decimal("amount"));
        });
        let expected = "\
name: Text { chars_max: Some(5) }, required
note: Text { chars_max: Some(9) }, can be unset
lines: list of 3 object
  price: Text { chars_max: None }
  free: Boolean
  metadata: Metadata, can be unset
  exactly one of price, free
prices: object by currency
  amount: Decimal";
        assert_eq!(text, expected);
    }

    #[test]
    fn what_is_asked_for_only_beside_something_else_is_written_down_too() {
        let text = shown(|fields| {
            if fields.is_text("at") {
                fields.timestamp("at");
            } else {
                fields.object("at", |fields| fields.timestamp("after"));
            }
            let size = fields.choice("size", SIZES);
            let maximum = if size == Some(true) { 10 } else { 20 };
            let count = fields.integer("count", 1, maximum);
            if size == Some(false) {
                fields.required("count", count, false);
                fields.boolean("wrapped");
            }
        });
        let expected = r#"at: Timestamp or object
  after: Timestamp
size: Choice { words: ["small", "large"], unsupported: ["huge"] }
count: Integer { minimum: 1, maximum: 20 }
wrapped: Boolean"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn what_a_reader_reports_while_it_is_written_down_is_of_no_account() {
        let text = shown(|fields| {
            fields.report(ParamProblem::NotUtf8);
            fields.integer("count", 1, 2);
        });
        assert_eq!(text, "count: Integer { minimum: 1, maximum: 2 }");
    }
}
