//! Parameters of shipping rates.

use paydesk_domain::money::Money;
use paydesk_domain::shipping_rate::{
    DeliveryEstimate, DeliveryTime, DeliveryUnit, FixedAmount, MinimumAboveMaximum,
    NewShippingRate, ShippingCurrencyOptionChange, UpdateShippingRate,
};

use super::catalog::tax_behavior;
use crate::form::{Choices, Fields, ParamProblem};

const DISPLAY_NAME_CHARS_MAX: usize = 100;
const TEXT_CHARS_MAX: usize = 5000;
/// More than any currency can charge.
const AMOUNT_MAX: i64 = 999_999_999_999;

const DELIVERY_UNITS: Choices<DeliveryUnit> = &[
    ("business_day", Some(DeliveryUnit::BusinessDay)),
    ("day", Some(DeliveryUnit::Day)),
    ("hour", Some(DeliveryUnit::Hour)),
    ("month", Some(DeliveryUnit::Month)),
    ("week", Some(DeliveryUnit::Week)),
];
/// The only type there is.
const TYPES: Choices<()> = &[("fixed_amount", Some(()))];

/// Reads a new shipping rate, from the whole of a request or from an object inside one.
pub fn create_shipping_rate(fields: &mut Fields<'_>) -> Option<NewShippingRate> {
    fields.choice("type", TYPES);
    let was_sent = fields.is_sent("fixed_amount");
    let fixed_amount = fields.object("fixed_amount", fixed_amount);
    let fixed_amount = fields.required("fixed_amount", fixed_amount, was_sent);
    let display_name = fields.required_text("display_name", DISPLAY_NAME_CHARS_MAX);
    Some(NewShippingRate {
        delivery_estimate: fields.object("delivery_estimate", delivery_estimate),
        metadata: fields.metadata("metadata"),
        tax_behavior: tax_behavior(fields).unwrap_or_default(),
        tax_code: fields.text_up_to("tax_code", TEXT_CHARS_MAX),
        display_name: display_name?,
        fixed_amount: fixed_amount?,
    })
}

/// Reads changes of a shipping rate.
pub fn update_shipping_rate(fields: &mut Fields<'_>) -> Option<UpdateShippingRate> {
    let currency_options = fields.object("fixed_amount", |fields| {
        fields.by_currency("currency_options", |currency, fields| {
            let amount = fields.integer("amount", 0, AMOUNT_MAX);
            let tax_behavior = tax_behavior(fields);
            Some(ShippingCurrencyOptionChange { currency, amount, tax_behavior })
        })
    });
    Some(UpdateShippingRate {
        active: fields.boolean("active"),
        currency_options: currency_options.unwrap_or_default(),
        metadata: fields.metadata("metadata"),
        tax_behavior: tax_behavior(fields),
    })
}

fn fixed_amount(fields: &mut Fields<'_>) -> Option<FixedAmount> {
    let was_sent = fields.is_sent("amount");
    let amount = fields.integer("amount", 0, AMOUNT_MAX);
    let amount = fields.required("amount", amount, was_sent);
    let was_sent = fields.is_sent("currency");
    let currency = fields.currency("currency");
    let currency = fields.required("currency", currency, was_sent);
    let options = fields.by_currency("currency_options", |currency, fields| {
        let was_sent = fields.is_sent("amount");
        let amount = fields.integer("amount", 0, AMOUNT_MAX);
        let amount = fields.required("amount", amount, was_sent);
        let tax_behavior = tax_behavior(fields);
        Some(ShippingCurrencyOptionChange { currency, amount: Some(amount?), tax_behavior })
    });
    match FixedAmount::new(Money::new(amount?, currency?), options.unwrap_or_default()) {
        Ok(fixed_amount) => Some(fixed_amount),
        Err(refusal) => {
            let param = format!("{}[{}]", fields.param("currency_options"), refusal.currency);
            fields.report(ParamProblem::ShippingCurrency { param, refusal });
            None
        }
    }
}

fn delivery_estimate(fields: &mut Fields<'_>) -> Option<DeliveryEstimate> {
    let minimum = fields.object("minimum", delivery_time);
    let maximum = fields.object("maximum", delivery_time);
    match DeliveryEstimate::new(minimum, maximum) {
        Ok(estimate) => Some(estimate),
        Err(MinimumAboveMaximum) => {
            let param = fields.param("minimum");
            fields.report(ParamProblem::DeliveryBounds { param });
            None
        }
    }
}

fn delivery_time(fields: &mut Fields<'_>) -> Option<DeliveryTime> {
    let was_sent = fields.is_sent("unit");
    let unit = fields.choice("unit", DELIVERY_UNITS);
    let unit = fields.required("unit", unit, was_sent);
    let was_sent = fields.is_sent("value");
    let value = fields.integer("value", 1, i64::from(u32::MAX));
    let value = fields.required("value", value, was_sent);
    Some(DeliveryTime { unit: unit?, value: u32::try_from(value?).ok()? })
}
