//! The row of a tax rate.

use minicbor::{Decode, Encode};
use paydesk_domain::address::Country;
use paydesk_domain::id::{Ordinal, TaxRateId};
use paydesk_domain::tax_rate::{Percentage, TaxRate, TaxType};
use paydesk_domain::time::Timestamp;

use super::{Pairs, RowError};
use crate::error::StoreError;

#[derive(Encode, Decode)]
pub(super) struct TaxRateRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[n(3)]
    active: bool,
    #[b(4)]
    country: Option<&'b str>,
    #[b(5)]
    description: Option<&'b str>,
    #[b(6)]
    display_name: &'b str,
    #[n(7)]
    inclusive: bool,
    #[b(8)]
    jurisdiction: Option<&'b str>,
    #[b(9)]
    metadata: Pairs<'b>,
    /// Ten-thousandths of a percent.
    #[n(10)]
    percentage: u32,
    #[b(11)]
    state: Option<&'b str>,
    #[b(12)]
    tax_type: Option<&'b str>,
}

/// A tax rate as bytes.
#[must_use]
pub fn encode_tax_rate(tax_rate: &TaxRate) -> Vec<u8> {
    super::encode(&TaxRateRow::from(tax_rate))
}

/// A tax rate from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_tax_rate(bytes: &[u8]) -> Result<TaxRate, StoreError> {
    let row: TaxRateRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("tax_rates", ""))?;
    let id = row.id;
    row.into_tax_rate().map_err(|error| error.in_table("tax_rates", id))
}

impl<'b> From<&'b TaxRate> for TaxRateRow<'b> {
    fn from(tax_rate: &'b TaxRate) -> Self {
        Self {
            id: tax_rate.id.as_str(),
            ordinal: tax_rate.ordinal.get(),
            created: tax_rate.created.as_seconds(),
            active: tax_rate.active,
            country: tax_rate.country.map(Country::code),
            description: tax_rate.description.as_deref(),
            display_name: &tax_rate.display_name,
            inclusive: tax_rate.inclusive,
            jurisdiction: tax_rate.jurisdiction.as_deref(),
            metadata: super::metadata_pairs(&tax_rate.metadata),
            percentage: tax_rate.percentage.ten_thousandths(),
            state: tax_rate.state.as_deref(),
            tax_type: tax_rate.tax_type.map(TaxType::name),
        }
    }
}

impl TaxRateRow<'_> {
    pub(super) fn into_tax_rate(self) -> Result<TaxRate, RowError> {
        let country = |code| Country::from_code(code).ok_or_else(|| unknown("country", code));
        let tax_type = |name| TaxType::from_name(name).ok_or_else(|| unknown("type of tax", name));
        let percentage = Percentage::from_ten_thousandths(self.percentage)
            .ok_or_else(|| RowError(format!("{} ten-thousandths of a percent", self.percentage)));
        Ok(TaxRate {
            id: TaxRateId::from(self.id),
            ordinal: Ordinal::new(self.ordinal),
            created: Timestamp::from_seconds(self.created),
            active: self.active,
            country: self.country.map(country).transpose()?,
            description: self.description.map(str::to_owned),
            display_name: self.display_name.to_owned(),
            inclusive: self.inclusive,
            jurisdiction: self.jurisdiction.map(str::to_owned),
            metadata: super::metadata(self.metadata),
            percentage: percentage?,
            state: self.state.map(str::to_owned),
            tax_type: self.tax_type.map(tax_type).transpose()?,
        })
    }
}

fn unknown(what: &str, name: &str) -> RowError {
    RowError(format!("unknown {what} {name:?}"))
}
