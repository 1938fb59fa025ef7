//! The rows of customers, with their tax ids, and of what remains of deleted ones.

use std::net::IpAddr;

use minicbor::{Decode, Encode};
use paydesk_domain::customer::{
    AmountTaxDisplay, CustomField, Customer, CustomerDetails, CustomerTax, DeletedCustomer,
    InvoicePrefix, InvoiceSettings, Shipping, TaxExempt, TaxId, TaxIdType,
};
use paydesk_domain::id::{CustomerId, Ordinal, TaxIdId};
use paydesk_domain::time::Timestamp;

use super::address::AddressRow;
use super::{Pairs, RowError};
use crate::error::StoreError;

#[derive(Encode, Decode)]
pub(super) struct CustomerRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[b(3)]
    address: Option<AddressRow<'b>>,
    #[b(4)]
    business_name: Option<&'b str>,
    #[b(5)]
    description: Option<&'b str>,
    #[b(6)]
    email: Option<&'b str>,
    #[b(7)]
    individual_name: Option<&'b str>,
    #[b(8)]
    name: Option<&'b str>,
    #[b(9)]
    phone: Option<&'b str>,
    #[b(10)]
    preferred_locales: Vec<&'b str>,
    #[b(11)]
    shipping: Option<ShippingRow<'b>>,
    #[n(12)]
    balance: i64,
    #[b(13)]
    invoice_prefix: &'b str,
    #[n(14)]
    next_invoice_sequence: u32,
    #[b(15)]
    custom_fields: Pairs<'b>,
    #[b(16)]
    footer: Option<&'b str>,
    #[n(17)]
    amount_tax_display: Option<AmountTaxDisplayRow>,
    #[n(18)]
    tax_exempt: TaxExemptRow,
    /// As text: IPv4 in dots, IPv6 in colons.
    #[n(19)]
    ip_address: Option<String>,
    #[b(20)]
    tax_ids: Vec<TaxIdRow<'b>>,
    #[b(21)]
    metadata: Pairs<'b>,
}

#[derive(Encode, Decode)]
pub(super) struct ShippingRow<'b> {
    #[b(0)]
    name: &'b str,
    #[b(1)]
    phone: Option<&'b str>,
    #[b(2)]
    address: AddressRow<'b>,
}

#[derive(Encode, Decode)]
pub(super) struct TaxIdRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[b(3)]
    kind: &'b str,
    #[b(4)]
    value: &'b str,
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
pub(super) enum AmountTaxDisplayRow {
    #[n(0)]
    ExcludeTax,
    #[n(1)]
    IncludeInclusiveTax,
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
pub(super) enum TaxExemptRow {
    #[n(0)]
    None,
    #[n(1)]
    Exempt,
    #[n(2)]
    Reverse,
}

#[derive(Encode, Decode)]
struct DeletedCustomerRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
}

/// A customer as bytes.
#[must_use]
pub fn encode_customer(customer: &Customer) -> Vec<u8> {
    super::encode(&CustomerRow::from(customer))
}

/// A customer from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_customer(bytes: &[u8]) -> Result<Customer, StoreError> {
    let row: CustomerRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("customers", ""))?;
    let id = row.id;
    row.into_customer().map_err(|error| error.in_table("customers", id))
}

/// What remains of a customer as bytes.
#[must_use]
pub fn encode_deleted_customer(deleted: &DeletedCustomer) -> Vec<u8> {
    super::encode(&DeletedCustomerRow {
        id: deleted.id.as_str(),
        ordinal: deleted.ordinal.get(),
        created: deleted.created.as_seconds(),
    })
}

/// What remains of a customer from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_deleted_customer(bytes: &[u8]) -> Result<DeletedCustomer, StoreError> {
    let row: DeletedCustomerRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("deleted_customers", ""))?;
    Ok(DeletedCustomer {
        id: CustomerId::from(row.id),
        ordinal: Ordinal::new(row.ordinal),
        created: Timestamp::from_seconds(row.created),
    })
}

impl<'b> From<&'b Customer> for CustomerRow<'b> {
    fn from(customer: &'b Customer) -> Self {
        let Customer { details, invoice_settings, tax, .. } = customer;
        let field = |field: &'b CustomField| (field.name.as_str(), field.value.as_str());
        Self {
            id: customer.id.as_str(),
            ordinal: customer.ordinal.get(),
            created: customer.created.as_seconds(),
            address: details.address.as_ref().map(AddressRow::from),
            business_name: details.business_name.as_deref(),
            description: details.description.as_deref(),
            email: details.email.as_deref(),
            individual_name: details.individual_name.as_deref(),
            name: details.name.as_deref(),
            phone: details.phone.as_deref(),
            preferred_locales: details.preferred_locales.iter().map(String::as_str).collect(),
            shipping: details.shipping.as_ref().map(ShippingRow::from),
            balance: customer.balance,
            invoice_prefix: invoice_settings.prefix.as_str(),
            next_invoice_sequence: invoice_settings.next_sequence,
            custom_fields: invoice_settings.custom_fields.iter().map(field).collect(),
            footer: invoice_settings.footer.as_deref(),
            amount_tax_display: invoice_settings.amount_tax_display.map(AmountTaxDisplayRow::from),
            tax_exempt: tax.exempt.into(),
            ip_address: tax.ip_address.map(|address| address.to_string()),
            tax_ids: tax.ids.iter().map(TaxIdRow::from).collect(),
            metadata: super::metadata_pairs(&customer.metadata),
        }
    }
}

