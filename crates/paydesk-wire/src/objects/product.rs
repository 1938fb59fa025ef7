//! `product`

use paydesk_domain::catalog::{Catalog, Product};
use paydesk_domain::metadata::Metadata;
use serde::Serialize;

use super::price::PriceObject;
use super::{Expandable, Null};
use crate::expand::Expand;

/// A Product. Fields are in Stripe's order: the id, then by name.
#[derive(Serialize)]
pub struct ProductObject<'a> {
    id: &'a str,
    object: &'static str,
    active: bool,
    created: i64,
    default_price: Option<Expandable<'a, PriceObject<'a>>>,
    description: Option<&'a str>,
    images: &'a [String],
    livemode: bool,
    marketing_features: [Null; 0],
    #[serde(serialize_with = "super::metadata")]
    metadata: &'a Metadata,
    name: &'a str,
    package_dimensions: Null,
    shippable: Option<bool>,
    statement_descriptor: Option<&'a str>,
    tax_code: Option<&'a str>,
    tax_details: Null,
    r#type: &'static str,
    unit_label: Option<&'a str>,
    updated: i64,
    url: Option<&'a str>,
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
            marketing_features: [],
            metadata: &product.metadata,
            name: &details.name,
            package_dimensions: (),
            shippable: details.shippable,
            statement_descriptor: details.statement_descriptor.as_deref(),
            tax_code: details.tax_code.as_deref(),
            tax_details: (),
            r#type: "service",
            unit_label: details.unit_label.as_deref(),
            updated: product.updated.as_seconds(),
            url: details.url.as_deref(),
        }
    }
}
