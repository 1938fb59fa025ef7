//! Refusals of what decides on a session's amounts besides its lines, in Stripe's words.

use paydesk_domain::checkout_session::{
    AutomaticTaxRefusal, DiscountRefusal, SHIPPING_OPTIONS_MAX, ShippingRefusal,
    SubscriptionRefusal, TAX_RATES_MAX, TRIAL_DAYS_MAX, TaxRateUnusable, TaxRatesRefusal,
};
use paydesk_domain::coupon::CouponRefusal;
use paydesk_domain::id::TaxRateId;
use paydesk_domain::shipping_rate::ShippingRateRefusal;

use super::StripeError;
use super::refusal::{metadata, no_such};
use crate::objects::ui_mode_name;

/// The error for a discount that a session can't have.
pub(super) fn discount(refusal: &DiscountRefusal) -> StripeError {
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

/// The error for a list of tax rates in the parameter of that name.
pub(super) fn tax_rates(refusal: &TaxRatesRefusal, param: &str) -> StripeError {
    match refusal {
        TaxRatesRefusal::TooMany => {
            StripeError::invalid(format!("There can be at most {TAX_RATES_MAX} tax rates."))
                .param(param)
        }
        TaxRatesRefusal::Unusable { index, id, kind } => {
            tax_rate(id, *kind, &format!("{param}[{index}]"))
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

/// The error for taxes that can't follow from where the cart goes.
pub(super) fn automatic_tax(refusal: &AutomaticTaxRefusal) -> StripeError {
    match refusal {
        AutomaticTaxRefusal::NoTable => StripeError::invalid(
            "`automatic_tax` needs a tax table, which this server was started without. Start it \
             with `paydesk serve --tax-table FILE`, or use `tax_rates`.",
        )
        .param("automatic_tax[enabled]"),
        AutomaticTaxRefusal::WithRates { index } => StripeError::invalid(
            "`tax_rates` can't be used together with `automatic_tax[enabled]=true`.",
        )
        .param(format!("line_items[{index}][tax_rates]")),
        AutomaticTaxRefusal::WithDefaultRates => StripeError::invalid(
            "`default_tax_rates` can't be used together with `automatic_tax[enabled]=true`.",
        )
        .param("subscription_data[default_tax_rates]"),
        AutomaticTaxRefusal::CustomerLocation { asks_shipping } => {
            let parameter = if *asks_shipping { "shipping" } else { "address" };
            StripeError::invalid(format!(
                "Automatic tax needs to know where the customer is, but the customer has no \
                 address that is enough. Update the customer's address, or set \
                 `customer_update[{parameter}]` to `auto` to take it from what the buyer enters."
            ))
            .code("customer_tax_location_invalid")
            .param("customer")
        }
    }
}

/// The error for shipping that a session can't have.
pub(super) fn shipping(refusal: &ShippingRefusal) -> StripeError {
    let option = |index: &usize, name: &str| format!("shipping_options[{index}][{name}]");
    match refusal {
        ShippingRefusal::NotInMode(mode) => StripeError::invalid(format!(
            "`shipping_options` can only be used in `payment` mode, not in `{}` mode.",
            mode.as_str()
        ))
        .param("shipping_options"),
        ShippingRefusal::NotInUiMode { ui_mode, parameter } => StripeError::invalid(format!(
            "`{parameter}` can't be updated when `ui_mode` is `{}`: the page asks the buyer \
             itself.",
            ui_mode_name(*ui_mode)
        ))
        .param(*parameter),
        ShippingRefusal::TooManyOptions => StripeError::invalid(format!(
            "A Checkout Session can have at most {SHIPPING_OPTIONS_MAX} shipping options."
        ))
        .param("shipping_options"),
        ShippingRefusal::NoSuchRate { index, id } => {
            no_such("shipping rate", id.as_str(), option(index, "shipping_rate"))
        }
        ShippingRefusal::RateInactive { index, id } => StripeError::invalid(format!(
            "The shipping rate `{id}` is inactive. Shipping options can only use active ones."
        ))
        .param(option(index, "shipping_rate")),
        ShippingRefusal::RateTwice { index, id } => {
            StripeError::invalid(format!("The shipping rate `{id}` is named twice."))
                .param(option(index, "shipping_rate"))
        }
        ShippingRefusal::RateData { index, reason: ShippingRateRefusal::Metadata(refusal) } => {
            metadata(refusal, &option(index, "shipping_rate_data][metadata"))
        }
        ShippingRefusal::RateData { index, reason } => {
            StripeError::invalid(format!("The shipping rate can't be made: {reason}."))
                .param(option(index, "shipping_rate_data"))
        }
        ShippingRefusal::OtherCurrency { index, currency } => StripeError::invalid(format!(
            "The shipping rate has no amount in `{currency}`, the currency of the Checkout \
             Session. Give it one in its `fixed_amount[currency_options]`."
        ))
        .param(format!("shipping_options[{index}]")),
        ShippingRefusal::CountryNotAllowed(country) => StripeError::invalid(format!(
            "`{}` is not among the `allowed_countries` of the session's \
             `shipping_address_collection`.",
            country.code()
        ))
        .code("parameter_invalid_string")
        .param("collected_information[shipping_details][address][country]"),
    }
}

/// The error for a subscription that can't begin so.
pub(super) fn subscription(refusal: &SubscriptionRefusal) -> StripeError {
    let (name, message) = match refusal {
        SubscriptionRefusal::NotInMode(mode) => {
            let mode = mode.as_str();
            let message = format!(
                "`subscription_data` can only be used in `subscription` mode, not in `{mode}` mode."
            );
            return StripeError::invalid(message).param("subscription_data");
        }
        SubscriptionRefusal::TaxRates(refusal) => {
            return tax_rates(refusal, "subscription_data[default_tax_rates]");
        }
        SubscriptionRefusal::TrialDays { days } => (
            "trial_period_days",
            format!("A trial has from 1 to {TRIAL_DAYS_MAX} days. You asked for {days}."),
        ),
        SubscriptionRefusal::TrialEndsTooSoon => (
            "trial_end",
            "The `trial_end` timestamp must be at least 48 hours in the future.".to_owned(),
        ),
        SubscriptionRefusal::TrialWithAnchor => (
            "billing_cycle_anchor",
            "A subscription has a trial or a `billing_cycle_anchor`, not both.".to_owned(),
        ),
        SubscriptionRefusal::TrialIsUntil => (
            "trial_period_days",
            "The trial was set by `trial_end`. Remove it by an empty `trial_end`.".to_owned(),
        ),
        SubscriptionRefusal::TrialIsDays => (
            "trial_end",
            "The trial was set by `trial_period_days`. Remove it by an empty \
             `trial_period_days`."
                .to_owned(),
        ),
        SubscriptionRefusal::AnchorPassed => (
            "billing_cycle_anchor",
            "The `billing_cycle_anchor` timestamp must be in the future.".to_owned(),
        ),
        SubscriptionRefusal::AnchorTooLate { latest } => (
            "billing_cycle_anchor",
            format!(
                "The `billing_cycle_anchor` timestamp must not be later than the next natural \
                 billing date, {latest}."
            ),
        ),
        SubscriptionRefusal::OneTimeWithoutProration => (
            "proration_behavior",
            "`proration_behavior=none` can't be used together with one-time prices.".to_owned(),
        ),
        SubscriptionRefusal::ProrationWithAmountOff => (
            "proration_behavior",
            "Prorations can't be created together with a coupon that has `amount_off`. Use \
             `percent_off`, or `proration_behavior=none`."
                .to_owned(),
        ),
    };
    StripeError::invalid(message).param(format!("subscription_data[{name}]"))
}
