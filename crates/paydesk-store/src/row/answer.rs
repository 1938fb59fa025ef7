//! The row of an idempotency record, with its answer compressed.
//!
//! Answers about sessions are mostly the same text around different values, so they are compressed
//! against a dictionary of such text. Dictionaries have numbers and are never changed: an answer is
//! read with the one it was written with.

use minicbor::bytes::ByteSlice;
use minicbor::{Decode, Encode};

use super::RowError;
use crate::answer::{IdempotencyRecord, StoredAnswer};
use crate::error::StoreError;

/// The dictionary that new answers are compressed with, and its number.
const DICTIONARY: (u8, &[u8]) = (1, include_bytes!("answer_dictionary_1.json"));

#[derive(Encode, Decode)]
struct IdempotencyRow<'b> {
    #[b(0)]
    fingerprint: &'b ByteSlice,
    #[b(1)]
    endpoint: &'b str,
    #[n(2)]
    status: u16,
    #[b(3)]
    request_id: &'b str,
    #[n(4)]
    revision: Option<u64>,
    #[n(5)]
    dictionary: u8,
    #[n(6)]
    body_bytes: u32,
    #[b(7)]
    compressed_body: &'b ByteSlice,
    #[b(8)]
    api_version: Option<&'b str>,
}

/// An idempotency record as bytes.
#[must_use]
pub fn encode_idempotency(record: &IdempotencyRecord) -> Vec<u8> {
    let answer = &record.answer;
    let compressed = lz4_flex::block::compress_with_dict(&answer.body, DICTIONARY.1);
    super::encode(&IdempotencyRow {
        fingerprint: record.fingerprint.as_slice().into(),
        endpoint: &record.endpoint,
        status: answer.status,
        request_id: &answer.request_id,
        revision: answer.revision,
        dictionary: DICTIONARY.0,
        // Answers are a few kilobytes; one that does not fit is refused when read.
        body_bytes: u32::try_from(answer.body.len()).unwrap_or(u32::MAX),
        compressed_body: compressed.as_slice().into(),
        api_version: Some(&answer.api_version),
    })
}

/// An idempotency record from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_idempotency(bytes: &[u8]) -> Result<IdempotencyRecord, StoreError> {
    decode(bytes).map_err(|error| error.in_table("idempotency_keys", ""))
}

fn decode(bytes: &[u8]) -> Result<IdempotencyRecord, RowError> {
    let row: IdempotencyRow<'_> = super::decode(bytes)?;
    if row.dictionary != DICTIONARY.0 {
        return Err(RowError(format!("unknown dictionary {}", row.dictionary)));
    }
    let size = usize::try_from(row.body_bytes).map_err(RowError::of)?;
    let body = lz4_flex::block::decompress_with_dict(row.compressed_body, size, DICTIONARY.1)
        .map_err(RowError::of)?;
    let fingerprint: &[u8] = row.fingerprint;
    Ok(IdempotencyRecord {
        fingerprint: fingerprint.try_into().map_err(RowError::of)?,
        endpoint: row.endpoint.to_owned(),
        answer: StoredAnswer {
            status: row.status,
            request_id: row.request_id.to_owned(),
            revision: row.revision,
            api_version: row.api_version.unwrap_or_default().to_owned(),
            body,
        },
    })
}