impl CustomerRow<'_> {
    pub(super) fn into_customer(self) -> Result<Customer, RowError> {
        let tax_ids: Result<Vec<TaxId>, RowError> =
            self.tax_ids.into_iter().map(TaxIdRow::into_tax_id).collect();
        let field = |(name, value): (&str, &str)| CustomField {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        Ok(Customer {
            id: CustomerId::from(self.id),
            ordinal: Ordinal::new(self.ordinal),
            created: Timestamp::from_seconds(self.created),
            details: CustomerDetails {
                address: self.address.map(AddressRow::into_address).transpose()?,
                business_name: self.business_name.map(str::to_owned),
                description: self.description.map(str::to_owned),
                email: self.email.map(str::to_owned),
                individual_name: self.individual_name.map(str::to_owned),
                name: self.name.map(str::to_owned),
                phone: self.phone.map(str::to_owned),
                preferred_locales: self.preferred_locales.into_iter().map(str::to_owned).collect(),
                shipping: self.shipping.map(ShippingRow::into_shipping).transpose()?,
            },
            balance: self.balance,
            invoice_settings: InvoiceSettings {
                prefix: InvoicePrefix::from_text(self.invoice_prefix)
                    .ok_or_else(|| unknown("invoice prefix", self.invoice_prefix))?,
                next_sequence: self.next_invoice_sequence,
                custom_fields: self.custom_fields.into_iter().map(field).collect(),
                footer: self.footer.map(str::to_owned),
                amount_tax_display: self.amount_tax_display.map(AmountTaxDisplay::from),
            },
            tax: CustomerTax {
                exempt: self.tax_exempt.into(),
                ip_address: self.ip_address.as_deref().map(ip_address).transpose()?,
                ids: tax_ids?,
            },
            metadata: super::metadata(self.metadata),
        })
    }
}

impl<'b> From<&'b Shipping> for ShippingRow<'b> {
    fn from(shipping: &'b Shipping) -> Self {
        let Shipping { name, phone, address } = shipping;
        Self { name, phone: phone.as_deref(), address: address.into() }
    }
}

impl ShippingRow<'_> {
    pub(super) fn into_shipping(self) -> Result<Shipping, RowError> {
        Ok(Shipping {
            name: self.name.to_owned(),
            phone: self.phone.map(str::to_owned),
            address: self.address.into_address()?,
        })
    }
}

impl<'b> From<&'b TaxId> for TaxIdRow<'b> {
    fn from(tax_id: &'b TaxId) -> Self {
        Self {
            id: tax_id.id.as_str(),
            ordinal: tax_id.ordinal.get(),
            created: tax_id.created.as_seconds(),
            kind: tax_id.kind.name(),
            value: &tax_id.value,
        }
    }
}

impl TaxIdRow<'_> {
    pub(super) fn into_tax_id(self) -> Result<TaxId, RowError> {
        Ok(TaxId {
            id: TaxIdId::from(self.id),
            ordinal: Ordinal::new(self.ordinal),
            created: Timestamp::from_seconds(self.created),
            kind: TaxIdType::from_name(self.kind)
                .ok_or_else(|| unknown("type of tax id", self.kind))?,
            value: self.value.to_owned(),
        })
    }
}

impl From<AmountTaxDisplay> for AmountTaxDisplayRow {
    fn from(display: AmountTaxDisplay) -> Self {
        match display {
            AmountTaxDisplay::ExcludeTax => Self::ExcludeTax,
            AmountTaxDisplay::IncludeInclusiveTax => Self::IncludeInclusiveTax,
        }
    }
}

impl From<AmountTaxDisplayRow> for AmountTaxDisplay {
    fn from(row: AmountTaxDisplayRow) -> Self {
        match row {
            AmountTaxDisplayRow::ExcludeTax => Self::ExcludeTax,
            AmountTaxDisplayRow::IncludeInclusiveTax => Self::IncludeInclusiveTax,
        }
    }
}

impl From<TaxExempt> for TaxExemptRow {
    fn from(exempt: TaxExempt) -> Self {
        match exempt {
            TaxExempt::None => Self::None,
            TaxExempt::Exempt => Self::Exempt,
            TaxExempt::Reverse => Self::Reverse,
        }
    }
}

impl From<TaxExemptRow> for TaxExempt {
    fn from(row: TaxExemptRow) -> Self {
        match row {
            TaxExemptRow::None => Self::None,
            TaxExemptRow::Exempt => Self::Exempt,
            TaxExemptRow::Reverse => Self::Reverse,
        }
    }
}

fn ip_address(text: &str) -> Result<IpAddr, RowError> {
    text.parse().map_err(|_| unknown("IP address", text))
}

fn unknown(what: &str, text: &str) -> RowError {
    RowError(format!("unknown {what} {text:?}"))
}
