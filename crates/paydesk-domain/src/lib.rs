//! The rules of Paydesk as pure functions: money, catalog, Checkout Sessions and their events.
//!
//! Nothing here reads a clock, draws a random number, awaits, or touches a file. A decision is
//! `(state, command, now, ids) → Result<new state, refusal>`; a refusal changes nothing. Types of
//! this crate do not derive a serialisation: JSON shapes live in `paydesk-wire`, stored rows in
//! `paydesk-store`.

#![deny(missing_docs)]
#![deny(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    clippy::wildcard_enum_match_arm
)]
#![cfg_attr(
    test,
    expect(
        clippy::arithmetic_side_effects,
        reason = "tests may add small numbers; an overflow there is a failed test"
    )
)]

pub mod address;
pub mod api_key;
pub mod catalog;
pub mod checkout_session;
pub mod coupon;
pub mod customer;
pub mod event;
pub mod id;
pub mod import;
pub mod listing;
pub mod metadata;
pub mod money;
pub mod patch;
pub mod promotion_code;
pub mod refusal;
pub mod sandbox;
pub mod search;
pub mod shipping_rate;
pub mod tax_rate;
pub mod tax_table;
pub mod time;
pub mod webhook_endpoint;

pub use refusal::Refusal;
