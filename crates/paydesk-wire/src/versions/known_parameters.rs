//! Parameters that only some versions know. To the others they are unknown, like a name that was
//! mistyped.

use super::{ApiVersion, Change};
use crate::form::{Node, Params};
use crate::operation::Operation;

/// A parameter that came or went with a version.
pub(super) struct KnownParameter {
    /// The date of the version it came or went with.
    pub(super) introduced: u32,
    pub(super) operation: Operation,
    /// A dot stands before the name of one inside another.
    pub(super) name: &'static str,
    pub(super) is_known: fn(&ApiVersion) -> bool,
}

impl Change for KnownParameter {
    fn introduced(&self) -> u32 {
        self.introduced
    }

    fn upgrade_request(
        &self,
        operation: Operation,
        params: &mut Params,
        version: &ApiVersion,
    ) -> Vec<String> {
        if operation != self.operation || (self.is_known)(version) {
            return Vec::new();
        }
        let taken = match self.name.split_once('.') {
            None => params.shift_remove(self.name).map(|_| self.name.to_owned()),
            Some((outer, inner)) => match params.get_mut(outer) {
                Some(Node::Map(map)) => {
                    map.shift_remove(inner).map(|_| format!("{outer}[{inner}]"))
                }
                Some(Node::Text(_) | Node::Appended(_)) | None => None,
            },
        };
        taken.into_iter().collect()
    }
}
