//! An entry of `optional_items` of a session.

use paydesk_domain::checkout_session::OptionalItem;
use schemars::JsonSchema;
use serde::Serialize;

use crate::objects::line_item::AdjustableQuantityObject;

/// Something that the buyer may add to the cart.
#[derive(JsonSchema, Serialize)]
pub(crate) struct OptionalItemObject<'a> {
    adjustable_quantity: Option<AdjustableQuantityObject>,
    price: &'a str,
    quantity: u64,
}

impl<'a> From<&'a OptionalItem> for OptionalItemObject<'a> {
    fn from(item: &'a OptionalItem) -> Self {
        Self {
            adjustable_quantity: item.adjustable_quantity.map(AdjustableQuantityObject::from),
            price: item.price.as_str(),
            quantity: item.quantity.get(),
        }
    }
}
