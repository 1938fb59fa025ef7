//! Typed values out of a tree of parameters.
//!
//! A reader takes each field it knows by name; what is left when it is done is unknown. Problems
//! are collected rather than thrown, so that one answer names every unknown parameter.

use std::cell::RefCell;

use indexmap::IndexMap;
use paydesk_domain::listing::Cursor;
use paydesk_domain::metadata::MetadataChange;
use paydesk_domain::money::{Currency, UnitAmount};
use paydesk_domain::patch::Patch;
use paydesk_domain::search::SearchQuery;
use paydesk_domain::time::Timestamp;

use super::description::{Description, Kind};
use super::parse::{Node, Params};
use super::problem::ParamProblem;
use super::recording::record;
use super::scalar;
use super::source::{Problems, Source};
use crate::operation::Operation;
use crate::search::{self, SearchFields};

/// The longest search query.
const SEARCH_QUERY_CHARS_MAX: usize = 5000;

/// The words of an enumeration; none for one that Stripe has and Paydesk has not yet.
pub type Choices<T> = &'static [(&'static str, Option<T>)];

/// The fields of one object of a request.
pub struct Fields<'a> {
    source: Source<'a>,
}

/// Reads the parameters of a request with `read`. Names in `unknown` are reported with those that
/// `read` did not take.
///
/// # Errors
/// Unknown parameters first, all in one; else unsupported ones, all in one; else the first problem.
pub fn decode<T>(
    operation: Operation,
    params: Params,
    unknown: Vec<String>,
    read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Result<T, ParamProblem> {
    let problems = RefCell::new(Problems { unknown, first: None });
    let mut fields = Fields { source: Source::request(params, &problems) };
    let value = read(&mut fields);
    fields.source.finish();
    let problems = problems.into_inner();
    let (unsupported, unknown): (Vec<String>, Vec<String>) =
        problems.unknown.into_iter().partition(|param| operation.is_unsupported(param));
    if !unknown.is_empty() {
        return Err(ParamProblem::Unknown { params: unknown });
    }
    if !unsupported.is_empty() {
        return Err(ParamProblem::Unsupported { params: unsupported });
    }
    match (problems.first, value) {
        (None, Some(value)) => Ok(value),
        (Some(problem), _) => Err(problem),
        // A reader returns nothing only after it reported why.
        (None, None) => Err(ParamProblem::Missing { param: String::new() }),
    }
}

/// What `read` takes. It is run several times, on values made up for it; nothing it reports counts.
pub fn describe(mut read: impl FnMut(&mut Fields<'_>)) -> Description {
    record(|recording| read(&mut Fields { source: Source::recording(recording) }))
}

impl Fields<'_> {
    /// A text; an empty one can't unset it.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let (param, text) = self.take_text(name, || Kind::Text { chars_max: None })?;
        self.refuse_empty(param, text).map(|(_, text)| text)
    }

    /// A text of at most so many characters.
    pub fn text_up_to(&mut self, name: &str, chars_max: usize) -> Option<String> {
        let kind = || Kind::Text { chars_max: Some(chars_max) };
        let (param, text) = self.take_text(name, kind)?;
        let (param, text) = self.refuse_empty(param, text)?;
        self.keep(check_length(param, text, chars_max))
    }

    /// A text that an empty one unsets.
    pub fn text_patch(&mut self, name: &str, chars_max: usize) -> Patch<String> {
        if self.take_empty(name) {
            return Patch::Unset;
        }
        self.text_up_to(name, chars_max).map_or(Patch::Keep, Patch::Set)
    }

    /// An integer between two bounds, both included.
    pub fn integer(&mut self, name: &str, minimum: i64, maximum: i64) -> Option<i64> {
        self.scalar(
            name,
            || Kind::Integer { minimum, maximum },
            |param, text| {
                let value = scalar::integer(param, &text)?;
                if value < minimum {
                    return Err(ParamProblem::TooSmall { param: param.to_owned(), minimum });
                }
                if value > maximum {
                    return Err(ParamProblem::TooLarge { param: param.to_owned(), maximum });
                }
                Ok(value)
            },
        )
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, name: &str) -> Option<bool> {
        self.scalar(name, || Kind::Boolean, |param, text| scalar::boolean(param, &text))
    }

    /// A Unix time in seconds.
    pub fn timestamp(&mut self, name: &str) -> Option<Timestamp> {
        self.scalar(name, || Kind::Timestamp, |param, text| scalar::timestamp(param, &text))
    }

    /// A unit price in decimals.
    pub fn decimal(&mut self, name: &str) -> Option<UnitAmount> {
        self.scalar(name, || Kind::Decimal, |param, text| scalar::decimal(param, &text))
    }

    /// A size or a weight, in hundredths.
    pub fn hundredths(&mut self, name: &str) -> Option<u64> {
        self.scalar(name, || Kind::Number, |param, text| scalar::hundredths(param, &text))
    }

    /// A number with decimals, as its digits.
    pub fn digits(&mut self, name: &str) -> Option<String> {
        self.scalar(name, || Kind::Number, |_, text| Ok(text))
    }

    /// A currency.
    pub fn currency(&mut self, name: &str) -> Option<Currency> {
        self.scalar(name, || Kind::Currency, |param, text| scalar::currency(param, &text))
    }

    /// A web address.
    pub fn url(&mut self, name: &str) -> Option<String> {
        self.scalar(
            name,
            || Kind::Url,
            |param, text| scalar::url(param, check_length(param.to_owned(), text, 5000)?),
        )
    }

    /// A web address that an empty text unsets.
    pub fn url_patch(&mut self, name: &str) -> Patch<String> {
        self.patch(name, Self::url)
    }

    /// An address for mail of at most so many characters.
    pub fn email(&mut self, name: &str, chars_max: usize) -> Option<String> {
        self.scalar(
            name,
            || Kind::Email,
            |param, text| scalar::email(param, check_length(param.to_owned(), text, chars_max)?),
        )
    }

    /// A text that is read by `parse`, or the problem that it is none of that kind.
    pub fn parsed<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Option<T>,
        problem: impl FnOnce(String, String) -> ParamProblem,
    ) -> Option<T> {
        self.scalar(
            name,
            || Kind::Text { chars_max: None },
            |param, text| parse(&text).ok_or_else(|| problem(param.to_owned(), text)),
        )
    }

    /// Whatever `read` reads, and an empty text unsets.
    pub fn patch<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Patch<T> {
        if self.take_empty(name) {
            return Patch::Unset;
        }
        read(self, name).map_or(Patch::Keep, Patch::Set)
    }

    /// One of several words.
    pub fn choice<T: Copy>(&mut self, name: &str, choices: Choices<T>) -> Option<T> {
        self.scalar(
            name,
            || Kind::choice(choices),
            |param, text| chosen(param.to_owned(), text, choices),
        )
    }

    /// A list of words, at most as many as there are.
    pub fn choices<T: Copy>(&mut self, name: &str, choices: Choices<T>) -> Option<Vec<T>> {
        let items = self.take_list(name, choices.len(), || Kind::choice(choices))?;
        let mut values = Vec::with_capacity(items.len());
        for (param, node) in items {
            let (param, text) = self.expect_text(param, node)?;
            let (param, text) = self.refuse_empty(param, text)?;
            values.push(self.keep(chosen(param, text, choices))?);
        }
        Some(values)
    }

    /// One of the many words of a list that the domain has.
    pub fn word<T>(
        &mut self,
        name: &str,
        words: &'static [&'static str],
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        self.scalar(
            name,
            || Kind::Choice { words: words.to_vec(), unsupported: Vec::new() },
            |param, text| {
                let problem =
                    || ParamProblem::Choice { param: param.to_owned(), choices: words.to_vec() };
                parse(&text).ok_or_else(problem)
            },
        )
    }

    /// A list of the many words of a list that the domain has.
    pub fn words<T>(
        &mut self,
        name: &str,
        limit: usize,
        words: &'static [&'static str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let kind = || Kind::Choice { words: words.to_vec(), unsupported: Vec::new() };
        let items = self.take_list(name, limit, kind)?;
        let mut values = Vec::with_capacity(items.len());
        for (param, node) in items {
            let (param, text) = self.expect_text(param, node)?;
            let (param, text) = self.refuse_empty(param, text)?;
            let problem = || ParamProblem::Choice { param, choices: words.to_vec() };
            values.push(self.keep(parse(&text).ok_or_else(problem))?);
        }
        Some(values)
    }

    /// A search query for objects of a resource.
    pub(crate) fn search_query<T>(
        &mut self,
        name: &str,
        resource: &SearchFields<T>,
    ) -> Option<SearchQuery<T>> {
        self.scalar(
            name,
            || Kind::Text { chars_max: Some(SEARCH_QUERY_CHARS_MAX) },
            |param, text| {
                let text = check_length(param.to_owned(), text, SEARCH_QUERY_CHARS_MAX)?;
                search::parse(&text, resource)
                    .map_err(|reason| ParamProblem::Search { param: param.to_owned(), reason })
            },
        )
    }

    /// Where the next page of a search begins.
    pub(crate) fn page_token(&mut self, name: &str) -> Option<Cursor> {
        self.scalar(
            name,
            || Kind::Text { chars_max: None },
            |param, text| {
                search::read_page_token(&text)
                    .ok_or_else(|| ParamProblem::PageToken { param: param.to_owned() })
            },
        )
    }

    /// A list of texts.
    pub fn texts(&mut self, name: &str, limit: usize) -> Option<Vec<String>> {
        let items = self.take_list(name, limit, || Kind::Text { chars_max: None })?;
        let mut texts = Vec::with_capacity(items.len());
        for (param, node) in items {
            let (param, text) = self.expect_text(param, node)?;
            texts.push(self.refuse_empty(param, text)?.1);
        }
        Some(texts)
    }

    /// A list of texts that an empty text unsets.
    pub fn texts_patch(&mut self, name: &str, limit: usize) -> Patch<Vec<String>> {
        self.patch(name, |fields, name| fields.texts(name, limit))
    }

    /// An object.
    pub fn object<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.source.take(name, || Kind::Object(Description::default()))?;
        let param = self.param(name);
        self.read_object(param, node, read)
    }

    /// A list of objects, in the order of their indices.
    pub fn objects<T>(
        &mut self,
        name: &str,
        limit: usize,
        mut read: impl FnMut(&mut Fields<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = self.take_list(name, limit, || Kind::Object(Description::default()))?;
        // Every element is read, even after a bad one, so that all unknown names are seen.
        let read: Vec<Option<T>> = items
            .into_iter()
            .map(|(param, node)| self.read_object(param, node, &mut read))
            .collect();
        read.into_iter().collect()
    }

    /// Objects by their currency: `currency_options[eur][amount_off]=450`.
    pub fn by_currency<T>(
        &mut self,
        name: &str,
        mut read: impl FnMut(Currency, &mut Fields<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let node = self.source.take(name, || Kind::ByCurrency(Description::default()))?;
        let param = self.param(name);
        let Node::Map(map) = node else {
            return self.keep(Err(ParamProblem::NotObject { param }));
        };
        // Every entry is read, even after a bad one, so that all unknown names are seen.
        let mut entries = Vec::with_capacity(map.len());
        for (code, node) in map {
            let param = format!("{param}[{code}]");
            let currency = self.keep(scalar::currency(&param, &code));
            entries.push(self.read_object(param, node, |fields| {
                // Taken also where the currency is none, so that what is inside is not unknown.
                let any = Currency::from_code("usd")?;
                let entry = read(currency.unwrap_or(any), fields);
                currency.and(entry)
            }));
        }
        entries.into_iter().collect()
    }

    /// Metadata: keys to set, empty values to delete, an empty text to clear.
    pub fn metadata(&mut self, name: &str) -> Option<MetadataChange> {
        if self.take_empty(name) {
            return Some(MetadataChange::Clear);
        }
        let node = self.source.take(name, || Kind::Metadata)?;
        let param = self.param(name);
        let Node::Map(map) = node else {
            return self.keep(Err(ParamProblem::NotObject { param }));
        };
        let mut pairs = Vec::with_capacity(map.len());
        for (key, node) in map {
            let (_, text) = self.expect_text(format!("{param}[{key}]"), node)?;
            pairs.push((key, (!text.is_empty()).then_some(text)));
        }
        Some(MetadataChange::Merge(pairs))
    }

    /// Whether a field was sent, in whatever form.
    #[must_use]
    pub fn is_sent(&self, name: &str) -> bool {
        self.source.is_sent(name, |_| true)
    }

    /// Whether a field was sent as a single value.
    #[must_use]
    pub fn is_text(&self, name: &str) -> bool {
        self.source.is_sent(name, |node| matches!(node, Node::Text(_)))
    }

    /// Takes a field that was sent as an empty text.
    pub fn take_empty(&mut self, name: &str) -> bool {
        self.source.take_empty(name)
    }

    /// Takes a field that was sent as exactly this text.
    pub fn take_text_equal(&mut self, name: &str, value: &'static str) -> bool {
        self.source.take_text_equal(name, value)
    }

    /// The value of a required field, or a report that it is missing. A field that was sent but bad
    /// was reported before.
    pub fn required<T>(&mut self, name: &str, value: Option<T>, was_sent: bool) -> Option<T> {
        self.source.require(name);
        if value.is_none() && !was_sent {
            let param = self.param(name);
            self.report(ParamProblem::Missing { param });
        }
        value
    }

    /// A text that must be sent.
    pub fn required_text(&mut self, name: &str, chars_max: usize) -> Option<String> {
        let was_sent = self.is_sent(name);
        let text = self.text_up_to(name, chars_max);
        self.required(name, text, was_sent)
    }

    /// Refuses more than one, or none, of several fields.
    pub fn exactly_one(&mut self, names: &'static [&'static str]) {
        self.refuse_several(names);
        self.source.exclude(names, true);
        if !names.iter().any(|name| self.is_sent(name)) {
            let param = self.source.path().to_owned();
            self.report(ParamProblem::MissingOneOf { param, names });
        }
    }

    /// Refuses more than one of several fields.
    pub fn at_most_one(&mut self, names: &'static [&'static str]) {
        self.refuse_several(names);
        self.source.exclude(names, false);
    }

    /// Reports a problem; only the first is answered.
    pub fn report(&self, problem: ParamProblem) {
        self.source.report(problem);
    }

    /// A field's name with the path to it: `line_items[0][price]`.
    #[must_use]
    pub fn param(&self, name: &str) -> String {
        self.source.param(name)
    }

    fn scalar<T>(
        &mut self,
        name: &str,
        kind: impl FnOnce() -> Kind,
        read: impl FnOnce(&str, String) -> Result<T, ParamProblem>,
    ) -> Option<T> {
        let (param, text) = self.take_text(name, kind)?;
        let (param, text) = self.refuse_empty(param, text)?;
        self.keep(read(&param, text))
    }

    fn refuse_several(&self, names: &'static [&'static str]) {
        let mut sent = names.iter().filter(|name| self.is_sent(name));
        let (first, second) = (sent.next(), sent.next());
        if let (Some(first), Some(_)) = (first, second) {
            let param = self.param(first);
            self.report(ParamProblem::Exclusive { param, names });
        }
    }

    fn take_text(&mut self, name: &str, kind: impl FnOnce() -> Kind) -> Option<(String, String)> {
        let node = self.source.take(name, kind)?;
        let param = self.param(name);
        self.expect_text(param, node)
    }

    fn expect_text(&self, param: String, node: Node) -> Option<(String, String)> {
        match node {
            Node::Text(text) => Some((param, text)),
            Node::Map(_) | Node::Appended(_) => {
                self.report(ParamProblem::NotText { param });
                None
            }
        }
    }

    fn refuse_empty(&self, param: String, text: String) -> Option<(String, String)> {
        if text.is_empty() {
            self.report(ParamProblem::Empty { param });
            None
        } else {
            Some((param, text))
        }
    }

    fn take_list(
        &mut self,
        name: &str,
        limit: usize,
        of: impl FnOnce() -> Kind,
    ) -> Option<Vec<(String, Node)>> {
        let node = self.source.take(name, || Kind::list(of(), limit))?;
        let param = self.param(name);
        let items = match node {
            Node::Text(text) if text.is_empty() => Err(ParamProblem::Empty { param }),
            Node::Text(_) => Err(ParamProblem::NotArray { param }),
            Node::Appended(items) => Ok(items
                .into_iter()
                .enumerate()
                .map(|(index, node)| (format!("{param}[{index}]"), node))
                .collect()),
            Node::Map(map) => indexed(&param, map),
        };
        let items: Vec<(String, Node)> = self.keep(items)?;
        if items.len() > limit {
            let param = self.param(name);
            return self.keep(Err(ParamProblem::TooMany { param, limit }));
        }
        Some(items)
    }

    fn read_object<T>(
        &self,
        param: String,
        node: Node,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        match node {
            Node::Map(left) => {
                let mut fields = Fields { source: self.source.inside(param, left) };
                let value = read(&mut fields);
                fields.source.finish();
                value
            }
            Node::Text(text) if text.is_empty() => {
                self.report(ParamProblem::Empty { param });
                None
            }
            Node::Text(_) | Node::Appended(_) => {
                self.report(ParamProblem::NotObject { param });
                None
            }
        }
    }

    fn keep<T>(&self, result: Result<T, ParamProblem>) -> Option<T> {
        result.map_err(|problem| self.report(problem)).ok()
    }
}

