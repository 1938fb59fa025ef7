//! The number under which a tax authority knows a customer.

use super::Customer;
use super::refusal::CustomerRefusal;
use super::tax_id_type::TaxIdType;
use crate::address::Country;
use crate::event::EventData;
use crate::id::{CustomerId, IdSource, ObjectId, Ordinal, TaxIdId};
use crate::time::Timestamp;

/// The most tax ids of one customer. Our own bound, far beyond what anybody has: they are part of
/// the customer's record.
pub const TAX_IDS_MAX: usize = 50;

/// A tax id of a customer. Mirrors Stripe's `tax_id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxId {
    /// `txi_…`
    pub id: TaxIdId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// `type`
    pub kind: TaxIdType,
    /// The number, as the shop wrote it.
    pub value: String,
}

/// A request to give a customer a tax id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateTaxId {
    /// `type`
    pub kind: TaxIdType,
    /// The number.
    pub value: String,
}

/// What a command on a tax id comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxIdDecision {
    /// The customer afterwards.
    pub customer: Customer,
    /// The tax id that came or went.
    pub tax_id: TaxId,
    /// What to tell.
    pub event: EventData,
}

impl CreateTaxId {
    /// Decides on a customer with one more tax id.
    ///
    /// # Errors
    /// [`CustomerRefusal`]; the customer stays as it is then.
    pub fn decide(
        self,
        mut customer: Customer,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<TaxIdDecision, CustomerRefusal> {
        let tax_id = self.checked(None, now, ids)?;
        customer.tax.ids.push(tax_id.clone());
        TaxId::check_count(&customer)?;
        let event = EventData::CustomerTaxIdCreated {
            customer: customer.id.clone(),
            tax_id: tax_id.clone(),
        };
        Ok(TaxIdDecision { customer, tax_id, event })
    }

    /// The tax id, if one of its type can look so. `index` is its place in the request.
    pub(super) fn checked(
        self,
        index: Option<usize>,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<TaxId, CustomerRefusal> {
        let Self { kind, value } = self;
        if !kind.may_be(&value) {
            return Err(CustomerRefusal::TaxIdInvalid { index, kind, value });
        }
        let (id, ordinal) = TaxIdId::fresh(ids);
        Ok(TaxId { id, ordinal, created: now, kind, value })
    }
}

impl TaxId {
    /// The country whose authority gave it; none for one of the whole European Union.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        self.kind.country(&self.value)
    }

    pub(super) fn check_count(customer: &Customer) -> Result<(), CustomerRefusal> {
        match customer.tax.ids.len() {
            count if count > TAX_IDS_MAX => Err(CustomerRefusal::TooManyTaxIds(count)),
            _ => Ok(()),
        }
    }
}

impl Customer {
    /// The tax id with this id.
    #[must_use]
    pub fn tax_id(&self, id: &TaxIdId) -> Option<&TaxId> {
        self.tax.ids.iter().find(|tax_id| tax_id.id == *id)
    }

    /// The customer without a tax id; none where there is no such tax id.
    #[must_use]
    pub fn without_tax_id(mut self, id: &TaxIdId) -> Option<TaxIdDecision> {
        let index = self.tax.ids.iter().position(|tax_id| tax_id.id == *id)?;
        let tax_id = self.tax.ids.remove(index);
        let customer: CustomerId = self.id.clone();
        let event = EventData::CustomerTaxIdDeleted { customer, tax_id: tax_id.clone() };
        Some(TaxIdDecision { customer: self, tax_id, event })
    }
}
