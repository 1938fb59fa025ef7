//! Why a command on a customer is refused.

use thiserror::Error;

use super::tax_id_type::TaxIdType;
use crate::metadata::MetadataRefusal;

/// Why a command on a customer is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CustomerRefusal {
    /// Metadata beyond its limits.
    #[error(transparent)]
    Metadata(#[from] MetadataRefusal),
    /// The request wants a location for tax, and no address names a country.
    #[error("no address of the customer names a country")]
    TaxLocationUnknown,
    /// More than [`TAX_IDS_MAX`](super::TAX_IDS_MAX) tax ids.
    #[error("the customer would have {0} tax ids")]
    TooManyTaxIds(usize),
    /// No tax id of that type looks so.
    #[error("{value} is no {}", kind.name())]
    TaxIdInvalid {
        /// Which of several that a request to create a customer has; none where it is about one.
        index: Option<usize>,
        /// The type.
        kind: TaxIdType,
        /// The value as sent.
        value: String,
    },
}