fn chosen<T: Copy>(param: String, text: String, choices: Choices<T>) -> Result<T, ParamProblem> {
    match choices.iter().find(|(word, _)| *word == text) {
        Some((_, Some(value))) => Ok(*value),
        Some((_, None)) => Err(ParamProblem::UnsupportedValue { param, value: text }),
        None => {
            let choices = choices.iter().map(|(word, _)| *word).collect();
            Err(ParamProblem::Choice { param, choices })
        }
    }
}

fn indexed(param: &str, map: IndexMap<String, Node>) -> Result<Vec<(String, Node)>, ParamProblem> {
    let mut items = Vec::with_capacity(map.len());
    for (key, node) in map {
        let index: u64 =
            key.parse().map_err(|_| ParamProblem::NotArray { param: param.to_owned() })?;
        items.push((index, format!("{param}[{key}]"), node));
    }
    // Stable, so that `a[0]` and `a[00]` stay in the order they were sent.
    items.sort_by_key(|(index, ..)| *index);
    Ok(items.into_iter().map(|(_, param, node)| (param, node)).collect())
}

fn check_length(param: String, text: String, chars_max: usize) -> Result<String, ParamProblem> {
    // A text has at most as many characters as bytes, so most need no counting.
    if text.len() > chars_max && text.chars().count() > chars_max {
        return Err(ParamProblem::TooLong { param, value: text, chars_max });
    }
    Ok(text)
}
