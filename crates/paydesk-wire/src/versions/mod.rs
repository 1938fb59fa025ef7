//! API versions: one module per change of Stripe's API.
//!
//! A request is brought up to today's shape before it is read, an answer down to the request's
//! version after it is written. Nothing else in Paydesk looks at a version.

mod billing_cycle_anchor_config;
mod customer_names;
mod discount_source;
mod dynamic_tax_rates;
mod fields_added;
mod known_parameters;
mod line_items_on_update;
mod payment_method_types;
pub mod permissions_generations;
mod price_aggregate_usage;
mod product_tax_details;
mod promotion_of_promotion_codes;
mod server_update_preview;
mod session_collection;
mod session_permissions;
mod ui_mode_names;
mod version;

use serde_json::{Map, Value};

pub use version::{AcceptedVersion, ApiVersion, VersionProblem};

use crate::error::StripeError;
use crate::expand::Embedded;
use crate::form::Params;
use crate::operation::Operation;

/// One change of the API between two versions.
trait Change: Sync {
    /// The date of the first version with the new shape, as `yyyymmdd`.
    fn introduced(&self) -> u32;

    /// Brings a request to today's shape; returns the names of parameters that its version does not
    /// have.
    fn upgrade_request(
        &self,
        _operation: Operation,
        _params: &mut Params,
        _version: &ApiVersion,
    ) -> Vec<String> {
        Vec::new()
    }

    /// Brings one object of an answer, whose `object` field is `kind`, to the shape before the
    /// change.
    fn downgrade_object(&self, _kind: &str, _object: &mut Map<String, Value>) {}

    /// What a parameter of today's was called before the change, where an error is about it.
    fn downgrade_param(&self, _operation: Operation, _param: &str) -> Option<&'static str> {
        None
    }

    /// What the shape before the change has as objects, where today there are only ids unless they
    /// are expanded.
    fn embedded(&self) -> &'static [Embedded] {
        &[]
    }
}

/// Every change, oldest first.
const CHANGES: &[&dyn Change] = &[
    &fields_added::ADAPTIVE_PRICING,
    &fields_added::DISCOUNTS,
    &fields_added::COLLECTED_INFORMATION,
    &line_items_on_update::LINE_ITEMS_ON_UPDATE,
    &server_update_preview::SERVER_UPDATE_PREVIEW[0],
    &server_update_preview::SERVER_UPDATE_PREVIEW[1],
    &server_update_preview::SERVER_UPDATE_PREVIEW[2],
    &price_aggregate_usage::PriceAggregateUsage,
    &session_permissions::SessionPermissions,
    &session_collection::OPTIONAL_ITEMS,
    &session_collection::FIELDS_OF_BASIL,
    &fields_added::WALLET_OPTIONS,
    &session_collection::WALLET_OPTIONS,
    &session_collection::PAYMENT_METHOD_REMOVE,
    &fields_added::ORIGIN_CONTEXT,
    &session_collection::ORIGIN_CONTEXT,
    &session_collection::FIELDS_OF_JULY,
    &fields_added::BUYER_NAMES,
    &session_collection::NAME_COLLECTION,
    &session_collection::BRANDING_SETTINGS,
    &session_collection::EXCLUDED_PAYMENT_METHOD_TYPES,
    &session_collection::CARD_CAPTURE_METHOD,
    &session_collection::FIELDS_OF_CLOVER,
    &customer_names::CUSTOMER_NAME_PARAMETERS[0],
    &customer_names::CUSTOMER_NAME_PARAMETERS[1],
    &customer_names::CUSTOMER_NAME_PARAMETERS[2],
    &customer_names::CUSTOMER_NAME_PARAMETERS[3],
    &fields_added::CUSTOMER_NAMES,
    &promotion_of_promotion_codes::PromotionOfPromotionCodes,
    &discount_source::DiscountSource,
    &fields_added::CUSTOMER_TAX_PROVIDER,
    &fields_added::ACCOUNT_OF_CUSTOMER,
    &fields_added::ACCOUNT_OF_TAX_ID,
    &fields_added::ACCOUNT_OF_PROMOTION_CODE,
    &fields_added::CUSTOMER_ACCOUNT,
    &fields_added::ACCOUNT_OF_DISCOUNT,
    &fields_added::LINE_METADATA,
    &fields_added::ADJUSTABLE_QUANTITY,
    &fields_added::INTEGRATION_IDENTIFIER,
    &ui_mode_names::UiModeNames,
    &fields_added::MANAGED_PAYMENTS,
    &billing_cycle_anchor_config::BILLING_CYCLE_ANCHOR_CONFIG,
    &dynamic_tax_rates::DYNAMIC_TAX_RATES,
    &fields_added::ALLOWED_PAYMENT_METHOD_TYPES,
    &fields_added::TAX_DETAILS,
    &product_tax_details::ON_CREATE,
    &product_tax_details::ON_UPDATE,
    &product_tax_details::WITH_A_PRICE,
    &payment_method_types::PAYMENT_METHOD_TYPES,
    &session_collection::ALLOWED_PAYMENT_METHOD_TYPES,
    &session_collection::INVOICE_SETTINGS[0],
    &session_collection::INVOICE_SETTINGS[1],
    &session_collection::INVOICE_SETTINGS[2],
    &session_collection::PAYMENT_INTENT_DATA_ON_UPDATE,
];

