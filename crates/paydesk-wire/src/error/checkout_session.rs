//! Refusals of Checkout Sessions and their lines, in Stripe's words.

use paydesk_domain::checkout_session::{
    AdjustableQuantity, DiscountRefusal, LineRefusal, Mode, QuantityRefusal, SessionRefusal,
    Status, TAX_RATES_MAX, TaxRateUnusable, UiMode, UrlParameter,
};
use paydesk_domain::coupon::CouponRefusal;
use paydesk_domain::id::{ProductId, TaxRateId};

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
        SessionRefusal::Line { index, reason } => line(*index, reason),
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
    StripeError::invalid(format!("In `{mode}` mode a Checkout Session has at most {limit} {kind}."))
        .param("line_items")
}

fn line(index: usize, reason: &LineRefusal) -> StripeError {
    let param = |name: &str| format!("line_items[{index}][{name}]");
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
        LineRefusal::TooManyTaxRates => {
            StripeError::invalid(format!("A line item can have at most {TAX_RATES_MAX} tax rates."))
                .param(param("tax_rates"))
        }
        LineRefusal::TaxRate { index: rate, id, kind } => {
            tax_rate(id, *kind, &param(&format!("tax_rates][{rate}")))
        }
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

fn tax_rate(id: &TaxRateId, kind: TaxRateUnusable, param: &str) -> StripeError {
    match kind {
        TaxRateUnusable::Missing => no_such("tax rate", id.as_str(), param),
        TaxRateUnusable::Inactive => StripeError::invalid(format!(
            "The tax rate `{id}` is inactive. Only active tax rates can be added."
        ))
        .param(param),
        TaxRateUnusable::Twice => {
            StripeError::invalid(format!("The tax rate `{id}` is named twice.")).param(param)
        }
    }
}

fn discount(refusal: &DiscountRefusal) -> StripeError {
    let coupon = "discounts[0][coupon]";
    let promotion_code = "discounts[0][promotion_code]";
    match refusal {
        DiscountRefusal::TooMany => {
            StripeError::invalid("A Checkout Session can have one discount at most.")
                .param("discounts[1]")
        }
        DiscountRefusal::NoSuchCoupon(id) => no_such("coupon", id.as_str(), coupon),
        DiscountRefusal::CouponUnusable(id, reason) => {
            StripeError::invalid(format!("Coupon {id} can't be redeemed: {reason}."))
                .code("coupon_expired")
                .param(coupon)
        }
        DiscountRefusal::CouponData(CouponRefusal::Metadata(refusal)) => {
            metadata(refusal, "discounts[0][coupon_data][metadata]")
        }
        DiscountRefusal::CouponData(refusal) => {
            StripeError::invalid(format!("The coupon can't be made: {refusal}."))
                .param("discounts[0][coupon_data]")
        }
        DiscountRefusal::NoSuchPromotionCode(id) => {
            no_such("promotion code", id.as_str(), promotion_code)
        }
        DiscountRefusal::PromotionCodeUnusable(id, reason) => {
            StripeError::invalid(format!("The promotion code `{id}` can't be redeemed: {reason}."))
                .param(promotion_code)
        }
        DiscountRefusal::OtherCurrency(currency) => StripeError::invalid(format!(
            "The coupon takes an amount off, but has none in `{currency}`, the currency of the \
             Checkout Session. Give it one in its `currency_options`."
        ))
        .param(coupon),
        DiscountRefusal::AppliesToNothing => StripeError::invalid(
            "The coupon is limited to products that are in none of the line items. Add one of \
             them, or use another coupon.",
        )
        .param("discounts"),
        DiscountRefusal::OfCustomAmount => StripeError::invalid(
            "A Checkout Session whose price has `custom_unit_amount` can't have discounts.",
        )
        .param("discounts"),
        DiscountRefusal::PromotionCodesAllowed => StripeError::invalid(
            "This Checkout Session was created with `allow_promotion_codes`, so its discount is \
             the buyer's. Create it with `permissions[update_discounts]=server_only` to update \
             discounts here.",
        )
        .param("discounts"),
        DiscountRefusal::ClientOnly => StripeError::invalid(
            "This Checkout Session was created with `permissions[update_discounts]=client_only`, \
             so its discounts can only be updated from the client. Create it with `server_only` \
             to update them here.",
        )
        .param("discounts"),
    }
}

fn product_inactive(id: &ProductId) -> StripeError {
    StripeError::invalid(format!(
        "The product `{id}` is inactive. Line items can only use active products."
    ))
}
