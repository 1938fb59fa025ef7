//! Refusals of what a Checkout Session is to collect, in Stripe's words.

use paydesk_domain::checkout_session::{CollectionRefusal, CustomFieldRefusal};

use super::StripeError;
use super::checkout_session::line;
use super::refusal::{metadata, no_such};
use crate::objects::ui_mode_name;

pub(super) fn collection(refusal: &CollectionRefusal) -> StripeError {
    match refusal {
        CollectionRefusal::NotInMode { parameter, mode } => {
            let (name, mode) = (parameter.as_str(), mode.as_str());
            StripeError::invalid(format!(
                "You can not pass `{name}` in `{mode}` mode. It is for mode `{}`.",
                parameter.modes().join("` or `")
            ))
            .param(name)
        }
        CollectionRefusal::NotInUiMode { parameter, ui_mode } => {
            let (name, ui_mode) = (parameter.as_str(), ui_mode_name(*ui_mode));
            StripeError::invalid(format!(
                "`{name}` is not supported when `ui_mode` is `{ui_mode}`."
            ))
            .param(name)
        }
        CollectionRefusal::ReuseAgreementWithoutReuse => StripeError::invalid(
            "In `payment` mode `consent_collection[payment_method_reuse_agreement]` can only be \
             used with `payment_intent_data[setup_future_usage]`: without it no payment method is \
             kept.",
        )
        .param("consent_collection[payment_method_reuse_agreement]"),
        CollectionRefusal::ExcludedFromFixedTypes => StripeError::invalid(
            "`excluded_payment_method_types` can only be used without `payment_method_types`. \
             Leave out of that list what is not to be offered.",
        )
        .param("excluded_payment_method_types"),
        CollectionRefusal::NoPaymentMethodType => StripeError::invalid(
            "No valid payment method types for this Checkout Session. `card` is the only one \
             unless you name others; exclude fewer.",
        )
        .param("excluded_payment_method_types"),
        CollectionRefusal::Metadata { of, reason } => metadata(reason, of.parameter()),
        CollectionRefusal::CustomField { index, reason } => custom_field(*index, *reason),
        CollectionRefusal::PaymentFixed(ui_mode) => StripeError::invalid(format!(
            "`payment_intent_data` can only be updated when `ui_mode` is `elements`. This Checkout \
             Session was created with `{}`.",
            ui_mode_name(*ui_mode)
        ))
        .param("payment_intent_data"),
        CollectionRefusal::UpdateWithoutCustomer => {
            StripeError::invalid("`customer_update` can only be used with `customer`.")
                .param("customer_update")
        }
        CollectionRefusal::NoSuchCustomer(id) => no_such("customer", id.as_str(), "customer"),
        CollectionRefusal::OptionalItem { index, reason } => line("optional_items", *index, reason),
        CollectionRefusal::TaxIdsNeedName => StripeError::invalid(
            "Tax ID collection requires updating business name on the customer. To enable tax ID \
             collection for an existing customer, please set `customer_update[name]` to `auto`.",
        )
        .param("customer_update[name]"),
    }
}

fn custom_field(index: usize, reason: CustomFieldRefusal) -> StripeError {
    let (name, message) = match reason {
        CustomFieldRefusal::KeyNotAlphanumeric => (
            "key".to_owned(),
            "The `key` of a custom field can have letters, digits and underscores only.",
        ),
        CustomFieldRefusal::KeyTwice => (
            "key".to_owned(),
            "Each custom field needs a `key` of its own. An earlier one has this one already.",
        ),
        CustomFieldRefusal::OptionNotAlphanumeric(option) => (
            format!("dropdown][options][{option}][value"),
            "The `value` of an option can have letters, digits and underscores only.",
        ),
        CustomFieldRefusal::OptionTwice(option) => (
            format!("dropdown][options][{option}][value"),
            "Each option needs a `value` of its own. An earlier one has this one already.",
        ),
        CustomFieldRefusal::DefaultIsNoOption => (
            "dropdown][default_value".to_owned(),
            "`default_value` must be the `value` of one of the `options`.",
        ),
        CustomFieldRefusal::LengthsCrossed(kind) => (
            format!("{}][minimum_length", kind.as_str()),
            "`minimum_length` must not be above `maximum_length`.",
        ),
        CustomFieldRefusal::DefaultIsNoNumber => (
            "numeric][default_value".to_owned(),
            "The `default_value` of a numeric field can have digits only.",
        ),
        CustomFieldRefusal::DefaultLength(kind) => (
            format!("{}][default_value", kind.as_str()),
            "`default_value` must have a length from `minimum_length` to `maximum_length`.",
        ),
    };
    StripeError::invalid(message).param(format!("custom_fields[{index}][{name}]"))
}
