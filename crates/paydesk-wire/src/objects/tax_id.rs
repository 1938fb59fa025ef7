//! `tax_id`

use paydesk_domain::address::Country;
use paydesk_domain::customer::{Customer, TaxId};
use paydesk_domain::id::CustomerId;
use schemars::JsonSchema;
use serde::Serialize;

use super::customer::CustomerObject;
use super::{Expandable, Null};
use crate::expand::Expand;

/// A tax id of a customer. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub struct TaxIdObject<'a> {
    id: &'a str,
    object: &'static str,
    country: Option<&'static str>,
    created: i64,
    customer: Expandable<'a, CustomerObject<'a>>,
    customer_account: Null,
    livemode: bool,
    owner: OwnerObject<'a>,
    r#type: &'static str,
    value: &'a str,
    verification: VerificationObject,
}

#[derive(JsonSchema, Serialize)]
struct OwnerObject<'a> {
    customer: Expandable<'a, CustomerObject<'a>>,
    customer_account: Null,
    r#type: &'static str,
}

/// Paydesk asks no authority whether a tax id is right.
#[derive(JsonSchema, Serialize)]
struct VerificationObject {
    status: &'static str,
    verified_address: Null,
    verified_name: Null,
}

impl<'a> TaxIdObject<'a> {
    /// A tax id, with its customer expanded where that is wanted.
    #[must_use]
    pub fn new(tax_id: &'a TaxId, customer: &'a Customer, expand: &Expand) -> Self {
        let shown = |path: &str| {
            if expand.has(path) {
                Expandable::Object(Box::new(CustomerObject::new(customer, &expand.inside(path))))
            } else {
                Expandable::Id(customer.id.as_str())
            }
        };
        Self::with_customer(tax_id, shown("customer"), shown("owner.customer"))
    }

    /// A tax id, as an Event shows it.
    #[must_use]
    pub fn plain(tax_id: &'a TaxId, customer: &'a CustomerId) -> Self {
        let id = || Expandable::Id(customer.as_str());
        Self::with_customer(tax_id, id(), id())
    }

    fn with_customer(
        tax_id: &'a TaxId,
        customer: Expandable<'a, CustomerObject<'a>>,
        owner: Expandable<'a, CustomerObject<'a>>,
    ) -> Self {
        Self {
            id: tax_id.id.as_str(),
            object: "tax_id",
            country: tax_id.country().map(Country::code),
            created: tax_id.created.as_seconds(),
            customer,
            customer_account: (),
            livemode: false,
            owner: OwnerObject { customer: owner, customer_account: (), r#type: "customer" },
            r#type: tax_id.kind.name(),
            value: &tax_id.value,
            verification: VerificationObject {
                status: "unavailable",
                verified_address: (),
                verified_name: (),
            },
        }
    }
}
