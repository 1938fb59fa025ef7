//! Records as compact bytes, shared by all stores.
//!
//! A row is an array of numbered fields. A number is never given to another field: a new field
//! takes the next one and is optional, so rows of earlier releases stay readable. Domain types do
//! not know these forms; a row that breaks a rule of the domain is refused when read, as
//! [`StoreError::Inconsistent`](crate::StoreError::Inconsistent).

mod address;
mod answer;
mod api_key;
mod cart_amounts;
mod catalog;
mod checkout_session;
mod coupon;
mod customer;
mod event;
mod price_terms;
mod promotion_code;
mod sandbox;
mod session_collection;
mod shipping_rate;
mod tax_rate;
mod webhook_endpoint;

pub use answer::{decode_idempotency, encode_idempotency};
pub use api_key::{decode_api_key, encode_api_key};
pub use catalog::{decode_price, decode_product, encode_price, encode_product};
pub use checkout_session::{decode_checkout_session, encode_checkout_session};
pub use coupon::{decode_coupon, encode_coupon};
pub use customer::{
    decode_customer, decode_deleted_customer, encode_customer, encode_deleted_customer,
};
pub use event::{decode_event, encode_event};
pub use promotion_code::{decode_promotion_code, encode_promotion_code};
pub use sandbox::{decode_sandbox, encode_sandbox};
pub use shipping_rate::{decode_shipping_rate, encode_shipping_rate};
pub use tax_rate::{decode_tax_rate, encode_tax_rate};
pub use webhook_endpoint::{decode_webhook_endpoint, encode_webhook_endpoint};

use minicbor::{Decode, Encode};
use paydesk_domain::metadata::Metadata;
use paydesk_domain::money::Currency;

use crate::error::StoreError;

/// What went wrong with a row, before it is known whose row it is.
#[derive(Debug)]
struct RowError(String);

impl RowError {
    fn of(what: impl std::fmt::Display) -> Self {
        Self(what.to_string())
    }

    fn in_table(self, table: &'static str, id: &str) -> StoreError {
        StoreError::Inconsistent { table, id: id.to_owned(), what: self.0 }
    }
}

fn encode<T: Encode<()>>(row: &T) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(512);
    minicbor::encode(row, &mut bytes)
        .expect("no field encodes itself and a vector takes all bytes");
    bytes
}

fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, RowError> {
    minicbor::decode(bytes).map_err(RowError::of)
}

fn currency(code: &str) -> Result<Currency, RowError> {
    Currency::from_code(code).ok_or_else(|| RowError(format!("unknown currency {code:?}")))
}

type Pairs<'b> = Vec<(&'b str, &'b str)>;

fn metadata_pairs(metadata: &Metadata) -> Pairs<'_> {
    metadata.iter().collect()
}

fn metadata(pairs: Pairs<'_>) -> Metadata {
    let owned = pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
    Metadata::from_pairs(owned.collect())
}
