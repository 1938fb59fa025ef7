//! Operations on Coupons.

mod create;
mod delete;
mod read;
mod update;
