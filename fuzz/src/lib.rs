//! What the fuzzers try: one function for each target, which panics where something does not hold.
//!
//! The inputs are texts, so that those worth keeping can be read and written by hand. `make fuzz`
//! looks for new ones, guided by what code they reach; `make test` tries those in `corpus`.

mod error;
mod form;
mod import;
mod message;
mod request;
mod shop;
mod update;
mod versions;

/// Tries an input.
pub type Target = fn(&[u8]);

/// Every target, by the name of its folder in `corpus`.
pub const TARGETS: &[(&str, Target)] = &[
    ("form", form::run),
    ("import", import::run),
    ("request", request::run),
    ("update", update::run),
    ("versions", versions::run),
];

/// A target by its name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}
