//! Refusals of Checkout Sessions and their lines, in Stripe's words.

use paydesk_domain::checkout_session::{
    AdjustableQuantity, LineRefusal, Mode, QuantityRefusal, SessionRefusal, Status, UiMode,
    UrlParameter,
};
use paydesk_domain::id::ProductId;

use super::cart_terms::{automatic_tax, discount, shipping, subscription, tax_rates};
use super::collection::collection;
use super::param::{empty, missing};
use super::refusal::{metadata, no_such};
use super::{ErrorKind, StripeError};
use crate::objects::ui_mode_name;

/// The error for a refused command on a session.
#[expect(clippy::too_many_lines, reason = "one arm a refusal; it reads as a table")]
pub(super) fn session(refusal: &SessionRefusal) -> StripeError {
    match refusal {
        SessionRefusal::RevisionMoved { current } => {
            let current = current.get();
            let message = format!(
                "This Checkout Session is at revision {current}: it was changed since the revision \
                 named in `If-Match`. Retrieve it and decide again."
            );
            let mut error =
                StripeError::new(412, ErrorKind::InvalidRequest, message).code("revision_mismatch");
            error.revision = Some(current);
            error
        }
        SessionRefusal::NotUpdatable(status) => not_open("updated", *status),
        SessionRefusal::NotExpirable(status) => not_open("expired", *status),
        SessionRefusal::LineItemsClientOnly => StripeError::invalid(
            "This Checkout Session was created with `permissions[update_line_items]=client_only`, \
             so its line items can only be updated from the client. Create it with `server_only` \
             to update them here.",
        )
        .param("line_items"),
        SessionRefusal::UrlMissing { parameter, ui_mode } => url_missing(*parameter, *ui_mode),
        SessionRefusal::UrlNotAllowed { parameter, ui_mode } => {
            let (parameter, ui_mode) = (parameter.as_str(), ui_mode_name(*ui_mode));
            StripeError::invalid(format!(
                "`{parameter}` is not supported when `ui_mode` is `{ui_mode}`."
            ))
            .param(parameter)
        }
        SessionRefusal::ShippingPermissionNotAllowed(ui_mode) => StripeError::invalid(format!(
            "`permissions[update_shipping_details]` is not supported when `ui_mode` is `{}`.",
            ui_mode_name(*ui_mode)
        ))
        .param("permissions[update_shipping_details]"),
        SessionRefusal::Collection(refusal) => collection(refusal),
        SessionRefusal::ExpiresTooSoon { .. } => StripeError::invalid(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session \
             creation.",
        )
        .param("expires_at"),
        SessionRefusal::ExpiresTooLate { .. } => StripeError::invalid(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
        )
        .param("expires_at"),
        SessionRefusal::Metadata(refusal) => metadata(refusal, "metadata"),
        SessionRefusal::NoLines => empty("line_items"),
        SessionRefusal::Discount(refusal) => discount(refusal),
        SessionRefusal::AutomaticTax(refusal) => automatic_tax(refusal),
        SessionRefusal::Shipping(refusal) => shipping(refusal),
        SessionRefusal::Subscription(refusal) => subscription(refusal),
        SessionRefusal::Line { index, reason } => line("line_items", *index, reason),
        SessionRefusal::TooManyLines { mode, recurring, limit } => {
            too_many_lines(*mode, *recurring, *limit)
        }
        SessionRefusal::NoRecurringPrice => StripeError::invalid(
            "You must provide at least one recurring price in `subscription` mode when using \
             prices.",
        )
        .param("line_items"),
        SessionRefusal::AmountTooSmall { total, minimum } => StripeError::invalid(format!(
            "The Checkout Session's total amount due must add up to at least {minimum}. It adds up \
             to {total}."
        ))
        .code("amount_too_small"),
        SessionRefusal::AmountTooLarge { maximum } => StripeError::invalid(format!(
            "The Checkout Session's total amount due must be no more than {maximum}."
        ))
        .code("amount_too_large"),
        SessionRefusal::AmountNotChargeable { total, step } => StripeError::invalid(format!(
            "Amounts in `{}` are charged in multiples of {step}. The Checkout Session's total \
             amount due is {total}.",
            total.currency()
        ))
        .code("invalid_charge_amount"),
    }
}

fn not_open(done: &str, status: Status) -> StripeError {
    StripeError::invalid(format!(
        "Only Checkout Sessions with a status in [\"open\"] can be {done}. This Checkout Session \
         has a status of `{}`.",
        status.as_str()
    ))
}

fn url_missing(parameter: UrlParameter, ui_mode: UiMode) -> StripeError {
    let name = parameter.as_str();
    let mut error = missing(name);
    error.message = format!(
        "Missing required param: {name}. It is required when `ui_mode` is `{}`.",
        ui_mode_name(ui_mode)
    );
    error
}

