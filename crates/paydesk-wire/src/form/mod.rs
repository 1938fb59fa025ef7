//! Form bodies and query strings, as Stripe encodes them.
//!
//! Three stages: [`parse`] turns bytes into a tree by the brackets in the keys, `versions` brings
//! the tree up to today's shape, and [`Fields`] takes typed values out of it by name, so that what
//! nobody took is unknown.

mod description;
mod fields;
mod parse;
mod problem;
mod recording;
mod scalar;
mod source;

pub use description::{Alternatives, Description, Kind, Parameter};
pub use fields::{Choices, Fields, decode, describe};
pub use parse::{BODY_BYTES_MAX, DEPTH_MAX, KEYS_MAX, Node, Params, parse};
pub use problem::ParamProblem;
pub(crate) use recording::dotted;
