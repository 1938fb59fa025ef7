//! Creating and updating customers.

use std::net::IpAddr;

use super::tax_id::{CreateTaxId, TaxId};
use super::{
    AmountTaxDisplay, CustomField, Customer, CustomerDetails, CustomerRefusal, CustomerTax,
    InvoicePrefix, InvoiceSettings, Shipping, TaxExempt,
};
use crate::address::Address;
use crate::event::EventData;
use crate::id::{CustomerId, IdSource, ObjectId};
use crate::metadata::{Metadata, MetadataChange};
use crate::patch::Patch;
use crate::time::Timestamp;

/// A request to create a customer.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CreateCustomer {
    /// What it says of the customer: what an update could say of one that has nothing yet.
    pub fields: UpdateCustomer,
    /// `tax_id_data`
    pub tax_ids: Vec<CreateTaxId>,
}

/// A request to update a customer; what was not sent stays. An address or a shipping is replaced as
/// a whole.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateCustomer {
    /// See [`CustomerDetails::address`].
    pub address: Patch<Address>,
    /// See [`Customer::balance`].
    pub balance: Option<i64>,
    /// See [`CustomerDetails::business_name`].
    pub business_name: Patch<String>,
    /// See [`CustomerDetails::description`].
    pub description: Patch<String>,
    /// See [`CustomerDetails::email`].
    pub email: Patch<String>,
    /// See [`CustomerDetails::individual_name`].
    pub individual_name: Patch<String>,
    /// See [`InvoiceSettings::prefix`].
    pub invoice_prefix: Option<InvoicePrefix>,
    /// What it says of `invoice_settings`.
    pub invoice_settings: UpdateInvoiceSettings,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
    /// See [`CustomerDetails::name`].
    pub name: Patch<String>,
    /// See [`InvoiceSettings::next_sequence`].
    pub next_invoice_sequence: Option<u32>,
    /// See [`CustomerDetails::phone`].
    pub phone: Patch<String>,
    /// See [`CustomerDetails::preferred_locales`].
    pub preferred_locales: Patch<Vec<String>>,
    /// See [`CustomerDetails::shipping`].
    pub shipping: Patch<Shipping>,
    /// See [`CustomerTax::exempt`].
    pub tax_exempt: Patch<TaxExempt>,
    /// See [`CustomerTax::ip_address`].
    pub ip_address: Patch<IpAddr>,
    /// `tax[validate_location]=immediately`: refuse unless the location for tax is then known.
    pub must_have_tax_location: bool,
}

/// What a request says of `invoice_settings`; what was not sent stays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateInvoiceSettings {
    /// See [`InvoiceSettings::custom_fields`].
    pub custom_fields: Patch<Vec<CustomField>>,
    /// See [`InvoiceSettings::footer`].
    pub footer: Patch<String>,
    /// See [`InvoiceSettings::amount_tax_display`].
    pub amount_tax_display: Patch<AmountTaxDisplay>,
}

/// What a command on a customer comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerDecision {
    /// The customer afterwards.
    pub customer: Customer,
    /// What to tell, in order; empty when nothing changed.
    pub events: Vec<EventData>,
}

impl CreateCustomer {
    /// Decides on the customer to be made.
    ///
    /// # Errors
    /// [`CustomerRefusal`]; nothing is made then.
    pub fn decide(
        self,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<CustomerDecision, CustomerRefusal> {
        let mut customer = self.fields.changed(blank(now, ids))?;
        for (index, tax_id) in self.tax_ids.into_iter().enumerate() {
            let tax_id = tax_id.checked(Some(index), now, ids)?;
            customer.tax.ids.push(tax_id);
        }
        TaxId::check_count(&customer)?;
        let created = EventData::CustomerCreated(Box::new(customer.clone()));
        let tax_ids = customer.tax.ids.iter().map(|tax_id| EventData::CustomerTaxIdCreated {
            customer: customer.id.clone(),
            tax_id: tax_id.clone(),
        });
        let events = std::iter::once(created).chain(tax_ids).collect();
        Ok(CustomerDecision { customer, events })
    }
}

impl UpdateCustomer {
    /// Decides on the customer after the update.
    ///
    /// # Errors
    /// [`CustomerRefusal`]; the customer stays as it is then.
    pub fn decide(self, before: &Customer) -> Result<CustomerDecision, CustomerRefusal> {
        let customer = self.changed(before.clone())?;
        if customer == *before {
            return Ok(CustomerDecision { customer, events: Vec::new() });
        }
        let updated = EventData::CustomerUpdated {
            customer: Box::new(customer.clone()),
            previous: Box::new(before.clone()),
        };
        Ok(CustomerDecision { customer, events: vec![updated] })
    }

    fn changed(self, before: Customer) -> Result<Customer, CustomerRefusal> {
        let was = before.details;
        let customer = Customer {
            details: CustomerDetails {
                address: self.address.apply(was.address),
                business_name: self.business_name.apply(was.business_name),
                description: self.description.apply(was.description),
                email: self.email.apply(was.email),
                individual_name: self.individual_name.apply(was.individual_name),
                name: self.name.apply(was.name),
                phone: self.phone.apply(was.phone),
                preferred_locales: self
                    .preferred_locales
                    .apply(Some(was.preferred_locales))
                    .unwrap_or_default(),
                shipping: self.shipping.apply(was.shipping),
            },
            balance: self.balance.unwrap_or(before.balance),
            invoice_settings: InvoiceSettings {
                prefix: self.invoice_prefix.unwrap_or(before.invoice_settings.prefix),
                next_sequence: self
                    .next_invoice_sequence
                    .unwrap_or(before.invoice_settings.next_sequence),
                custom_fields: self
                    .invoice_settings
                    .custom_fields
                    .apply(Some(before.invoice_settings.custom_fields))
                    .unwrap_or_default(),
                footer: self.invoice_settings.footer.apply(before.invoice_settings.footer),
                amount_tax_display: self
                    .invoice_settings
                    .amount_tax_display
                    .apply(before.invoice_settings.amount_tax_display),
            },
            tax: CustomerTax {
                exempt: self.tax_exempt.apply(Some(before.tax.exempt)).unwrap_or_default(),
                ip_address: self.ip_address.apply(before.tax.ip_address),
                ids: before.tax.ids,
            },
            metadata: before.metadata.changed(self.metadata.as_ref())?,
            id: before.id,
            ordinal: before.ordinal,
            created: before.created,
        };
        if self.must_have_tax_location && customer.tax_location().is_none() {
            return Err(CustomerRefusal::TaxLocationUnknown);
        }
        Ok(customer)
    }
}

/// A customer of whom nothing is known.
fn blank(now: Timestamp, ids: &mut dyn IdSource) -> Customer {
    let (id, ordinal) = CustomerId::fresh(ids);
    Customer {
        id,
        ordinal,
        created: now,
        details: CustomerDetails::default(),
        balance: 0,
        invoice_settings: InvoiceSettings {
            prefix: InvoicePrefix::fresh(ids),
            next_sequence: 1,
            custom_fields: Vec::new(),
            footer: None,
            amount_tax_display: None,
        },
        tax: CustomerTax::default(),
        metadata: Metadata::default(),
    }
}
