//! The Stripe shapes: form bodies in, JSON out, and the API versions between.
//!
//! Only this crate knows the name of a JSON field or of a parameter. Inside there is one shape,
//! that of the newest API version; [`versions`] translates at the edge and nothing else looks at a
//! version.

pub mod catalog_file;
pub mod error;
pub mod expand;
pub mod form;
pub mod objects;
pub mod openapi;
pub mod operation;
pub mod params;
pub mod search;
pub mod tax_table_file;
pub mod unsupported;
pub mod versions;

pub use error::StripeError;
pub use operation::Operation;
