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
    /// A dot stands before the name of one inside another, `*` for every entry of an array.
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
        let path: Vec<&str> = self.name.split('.').collect();
        let mut taken = Vec::new();
        take(params, &path, "", &mut taken);
        taken
    }
}

/// Takes what a path leads to out of the parameters, and tells by which names it was sent. `*`
/// stands for every entry of an array.
fn take(params: &mut Params, path: &[&str], outer: &str, taken: &mut Vec<String>) {
    let Some((first, rest)) = path.split_first() else { return };
    let names: Vec<String> = match *first {
        "*" => params.keys().cloned().collect(),
        name => vec![name.to_owned()],
    };
    for name in names {
        let full = if outer.is_empty() { name.clone() } else { format!("{outer}[{name}]") };
        if rest.is_empty() {
            taken.extend(params.shift_remove(&name).map(|_| full));
        } else if let Some(Node::Map(map)) = params.get_mut(&name) {
            take(map, rest, &full, taken);
        }
    }
}
