//! API versions: one module per change of Stripe's API.
//!
//! A request is brought up to today's shape before it is read, an answer down to the request's
//! version after it is written. Nothing else in Paydesk looks at a version.

mod line_items_on_update;
pub mod permissions_generations;
mod ui_mode_names;
mod version;

use serde_json::{Map, Value};

pub use version::{AcceptedVersion, ApiVersion, VersionProblem};

use crate::form::Params;
use crate::operation::Operation;

/// One change of the API between two versions.
trait Change: Sync {
    /// The date of the first version with the new shape, as `yyyymmdd`.
    fn introduced(&self) -> u32;

    /// Brings a request to today's shape; returns the names of parameters that its version does not
    /// have.
    fn upgrade_request(
        &self,
        _operation: Operation,
        _params: &mut Params,
        _version: &ApiVersion,
    ) -> Vec<String> {
        Vec::new()
    }

    /// Brings one object of an answer, whose `object` field is `kind`, to the shape before the
    /// change.
    fn downgrade_object(&self, _kind: &str, _object: &mut Map<String, Value>) {}
}

/// Every change, oldest first.
const CHANGES: &[&dyn Change] =
    &[&line_items_on_update::LineItemsOnUpdate, &ui_mode_names::UiModeNames];

/// Brings a request to today's shape; returns the parameters that its version does not have.
pub fn upgrade_request(
    operation: Operation,
    params: &mut Params,
    version: &ApiVersion,
) -> Vec<String> {
    CHANGES.iter().flat_map(|change| change.upgrade_request(operation, params, version)).collect()
}

/// Whether an answer in today's shape is one of this version too.
#[must_use]
pub fn is_todays_shape(version: &ApiVersion) -> bool {
    CHANGES.iter().all(|change| change.introduced() <= version.date())
}

/// Brings an answer to the shape of a version, every object in it.
pub fn downgrade_response(value: &mut Value, version: &ApiVersion) {
    match value {
        Value::Array(items) => {
            for item in items {
                downgrade_response(item, version);
            }
        }
        Value::Object(object) => {
            for (_, inner) in object.iter_mut() {
                downgrade_response(inner, version);
            }
            let Some(kind) = object.get("object").and_then(Value::as_str).map(str::to_owned) else {
                return;
            };
            let newer = CHANGES.iter().rev().filter(|change| change.introduced() > version.date());
            for change in newer {
                change.downgrade_object(&kind, object);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
