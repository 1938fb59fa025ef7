//! Money: exact integers in minor units, each with its currency.
//!
//! No float appears here or anywhere money passes; the lints of this crate forbid the types.

mod amount;
mod currency;
pub(crate) mod decimal;
mod unit_amount;

pub use amount::{Money, MoneyError};
pub use currency::Currency;
pub use unit_amount::{UnitAmount, UnitAmountError};
