//! Who buys: a customer that the shop knows, or somebody yet unknown.

use super::super::Mode;
use super::words::words;
use crate::customer::TaxExempt;
use crate::id::CustomerId;

/// Who buys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Buyer {
    /// Somebody yet unknown.
    Guest {
        /// `customer_creation`: whether completing the session makes a customer.
        creation: CustomerCreation,
    },
    /// `customer`: a customer that existed when the session was created.
    Customer(KnownCustomer),
}

/// A customer with what a session knows of it from its creation on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCustomer {
    /// `customer`
    pub id: CustomerId,
    /// `customer_details.email`: the customer's address for mail when the session was created.
    pub email: Option<String>,
    /// `customer_details.tax_exempt`: how the customer was taxed then.
    pub tax_exempt: TaxExempt,
    /// `customer_update`
    pub update: CustomerUpdate,
}

/// What of a customer is brought up to date with what the buyer says. Mirrors `customer_update`,
/// whose `auto` is true here and whose `never` is false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct CustomerUpdate {
    /// The billing address.
    pub address: bool,
    /// The name.
    pub name: bool,
    /// Where goods are sent to.
    pub shipping: bool,
}

words! {
    /// Whether completing a session makes a customer. Mirrors `customer_creation`.
    CustomerCreation {
        /// Always.
        Always = "always",
        /// Only where something else needs one.
        IfRequired = "if_required",
    }
}

impl CustomerCreation {
    /// What holds where the request says nothing: a subscription belongs to a customer.
    pub(super) const fn unsaid(mode: Mode) -> Self {
        match mode {
            Mode::Payment => Self::IfRequired,
            Mode::Subscription => Self::Always,
        }
    }
}

impl Buyer {
    /// The customer, where there is one.
    #[must_use]
    pub const fn customer(&self) -> Option<&KnownCustomer> {
        match self {
            Self::Guest { .. } => None,
            Self::Customer(known) => Some(known),
        }
    }
}
