//! Bodies of requests: read to a limit of size and of time, and taken for what they say they are.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use paydesk_wire::StripeError;
use paydesk_wire::catalog_file::FILE_BYTES_MAX;
use paydesk_wire::form::BODY_BYTES_MAX;

/// What the body of an import may say it is.
const FILE_MEDIA_TYPES: [&str; 4] =
    ["application/json", "application/yaml", "application/x-yaml", "text/yaml"];

/// A form, not decoded yet.
pub(crate) async fn read_form(
    headers: &HeaderMap,
    body: Body,
    within: Duration,
) -> Result<Bytes, StripeError> {
    refuse_compressed(headers)?;
    let bytes = read_body(body, BODY_BYTES_MAX, within, StripeError::body_too_large).await?;
    let media_type = media_type(headers);
    let is_form = media_type.is_empty()
        || media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded");
    if !bytes.is_empty() && !is_form {
        return Err(StripeError::not_a_form(media_type));
    }
    Ok(bytes)
}

/// A file as it is: JSON or YAML, whichever its own text says.
pub(crate) async fn read_file(
    headers: &HeaderMap,
    body: Body,
    within: Duration,
) -> Result<Bytes, StripeError> {
    refuse_compressed(headers)?;
    let media_type = media_type(headers);
    let is_file = FILE_MEDIA_TYPES.iter().any(|known| known.eq_ignore_ascii_case(media_type));
    if !is_file {
        return Err(StripeError::not_a_file(media_type));
    }
    let too_large = || StripeError::file_too_large(FILE_BYTES_MAX);
    read_body(body, FILE_BYTES_MAX, within, too_large).await
}

/// What a compressed body grows to is known only when it is too late.
fn refuse_compressed(headers: &HeaderMap) -> Result<(), StripeError> {
    match headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap_or_default()) {
        Some(coding) if !coding.eq_ignore_ascii_case("identity") => {
            Err(StripeError::compressed_body(coding))
        }
        Some(_) | None => Ok(()),
    }
}

async fn read_body(
    body: Body,
    bytes_max: usize,
    within: Duration,
    too_large: impl FnOnce() -> StripeError,
) -> Result<Bytes, StripeError> {
    let collected = Limited::new(body, bytes_max).collect();
    match tokio::time::timeout(within, collected).await {
        Err(_) => Err(StripeError::body_too_slow(within)),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(StripeError::unreadable_body()),
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
    }
}

/// What a body says it is, without parameters such as its character set.
fn media_type(headers: &HeaderMap) -> &str {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim()
}
