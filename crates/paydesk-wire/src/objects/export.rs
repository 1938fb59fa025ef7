//! An export: a file that an import takes back.

use paydesk_domain::catalog::{Catalog, Price, Product};
use paydesk_domain::coupon::Coupon;
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    CouponObject, PriceObject, ProductObject, ShippingRateObject, TaxRateObject,
    WebhookEndpointObject, json,
};
use crate::expand::Expand;
use crate::versions::ApiVersion;

/// `paydesk.export`: sections of objects in today's shape, oldest first.
#[derive(JsonSchema, Serialize)]
pub struct ExportObject {
    object: &'static str,
    api_version: &'static str,
    products: Vec<Value>,
    prices: Vec<Value>,
    coupons: Vec<Value>,
    shipping_rates: Vec<Value>,
    tax_rates: Vec<Value>,
    webhook_endpoints: Vec<Value>,
}

impl ExportObject {
    /// An export of these objects. Whether a Coupon is valid is as of `now`.
    #[must_use]
    pub fn new(
        (products, prices): (&[Product], &[Price]),
        coupons: &[Coupon],
        (shipping_rates, tax_rates): (&[ShippingRate], &[TaxRate]),
        webhook_endpoints: &[WebhookEndpoint],
        has_secrets: bool,
        now: Timestamp,
    ) -> Self {
        let catalog = Catalog::default();
        // Everything that is shown only where it is asked for, and no object in the place of an id.
        let all = Expand::of(&[
            "applies_to",
            "currency_options",
            "fixed_amount.currency_options",
            "tiers",
        ]);
        let none = Expand::default();
        let endpoint = if has_secrets {
            WebhookEndpointObject::with_secret
        } else {
            WebhookEndpointObject::new
        };
        Self {
            object: "paydesk.export",
            api_version: ApiVersion::NEWEST,
            products: products
                .iter()
                .map(|product| json(&ProductObject::new(product, &catalog, &none)))
                .collect(),
            prices: prices
                .iter()
                .map(|price| json(&PriceObject::new(price, &catalog, &all)))
                .collect(),
            coupons: coupons
                .iter()
                .map(|coupon| json(&CouponObject::new(coupon, now, &all)))
                .collect(),
            shipping_rates: shipping_rates
                .iter()
                .map(|rate| json(&ShippingRateObject::new(rate, &all)))
                .collect(),
            tax_rates: tax_rates.iter().map(|rate| json(&TaxRateObject::new(rate))).collect(),
            webhook_endpoints: webhook_endpoints.iter().map(|one| json(&endpoint(one))).collect(),
        }
    }
}
