//! Parameters of promotion codes.

use paydesk_domain::id::{CouponId, CustomerId, ObjectId};
use paydesk_domain::money::Money;
use paydesk_domain::promotion_code::{
    CODE_CHARS_MAX, Code, CreatePromotionCode, MinimumAmount, Restrictions, UpdatePromotionCode,
};

use super::coupons::{AMOUNT_MAX, ID_CHARS_MAX, INTEGER_MAX};
use crate::form::{Choices, Fields, ParamProblem};

/// There is one kind of promotion yet.
const PROMOTION_TYPES: Choices<()> = &[("coupon", Some(()))];

/// Reads a new promotion code.
pub fn create_promotion_code(fields: &mut Fields<'_>) -> Option<CreatePromotionCode> {
    let has_promotion = fields.is_sent("promotion");
    let coupon = fields.object("promotion", coupon);
    let coupon = fields.required("promotion", coupon, has_promotion);
    let max_redemptions = fields.integer("max_redemptions", 1, INTEGER_MAX);
    let restrictions = fields.object("restrictions", restrictions);
    Some(CreatePromotionCode {
        is_enabled: fields.boolean("active").unwrap_or(true),
        code: code(fields),
        customer: fields.text("customer").map(CustomerId::from_text),
        expires_at: fields.timestamp("expires_at"),
        max_redemptions: max_redemptions.and_then(|max| u64::try_from(max).ok()),
        restrictions: restrictions.unwrap_or_default(),
        metadata: fields.metadata("metadata"),
        coupon: coupon?,
    })
}

/// Reads changes of a promotion code.
pub fn update_promotion_code(fields: &mut Fields<'_>) -> Option<UpdatePromotionCode> {
    let options = fields.object("restrictions", |fields| Some(currency_options(fields)));
    Some(UpdatePromotionCode {
        is_enabled: fields.boolean("active"),
        currency_options: options.unwrap_or_default(),
        metadata: fields.metadata("metadata"),
    })
}

fn coupon(fields: &mut Fields<'_>) -> Option<CouponId> {
    let has_type = fields.is_sent("type");
    let kind = fields.choice("type", PROMOTION_TYPES);
    let kind = fields.required("type", kind, has_type);
    let coupon = fields.required_text("coupon", ID_CHARS_MAX);
    kind.and(coupon).map(CouponId::from_text)
}

fn code(fields: &mut Fields<'_>) -> Option<Code> {
    let text = fields.text_up_to("code", CODE_CHARS_MAX)?;
    if let Ok(code) = Code::parse(&text) {
        return Some(code);
    }
    let param = fields.param("code");
    fields.report(ParamProblem::PromotionCodeText { param, value: text });
    None
}

fn restrictions(fields: &mut Fields<'_>) -> Option<Restrictions> {
    let is_first_time = fields.boolean("first_time_transaction").unwrap_or(false);
    Some(Restrictions { is_first_time, minimum: minimum(fields) })
}

fn minimum(fields: &mut Fields<'_>) -> Option<MinimumAmount> {
    let names = ["minimum_amount", "minimum_amount_currency", "currency_options"];
    let [has_amount, has_currency, has_options] = names.map(|name| fields.is_sent(name));
    let mut amount = fields.integer("minimum_amount", 1, AMOUNT_MAX);
    let mut currency = fields.currency("minimum_amount_currency");
    if has_currency || has_options {
        amount = fields.required("minimum_amount", amount, has_amount);
    }
    if has_amount {
        currency = fields.required("minimum_amount_currency", currency, has_currency);
    }
    let options = currency_options(fields);
    match MinimumAmount::new(Money::new(amount?, currency?), options) {
        Ok(minimum) => Some(minimum),
        Err(refusal) => {
            fields.report(ParamProblem::PromotionCode { refusal });
            None
        }
    }
}

fn currency_options(fields: &mut Fields<'_>) -> Vec<Money> {
    let options = fields.by_currency("currency_options", |currency, fields| {
        let was_sent = fields.is_sent("minimum_amount");
        let amount = fields.integer("minimum_amount", 1, AMOUNT_MAX);
        let amount = fields.required("minimum_amount", amount, was_sent)?;
        Some(Money::new(amount, currency))
    });
    options.unwrap_or_default()
}
