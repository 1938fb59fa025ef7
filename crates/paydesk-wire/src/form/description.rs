//! What a reader takes: the names, types and bounds of its parameters.

/// The parameters of one object of a request.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Description {
    /// Them, in the order they are asked for.
    pub parameters: Vec<Parameter>,
    /// Names of which at most one may be sent.
    pub alternatives: Vec<Alternatives>,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, without the path to it.
    pub name: String,
    /// What it may be; more than one where it is read in several ways.
    pub kinds: Vec<Kind>,
    /// Whether it must be sent wherever the object around it is.
    pub is_required: bool,
    /// Whether an empty text unsets it.
    pub can_be_unset: bool,
}

/// Parameters that exclude each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternatives {
    /// Their names.
    pub names: &'static [&'static str],
    /// Whether one of them must be sent.
    pub is_required: bool,
}

/// What a parameter may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text {
        /// The most characters, where there is a bound of its own.
        chars_max: Option<usize>,
    },
    /// An integer between two bounds, both included.
    Integer {
        /// The smallest.
        minimum: i64,
        /// The largest.
        maximum: i64,
    },
    /// `true` or `false`.
    Boolean,
    /// A Unix time in seconds.
    Timestamp,
    /// A number with decimals, whose digits are read as they are.
    Number,
    /// A decimal number that clients send and receive as text.
    Decimal,
    /// A currency's code.
    Currency,
    /// A web address.
    Url,
    /// An address for mail.
    Email,
    /// One of several words.
    Choice {
        /// Those that are taken.
        words: Vec<&'static str>,
        /// Those that Stripe has and Paydesk has not yet.
        unsupported: Vec<&'static str>,
    },
    /// A list.
    List {
        /// What each element is.
        of: Box<Kind>,
        /// The most elements.
        limit: usize,
    },
    /// An object.
    Object(Description),
    /// A map from codes of currencies to objects.
    ByCurrency(Description),
    /// A map from keys of the client's own to texts.
    Metadata,
}

impl Kind {
    /// A list of so many elements at most.
    pub(super) fn list(of: Self, limit: usize) -> Self {
        Self::List { of: Box::new(of), limit }
    }

    /// The choice among these words.
    pub(super) fn choice<T>(choices: super::Choices<T>) -> Self {
        let words = |is_supported: bool| {
            let those = choices.iter().filter(|(_, value)| value.is_some() == is_supported);
            those.map(|(word, _)| *word).collect()
        };
        Self::Choice { words: words(true), unsupported: words(false) }
    }
}