fn too_many_lines(mode: Mode, recurring: bool, limit: usize) -> StripeError {
    let (mode, kind) = match (mode, recurring) {
        (Mode::Payment, _) => ("payment", "line items"),
        (Mode::Subscription, true) => ("subscription", "line items with recurring prices"),
        (Mode::Subscription, false) => ("subscription", "line items with one-time prices"),
    };
    StripeError::invalid(format!(
        "In `{mode}` mode a Checkout Session has at most {limit} {kind}, optional ones included."
    ))
    .param("line_items")
}

/// The error for an entry of a list of lines.
pub(super) fn line(list: &str, index: usize, reason: &LineRefusal) -> StripeError {
    let param = |name: &str| format!("{list}[{index}][{name}]");
    match reason {
        LineRefusal::UnknownId(id) => no_such("line item", id.as_str(), param("id")),
        LineRefusal::DuplicateId(id) => StripeError::invalid(format!(
            "The line item '{id}' is in `line_items` twice. Each line can be kept once."
        ))
        .param(param("id")),
        LineRefusal::PriceMissing => missing(&param("price")),
        LineRefusal::Quantity(refusal) => quantity(refusal, param),
        LineRefusal::NoSuchPrice(id) => no_such("price", id.as_str(), param("price")),
        LineRefusal::PriceInactive(_) => StripeError::invalid(
            "The price specified is inactive. This field only accepts active prices.",
        )
        .param(param("price")),
        LineRefusal::CustomAmountNotAlone => StripeError::invalid(
            "A price with `custom_unit_amount` must be the only line item of the Checkout Session.",
        )
        .param(param("price")),
        LineRefusal::NoSuchProduct(id) => {
            no_such("product", id.as_str(), param("price_data][product"))
        }
        LineRefusal::ProductInactive(id) => product_inactive(id).param(param("price")),
        LineRefusal::InlineProductInactive(id) => {
            product_inactive(id).param(param("price_data][product"))
        }
        LineRefusal::TaxRates(refusal) => tax_rates(refusal, &param("tax_rates")),
        LineRefusal::TaxRatesByAddressWithDefault => StripeError::invalid(
            "`dynamic_tax_rates` can't be used together with `default_tax_rates`.",
        )
        .param(param("dynamic_tax_rates")),
        LineRefusal::Metadata(refusal) => metadata(refusal, &param("metadata")),
        LineRefusal::ProductMetadata(refusal) => {
            metadata(refusal, &param("price_data][product_data][metadata"))
        }
        LineRefusal::CurrencyMismatch { expected, actual } => StripeError::invalid(format!(
            "All line items of a Checkout Session must have the same currency. It is `{expected}`, \
             but this price is in `{actual}`."
        ))
        .param(param("price")),
        LineRefusal::RecurringInPaymentMode => StripeError::invalid(
            "You specified `payment` mode but passed a recurring price. Either switch to \
             `subscription` mode or use only one-time prices.",
        )
        .param(param("price")),
        LineRefusal::MixedIntervals => StripeError::invalid(
            "All recurring prices of a Checkout Session must have the same `interval` and \
             `interval_count`.",
        )
        .param(param("price")),
    }
}

fn quantity(refusal: &QuantityRefusal, param: impl Fn(&str) -> String) -> StripeError {
    match refusal {
        QuantityRefusal::Missing => missing(&param("quantity")),
        QuantityRefusal::OfMetered(id) => StripeError::invalid(format!(
            "The price `{id}` is metered (`usage_type=metered`): its units are counted later, so \
             remove `quantity` from the line."
        ))
        .param(param("quantity")),
        QuantityRefusal::AdjustableMetered(id) => StripeError::invalid(format!(
            "The price `{id}` is metered (`usage_type=metered`), so there is no quantity to adjust."
        ))
        .param(param("adjustable_quantity")),
        QuantityRefusal::OfCustomAmount => StripeError::invalid(
            "A line item whose price has `custom_unit_amount` must have a `quantity` of 1, which \
             can't be adjustable.",
        )
        .param(param("quantity")),
        QuantityRefusal::MaximumTooLarge { .. } => StripeError::invalid(format!(
            "This value must be less than or equal to {}.",
            AdjustableQuantity::MAXIMUM_LIMIT
        ))
        .code("parameter_invalid_integer")
        .param(param("adjustable_quantity][maximum")),
        QuantityRefusal::BoundsCrossed { minimum, maximum } => StripeError::invalid(format!(
            "`adjustable_quantity[minimum]` ({minimum}) must not be above \
             `adjustable_quantity[maximum]` ({maximum})."
        ))
        .param(param("adjustable_quantity][minimum")),
        QuantityRefusal::OutOfBounds { quantity, minimum, maximum } => {
            StripeError::invalid(format!(
                "The quantity {quantity} is outside the line's `adjustable_quantity`, from \
                 {minimum} to {maximum}. Change the quantity or send other bounds."
            ))
            .param(param("quantity"))
        }
    }
}

fn product_inactive(id: &ProductId) -> StripeError {
    StripeError::invalid(format!(
        "The product `{id}` is inactive. Line items can only use active products."
    ))
}
