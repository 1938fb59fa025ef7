//! What the tests of the program share: the child process, a small HTTP client, a shop's clients.

pub(crate) mod buyer;
pub(crate) mod cart;
#[cfg(target_os = "linux")]
pub(crate) mod confinement;
pub(crate) mod home;
pub(crate) mod http;
pub(crate) mod random;
pub(crate) mod server;
pub(crate) mod shop;
pub(crate) mod tool;
