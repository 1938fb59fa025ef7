//! `product`

use paydesk_domain::catalog::{Catalog, PackageDimensions, Product, ProductKind};
use paydesk_domain::metadata::Metadata;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Number;

use super::Expandable;
use super::price::PriceObject;
use crate::expand::Expand;

/// A Product. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub struct ProductObject<'a> {
    id: &'a str,
    object: &'static str,
    active: bool,
    created: i64,
    default_price: Option<Expandable<'a, PriceObject<'a>>>,
    description: Option<&'a str>,
    images: &'a [String],
    livemode: bool,
    marketing_features: Vec<MarketingFeature<'a>>,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    name: &'a str,
    package_dimensions: Option<PackageDimensionsObject>,
    shippable: Option<bool>,
    statement_descriptor: Option<&'a str>,
    tax_code: Option<&'a str>,
    tax_details: Option<TaxDetailsObject<'a>>,
    r#type: &'static str,
    unit_label: Option<&'a str>,
    updated: i64,
    url: Option<&'a str>,
}

#[derive(JsonSchema, Serialize)]
struct MarketingFeature<'a> {
    name: &'a str,
}

#[derive(JsonSchema, Serialize)]
struct PackageDimensionsObject {
    height: Number,
    length: Number,
    weight: Number,
    width: Number,
}

#[derive(JsonSchema, Serialize)]
struct TaxDetailsObject<'a> {
    performance_location: Option<&'a str>,
    tax_code: Option<&'a str>,
}

impl<'a> ProductObject<'a> {
    /// A Product, with its default Price expanded where that is wanted and in the catalog.
    #[must_use]
    pub fn new(product: &'a Product, catalog: &'a Catalog, expand: &Expand) -> Self {
        let details = &product.details;
        let default_price = product.default_price.as_ref().map(|id| {
            let wanted = expand.has("default_price").then(|| catalog.price(id)).flatten();
            match wanted {
                Some(price) => Expandable::Object(Box::new(PriceObject::new(
                    price,
                    catalog,
                    &expand.inside("default_price"),
                ))),
                None => Expandable::Id(id.as_str()),
            }
        });
        Self {
            id: product.id.as_str(),
            object: "product",
            active: product.active,
            created: product.created.as_seconds(),
            default_price,
            description: details.description.as_deref(),
            images: &details.images,
            livemode: false,
            marketing_features: details
                .marketing_features
                .iter()
                .map(|name| MarketingFeature { name })
                .collect(),
            metadata: &product.metadata,
            name: &details.name,
            package_dimensions: details.package_dimensions.map(Into::into),
            shippable: details.shippable,
            statement_descriptor: details.statement_descriptor.as_deref(),
            tax_code: details.tax_code.as_deref(),
            tax_details: details.tax_details.as_ref().map(|details| TaxDetailsObject {
                performance_location: details.performance_location.as_deref(),
                tax_code: details.tax_code.as_deref(),
            }),
            r#type: match product.kind {
                ProductKind::Good => "good",
                ProductKind::Service => "service",
            },
            unit_label: details.unit_label.as_deref(),
            updated: product.updated.as_seconds(),
            url: details.url.as_deref(),
        }
    }
}

impl From<PackageDimensions> for PackageDimensionsObject {
    fn from(package: PackageDimensions) -> Self {
        let PackageDimensions { height, length, weight, width } = package;
        let [height, length, weight, width] = [height, length, weight, width].map(number);
        Self { height, length, weight, width }
    }
}

/// Hundredths as a JSON number of the same digits.
fn number(hundredths: u64) -> Number {
    let (whole, fraction) = (hundredths / 100, hundredths % 100);
    if fraction == 0 {
        return Number::from(whole);
    }
    let text = format!("{whole}.{fraction:02}");
    text.parse().expect("digits with a point between them are a JSON number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_numbers_of_the_same_digits() {
        for (hundredths, expected) in
            [(0, "0"), (100, "1"), (1_050, "10.5"), (7, "0.07"), (99_999_999_999, "999999999.99")]
        {
            assert_eq!(number(hundredths).to_string(), expected);
        }
    }
}
