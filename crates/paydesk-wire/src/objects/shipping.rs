//! How a session is shipped: `shipping_options`, `shipping_cost` and `collected_information`.

use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::{Shipping, ShippingCost, ShippingDetails, ShippingOption};
use paydesk_domain::id::ShippingRateId;
use schemars::JsonSchema;
use serde::Serialize;

use super::address::AddressObject;
use super::shipping_rate::ShippingRateObject;
use super::tax_amount::TaxAmountObject;
use super::{Expandable, Null};
use crate::expand::Expand;

#[derive(JsonSchema, Serialize)]
pub(super) struct ShippingOptionObject<'a> {
    shipping_amount: i64,
    shipping_rate: Expandable<'a, ShippingRateObject<'a>>,
}

#[derive(JsonSchema, Serialize)]
pub(super) struct ShippingCostObject<'a> {
    amount_subtotal: i64,
    amount_tax: i64,
    amount_total: i64,
    shipping_rate: Expandable<'a, ShippingRateObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    taxes: Option<Vec<TaxAmountObject<'a>>>,
}

/// What was learned of the buyer, so far where the cart goes.
#[derive(JsonSchema, Serialize)]
pub(super) struct CollectedInformationObject<'a> {
    business_name: Null,
    individual_name: Null,
    shipping_details: ShippingDetailsObject<'a>,
}

#[derive(JsonSchema, Serialize)]
struct ShippingDetailsObject<'a> {
    address: AddressObject<'a>,
    name: &'a str,
}

/// A shipping rate; one that is shown is one of the catalog.
fn shipping_rate<'a>(
    rate: &'a ShippingRateId,
    catalog: &'a Catalog,
    expand: &Expand,
) -> Expandable<'a, ShippingRateObject<'a>> {
    let wanted = expand.has("shipping_rate").then(|| catalog.shipping_rate(rate)).flatten();
    match wanted {
        None => Expandable::Id(rate.as_str()),
        Some(rate) => {
            let object = ShippingRateObject::new(rate, &expand.inside("shipping_rate"));
            Expandable::Object(Box::new(object))
        }
    }
}

impl<'a> ShippingOptionObject<'a> {
    pub(super) fn of(shipping: &'a Shipping, catalog: &'a Catalog, expand: &Expand) -> Vec<Self> {
        let object = |option: &'a ShippingOption| Self {
            shipping_amount: option.amount.minor_units(),
            shipping_rate: shipping_rate(&option.rate, catalog, expand),
        };
        shipping.options.iter().map(object).collect()
    }
}

impl<'a> ShippingCostObject<'a> {
    pub(super) fn new(cost: &'a ShippingCost, catalog: &'a Catalog, expand: &Expand) -> Self {
        Self {
            amount_subtotal: cost.subtotal.minor_units(),
            amount_tax: cost.tax().minor_units(),
            amount_total: cost.total.minor_units(),
            shipping_rate: shipping_rate(&cost.rate, catalog, expand),
            taxes: expand.has("taxes").then(|| TaxAmountObject::of(&cost.taxes, catalog)),
        }
    }
}

impl<'a> From<&'a ShippingDetails> for CollectedInformationObject<'a> {
    fn from(details: &'a ShippingDetails) -> Self {
        Self {
            business_name: (),
            individual_name: (),
            shipping_details: ShippingDetailsObject {
                address: AddressObject::from(&details.address),
                name: &details.name,
            },
        }
    }
}
