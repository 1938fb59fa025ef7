//! `optional_items`: what the page offers besides the cart.

use paydesk_domain::checkout_session::{OptionalItem, Quantity};
use paydesk_domain::id::{ObjectId, PriceId};

use super::super::checkout_sessions::{INTEGER_MAX, adjustable_quantity};
use crate::form::Fields;

const ITEMS_MAX: usize = 10;

/// Reads what the page offers.
pub(super) fn optional_items(fields: &mut Fields<'_>) -> Vec<OptionalItem> {
    fields.objects("optional_items", ITEMS_MAX, optional_item).unwrap_or_default()
}

fn optional_item(fields: &mut Fields<'_>) -> Option<OptionalItem> {
    let was_sent = fields.is_sent("price");
    let price = fields.text("price").map(PriceId::from_text);
    let price = fields.required("price", price, was_sent);
    let was_sent = fields.is_sent("quantity");
    let quantity = fields.integer("quantity", 1, INTEGER_MAX);
    let quantity = fields.required("quantity", quantity, was_sent);
    let quantity = quantity.and_then(|value| u64::try_from(value).ok()).and_then(Quantity::new);
    let adjustable_quantity = fields.object("adjustable_quantity", adjustable_quantity);
    Some(OptionalItem { price: price?, quantity: quantity?, adjustable_quantity })
}
