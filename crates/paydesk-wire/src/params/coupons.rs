//! Parameters of Coupons.

use paydesk_domain::coupon::{
    AmountOff, CouponDuration, CreateCoupon, Off, PercentOff, UpdateCoupon,
};
use paydesk_domain::id::{CouponId, ObjectId, ProductId};
use paydesk_domain::money::Money;

use crate::form::{Choices, Fields, ParamProblem};

pub(super) const ID_CHARS_MAX: usize = 255;
const NAME_CHARS_MAX: usize = 40;
const PRODUCTS_MAX: usize = 1000;
/// More than any currency can charge.
pub(super) const AMOUNT_MAX: i64 = 999_999_999_999;
/// The largest integer that JavaScript's numbers hold exactly.
pub(super) const INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// `repeating` takes its months from another parameter.
const DURATIONS: Choices<CouponDuration> = &[
    ("forever", Some(CouponDuration::Forever)),
    ("once", Some(CouponDuration::Once)),
    ("repeating", Some(CouponDuration::Repeating { months: 1 })),
];

/// Reads a new Coupon.
pub fn create_coupon(fields: &mut Fields<'_>) -> Option<CreateCoupon> {
    let off = off(fields);
    let duration = duration(fields);
    let products = fields.object("applies_to", |fields| fields.texts("products", PRODUCTS_MAX));
    let max_redemptions = fields.integer("max_redemptions", 1, INTEGER_MAX);
    Some(CreateCoupon {
        id: fields.text_up_to("id", ID_CHARS_MAX).map(CouponId::from_text),
        name: fields.text_up_to("name", NAME_CHARS_MAX),
        products: products.unwrap_or_default().into_iter().map(ProductId::from_text).collect(),
        max_redemptions: max_redemptions.and_then(|max| u64::try_from(max).ok()),
        redeem_by: fields.timestamp("redeem_by"),
        metadata: fields.metadata("metadata"),
        off: off?,
        duration: duration?,
    })
}

/// Reads a new Coupon that is written out where one could be named: `coupon_data`.
pub(super) fn coupon_data(fields: &mut Fields<'_>) -> Option<CreateCoupon> {
    let off = off(fields);
    let duration = duration(fields);
    Some(CreateCoupon {
        id: None,
        name: fields.text_up_to("name", NAME_CHARS_MAX),
        products: Vec::new(),
        max_redemptions: None,
        redeem_by: None,
        metadata: fields.metadata("metadata"),
        off: off?,
        duration: duration?,
    })
}

/// Reads changes of a Coupon.
pub fn update_coupon(fields: &mut Fields<'_>) -> Option<UpdateCoupon> {
    Some(UpdateCoupon {
        name: fields.text_up_to("name", NAME_CHARS_MAX),
        currency_options: currency_options(fields),
        metadata: fields.metadata("metadata"),
    })
}

fn off(fields: &mut Fields<'_>) -> Option<Off> {
    fields.exactly_one(&["percent_off", "amount_off"]);
    fields.at_most_one(&["percent_off", "currency"]);
    fields.at_most_one(&["percent_off", "currency_options"]);
    let percent = percent_off(fields);
    let is_amount = fields.is_sent("amount_off");
    let amount = fields.integer("amount_off", 1, AMOUNT_MAX);
    let was_sent = fields.is_sent("currency");
    let currency = fields.currency("currency");
    let currency =
        if is_amount { fields.required("currency", currency, was_sent) } else { currency };
    let options = currency_options(fields);
    if percent.is_some() {
        return percent;
    }
    match AmountOff::new(Money::new(amount?, currency?), options) {
        Ok(amount) => Some(Off::Amount(amount)),
        Err(refusal) => {
            fields.report(ParamProblem::Coupon { refusal });
            None
        }
    }
}

fn percent_off(fields: &mut Fields<'_>) -> Option<Off> {
    let text = fields.digits("percent_off")?;
    match PercentOff::parse(&text) {
        Ok(percent) => Some(Off::Percent(percent)),
        Err(reason) => {
            let param = fields.param("percent_off");
            fields.report(ParamProblem::PercentOff { param, value: text, reason });
            None
        }
    }
}

fn currency_options(fields: &mut Fields<'_>) -> Vec<Money> {
    let options = fields.by_currency("currency_options", |currency, fields| {
        let was_sent = fields.is_sent("amount_off");
        let amount = fields.integer("amount_off", 1, AMOUNT_MAX);
        let amount = fields.required("amount_off", amount, was_sent)?;
        Some(Money::new(amount, currency))
    });
    options.unwrap_or_default()
}

fn duration(fields: &mut Fields<'_>) -> Option<CouponDuration> {
    let is_sent = fields.is_sent("duration");
    let duration = fields.choice("duration", DURATIONS);
    let has_months = fields.is_sent("duration_in_months");
    let months = fields.integer("duration_in_months", 1, i64::from(u32::MAX));
    if is_sent && duration.is_none() {
        return None;
    }
    match duration.unwrap_or_default() {
        CouponDuration::Repeating { .. } => {
            let months = fields.required("duration_in_months", months, has_months)?;
            Some(CouponDuration::Repeating { months: u32::try_from(months).ok()? })
        }
        plain @ (CouponDuration::Forever | CouponDuration::Once) => {
            if has_months {
                let param = fields.param("duration_in_months");
                let (other, value) = ("duration", "repeating");
                fields.report(ParamProblem::OnlyWith { param, other, value });
            }
            Some(plain)
        }
    }
}
