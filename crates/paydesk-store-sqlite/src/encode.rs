//! A changeset with its rows encoded: done by whoever commits, so that the writer only writes.

use std::sync::Arc;

use paydesk_domain::api_key::ApiKey;
use paydesk_domain::catalog::{Interval, Price, Product, ProductKind, Usage};
use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::{Customer, DeletedCustomer};
use paydesk_domain::event::Event;
use paydesk_domain::id::Ordinal;
use paydesk_domain::promotion_code::PromotionCode;
use paydesk_domain::sandbox::{Sandbox, SandboxId};
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use paydesk_store::{
    Changeset, Check, Delete, Idempotency, Put, Record, RowVersion, StoreError, Stored,
    TimerChange, UniqueKey, row,
};
use rusqlite::types::Value;
use sha2::{Digest, Sha256};

use crate::cache::CachedSession;
use crate::tables::{
    COUPONS, CUSTOMERS, DELETED_COUPONS, DELETED_CUSTOMERS, PRICES, PRODUCTS, PROMOTION_CODES,
    SHIPPING_RATES, TAX_RATES, Table, WEBHOOK_ENDPOINTS,
};

/// A changeset ready to be applied.
#[derive(Debug)]
pub(crate) struct EncodedChangeset {
    pub(crate) sandbox_id: SandboxId,
    pub(crate) sandbox: i64,
    pub(crate) checks: Vec<Check>,
    pub(crate) puts: Vec<EncodedPut>,
    pub(crate) deletes: Vec<Delete>,
    pub(crate) released_keys: Vec<UniqueKey>,
    pub(crate) claimed_keys: Vec<UniqueKey>,
    pub(crate) timers: Vec<TimerChange>,
    pub(crate) events: Vec<EncodedEvent>,
    pub(crate) idempotency: Option<EncodedIdempotency>,
}

/// A record as the writer needs it.
#[derive(Debug)]
pub(crate) enum EncodedRecord {
    Sandbox(Sandbox),
    ApiKey(ApiKey),
    Object(EncodedObject),
    /// Shared with the cache, which keeps it once it is committed.
    CheckoutSession(Arc<CachedSession>),
}

/// An object of a kind that has a [`Table`], as the columns beside version and body.
#[derive(Debug)]
pub(crate) struct EncodedObject {
    pub(crate) table: &'static Table,
    pub(crate) id: String,
    pub(crate) changing: Vec<Value>,
    pub(crate) kept: Vec<Value>,
}

/// A record with its row.
#[derive(Debug)]
pub(crate) struct EncodedPut {
    pub(crate) record: EncodedRecord,
    pub(crate) rowid: i64,
    /// Nothing for a record that must not exist yet.
    pub(crate) read_at: Option<i64>,
    pub(crate) version: i64,
    pub(crate) body: Vec<u8>,
}

/// An Event as its columns.
#[derive(Debug)]
pub(crate) struct EncodedEvent {
    pub(crate) ordinal: i64,
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) type_name: &'static str,
    pub(crate) body: Vec<u8>,
}

/// An idempotency record as its columns.
#[derive(Debug)]
pub(crate) struct EncodedIdempotency {
    pub(crate) key_hash: [u8; 16],
    pub(crate) created_wall: i64,
    pub(crate) body: Vec<u8>,
}

/// Encodes the rows of a changeset.
pub(crate) fn encode(changeset: Changeset) -> Result<EncodedChangeset, StoreError> {
    let sandbox = changeset.sandbox;
    let puts: Result<Vec<EncodedPut>, StoreError> =
        changeset.puts.into_iter().map(|put| encode_put(sandbox, put)).collect();
    let events: Result<Vec<EncodedEvent>, StoreError> =
        changeset.events.iter().map(encode_event).collect();
    Ok(EncodedChangeset {
        sandbox_id: sandbox,
        sandbox: sandbox_column(sandbox),
        checks: changeset.checks,
        puts: puts?,
        deletes: changeset.deletes,
        released_keys: changeset.released_keys,
        claimed_keys: changeset.claimed_keys,
        timers: changeset.timers,
        events: events?,
        idempotency: changeset
            .idempotency
            .map(|idempotency| encode_idempotency(sandbox, &idempotency)),
    })
}

/// A sandbox's id as SQLite has integers; every number has exactly one.
pub(crate) const fn sandbox_column(id: SandboxId) -> i64 {
    id.0.cast_signed()
}

/// The sandbox's id of a column.
pub(crate) const fn sandbox_id(column: i64) -> SandboxId {
    SandboxId(column.cast_unsigned())
}

