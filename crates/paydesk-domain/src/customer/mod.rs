//! A customer: whom a shop sells to.

mod change;
mod delete;
mod invoice_prefix;
mod refusal;
mod tax_id;
mod tax_id_type;

#[cfg(test)]
mod tests;

use std::net::IpAddr;

pub use change::{CreateCustomer, CustomerDecision, UpdateCustomer, UpdateInvoiceSettings};
pub use delete::{DeletedCustomer, FoundCustomer};
pub use invoice_prefix::InvoicePrefix;
pub use refusal::CustomerRefusal;
pub use tax_id::{CreateTaxId, TAX_IDS_MAX, TaxId, TaxIdDecision};
pub use tax_id_type::TaxIdType;

use crate::address::{Address, Country};
use crate::id::{CustomerId, Ordinal};
use crate::metadata::Metadata;
use crate::time::Timestamp;

/// A customer. Mirrors Stripe's object of that name, as far as it has a meaning without payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// `cus_…`
    pub id: CustomerId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// Who it is and how to reach them.
    pub details: CustomerDetails,
    /// `balance`: what they owe (positive) or have as credit (negative), in minor units of the
    /// currency of their next invoice.
    pub balance: i64,
    /// What their invoices are to look like.
    pub invoice_settings: InvoiceSettings,
    /// How they are taxed.
    pub tax: CustomerTax,
    /// The shop's own data.
    pub metadata: Metadata,
}

/// The descriptive fields of a customer, each as Stripe names it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CustomerDetails {
    /// The billing address.
    pub address: Option<Address>,
    /// The name of the business, up to 150 characters.
    pub business_name: Option<String>,
    /// A note of the shop's, up to 5000 characters.
    pub description: Option<String>,
    /// The address for mail, up to 512 characters.
    pub email: Option<String>,
    /// The name of the person, up to 150 characters.
    pub individual_name: Option<String>,
    /// The name of either, up to 256 characters.
    pub name: Option<String>,
    /// The telephone number, up to 20 characters.
    pub phone: Option<String>,
    /// Languages, the preferred one first.
    pub preferred_locales: Vec<String>,
    /// Where goods are sent to.
    pub shipping: Option<Shipping>,
}

/// Where goods are sent to, and to whom. Mirrors Stripe's `shipping`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipping {
    /// The recipient.
    pub name: String,
    /// The recipient's telephone number, up to 20 characters.
    pub phone: Option<String>,
    /// Where to.
    pub address: Address,
}

/// What a customer's invoices are to look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceSettings {
    /// `invoice_prefix`: what the numbers of their invoices begin with.
    pub prefix: InvoicePrefix,
    /// `next_invoice_sequence`: the number of their next invoice, at least 1.
    pub next_sequence: u32,
    /// `invoice_settings[custom_fields]`: up to four.
    pub custom_fields: Vec<CustomField>,
    /// `invoice_settings[footer]`, up to 5000 characters.
    pub footer: Option<String>,
    /// `invoice_settings[rendering_options][amount_tax_display]`
    pub amount_tax_display: Option<AmountTaxDisplay>,
}

/// A line of text on every invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    /// What it is called, up to 40 characters.
    pub name: String,
    /// What it says, up to 140 characters.
    pub value: String,
}

/// Which amounts an invoice shows. Mirrors Stripe's `amount_tax_display`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountTaxDisplay {
    /// `exclude_tax`: amounts without any tax.
    ExcludeTax,
    /// `include_inclusive_tax`: amounts with the tax that is part of the price.
    IncludeInclusiveTax,
}

/// How a customer is taxed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CustomerTax {
    /// `tax_exempt`
    pub exempt: TaxExempt,
    /// `tax[ip_address]`: where they were seen last.
    pub ip_address: Option<IpAddr>,
    /// `tax_ids`, oldest first; at most [`TAX_IDS_MAX`].
    pub ids: Vec<TaxId>,
}

/// Whether tax is due. Mirrors Stripe's `tax_exempt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TaxExempt {
    /// `none`: it is.
    #[default]
    None,
    /// `exempt`: it is not.
    Exempt,
    /// `reverse`: the customer owes it themselves.
    Reverse,
}

/// Where a customer is for the purpose of tax. Mirrors Stripe's `tax.location`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxLocation<'a> {
    /// The country.
    pub country: Country,
    /// The state, county, province or region.
    pub state: Option<&'a str>,
    /// How that is known.
    pub source: TaxLocationSource,
}

/// How it is known where a customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxLocationSource {
    /// `shipping_destination`
    ShippingDestination,
    /// `billing_address`
    BillingAddress,
}

impl Customer {
    /// The address by which carts of the customer are taxed: where goods go, else where they live.
    #[must_use]
    pub fn tax_address(&self) -> Option<&Address> {
        let to = self.details.shipping.as_ref().map(|shipping| &shipping.address);
        to.or(self.details.address.as_ref())
    }

    /// Where the customer is for the purpose of tax: where goods are sent to, else where bills are,
    /// as far as an address names its country. An IP address alone says nothing here.
    #[must_use]
    pub fn tax_location(&self) -> Option<TaxLocation<'_>> {
        let shipping = self.details.shipping.as_ref().map(|shipping| &shipping.address);
        let candidates = [
            (shipping, TaxLocationSource::ShippingDestination),
            (self.details.address.as_ref(), TaxLocationSource::BillingAddress),
        ];
        candidates.into_iter().find_map(|(address, source)| {
            let address = address?;
            let state = address.state.as_deref();
            Some(TaxLocation { country: address.country?, state, source })
        })
    }
}
