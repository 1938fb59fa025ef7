//! What may be stored and read, without saying where.
//!
//! A store takes whole decisions, as [`Changeset`]s, and answers questions. It knows no HTTP, no
//! rule of the domain and no clock. Every implementation passes the suite in [`suite`], unchanged.

#![deny(missing_docs)]

mod answer;
mod changeset;
mod error;
mod query;
pub mod row;
mod store;
#[cfg(feature = "suite")]
pub mod suite;

pub use answer::{IdempotencyRecord, StoredAnswer};
pub use changeset::{
    Changeset, Check, Delete, Idempotency, Put, Record, RowVersion, TimerChange, UniqueKey,
};
pub use error::StoreError;
pub use query::{
    Bound, CheckoutSessionFilter, CouponFilter, CreatedRange, Cursor, CustomerFilter, EventFilter,
    Found, Page, PageRequest, PriceFilter, ProductFilter, PromotionCodeFilter, SandboxFilter,
    SearchRequest, ShippingRateFilter, TaxRateFilter,
};
pub use store::{
    Cart, CartQuery, CatalogQuery, DueTimer, LineDetail, Perishable, Store, Stored, TimerKind,
};
