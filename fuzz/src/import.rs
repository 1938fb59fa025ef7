//! Files of objects with given ids, as `POST /paydesk/v1/import` and `--seed` read them.

use paydesk_wire::catalog_file::{self, Source};

use crate::error;

/// A file, JSON or YAML. It is read, or refused with an error that says something.
pub(crate) fn run(input: &[u8]) {
    if let Err(refusal) = catalog_file::read(&[Source { bytes: input, prefix: "" }]) {
        error::check(&refusal);
    }
}
