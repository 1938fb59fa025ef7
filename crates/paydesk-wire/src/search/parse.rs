//! Reading a query: `name~"tea" AND -metadata["shelf"]:null`.

use paydesk_domain::search::{
    CLAUSES_MAX, Clause, Comparison, Condition, Folded, Joined, SearchQuery, Subject,
};

use super::problem::SearchProblem;
use super::resources::{FieldKind, SearchFields};

/// The fewest characters of a text that is looked for inside others.
const PART_CHARS_MIN: usize = 3;
/// What of a query is shown where it is wrong.
const NEAR_CHARS_MAX: usize = 20;
/// The name of the field that has a key in brackets.
const METADATA: &str = "metadata";

/// Reads a query for objects of a resource.
///
/// # Errors
/// [`SearchProblem`], the first one.
pub(crate) fn parse<T>(
    text: &str,
    fields: &SearchFields<T>,
) -> Result<SearchQuery<T>, SearchProblem> {
    let mut reader = Reader { text, at: 0 };
    let mut joined: Option<Joined> = None;
    let mut clauses = Vec::new();
    reader.skip_spaces();
    loop {
        if clauses.len() == CLAUSES_MAX {
            return Err(SearchProblem::TooManyClauses { at: reader.place(), limit: CLAUSES_MAX });
        }
        clauses.push(reader.clause(fields)?);
        let behind_value = reader.at;
        reader.skip_spaces();
        if reader.rest().is_empty() {
            let joined = joined.unwrap_or(Joined::All);
            return Ok(SearchQuery { joined, clauses });
        }
        if reader.at == behind_value {
            return Err(reader.unexpected("a space or the end of the query behind a value"));
        }
        let place = reader.place();
        let joint = reader.joint();
        if *joined.get_or_insert(joint) != joint {
            return Err(SearchProblem::Mixed { at: place });
        }
    }
}

/// What is left of a query.
struct Reader<'q> {
    text: &'q str,
    /// In bytes.
    at: usize,
}

/// An operator as it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Is,
    Contains,
    Compares(Comparison),
}

/// Longer ones first, since some begin with others.
const OPERATORS: &[(&str, Operator)] = &[
    (">=", Operator::Compares(Comparison::GreaterOrEqual)),
    ("<=", Operator::Compares(Comparison::LessOrEqual)),
    (">", Operator::Compares(Comparison::Greater)),
    ("<", Operator::Compares(Comparison::Less)),
    (":", Operator::Is),
    ("~", Operator::Contains),
];

const AN_OPERATOR: &str = "an operator (`:`, `~`, `<`, `<=`, `>` or `>=`)";

/// A value as it is written.
enum Value {
    Null,
    Quoted(String),
    Bare(String),
}

impl<'q> Reader<'q> {
    fn clause<T>(&mut self, fields: &SearchFields<T>) -> Result<Clause<T>, SearchProblem> {
        let is_negated = self.take("-");
        let place = self.place();
        let name = self.name();
        if name.is_empty() {
            return Err(self.unexpected("the name of a field"));
        }
        let (subject, kind) = if name == METADATA {
            let key = self.metadata_key()?;
            (Subject::Metadata { metadata: fields.metadata, key }, FieldKind::Token)
        } else {
            // A word alone is no misspelt field.
            if !OPERATORS.iter().any(|(symbol, _)| self.rest().starts_with(symbol)) {
                return Err(self.unexpected(AN_OPERATOR));
            }
            let field = fields.fields.iter().find(|field| field.name == name);
            let field = field.ok_or_else(|| unsupported(name, place, fields))?;
            (Subject::Field(field.value), field.kind)
        };
        let condition = self.condition(name, kind)?;
        Ok(Clause { is_negated, subject, condition })
    }

