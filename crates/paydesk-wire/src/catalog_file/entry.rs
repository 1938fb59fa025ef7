//! One object of a file: what is given with it, and the rest by the reader that creates its kind.

use paydesk_domain::id::{
    CouponId, ObjectId, PriceId, ProductId, ShippingRateId, TaxRateId, WebhookEndpointId,
};
use paydesk_domain::import::{
    ImportCoupon, ImportObject, ImportPrice, ImportProduct, ImportShippingRate, ImportTaxRate,
    ImportWebhookEndpoint,
};
use paydesk_domain::webhook_endpoint::SigningSecret;

use super::as_created::{as_created, enable_custom_amounts};
use super::layout::{Item, Kind, inside};
use super::tree::{Tree, into_params};
use crate::error::StripeError;
use crate::form::{self, Choices, Fields, ParamProblem, Params};
use crate::operation::Operation;
use crate::params;

const ID_CHARS_MAX: usize = 255;
const SECRET_CHARS_MAX: usize = 255;
/// The largest integer that JavaScript's numbers hold exactly.
const INTEGER_MAX: i64 = 9_007_199_254_740_991;
const STATUSES: Choices<bool> = &[("enabled", Some(true)), ("disabled", Some(false))];

/// Fields that Stripe shows and that follow from others, or from where an object is.
const COMPUTED: &[(Kind, &[&str])] = &[
    (Kind::Product, &["livemode", "object"]),
    (Kind::Price, &["livemode", "object", "type"]),
    (Kind::Coupon, &["livemode", "object", "valid"]),
    (Kind::ShippingRate, &["livemode", "object"]),
    (
        Kind::TaxRate,
        &["effective_percentage", "jurisdiction_level", "livemode", "object", "rate_type"],
    ),
    (Kind::WebhookEndpoint, &["livemode", "object"]),
];

/// Parameters that make an object whose id nobody gave, so that a second import would make another.
const MAKING_OTHERS: &[(Kind, &str, &str)] =
    &[(Kind::Product, "default_price_data", "prices"), (Kind::Price, "product_data", "products")];

/// Reads an object. Objects that are shown inside it are put to `shown`.
pub(super) fn read(mut item: Item, shown: &mut Vec<Item>) -> Result<ImportObject, StripeError> {
    let kind = item.kind;
    if item.fields.get("deleted").and_then(Tree::as_text) == Some("true") {
        return Err(StripeError::invalid("This object is deleted. Leave it out.").param("deleted"));
    }
    for (_, name, section) in MAKING_OTHERS.iter().filter(|(making, ..)| *making == kind) {
        if item.fields.contains_key(*name) {
            let message = format!(
                "`{name}` makes an object whose id nobody gave. Write it under `{section}`, with \
                 an id, and name that."
            );
            return Err(StripeError::invalid(message).param(*name));
        }
    }
    match kind {
        Kind::Product => take_shown(&mut item, "default_price", Kind::Price, shown),
        Kind::Price => take_shown(&mut item, "product", Kind::Product, shown),
        Kind::Coupon | Kind::ShippingRate | Kind::TaxRate | Kind::WebhookEndpoint => {}
    }
    let is_recurring =
        item.fields.get("type").and_then(Tree::as_text).map(|name| name == "recurring");
    for (_, names) in COMPUTED.iter().filter(|(computed, _)| *computed == kind) {
        for name in *names {
            item.fields.shift_remove(*name);
        }
    }
    if kind == Kind::Price {
        enable_custom_amounts(&mut item.fields);
    }
    let mut params = into_params(item.fields);
    as_created(kind, &mut params);
    if is_recurring.is_some_and(|is_recurring| is_recurring != params.contains_key("recurring")) {
        let message = "`type` is `recurring` for a price with `recurring`, `one_time` without.";
        return Err(StripeError::invalid(message).param("type"));
    }
    object(kind, params).map_err(StripeError::from)
}

/// Puts the id in the place of an object that is shown expanded.
fn take_shown(item: &mut Item, name: &str, kind: Kind, shown: &mut Vec<Item>) {
    let Some(Tree::Map(fields)) = item.fields.get_mut(name) else { return };
    let Some(id) = fields.get("id").filter(|id| id.as_text().is_some()).cloned() else { return };
    let fields = std::mem::take(fields);
    if !fields.contains_key("deleted") {
        shown.push(Item { kind, place: inside(&item.place, name), fields });
    }
    item.fields.insert(name.to_owned(), id);
}