/// Sixteen bytes of SHA-256 stand for a key within its sandbox: long enough that two never meet.
pub(crate) fn idempotency_key_hash(sandbox: SandboxId, key: &str) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update(sandbox.0.to_be_bytes());
    hasher.update(key.as_bytes());
    let digest: [u8; 32] = hasher.finalize().into();
    let mut hash = [0; 16];
    hash.copy_from_slice(&digest[..16]);
    hash
}

fn encode_put(sandbox_id: SandboxId, put: Put) -> Result<EncodedPut, StoreError> {
    let version = put.read_at.map_or(RowVersion::FIRST, RowVersion::next);
    let (rowid, body, record) = match put.record {
        Record::Sandbox(sandbox) => {
            let body = row::encode_sandbox(&sandbox);
            (sandbox_column(sandbox.id), body, EncodedRecord::Sandbox(sandbox))
        }
        Record::ApiKey(key) => (
            ordinal_column("api_keys", key.id.as_str(), key.ordinal)?,
            row::encode_api_key(&key),
            EncodedRecord::ApiKey(key),
        ),
        Record::Product(product) => {
            object(product.ordinal, row::encode_product(&product), product_columns(&product))?
        }
        Record::Price(price) => {
            object(price.ordinal, row::encode_price(&price), price_columns(&price))?
        }
        Record::Coupon(coupon) => {
            object(coupon.ordinal, row::encode_coupon(&coupon), coupon_columns(&coupon))?
        }
        Record::ShippingRate(rate) => {
            object(rate.ordinal, row::encode_shipping_rate(&rate), shipping_rate_columns(&rate))?
        }
        Record::TaxRate(tax_rate) => {
            object(tax_rate.ordinal, row::encode_tax_rate(&tax_rate), tax_rate_columns(&tax_rate))?
        }
        Record::DeletedCoupon(coupon) => {
            object(coupon.ordinal, row::encode_coupon(&coupon), deleted_coupon_columns(&coupon))?
        }
        Record::PromotionCode(promotion_code) => object(
            promotion_code.ordinal,
            row::encode_promotion_code(&promotion_code),
            promotion_code_columns(&promotion_code)?,
        )?,
        Record::WebhookEndpoint(endpoint) => object(
            endpoint.ordinal,
            row::encode_webhook_endpoint(&endpoint),
            webhook_endpoint_columns(&endpoint),
        )?,
        Record::Customer(customer) => {
            object(customer.ordinal, row::encode_customer(&customer), customer_columns(&customer))?
        }
        Record::DeletedCustomer(deleted) => object(
            deleted.ordinal,
            row::encode_deleted_customer(&deleted),
            deleted_customer_columns(&deleted),
        )?,
        Record::CheckoutSession(session) => (
            ordinal_column("checkout_sessions", session.id.as_str(), session.ordinal)?,
            row::encode_checkout_session(&session),
            EncodedRecord::CheckoutSession(Arc::new(CachedSession {
                sandbox: sandbox_id,
                stored: Stored { value: session, version },
            })),
        ),
    };
    Ok(EncodedPut {
        record,
        rowid,
        read_at: put.read_at.map(version_column),
        version: version_column(version),
        body,
    })
}

/// An object of a kind that has a table: its row's number, its row, and its columns.
fn object(
    ordinal: Ordinal,
    body: Vec<u8>,
    object: EncodedObject,
) -> Result<(i64, Vec<u8>, EncodedRecord), StoreError> {
    let rowid = ordinal_column(object.table.name, &object.id, ordinal)?;
    Ok((rowid, body, EncodedRecord::Object(object)))
}

fn product_columns(product: &Product) -> EncodedObject {
    EncodedObject {
        table: &PRODUCTS,
        id: product.id.to_string(),
        changing: vec![
            product.active.into(),
            product.details.shippable.into(),
            product.details.url.clone().into(),
            product_kind(product.kind).to_owned().into(),
        ],
        kept: vec![product.created.as_seconds().into()],
    }
}

fn price_columns(price: &Price) -> EncodedObject {
    EncodedObject {
        table: &PRICES,
        id: price.id.to_string(),
        changing: vec![price.active.into(), price.lookup_key.clone().into()],
        kept: vec![
            price.created.as_seconds().into(),
            price.product.to_string().into(),
            price.currency.code().to_owned().into(),
            price.recurring.is_some().into(),
            price.recurring.map(|recurring| interval(recurring.interval).to_owned()).into(),
            price.recurring.map(|_| price.terms.usage != Usage::Licensed).into(),
            match &price.terms.usage {
                Usage::Licensed => Value::Null,
                Usage::Metered { meter } => meter.clone().into(),
            },
        ],
    }
}

fn coupon_columns(coupon: &Coupon) -> EncodedObject {
    EncodedObject {
        table: &COUPONS,
        id: coupon.id.to_string(),
        changing: vec![is_exhausted(coupon.max_redemptions, coupon.times_redeemed)],
        kept: vec![coupon.created.as_seconds().into()],
    }
}