    /// The operator and the value of a field.
    fn condition(&mut self, name: &str, kind: FieldKind) -> Result<Condition, SearchProblem> {
        let place = self.place();
        let found = OPERATORS.iter().find(|(symbol, _)| self.take(symbol));
        let Some((symbol, operator)) = found else {
            return Err(self.unexpected(AN_OPERATOR));
        };
        let is_allowed = match operator {
            Operator::Is => true,
            Operator::Contains => kind == FieldKind::Text,
            Operator::Compares(_) => kind == FieldKind::Number,
        };
        if !is_allowed {
            return Err(SearchProblem::UnsupportedOperator {
                at: place,
                field: name.to_owned(),
                operator: symbol,
                operators: kind.operators(),
            });
        }
        let begin = self.at;
        let value = self.value()?;
        let unexpected = |expected| Err(Reader { text: self.text, at: begin }.unexpected(expected));
        match (operator, kind, value) {
            (Operator::Is, _, Value::Null) => Ok(Condition::Absent),
            (_, FieldKind::Number, Value::Quoted(text) | Value::Bare(text)) => {
                let comparison = match operator {
                    Operator::Compares(comparison) => *comparison,
                    Operator::Is | Operator::Contains => Comparison::Equal,
                };
                match text.parse() {
                    Ok(number) => Ok(Condition::Compares(comparison, number)),
                    Err(_) => unexpected("an integer"),
                }
            }
            (_, FieldKind::Number, Value::Null) => unexpected("an integer"),
            (Operator::Contains, _, Value::Quoted(part)) => {
                if part.chars().count() < PART_CHARS_MIN {
                    return unexpected("a text of at least three characters to look for");
                }
                Ok(Condition::Contains(Folded::new(&part)))
            }
            (_, _, Value::Quoted(text)) => Ok(Condition::Equals(Folded::new(&text))),
            (_, _, Value::Bare(_) | Value::Null) => unexpected("a text in quotation marks"),
        }
    }

    fn value(&mut self) -> Result<Value, SearchProblem> {
        if self.rest().starts_with(['"', '\'']) {
            return self.quoted().map(Value::Quoted);
        }
        let word = self.take_while(|char| !char.is_whitespace());
        if word.is_empty() {
            return Err(self.unexpected("a value"));
        }
        Ok(if word.eq_ignore_ascii_case("null") {
            Value::Null
        } else {
            Value::Bare(word.to_owned())
        })
    }

    /// A text in double or single quotation marks, in which a backslash takes the next character
    /// as it is.
    fn quoted(&mut self) -> Result<String, SearchProblem> {
        let begin = self.at;
        let mut chars = self.rest().char_indices();
        let Some((_, mark)) = chars.next() else {
            return Err(self.unexpected("a text in quotation marks"));
        };
        let mut text = String::new();
        let mut is_escaped = false;
        for (offset, char) in chars {
            match char {
                '\\' if !is_escaped => is_escaped = true,
                _ if char == mark && !is_escaped => {
                    self.at = begin + offset + char.len_utf8();
                    return Ok(text);
                }
                _ => {
                    text.push(char);
                    is_escaped = false;
                }
            }
        }
        Err(self.unexpected("a closing quotation mark for the text that begins here"))
    }

    fn metadata_key(&mut self) -> Result<String, SearchProblem> {
        if !self.take("[") || !self.rest().starts_with(['"', '\'']) {
            return Err(self.unexpected("a key of the metadata, as in `metadata[\"key\"]`"));
        }
        let key = self.quoted()?;
        if self.take("]") { Ok(key) } else { Err(self.unexpected("`]` behind the key")) }
    }

    /// How the next clause is combined with those before: by a word or by the spaces before it.
    fn joint(&mut self) -> Joined {
        for (word, joined) in [("AND", Joined::All), ("OR", Joined::Any)] {
            let Some((begin, rest)) = self.rest().split_at_checked(word.len()) else { continue };
            // A word that goes on, or is followed by an operator, is the name of a field.
            let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
            if begin.eq_ignore_ascii_case(word) && ends {
                self.at += word.len();
                self.skip_spaces();
                return joined;
            }
        }
        Joined::All
    }

    fn name(&mut self) -> &'q str {
        self.take_while(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.'))
    }

    fn skip_spaces(&mut self) {
        self.take_while(char::is_whitespace);
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'q str {
        let rest = self.rest();
        let length = rest.find(|char| !belongs(char)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn take(&mut self, symbol: &str) -> bool {
        let is_next = self.rest().starts_with(symbol);
        if is_next {
            self.at += symbol.len();
        }
        is_next
    }

    fn rest(&self) -> &'q str {
        &self.text[self.at..]
    }

    /// Where it is, in characters from 1.
    fn place(&self) -> usize {
        self.text[..self.at].chars().count() + 1
    }

    fn unexpected(&self, expected: &'static str) -> SearchProblem {
        let near = self.rest().chars().take(NEAR_CHARS_MAX).collect();
        SearchProblem::Unexpected { at: self.place(), near, expected }
    }
}

fn unsupported<T>(name: &str, at: usize, fields: &SearchFields<T>) -> SearchProblem {
    let names = fields.fields.iter().map(|field| field.name);
    SearchProblem::UnsupportedField {
        at,
        field: name.to_owned(),
        resource: fields.resource,
        fields: names.chain(["metadata[\"key\"]"]).collect(),
    }
}

#[cfg(test)]
mod tests;
