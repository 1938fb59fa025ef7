//! `/v1/checkout`

mod sessions;