/// Brings a request to today's shape; returns the parameters that its version does not have.
pub fn upgrade_request(
    operation: Operation,
    params: &mut Params,
    version: &ApiVersion,
) -> Vec<String> {
    CHANGES.iter().flat_map(|change| change.upgrade_request(operation, params, version)).collect()
}

/// Whether an answer in today's shape is one of this version too.
#[must_use]
pub fn is_todays_shape(version: &ApiVersion) -> bool {
    CHANGES.iter().all(|change| change.introduced() <= version.date())
}

/// Brings an answer to the shape of a version, every object in it.
pub fn downgrade_response(value: &mut Value, version: &ApiVersion) {
    match value {
        Value::Array(items) => {
            for item in items {
                downgrade_response(item, version);
            }
        }
        Value::Object(object) => {
            for (_, inner) in object.iter_mut() {
                downgrade_response(inner, version);
            }
            let Some(kind) = object.get("object").and_then(Value::as_str).map(str::to_owned) else {
                return;
            };
            for change in newer_than(version) {
                change.downgrade_object(&kind, object);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Brings an error to the words of a version: a parameter is called what it was sent as.
#[must_use]
pub fn downgrade_error(
    operation: Operation,
    mut error: StripeError,
    version: &ApiVersion,
) -> StripeError {
    for change in newer_than(version) {
        if let Some(param) = &error.param
            && let Some(older) = change.downgrade_param(operation, param)
        {
            error.message = error.message.replace(param.as_str(), older);
            error.param = Some(older.to_owned());
        }
    }
    error
}

/// What is to be expanded in any case, so that an answer can be brought to a version's shape.
pub(crate) fn embedded_at(version: &ApiVersion) -> Vec<Embedded> {
    newer_than(version).flat_map(Change::embedded).copied().collect()
}

/// The changes that a version does not have yet, newest first.
fn newer_than(version: &ApiVersion) -> impl Iterator<Item = &'static dyn Change> {
    let date = version.date();
    CHANGES.iter().rev().copied().filter(move |change| change.introduced() > date)
}

/// Adds a field where Stripe's objects have it: behind `id` and `object`, by name.
fn insert_in_order(object: &mut Map<String, Value>, name: &str, value: Value) {
    let is_before = |key: &str| matches!(key, "id" | "object") || key < name;
    let position = object.keys().take_while(|key| is_before(key)).count();
    object.shift_insert(position, name.to_owned(), value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_listed_oldest_first() {
        assert!(CHANGES.is_sorted_by_key(|change| change.introduced()));
    }
}
