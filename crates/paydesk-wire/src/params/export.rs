//! Parameters of an export.

use crate::form::{Choices, Fields};

/// What an export has besides the objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Include {
    /// The secrets of webhook endpoints.
    Secrets,
}

const INCLUDES: Choices<Include> = &[("secrets", Some(Include::Secrets))];

/// Reads what an export has besides the objects.
pub fn export(fields: &mut Fields<'_>) -> Option<Option<Include>> {
    Some(fields.choice("include", INCLUDES))
}
