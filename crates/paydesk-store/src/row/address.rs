//! The part of a row that is a postal address.

use minicbor::{Decode, Encode};
use paydesk_domain::address::{Address, Country};

use super::RowError;

#[derive(Encode, Decode)]
pub(super) struct AddressRow<'b> {
    #[b(0)]
    city: Option<&'b str>,
    #[b(1)]
    country: Option<&'b str>,
    #[b(2)]
    line1: Option<&'b str>,
    #[b(3)]
    line2: Option<&'b str>,
    #[b(4)]
    postal_code: Option<&'b str>,
    #[b(5)]
    state: Option<&'b str>,
}

impl<'b> From<&'b Address> for AddressRow<'b> {
    fn from(address: &'b Address) -> Self {
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

impl AddressRow<'_> {
    pub(super) fn into_address(self) -> Result<Address, RowError> {
        let country = |code| {
            Country::from_code(code).ok_or_else(|| RowError(format!("unknown country {code:?}")))
        };
        Ok(Address {
            city: self.city.map(str::to_owned),
            country: self.country.map(country).transpose()?,
            line1: self.line1.map(str::to_owned),
            line2: self.line2.map(str::to_owned),
            postal_code: self.postal_code.map(str::to_owned),
            state: self.state.map(str::to_owned),
        })
    }
}
