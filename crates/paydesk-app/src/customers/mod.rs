//! Operations on customers and their tax ids.

mod create;
mod delete;
mod read;
mod tax_ids;
mod update;

pub use tax_ids::TaxIdView;
