//! Files of objects with given ids: what an import reads.
//!
//! A file is JSON or YAML, and in it are either sections (`products`, `prices`, …) or what Stripe's
//! lists answer. Three stages: the text becomes a tree whose leaves are text, the tree becomes
//! entries with their places, and each entry is read by the same reader that reads the parameters
//! which create such an object.

mod as_created;
mod entry;
mod json;
mod layout;
mod tree;
mod yaml;

use std::collections::BTreeSet;

use paydesk_domain::import::ImportEntry;

use crate::error::{RefusedObject, StripeError};
pub use layout::OBJECTS_MAX;

/// The largest file in bytes: room for some tens of thousands of objects as Stripe shows them.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// What files say together.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CatalogFile {
    /// The objects, in the order in which they are made.
    pub entries: Vec<ImportEntry>,
    /// The key of the sandbox they are for, where a file names one.
    pub key: Option<SandboxKeyText>,
    /// What somebody should know, though it is no mistake.
    pub notes: Vec<String>,
}

/// An API key that a file names. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SandboxKeyText(pub String);

impl std::fmt::Debug for SandboxKeyText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("sk_…")
    }
}

/// A file's text and how its places are told from those of other files: `prices.json: `, or
/// nothing.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The text.
    pub bytes: &'a [u8],
    /// What comes before its places.
    pub prefix: &'a str,
}

/// Reads files that are imported together.
///
/// # Errors
/// The error to answer: where a text is no JSON or YAML, or with every object that is not what an
/// object of its kind can be.
pub fn read(sources: &[Source<'_>]) -> Result<CatalogFile, StripeError> {
    let mut file = CatalogFile::default();
    let mut refused = Vec::new();
    let mut inner = Vec::new();
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for source in sources {
        let tree = parse(source)?;
        let laid = layout::lay_out(tree, source.prefix, &mut refused);
        count += laid.items.len();
        if count > OBJECTS_MAX {
            return Err(StripeError::too_many_objects(OBJECTS_MAX));
        }
        file.notes.extend(laid.notes);
        file.key = laid.key.or(file.key);
        for item in laid.items {
            seen.insert((item.kind, item.id().map(str::to_owned)));
            read_entry(item, &mut file, &mut refused, &mut inner);
        }
    }
    // Objects shown inside others count where the files don't have them on their own.
    while let Some(item) = inner.pop() {
        if seen.insert((item.kind, item.id().map(str::to_owned))) {
            read_entry(item, &mut file, &mut refused, &mut inner);
        }
    }
    if file.entries.len() > OBJECTS_MAX {
        return Err(StripeError::too_many_objects(OBJECTS_MAX));
    }
    if refused.is_empty() { Ok(file) } else { Err(StripeError::import_refused(refused)) }
}

fn read_entry(
    item: layout::Item,
    file: &mut CatalogFile,
    refused: &mut Vec<RefusedObject>,
    inner: &mut Vec<layout::Item>,
) {
    let place = item.place.clone();
    match entry::read(item, inner) {
        Ok(object) => file.entries.push(ImportEntry { place, object }),
        Err(error) => refused.push(RefusedObject::of(&place, error)),
    }
}

/// A text that begins as JSON does is JSON, any other is YAML.
fn parse(source: &Source<'_>) -> Result<tree::Tree, StripeError> {
    if source.bytes.len() > FILE_BYTES_MAX {
        return Err(StripeError::file_too_large(FILE_BYTES_MAX));
    }
    let bytes = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source.bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| StripeError::unreadable_file(source.prefix, "text", "it is not UTF-8"))?;
    let parsed = if text.trim_start().starts_with(['{', '[']) {
        json::parse(text).map_err(|reason| ("JSON", reason))
    } else {
        yaml::parse(text).map_err(|reason| ("YAML", reason))
    };
    parsed.map_err(|(format, reason)| StripeError::unreadable_file(source.prefix, format, &reason))
}
