//! The end of a customer.

use super::Customer;
use crate::event::EventData;
use crate::id::{CustomerId, Ordinal};
use crate::time::Timestamp;

/// What remains of a customer that was deleted: that it was, and nothing about whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletedCustomer {
    /// `cus_…`
    pub id: CustomerId,
    /// Its place among objects of the same second, so that a list that is being read goes on
    /// behind it.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
}

/// What is found under the id of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundCustomer {
    /// The customer.
    Customer(Box<Customer>),
    /// What remains of it.
    Deleted(DeletedCustomer),
}

impl Customer {
    /// Deletes the customer with its tax ids, for good. The event tells of it as it was.
    #[must_use]
    pub fn delete(self) -> (DeletedCustomer, EventData) {
        let deleted =
            DeletedCustomer { id: self.id.clone(), ordinal: self.ordinal, created: self.created };
        (deleted, EventData::CustomerDeleted(Box::new(self)))
    }
}
