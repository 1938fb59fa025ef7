//! Searches: which objects match a query, as a rule over whole objects.
//!
//! How a query is written is the wire's business, which also knows the names of fields. Here a
//! field is a function that reads a value of an object.

use crate::metadata::Metadata;

/// The most clauses of a query.
pub const CLAUSES_MAX: usize = 10;

/// What a search is for: clauses of which all must hold, or at least one. Mirrors Stripe's search
/// query language, which has no parentheses and mixes no `AND` with `OR`.
#[derive(Clone, Debug)]
pub struct SearchQuery<T> {
    /// How many of the clauses must hold.
    pub joined: Joined,
    /// At least one, at most [`CLAUSES_MAX`].
    pub clauses: Vec<Clause<T>>,
}

/// How many of the clauses of a query must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// Every one: `AND`, or nothing but spaces.
    All,
    /// At least one: `OR`.
    Any,
}

/// One condition on one value of an object.
#[derive(Clone, Debug)]
pub struct Clause<T> {
    /// Whether it is to be false.
    pub is_negated: bool,
    /// Which value.
    pub subject: Subject<T>,
    /// What of it.
    pub condition: Condition,
}

/// A value of an object that can be searched by.
#[derive(Clone, Debug)]
pub enum Subject<T> {
    /// A field.
    Field(fn(&T) -> SearchValue<'_>),
    /// A key of its metadata.
    Metadata {
        /// Where the metadata is.
        metadata: fn(&T) -> &Metadata,
        /// The key, exactly.
        key: String,
    },
}

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchValue<'a> {
    /// The object has none.
    Absent,
    /// A text, or a word such as `true`.
    Text(&'a str),
    /// A number, or a time in seconds.
    Number(i64),
}

/// What must hold of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// There is none: `:null`.
    Absent,
    /// It is this text, whatever the case of its letters: `:`.
    Equals(Folded),
    /// This text stands somewhere in it, whatever the case of its letters: `~`.
    Contains(Folded),
    /// It compares so with a number: `:`, `<`, `<=`, `>`, `>=`.
    Compares(Comparison, i64),
}

/// A text without the case of its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded(String);

/// How a number compares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `:`
    Equal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl<T> SearchQuery<T> {
    /// Whether an object is one of those searched for.
    #[must_use]
    pub fn matches(&self, object: &T) -> bool {
        let mut clauses = self.clauses.iter();
        match self.joined {
            Joined::All => clauses.all(|clause| clause.holds(object)),
            Joined::Any => clauses.any(|clause| clause.holds(object)),
        }
    }
}

impl<T> Clause<T> {
    fn holds(&self, object: &T) -> bool {
        self.condition.holds(self.subject.of(object)) != self.is_negated
    }
}

impl<T> Subject<T> {
    fn of<'a>(&self, object: &'a T) -> SearchValue<'a> {
        match self {
            Self::Field(read) => read(object),
            Self::Metadata { metadata, key } => metadata(object)
                .iter()
                .find(|(name, _)| name == key)
                .map_or(SearchValue::Absent, |(_, value)| SearchValue::Text(value)),
        }
    }
}

impl<'a> SearchValue<'a> {
    /// A text that an object may have or not.
    #[must_use]
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Absent, Self::Text)
    }

    /// `true` or `false`.
    #[must_use]
    pub const fn flag(flag: bool) -> Self {
        Self::Text(if flag { "true" } else { "false" })
    }
}

impl Condition {
    /// Whether it holds of a value. Of no value only [`Condition::Absent`] holds.
    fn holds(&self, value: SearchValue<'_>) -> bool {
        match (self, value) {
            (Self::Absent, value) => value == SearchValue::Absent,
            (Self::Equals(wanted), SearchValue::Text(text)) => Folded::new(text) == *wanted,
            (Self::Contains(part), SearchValue::Text(text)) => {
                Folded::new(text).0.contains(&part.0)
            }
            (Self::Compares(comparison, number), SearchValue::Number(value)) => {
                comparison.holds(value, *number)
            }
            (
                Self::Equals(_) | Self::Contains(_) | Self::Compares(..),
                SearchValue::Absent | SearchValue::Text(_) | SearchValue::Number(_),
            ) => false,
        }
    }
}

impl Comparison {
    const fn holds(self, value: i64, number: i64) -> bool {
        match self {
            Self::Equal => value == number,
            Self::Less => value < number,
            Self::LessOrEqual => value <= number,
            Self::Greater => value > number,
            Self::GreaterOrEqual => value >= number,
        }
    }
}

impl Folded {
    /// A text as it is compared.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_lowercase())
    }
}
