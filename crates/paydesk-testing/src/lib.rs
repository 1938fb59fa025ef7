//! The test kit: the whole server in one process, with a clock that is moved by hand.
//!
//! [`TestApp`] is the real router over the real embedded store. Nothing in it depends on the
//! machine's clock or on chance, so that whole answers can be compared. Every answer it gives is
//! checked against what holds for all of them: see [`protocol`].
//!
//! Only tests depend on this crate.

#![deny(missing_docs)]

mod app;
mod client;
mod clock;
mod controlled_store;
mod ids;
pub mod protocol;
mod response;
mod shop;

pub use app::TestApp;
pub use client::Client;
pub use clock::MockClock;
pub use controlled_store::ControlledStore;
pub use ids::SeededIds;
pub use response::Response;
pub use shop::Session;
