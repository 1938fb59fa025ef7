//! The report of an import.

use paydesk_domain::catalog::Catalog;
use paydesk_domain::import::{ImportEntry, Imported, Outcome};
use paydesk_domain::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::event::differing_fields;
use super::{
    CouponObject, PriceObject, ProductObject, ShippingRateObject, TaxRateObject,
    WebhookEndpointObject,
};
use crate::expand::Expand;

/// `paydesk.import`: what became of each object of a file.
#[derive(JsonSchema, Serialize)]
pub struct ImportObject<'a> {
    object: &'static str,
    made: usize,
    changed: usize,
    kept: usize,
    notes: &'a [String],
    objects: Vec<ImportedLine<'a>>,
}

/// What became of an object.
#[derive(JsonSchema, Serialize)]
pub struct ImportedLine<'a> {
    /// Where in the file it is.
    pub place: &'a str,
    /// Stripe's word for its kind.
    pub object: &'static str,
    /// Its id.
    pub id: &'a str,
    /// `made`, `changed` or `kept`.
    pub outcome: &'static str,
    /// The fields that were changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
}

impl<'a> ImportObject<'a> {
    /// The report of a file's entries and what became of them, in the same order.
    #[must_use]
    pub fn new(entries: &'a [ImportEntry], imported: &'a [Imported], notes: &'a [String]) -> Self {
        let lines = entries.iter().zip(imported);
        let objects: Vec<ImportedLine<'a>> =
            lines.map(|(entry, imported)| ImportedLine::new(&entry.place, imported)).collect();
        let count = |outcome| objects.iter().filter(|line| line.outcome == outcome).count();
        Self {
            object: "paydesk.import",
            made: count("made"),
            changed: count("changed"),
            kept: count("kept"),
            notes,
            objects,
        }
    }

    /// How many objects were made, changed and kept.
    #[must_use]
    pub const fn counts(&self) -> (usize, usize, usize) {
        (self.made, self.changed, self.kept)
    }

    /// The objects, in the order of the file.
    #[must_use]
    pub fn lines(&self) -> &[ImportedLine<'a>] {
        &self.objects
    }
}

impl<'a> ImportedLine<'a> {
    fn new(place: &'a str, imported: &'a Imported) -> Self {
        let (catalog, expand) = (Catalog::default(), Expand::of(&["currency_options"]));
        let all_currencies = Expand::of(&["fixed_amount.currency_options"]);
        // The same moment for both, so that no difference is one of time.
        let at = Timestamp::from_seconds(0);
        let (object, id, (outcome, changed)) = match imported {
            Imported::Product(outcome) => (
                "product",
                outcome.object().id.as_str(),
                told(outcome, |one| ProductObject::new(one, &catalog, &expand)),
            ),
            Imported::Price(outcome) => (
                "price",
                outcome.object().id.as_str(),
                told(outcome, |one| PriceObject::new(one, &catalog, &expand)),
            ),
            Imported::Coupon(outcome) => (
                "coupon",
                outcome.object().id.as_str(),
                told(outcome, |one| CouponObject::new(one, at, &expand)),
            ),
            Imported::ShippingRate(outcome) => (
                "shipping_rate",
                outcome.object().id.as_str(),
                told(outcome, |one| ShippingRateObject::new(one, &all_currencies)),
            ),
            Imported::TaxRate(outcome) => {
                ("tax_rate", outcome.object().id.as_str(), told(outcome, TaxRateObject::new))
            }
            // Secrets are compared, and only that they differ is told.
            Imported::WebhookEndpoint(outcome) => (
                "webhook_endpoint",
                outcome.object().id.as_str(),
                told(outcome, WebhookEndpointObject::with_secret),
            ),
        };
        Self { place, object, id, outcome, changed }
    }
}

/// The word for an outcome and the fields that were changed.
fn told<'b, T, O: Serialize>(
    outcome: &'b Outcome<T>,
    object: impl Fn(&'b T) -> O,
) -> (&'static str, Vec<String>) {
    match outcome {
        Outcome::Made(_) => ("made", Vec::new()),
        Outcome::Kept(_) => ("kept", Vec::new()),
        Outcome::Changed { before, now } => {
            let mut fields = differing_fields(&object(before), &object(now));
            // What follows from the others.
            fields.retain(|field| field != "updated");
            ("changed", fields)
        }
    }
}
