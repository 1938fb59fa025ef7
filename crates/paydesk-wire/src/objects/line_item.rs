//! `item`: a line of a cart.

use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::{AdjustableQuantity, CheckoutSession, LineItem, Quantity};
use paydesk_domain::metadata::Metadata;
use paydesk_domain::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::discount::DiscountAmountObject;
use super::price::PriceObject;
use super::tax_amount::TaxAmountObject;
use crate::expand::Expand;

/// A line of a cart with its Price. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub struct LineItemObject<'a> {
    id: &'a str,
    object: &'static str,
    adjustable_quantity: Option<AdjustableQuantityObject>,
    amount_discount: i64,
    amount_subtotal: i64,
    amount_tax: i64,
    amount_total: i64,
    currency: &'static str,
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discounts: Option<Vec<DiscountAmountObject<'a>>>,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    price: Option<PriceObject<'a>>,
    quantity: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    taxes: Option<Vec<TaxAmountObject<'a>>>,
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct AdjustableQuantityObject {
    enabled: bool,
    maximum: Option<u64>,
    minimum: Option<u64>,
}

impl<'a> LineItemObject<'a> {
    /// A line of a session; its Price and its description, the Product's name, are those of the
    /// catalog.
    #[must_use]
    pub fn new(
        line: &'a LineItem,
        session: &'a CheckoutSession,
        catalog: &'a Catalog,
        now: Timestamp,
        expand: &Expand,
    ) -> Self {
        let price = catalog.price(&line.price);
        let product = price.and_then(|price| catalog.product(&price.product));
        let amounts = &line.amounts;
        Self {
            id: line.id.as_str(),
            object: "item",
            adjustable_quantity: line.adjustable_quantity.map(AdjustableQuantityObject::from),
            amount_discount: amounts.discount.minor_units(),
            amount_subtotal: amounts.subtotal.minor_units(),
            amount_tax: amounts.tax().minor_units(),
            amount_total: amounts.total.minor_units(),
            currency: amounts.total.currency().code(),
            description: product.map(|product| product.details.name.as_str()),
            discounts: expand.has("discounts").then(|| {
                let inside = expand.inside("discounts.discount");
                DiscountAmountObject::of(session, amounts.discount, now, &inside)
            }),
            metadata: &line.metadata,
            price: price.map(|price| PriceObject::new(price, catalog, &expand.inside("price"))),
            quantity: line.quantity.map(Quantity::get),
            taxes: expand.has("taxes").then(|| TaxAmountObject::of(&amounts.taxes, catalog)),
        }
    }
}

impl From<AdjustableQuantity> for AdjustableQuantityObject {
    fn from(adjustable: AdjustableQuantity) -> Self {
        match adjustable {
            AdjustableQuantity::Disabled => Self { enabled: false, maximum: None, minimum: None },
            AdjustableQuantity::Enabled { minimum, maximum } => {
                Self { enabled: true, maximum: Some(maximum), minimum: Some(minimum) }
            }
        }
    }
}
