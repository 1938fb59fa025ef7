//! A file as a tree whose leaves are text, whatever it was written in.

use indexmap::IndexMap;

use crate::form::{Node, Params};

/// The deepest nesting; Stripe's deepest object that is imported has six levels.
pub(super) const DEPTH_MAX: usize = 32;

/// A value of a file. Numbers and truth values are the text they were written as: their types are
/// for the reader of each field to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tree {
    Null,
    Text(String),
    List(Vec<Tree>),
    Map(Fields),
}

/// The fields of an object.
pub(super) type Fields = IndexMap<String, Tree>;

impl Tree {
    /// As parameters have it. What says nothing (null, and a list or an object of nothing) is left
    /// out, as it is where an object is created.
    pub(super) fn into_node(self) -> Option<Node> {
        match self {
            Self::Null => None,
            Self::Text(text) => Some(Node::Text(text)),
            Self::List(items) => {
                let nodes: Vec<Node> = items.into_iter().filter_map(Self::into_node).collect();
                (!nodes.is_empty()).then_some(Node::Appended(nodes))
            }
            Self::Map(fields) => {
                let nodes = into_params(fields);
                (!nodes.is_empty()).then_some(Node::Map(nodes))
            }
        }
    }

    /// The text of a leaf.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }
}

/// The fields of an object as parameters have them.
pub(super) fn into_params(fields: Fields) -> Params {
    fields.into_iter().filter_map(|(name, tree)| Some((name, tree.into_node()?))).collect()
}
