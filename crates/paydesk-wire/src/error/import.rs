//! Files that are not imported: unreadable ones, and those with objects that are refused.

use std::collections::BTreeSet;

use paydesk_domain::catalog::Catalog;
use paydesk_domain::import::{ImportRefusal, ImportRefused};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ErrorKind, StripeError};
use crate::expand::Expand;
use crate::objects::{
    CouponObject, PriceObject, ShippingRateObject, TaxRateObject, differing_fields,
};

/// Refused objects whose reasons stand in the message; the others are in the list beside it.
const SHOWN_MAX: usize = 3;

/// Refused objects in that list; whoever has more has the wrong file.
const LISTED_MAX: usize = 1000;

/// An object of a file that is refused, in the form of the error it would get on its own.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct RefusedObject {
    /// Stripe's `code`, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// What was expected and what to do.
    pub message: String,
    /// Where in the file: `prices[3][currency]`.
    pub param: String,
}

impl RefusedObject {
    /// The object at a place, by the error that it would get on its own.
    #[must_use]
    pub fn of(place: &str, error: StripeError) -> Self {
        let param = match error.param {
            None => place.to_owned(),
            Some(param) if place.is_empty() || place.ends_with(": ") => format!("{place}{param}"),
            Some(param) => {
                let (first, rest) = param.split_at(param.find('[').unwrap_or(param.len()));
                format!("{place}[{first}]{rest}")
            }
        };
        Self { code: error.code, message: error.message, param }
    }
}

impl StripeError {
    /// 400 for a file with objects that are refused.
    #[must_use]
    pub fn import_refused(mut refused: Vec<RefusedObject>) -> Self {
        let count = refused.len();
        let shown: String = refused
            .iter()
            .take(SHOWN_MAX)
            .map(|object| format!("\n  {}: {}", object.param, object.message))
            .collect();
        let more = match count.saturating_sub(SHOWN_MAX) {
            0 => String::new(),
            more if count <= LISTED_MAX => format!("\n  and {more} more, in `refused`"),
            more => format!("\n  and {more} more, the first {LISTED_MAX} in `refused`"),
        };
        let mistakes = if count == 1 { "a mistake" } else { "mistakes" };
        let message = format!("Nothing was imported: the file has {mistakes}.{shown}{more}");
        let mut error = Self::invalid(message).code("import_refused");
        error.param = refused.first().map(|first| first.param.clone());
        refused.truncate(LISTED_MAX);
        error.refused = refused.into();
        error
    }

    /// 400 for a file that is not what it looks like.
    #[must_use]
    pub fn unreadable_file(prefix: &str, format: &str, reason: &str) -> Self {
        Self::invalid(format!(
            "{prefix}The file is no {format}: {reason}. A file that begins with {{ or [ is read as \
             JSON, any other as YAML."
        ))
    }

    /// 413 for a file that is too large.
    #[must_use]
    pub fn file_too_large(bytes_max: usize) -> Self {
        let message = format!("A file to import can have at most {bytes_max} bytes. Split it.");
        Self::new(413, ErrorKind::InvalidRequest, message)
    }

    /// 400 for a file with too many objects.
    #[must_use]
    pub fn too_many_objects(limit: usize) -> Self {
        Self::invalid(format!(
            "A file to import can have at most {limit} objects, because it is imported wholly or \
             not at all. Split it, products first."
        ))
    }

    /// 400 for a body that is no file.
    #[must_use]
    pub fn not_a_file(content_type: &str) -> Self {
        Self::invalid(format!(
            "Invalid request body: an import is a file as it is, sent with the header \
             `Content-Type: application/json` or `application/yaml`, not {content_type}. With \
             curl: -H 'Content-Type: application/json' --data-binary @file."
        ))
    }
}

pub(super) fn import(refused: &ImportRefused) -> StripeError {
    let objects = refused.0.iter();
    let objects =
        objects.map(|entry| RefusedObject::of(&entry.place, StripeError::from(&entry.refusal)));
    StripeError::import_refused(objects.collect())
}

pub(super) fn imported_object(refusal: &ImportRefusal) -> StripeError {
    match refusal {
        ImportRefusal::PriceFixed { before, now } => {
            let (catalog, expand) = (Catalog::default(), Expand::of(&["tiers"]));
            let [before_object, now_object] =
                [before, now].map(|price| PriceObject::new(price, &catalog, &expand));
            let fields = differing_fields(&before_object, &now_object);
            fixed("price", before.id.as_str(), &fields, PRICE_CHANGES)
        }
        ImportRefusal::CouponFixed { before, now } => {
            let at = before.created;
            let expand = Expand::of(&["applies_to"]);
            let [before_object, now_object] =
                [before, now].map(|coupon| CouponObject::new(coupon, at, &expand));
            let fields = differing_fields(&before_object, &now_object);
            fixed("coupon", before.id.as_str(), &fields, COUPON_CHANGES)
        }
        ImportRefusal::ShippingRateFixed { before, now } => {
            let expand = Expand::default();
            let [before_object, now_object] =
                [before, now].map(|rate| ShippingRateObject::new(rate, &expand));
            let fields = differing_fields(&before_object, &now_object);
            fixed("shipping rate", before.id.as_str(), &fields, SHIPPING_RATE_CHANGES)
        }
        ImportRefusal::TaxRateFixed { before, now } => {
            let [before_object, now_object] = [before, now].map(|rate| TaxRateObject::new(rate));
            let mut fields = differing_fields(&before_object, &now_object);
            fields.retain(|field| TAX_RATE_FIXED.contains(&field.as_str()));
            fixed("tax rate", before.id.as_str(), &fields, &[])
        }
        ImportRefusal::ApiVersionFixed(id) => {
            fixed("webhook endpoint", id.as_str(), &["api_version".to_owned()], &[])
        }
        ImportRefusal::IdTwice { place } => {
            StripeError::invalid(format!("The file has this id twice, first at {place}."))
                .param("id")
        }
        ImportRefusal::LookupKeyHeld { key, holder } => StripeError::invalid(format!(
            "The price `{holder}`, which the file does not have, uses the lookup key `{key}`. \
             Archive it or take the key from it first."
        ))
        .param("lookup_key"),
        ImportRefusal::LookupKeyTwice { place } => StripeError::invalid(format!(
            "The file has this lookup key on two active prices, first at {place}."
        ))
        .param("lookup_key"),
    }
}

/// What may change on a Price, and what follows from other fields.
const PRICE_CHANGES: &[&str] =
    &["active", "currency_options", "lookup_key", "metadata", "nickname", "tax_behavior"];
const COUPON_CHANGES: &[&str] = &["currency_options", "metadata", "name", "valid"];

const SHIPPING_RATE_CHANGES: &[&str] = &["active", "metadata", "tax_behavior"];
/// What never changes on a tax rate; everything else may.
const TAX_RATE_FIXED: &[&str] = &["inclusive", "percentage"];

fn fixed(kind: &str, id: &str, differing: &[String], may_change: &[&str]) -> StripeError {
    let fixed: BTreeSet<&str> =
        differing.iter().map(String::as_str).filter(|field| !may_change.contains(field)).collect();
    let fields: Vec<&str> = fixed.into_iter().collect();
    let error = StripeError::invalid(format!(
        "The {kind} `{id}` is there already and differs in what never changes: {}. Give the one of \
         the file another id, or import it into an empty sandbox.",
        fields.join(", ")
    ))
    .code("resource_already_exists");
    match fields.as_slice() {
        [field] => error.param(*field),
        _ => error.param("id"),
    }
}
