//! The JSON objects of answers, in the shape of the newest API version.

mod account;
mod address;
mod amount;
mod checkout_session;
mod clock;
mod coupon;
mod customer;
mod deleted;
mod discount;
mod event;
mod explanation;
mod export;
mod idle;
mod import;
mod line_item;
mod list;
mod livemode;
mod price;
mod product;
mod promotion_code;
mod receipt;
mod request;
mod sandbox;
mod search_result;
mod session_collection;
mod shipping;
mod shipping_rate;
mod tax_amount;
mod tax_id;
mod tax_rate;
mod ui;
mod webhook_endpoint;

pub use account::AccountObject;
pub use checkout_session::{CheckoutSessionObject, PublicUrl};
pub use clock::ClockObject;
pub use coupon::CouponObject;
pub use customer::CustomerObject;
pub use deleted::DeletedObject;
pub use event::EventObject;
pub(crate) use event::differing_fields;
pub use explanation::ExplanationObject;
pub use export::ExportObject;
pub use idle::IdleObject;
pub use import::{ImportObject, ImportedLine};
pub use line_item::LineItemObject;
pub use list::ListObject;
pub use price::PriceObject;
pub use product::ProductObject;
pub use promotion_code::{PromotionCodeObject, PromotionCodeParts};
pub use request::{RequestObject, RequestParts};
pub use sandbox::SandboxObject;
pub use search_result::SearchResultObject;
pub use shipping_rate::ShippingRateObject;
pub use tax_id::TaxIdObject;
pub use tax_rate::TaxRateObject;
pub(crate) use ui::ui_mode_name;
pub use webhook_endpoint::WebhookEndpointObject;

use std::collections::BTreeMap;

use paydesk_domain::metadata::Metadata;
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::versions::{self, ApiVersion};

/// The body of an answer at an API version, in a sandbox of live mode or test mode: pretty-printed
/// as Stripe's are, with two spaces.
#[must_use]
pub fn render<T: Serialize>(object: &T, version: &ApiVersion, livemode: bool) -> Vec<u8> {
    if versions::is_todays_shape(version) && !livemode {
        return to_pretty_json(object);
    }
    let mut value = serde_json::to_value(object).expect(JSON_CANNOT_FAIL);
    if livemode {
        livemode::mark(&mut value);
    }
    versions::downgrade_response(&mut value, version);
    to_pretty_json(&value)
}

pub(crate) fn to_pretty_json<T: Serialize>(object: &T) -> Vec<u8> {
    let mut body = Vec::with_capacity(4096);
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"  ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut body, formatter);
    object.serialize(&mut serializer).expect(JSON_CANNOT_FAIL);
    body
}

/// An object as a JSON value.
fn json<T: Serialize>(object: &T) -> serde_json::Value {
    serde_json::to_value(object).expect(JSON_CANNOT_FAIL)
}

const JSON_CANNOT_FAIL: &str = "our objects have text keys and no serialisation by hand that fails";

/// An object without a field.
#[derive(JsonSchema, Serialize, Default)]
pub(crate) struct EmptyObject {}

/// A field that is null until the feature behind it is supported.
pub(crate) type Null = ();

/// What metadata is on the wire: the client's own keys and texts.
pub(crate) type MetadataObject = BTreeMap<String, String>;

/// `metadata` as a JSON object in the order its keys were sent.
pub(crate) fn metadata<S: Serializer>(
    metadata: &&Metadata,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(metadata.len()))?;
    for (key, value) in metadata.iter() {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

/// A reference: an id, or the object itself where it was expanded.
#[derive(JsonSchema, Serialize)]
#[schemars(inline)]
#[serde(untagged)]
pub(crate) enum Expandable<'a, T> {
    Id(&'a str),
    Object(Box<T>),
}