fn shipping_rate_columns(rate: &ShippingRate) -> EncodedObject {
    EncodedObject {
        table: &SHIPPING_RATES,
        id: rate.id.to_string(),
        changing: vec![rate.active.into()],
        kept: vec![
            rate.created.as_seconds().into(),
            rate.fixed_amount.amount.currency().code().to_owned().into(),
        ],
    }
}

fn tax_rate_columns(tax_rate: &TaxRate) -> EncodedObject {
    EncodedObject {
        table: &TAX_RATES,
        id: tax_rate.id.to_string(),
        changing: vec![tax_rate.active.into()],
        kept: vec![tax_rate.created.as_seconds().into(), tax_rate.inclusive.into()],
    }
}
fn deleted_coupon_columns(coupon: &Coupon) -> EncodedObject {
    EncodedObject {
        table: &DELETED_COUPONS,
        id: coupon.id.to_string(),
        changing: Vec::new(),
        kept: Vec::new(),
    }
}

fn promotion_code_columns(promotion_code: &PromotionCode) -> Result<EncodedObject, StoreError> {
    let coupon = promotion_code.coupon.as_str();
    let coupon_ordinal = ordinal_column("coupons", coupon, promotion_code.coupon_ordinal)?;
    Ok(EncodedObject {
        table: &PROMOTION_CODES,
        id: promotion_code.id.to_string(),
        changing: vec![
            promotion_code.is_enabled.into(),
            is_exhausted(promotion_code.max_redemptions, promotion_code.times_redeemed),
        ],
        kept: vec![
            promotion_code.created.as_seconds().into(),
            promotion_code.expires_at.map(Timestamp::as_seconds).into(),
            promotion_code.code.folded().into(),
            coupon.to_owned().into(),
            coupon_ordinal.into(),
            promotion_code.customer.as_ref().map(ToString::to_string).into(),
        ],
    })
}

/// Whether something was redeemed as often as it can be.
fn is_exhausted(max_redemptions: Option<u64>, times_redeemed: u64) -> Value {
    max_redemptions.is_some_and(|max| times_redeemed >= max).into()
}

fn webhook_endpoint_columns(endpoint: &WebhookEndpoint) -> EncodedObject {
    EncodedObject {
        table: &WEBHOOK_ENDPOINTS,
        id: endpoint.id.to_string(),
        changing: Vec::new(),
        kept: vec![endpoint.created.as_seconds().into()],
    }
}

/// The kind of a Product as its column has it.
pub(crate) const fn product_kind(kind: ProductKind) -> &'static str {
    match kind {
        ProductKind::Good => "good",
        ProductKind::Service => "service",
    }
}

/// The unit of an interval as its column has it.
pub(crate) const fn interval(interval: Interval) -> &'static str {
    match interval {
        Interval::Day => "day",
        Interval::Week => "week",
        Interval::Month => "month",
        Interval::Year => "year",
    }
}

fn customer_columns(customer: &Customer) -> EncodedObject {
    EncodedObject {
        table: &CUSTOMERS,
        id: customer.id.to_string(),
        changing: vec![customer.details.email.clone().into()],
        kept: vec![customer.created.as_seconds().into()],
    }
}

fn deleted_customer_columns(deleted: &DeletedCustomer) -> EncodedObject {
    EncodedObject {
        table: &DELETED_CUSTOMERS,
        id: deleted.id.to_string(),
        changing: Vec::new(),
        kept: Vec::new(),
    }
}

fn encode_event(event: &Event) -> Result<EncodedEvent, StoreError> {
    Ok(EncodedEvent {
        ordinal: ordinal_column("events", event.id.as_str(), event.ordinal)?,
        id: event.id.as_str().to_owned(),
        created: event.created.as_seconds(),
        type_name: event.data.type_name(),
        body: row::encode_event(event),
    })
}

fn encode_idempotency(sandbox: SandboxId, idempotency: &Idempotency) -> EncodedIdempotency {
    EncodedIdempotency {
        key_hash: idempotency_key_hash(sandbox, &idempotency.key),
        created_wall: idempotency.created_wall.as_seconds(),
        body: row::encode_idempotency(&idempotency.record),
    }
}

/// Ordinals order lists, so their columns must order as they do.
fn ordinal_column(table: &'static str, id: &str, ordinal: Ordinal) -> Result<i64, StoreError> {
    i64::try_from(ordinal.get()).map_err(|_| StoreError::Inconsistent {
        table,
        id: id.to_owned(),
        what: format!("the ordinal {} is too large", ordinal.get()),
    })
}

/// No row is ever written so often; one that was could not be replaced any more.
pub(crate) fn version_column(version: RowVersion) -> i64 {
    i64::try_from(version.0).unwrap_or(i64::MAX)
}
