//! Parameters of Checkout Sessions that decide on amounts besides the lines: discounts, shipping,
//! trials and billing cycles.

use paydesk_domain::address::{Address, Country};
use paydesk_domain::checkout_session::{
    AnchorConfig, DiscountChoice, MissingPaymentMethod, ProrationBehavior, ShippingChoice,
    ShippingDetails, SubscriptionTerms, Trial, TrialChange,
};
use paydesk_domain::id::{CouponId, ObjectId, PromotionCodeId, ShippingRateId};
use paydesk_domain::patch::Patch;

use super::coupons::coupon_data;
use super::shipping_rates::create_shipping_rate;
use crate::form::{Choices, Fields, KEYS_MAX, ParamProblem};

const TEXT_CHARS_MAX: usize = 5000;

const PRORATION_BEHAVIORS: Choices<ProrationBehavior> = &[
    ("create_prorations", Some(ProrationBehavior::CreateProrations)),
    ("none", Some(ProrationBehavior::None)),
];
/// Who owes the tax: no account but the shop's own.
const LIABLE: Choices<()> = &[("account", None), ("self", Some(()))];
const MISSING_PAYMENT_METHOD: Choices<MissingPaymentMethod> = &[
    ("cancel", Some(MissingPaymentMethod::Cancel)),
    ("create_invoice", Some(MissingPaymentMethod::CreateInvoice)),
    ("pause", Some(MissingPaymentMethod::Pause)),
];

/// A whole array that an empty text makes empty.
pub(super) fn array<T>(patch: Patch<Vec<T>>) -> Option<Vec<T>> {
    match patch {
        Patch::Keep => None,
        Patch::Unset => Some(Vec::new()),
        Patch::Set(items) => Some(items),
    }
}

/// An array of ids.
pub(super) fn ids<T: ObjectId>(fields: &mut Fields<'_>, name: &str) -> Option<Vec<T>> {
    let texts = fields.texts(name, KEYS_MAX)?;
    Some(texts.into_iter().map(T::from_text).collect())
}

/// What is to be taken off, on update: no promotion code, which only buyers enter then.
pub(super) fn updated_discounts(
    fields: &mut Fields<'_>,
    name: &str,
) -> Option<Vec<DiscountChoice>> {
    fields.objects(name, KEYS_MAX, |fields| {
        fields.exactly_one(&["coupon", "coupon_data"]);
        coupon_choice(fields)
    })
}

/// What is to be taken off.
pub(super) fn discounts(fields: &mut Fields<'_>, name: &str) -> Option<Vec<DiscountChoice>> {
    fields.objects(name, KEYS_MAX, |fields| {
        fields.exactly_one(&["coupon", "promotion_code", "coupon_data"]);
        let code = fields.text("promotion_code").map(PromotionCodeId::from_text);
        coupon_choice(fields).or(code.map(DiscountChoice::PromotionCode))
    })
}

fn coupon_choice(fields: &mut Fields<'_>) -> Option<DiscountChoice> {
    let coupon = fields.text("coupon").map(CouponId::from_text).map(DiscountChoice::Coupon);
    coupon.or(fields.object("coupon_data", coupon_data).map(DiscountChoice::Inline))
}

/// What the buyer can choose from for shipping.
pub(super) fn shipping_options(fields: &mut Fields<'_>, name: &str) -> Option<Vec<ShippingChoice>> {
    fields.objects(name, KEYS_MAX, |fields| {
        fields.exactly_one(&["shipping_rate", "shipping_rate_data"]);
        let rate = fields.text("shipping_rate").map(ShippingRateId::from_text);
        let inline = fields.object("shipping_rate_data", create_shipping_rate);
        rate.map(ShippingChoice::Existing).or(inline.map(ShippingChoice::Inline))
    })
}

/// Where a cart goes, as the shop's server learned it.
pub(super) fn collected_information(fields: &mut Fields<'_>) -> Option<ShippingDetails> {
    let read = |fields: &mut Fields<'_>| fields.object("shipping_details", shipping_details);
    fields.object("collected_information", read)
}

fn shipping_details(fields: &mut Fields<'_>) -> Option<ShippingDetails> {
    let was_sent = fields.is_sent("address");
    let address = fields.object("address", address);
    let address = fields.required("address", address, was_sent);
    let name = fields.required_text("name", TEXT_CHARS_MAX);
    Some(ShippingDetails { address: address?, name: name? })
}

