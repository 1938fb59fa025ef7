//! What is answered when an object was deleted.

use schemars::JsonSchema;
use serde::Serialize;

/// The rest of a deleted object.
#[derive(JsonSchema, Serialize)]
pub struct DeletedObject<'a> {
    id: &'a str,
    object: &'static str,
    deleted: bool,
}

impl<'a> DeletedObject<'a> {
    /// An object of a kind, by Stripe's word for it, that is gone.
    #[must_use]
    pub const fn new(object: &'static str, id: &'a str) -> Self {
        Self { id, object, deleted: true }
    }
}