fn object(kind: Kind, params: Params) -> Result<ImportObject, ParamProblem> {
    match kind {
        Kind::Product => form::decode(Operation::CreateProduct, params, Vec::new(), product),
        Kind::Price => form::decode(Operation::CreatePrice, params, Vec::new(), price),
        Kind::Coupon => form::decode(Operation::CreateCoupon, params, Vec::new(), coupon),
        Kind::ShippingRate => {
            form::decode(Operation::CreateShippingRate, params, Vec::new(), shipping_rate)
        }
        Kind::TaxRate => form::decode(Operation::CreateTaxRate, params, Vec::new(), tax_rate),
        Kind::WebhookEndpoint => {
            form::decode(Operation::CreateWebhookEndpoint, params, Vec::new(), webhook_endpoint)
        }
    }
}

fn product(fields: &mut Fields<'_>) -> Option<ImportObject> {
    let id = fields.required_text("id", ID_CHARS_MAX);
    let (created, updated) = (fields.timestamp("created"), fields.timestamp("updated"));
    let default_price = fields.text("default_price").map(PriceId::from_text);
    let command = params::create_product(fields)?;
    let id = ProductId::from_text(id?);
    Some(ImportObject::Product(ImportProduct { id, created, updated, default_price, command }))
}

fn price(fields: &mut Fields<'_>) -> Option<ImportObject> {
    let id = fields.required_text("id", ID_CHARS_MAX);
    let created = fields.timestamp("created");
    if fields.is_sent("transfer_lookup_key") {
        let param = fields.param("transfer_lookup_key");
        fields.report(ParamProblem::NotInFile { param });
    }
    let command = params::create_price(fields)?;
    Some(ImportObject::Price(ImportPrice { id: PriceId::from_text(id?), created, command }))
}

fn coupon(fields: &mut Fields<'_>) -> Option<ImportObject> {
    let id = fields.required_text("id", ID_CHARS_MAX);
    let created = fields.timestamp("created");
    let times_redeemed = fields.integer("times_redeemed", 0, INTEGER_MAX).unwrap_or(0);
    let command = params::create_coupon(fields)?;
    let id = CouponId::from_text(id?);
    let times_redeemed = u64::try_from(times_redeemed).ok()?;
    Some(ImportObject::Coupon(ImportCoupon { id, created, times_redeemed, command }))
}

fn shipping_rate(fields: &mut Fields<'_>) -> Option<ImportObject> {
    let id = fields.required_text("id", ID_CHARS_MAX);
    let created = fields.timestamp("created");
    let active = fields.boolean("active").unwrap_or(true);
    let command = params::create_shipping_rate(fields)?;
    let id = ShippingRateId::from_text(id?);
    Some(ImportObject::ShippingRate(ImportShippingRate { id, created, active, command }))
}

fn tax_rate(fields: &mut Fields<'_>) -> Option<ImportObject> {
    let id = fields.required_text("id", ID_CHARS_MAX);
    let created = fields.timestamp("created");
    let command = params::create_tax_rate(fields)?;
    Some(ImportObject::TaxRate(ImportTaxRate { id: TaxRateId::from_text(id?), created, command }))
}

fn webhook_endpoint(fields: &mut Fields<'_>) -> Option<ImportObject> {
    let id = fields.required_text("id", ID_CHARS_MAX);
    let created = fields.timestamp("created");
    let is_enabled = fields.choice("status", STATUSES).unwrap_or(true);
    let secret = secret(fields);
    let command = params::create_webhook_endpoint(fields)?;
    let id = WebhookEndpointId::from_text(id?);
    let import = ImportWebhookEndpoint { id, created, is_enabled, secret, command };
    Some(ImportObject::WebhookEndpoint(import))
}

fn secret(fields: &mut Fields<'_>) -> Option<SigningSecret> {
    let secret = fields.text("secret")?;
    let is_secret = secret.strip_prefix(SigningSecret::PREFIX).is_some_and(|rest| !rest.is_empty())
        && secret.len() <= SECRET_CHARS_MAX
        && secret.bytes().all(|byte| byte.is_ascii_graphic());
    if is_secret {
        return Some(SigningSecret::from_text(secret));
    }
    // What was sent may be a secret all the same, so it isn't shown.
    let param = fields.param("secret");
    fields.report(ParamProblem::SigningSecret { param });
    None
}