fn address(fields: &mut Fields<'_>) -> Option<Address> {
    let was_sent = fields.is_sent("country");
    let country = fields.parsed("country", Country::from_code, |param, value| {
        ParamProblem::Country { param, value }
    });
    let country = fields.required("country", country, was_sent);
    let line1 = fields.required_text("line1", TEXT_CHARS_MAX);
    let mut text = |name| fields.text_patch(name, TEXT_CHARS_MAX).apply(None);
    Some(Address {
        city: text("city"),
        line2: text("line2"),
        postal_code: text("postal_code"),
        state: text("state"),
        line1: Some(line1?),
        country: Some(country?),
    })
}

/// Whether taxes follow from where the cart goes.
pub(super) fn automatic_tax(fields: &mut Fields<'_>) -> bool {
    let enabled = fields.object("automatic_tax", |fields| {
        let was_sent = fields.is_sent("enabled");
        let enabled = fields.boolean("enabled");
        let enabled = fields.required("enabled", enabled, was_sent);
        fields.object("liability", |fields| {
            let was_sent = fields.is_sent("type");
            let kind = fields.choice("type", LIABLE);
            fields.required("type", kind, was_sent)
        });
        enabled
    });
    enabled.unwrap_or(false)
}

/// What a subscription begins with, and the day on which full periods begin, of
/// `subscription_data`.
pub(super) fn subscription_terms(
    fields: &mut Fields<'_>,
) -> (SubscriptionTerms, Option<AnchorConfig>) {
    fields.at_most_one(&["billing_cycle_anchor", "billing_cycle_anchor_config"]);
    let config = fields.object("billing_cycle_anchor_config", anchor_config);
    fields.at_most_one(&["trial_end", "trial_period_days"]);
    let days = trial_days(fields, "trial_period_days").map(Trial::Days);
    let end = fields.timestamp("trial_end").map(Trial::Until);
    let missing = fields.object("trial_settings", |fields| {
        let was_sent = fields.is_sent("end_behavior");
        let behavior = fields.object("end_behavior", |fields| {
            let was_sent = fields.is_sent("missing_payment_method");
            let behavior = fields.choice("missing_payment_method", MISSING_PAYMENT_METHOD);
            fields.required("missing_payment_method", behavior, was_sent)
        });
        fields.required("end_behavior", behavior, was_sent)
    });
    let terms = SubscriptionTerms {
        trial: days.or(end),
        missing_payment_method: missing,
        billing_cycle_anchor: fields.timestamp("billing_cycle_anchor"),
        proration_behavior: fields.choice("proration_behavior", PRORATION_BEHAVIORS),
        default_tax_rates: ids(fields, "default_tax_rates").unwrap_or_default(),
    };
    (terms, config)
}

fn anchor_config(fields: &mut Fields<'_>) -> Option<AnchorConfig> {
    let was_sent = fields.is_sent("day_of_month");
    let mut number = |name, least, most| {
        fields.integer(name, least, most).and_then(|number| i8::try_from(number).ok())
    };
    let day_of_month = number("day_of_month", 1, 31);
    let [month, hour, minute, second] =
        [("month", 1, 12), ("hour", 0, 23), ("minute", 0, 59), ("second", 0, 59)]
            .map(|(name, least, most)| number(name, least, most));
    let day_of_month = fields.required("day_of_month", day_of_month, was_sent)?;
    Some(AnchorConfig { day_of_month, month, hour, minute, second })
}

/// A change of a trial: exactly one of its two parameters, each of which an empty text removes.
pub(super) fn trial_change(fields: &mut Fields<'_>) -> Option<TrialChange> {
    fields.object("subscription_data", |fields| {
        fields.exactly_one(&["trial_end", "trial_period_days"]);
        let days = match fields.patch("trial_period_days", trial_days) {
            Patch::Keep => None,
            Patch::Unset => Some(TrialChange::Days(None)),
            Patch::Set(days) => Some(TrialChange::Days(Some(days))),
        };
        let end = match fields.patch("trial_end", Fields::timestamp) {
            Patch::Keep => None,
            Patch::Unset => Some(TrialChange::Until(None)),
            Patch::Set(end) => Some(TrialChange::Until(Some(end))),
        };
        days.or(end)
    })
}

fn trial_days(fields: &mut Fields<'_>, name: &str) -> Option<u32> {
    let days = fields.integer(name, 1, i64::from(u32::MAX))?;
    u32::try_from(days).ok()
}
