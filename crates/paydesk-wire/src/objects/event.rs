//! `event`

use std::collections::BTreeMap;

use paydesk_domain::catalog::Catalog;
use paydesk_domain::event::{Event, EventData};
use paydesk_domain::id::AccountId;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::checkout_session::{CheckoutSessionObject, PublicUrl};
use super::coupon::CouponObject;
use super::customer::CustomerObject;
use super::json;
use super::price::PriceObject;
use super::product::ProductObject;
use super::promotion_code::{PromotionCodeObject, PromotionCodeParts};
use super::tax_id::TaxIdObject;
use super::tax_rate::TaxRateObject;
use crate::expand::Expand;
use crate::versions::{self, ApiVersion};

/// An Event. Its `data.object` has the shape of the version the Event was made at, whatever the
/// version of the request that reads it.
#[derive(JsonSchema, Serialize)]
pub struct EventObject<'a> {
    id: &'a str,
    object: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    api_version: &'a str,
    created: i64,
    data: DataObject,
    livemode: bool,
    pending_webhooks: u32,
    request: Option<RequestObject<'a>>,
    r#type: &'static str,
}

#[derive(JsonSchema, Serialize)]
struct DataObject {
    object: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_attributes: Option<Map<String, Value>>,
}

#[derive(JsonSchema, Serialize)]
struct RequestObject<'a> {
    id: Option<&'a str>,
    idempotency_key: Option<&'a str>,
}

impl<'a> EventObject<'a> {
    /// An Event.
    #[must_use]
    pub fn new(event: &'a Event, public_url: &PublicUrl) -> Self {
        let api_version = event.api_version.as_deref().unwrap_or(ApiVersion::NEWEST);
        Self {
            id: event.id.as_str(),
            object: "event",
            account: None,
            api_version,
            created: event.created.as_seconds(),
            data: DataObject::new(event, api_version, public_url),
            livemode: false,
            pending_webhooks: 0,
            request: Some(match &event.request {
                Some(request) => RequestObject {
                    id: Some(&request.id),
                    idempotency_key: request.idempotency_key.as_deref(),
                },
                None => RequestObject { id: None, idempotency_key: None },
            }),
            r#type: event.data.type_name(),
        }
    }
}

impl<'a> EventObject<'a> {
    /// The Event as one of an account that is below another, which Events say.
    #[must_use]
    pub fn of_account(mut self, account: Option<&'a AccountId>) -> Self {
        self.account = account.map(AccountId::as_str);
        self
    }
}

impl DataObject {
    fn new(event: &Event, api_version: &str, public_url: &PublicUrl) -> Self {
        let version = ApiVersion::parse(api_version)
            .map_or_else(|_| ApiVersion::newest(), |accepted| accepted.version);
        let (object, previous) = snapshots(event, public_url, &version);
        let shape = |mut value: Value| {
            versions::downgrade_response(&mut value, &version);
            value
        };
        let object = shape(object);
        let previous_attributes = previous.map(|previous| changed(&shape(previous), &object));
        Self { object, previous_attributes }
    }
}

/// The object then, and the object before where the event tells of a change.
fn snapshots(
    event: &Event,
    public_url: &PublicUrl,
    version: &ApiVersion,
) -> (Value, Option<Value>) {
    let (catalog, expand) = (Catalog::default(), Expand::default().at(version));
    let product = |product| json(&ProductObject::new(product, &catalog, &expand));
    let price = |price| json(&PriceObject::new(price, &catalog, &expand));
    let coupon = |coupon| json(&CouponObject::new(coupon, event.created, &expand));
    let customer = |customer| json(&CustomerObject::new(customer, &expand));
    let tax_rate = |tax_rate| json(&TaxRateObject::new(tax_rate));
    let promotion_code = |promotion_code, coupon| {
        let parts = PromotionCodeParts { coupon, customer: None };
        json(&PromotionCodeObject::new(promotion_code, parts, event.created, &expand))
    };
    match &event.data {
        EventData::ProductCreated(created) => (product(created), None),
        EventData::ProductUpdated { product: now, previous } => {
            (product(now), Some(product(previous)))
        }
        EventData::ProductDeleted(deleted) => (product(deleted), None),
        EventData::PriceCreated(created) => (price(created), None),
        EventData::PriceUpdated { price: now, previous } => (price(now), Some(price(previous))),
        EventData::CouponCreated(created) => (coupon(created), None),
        EventData::CouponUpdated { coupon: now, previous } => (coupon(now), Some(coupon(previous))),
        EventData::TaxRateCreated(created) => (tax_rate(created), None),
        EventData::TaxRateUpdated { tax_rate: now, previous } => {
            (tax_rate(now), Some(tax_rate(previous)))
        }
        EventData::CouponDeleted(deleted) => (coupon(deleted), None),
        EventData::PromotionCodeCreated { promotion_code: created, coupon } => {
            (promotion_code(created, coupon), None)
        }
        EventData::PromotionCodeUpdated { promotion_code: now, previous, coupon } => {
            (promotion_code(now, coupon), Some(promotion_code(previous, coupon)))
        }
        EventData::CheckoutSessionExpired(session) => {
            let (customers, now) = (BTreeMap::new(), event.created);
            let session =
                CheckoutSessionObject::new(session, &catalog, &customers, public_url, now, &expand);
            (json(&session), None)
        }
        EventData::CustomerCreated(created) => (customer(created), None),
        EventData::CustomerUpdated { customer: now, previous } => {
            (customer(now), Some(customer(previous)))
        }
        EventData::CustomerDeleted(deleted) => (customer(deleted), None),
        EventData::CustomerTaxIdCreated { customer, tax_id }
        | EventData::CustomerTaxIdDeleted { customer, tax_id } => {
            (json(&TaxIdObject::plain(tax_id, customer)), None)
        }
    }
}

/// The names of the fields in which two objects differ.
pub(crate) fn differing_fields<T: Serialize>(before: &T, now: &T) -> Vec<String> {
    changed(&json(before), &json(now)).into_iter().map(|(name, _)| name).collect()
}

/// The earlier values of the fields that differ. Inside an object that changed in part, only the
/// keys that differ; a key that is new is null.
fn changed(before: &Value, now: &Value) -> Map<String, Value> {
    let (Value::Object(before), Value::Object(now)) = (before, now) else {
        return Map::new();
    };
    let mut changes = Map::new();
    for (key, value) in now {
        match before.get(key) {
            Some(earlier) if earlier == value => {}
            Some(earlier @ Value::Object(_)) if value.is_object() => {
                changes.insert(key.clone(), Value::Object(changed(earlier, value)));
            }
            Some(earlier) => {
                changes.insert(key.clone(), earlier.clone());
            }
            None => {
                changes.insert(key.clone(), Value::Null);
            }
        }
    }
    for (key, earlier) in before.iter().filter(|(key, _)| !now.contains_key(*key)) {
        changes.insert(key.clone(), earlier.clone());
    }
    changes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn previous_attributes_name_only_what_differs() {
        let before = json!({"name": "Tea", "active": true, "metadata": {"a": "1", "b": "2"}});
        let now = json!({"name": "Tea", "active": false, "metadata": {"a": "1", "c": "3"}});
        let expected = json!({"active": true, "metadata": {"c": null, "b": "2"}});
        assert_eq!(Value::Object(changed(&before, &now)), expected);
    }
}
