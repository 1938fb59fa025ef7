//! `GET /paydesk/v1/export`: what an import takes back.

use std::collections::HashSet;
use std::future::Future;

use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::coupon::Coupon;
use paydesk_domain::id::{Ordinal, ProductId};
use paydesk_domain::listing::{
    CouponFilter, PriceFilter, ProductFilter, ShippingRateFilter, TaxRateFilter,
};
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use paydesk_store::{Bound, Page, PageRequest, StoreError};

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::cursor;

/// Objects read at once.
const PAGE_OBJECTS: usize = 100;

/// Everything that is exported, oldest first.
pub struct Exported {
    /// Products, without those that were made for one line of a session.
    pub products: Vec<Product>,
    /// Prices, without those that were made for one line of a session: they belong to it.
    pub prices: Vec<Price>,
    /// Coupons.
    pub coupons: Vec<Coupon>,
    /// Shipping rates.
    pub shipping_rates: Vec<ShippingRate>,
    /// Tax rates.
    pub tax_rates: Vec<TaxRate>,
    /// Webhook endpoints.
    pub webhook_endpoints: Vec<WebhookEndpoint>,
}

impl App {
    /// The catalog of a sandbox and its webhook endpoints, at most `limit` objects of a kind.
    ///
    /// # Errors
    /// [`AppError::TooManyToExport`] where there are more.
    pub async fn export(&self, call: &Call, limit: usize) -> Result<Exported, AppError> {
        let (store, sandbox) = (&self.store, call.sandbox_id());
        let (products, prices) = (ProductFilter::default(), PriceFilter::default());
        let coupons = CouponFilter::default();
        let (shipping_rates, tax_rates) = (ShippingRateFilter::default(), TaxRateFilter::default());
        let prices = all(
            limit,
            |page| store.list_prices(sandbox, &prices, page),
            |price| (price.created, price.ordinal),
            |price| !price.is_inline,
        )
        .await?;
        // A Product that was made for one line stays with it, unless a Price is its by now.
        let priced: HashSet<&ProductId> = prices.iter().map(|price| &price.product).collect();
        let products = all(
            limit,
            |page| store.list_products(sandbox, &products, page),
            |product| (product.created, product.ordinal),
            |product| !product.is_inline || priced.contains(&product.id),
        )
        .await?;
        let exported = Exported {
            products,
            prices,
            coupons: all(
                limit,
                |page| store.list_coupons(sandbox, &coupons, page),
                |coupon| (coupon.created, coupon.ordinal),
                |_| true,
            )
            .await?,
            shipping_rates: all(
                limit,
                |page| store.list_shipping_rates(sandbox, &shipping_rates, page),
                |rate| (rate.created, rate.ordinal),
                |_| true,
            )
            .await?,
            tax_rates: all(
                limit,
                |page| store.list_tax_rates(sandbox, &tax_rates, page),
                |rate| (rate.created, rate.ordinal),
                |_| true,
            )
            .await?,
            webhook_endpoints: all(
                limit,
                |page| store.list_webhook_endpoints(sandbox, page),
                |endpoint| (endpoint.created, endpoint.ordinal),
                |_| true,
            )
            .await?,
        };
        let count = exported.products.len()
            + exported.prices.len()
            + exported.coupons.len()
            + exported.shipping_rates.len()
            + exported.tax_rates.len()
            + exported.webhook_endpoints.len();
        if count > limit { Err(AppError::TooManyToExport { limit }) } else { Ok(exported) }
    }
}

/// A whole list, oldest first, page by page: what is made meanwhile is not in it.
async fn all<T, F>(
    limit: usize,
    list: impl Fn(PageRequest) -> F,
    place: impl Fn(&T) -> (Timestamp, Ordinal),
    is_wanted: impl Fn(&T) -> bool,
) -> Result<Vec<T>, AppError>
where
    F: Future<Output = Result<Page<T>, StoreError>>,
{
    let mut objects = Vec::new();
    let mut bound = Bound::Newest;
    loop {
        let page = list(PageRequest { limit: PAGE_OBJECTS, bound }).await?;
        if let Some(last) = page.data.last() {
            let (created, ordinal) = place(last);
            bound = Bound::After(cursor(created, ordinal));
        }
        objects.extend(page.data.into_iter().filter(&is_wanted));
        if objects.len() > limit {
            return Err(AppError::TooManyToExport { limit });
        }
        if !page.has_more {
            objects.reverse();
            return Ok(objects);
        }
    }
}
