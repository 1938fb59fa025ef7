//! A postal address inside another object.

use paydesk_domain::address::{Address, Country};
use schemars::JsonSchema;
use serde::Serialize;

/// An address, all parts of which may be null.
#[derive(JsonSchema, Serialize)]
pub(crate) struct AddressObject<'a> {
    city: Option<&'a str>,
    country: Option<&'static str>,
    line1: Option<&'a str>,
    line2: Option<&'a str>,
    postal_code: Option<&'a str>,
    state: Option<&'a str>,
}

impl<'a> From<&'a Address> for AddressObject<'a> {
    fn from(address: &'a Address) -> Self {
        Self {
            city: address.city.as_deref(),
            country: address.country.map(Country::code),
            line1: address.line1.as_deref(),
            line2: address.line2.as_deref(),
            postal_code: address.postal_code.as_deref(),
            state: address.state.as_deref(),
        }
    }
}
