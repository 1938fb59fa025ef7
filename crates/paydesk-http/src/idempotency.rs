//! The `Idempotency-Key` header and what a repetition is recognised by.

use std::borrow::Cow;

use axum::http::HeaderMap;
use paydesk_app::IdempotencyKey;
use paydesk_wire::StripeError;
use sha2::{Digest, Sha256};

/// The longest key.
const KEY_CHARS_MAX: usize = 255;

/// The idempotency key of a POST, where it carries one. Its parameters are in the query and in the
/// body, or its body is a file.
pub(crate) fn key_of(
    headers: &HeaderMap,
    path: &str,
    [query, body]: [&[u8]; 2],
    file: &[u8],
) -> Result<Option<IdempotencyKey>, StripeError> {
    let Some(header) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = header.to_str().map_err(|_| StripeError::idempotency_key_length())?;
    if key.is_empty() || key.len() > KEY_CHARS_MAX {
        return Err(StripeError::idempotency_key_length());
    }
    Ok(Some(IdempotencyKey {
        key: key.to_owned(),
        fingerprint: fingerprint(path, query, body, file),
        endpoint: path.to_owned(),
    }))
}

/// A hash of what is asked for: the address and the parameters, in whatever order and encoding, and
/// a file as it is.
fn fingerprint(path: &str, query: &[u8], body: &[u8], file: &[u8]) -> [u8; 32] {
    let mut pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> =
        form_urlencoded::parse(query).chain(form_urlencoded::parse(body)).collect();
    // Stable: values of one repeated key stay in their order, which means something.
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut hash = Sha256::new();
    add(&mut hash, path);
    for (key, value) in &pairs {
        add(&mut hash, key);
        add(&mut hash, value);
    }
    hash.update(file);
    hash.finalize().into()
}

/// Adds a text behind its length, so that no two sequences of texts look alike.
fn add(hash: &mut Sha256, text: &str) {
    hash.update(text.len().to_le_bytes());
    hash.update(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_parameters_does_not_matter_but_their_values_do() {
        let first = fingerprint("/v1/prices", b"", b"a=1&b%5Bc%5D=2", b"");
        assert_eq!(first, fingerprint("/v1/prices", b"", b"b[c]=2&a=1", b""));
        assert_eq!(first, fingerprint("/v1/prices", b"a=1", b"b[c]=2", b""));
        assert_ne!(first, fingerprint("/v1/prices", b"", b"a=1&b[c]=3", b""));
        assert_ne!(first, fingerprint("/v1/products", b"", b"a=1&b[c]=2", b""));
        assert_ne!(
            fingerprint("/", b"", b"a[]=1&a[]=2", b""),
            fingerprint("/", b"", b"a[]=2&a[]=1", b"")
        );
    }
}
