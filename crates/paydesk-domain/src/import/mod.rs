//! An import: objects with ids of their own become what a file says they are.
//!
//! An object that is not there is made, one that is there as the file says is kept, one that
//! differs is changed where its kind may change, and refused where it may not. A single refusal
//! refuses the whole import. Nothing is told: an import brings a world about, it does not happen in
//! one.

mod coupons;
mod prices;
mod products;
mod shipping_rates;
mod tax_rates;
mod webhook_endpoints;

use std::collections::BTreeMap;

use thiserror::Error;

use crate::api_key::Resource;
use crate::catalog::{CreatePrice, CreateProduct, Price, Product};
use crate::coupon::{Coupon, CreateCoupon};
use crate::id::{
    CouponId, IdSource, PriceId, ProductId, ShippingRateId, TaxRateId, WebhookEndpointId,
};
use crate::refusal::Refusal;
use crate::shipping_rate::{NewShippingRate, ShippingRate};
use crate::tax_rate::{CreateTaxRate, TaxRate};
use crate::time::Timestamp;
use crate::webhook_endpoint::{CreateWebhookEndpoint, SigningSecret, WebhookEndpoint};

/// An object of a file, and where in the file it is: `prices[3]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportEntry {
    /// Where it is; only repeated, never looked at.
    pub place: String,
    /// What it is to be.
    pub object: ImportObject,
}

/// What an object is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportObject {
    /// A Product.
    Product(ImportProduct),
    /// A Price.
    Price(ImportPrice),
    /// A Coupon.
    Coupon(ImportCoupon),
    /// A shipping rate.
    ShippingRate(ImportShippingRate),
    /// A tax rate.
    TaxRate(ImportTaxRate),
    /// A webhook endpoint.
    WebhookEndpoint(ImportWebhookEndpoint),
}

impl ImportObject {
    /// What a restricted key must be allowed to write for it.
    #[must_use]
    pub const fn resource(&self) -> Resource {
        match self {
            Self::Product(_) => Resource::Product,
            Self::Price(_) => Resource::Price,
            Self::Coupon(_) => Resource::Coupon,
            Self::ShippingRate(_) => Resource::ShippingRate,
            Self::TaxRate(_) => Resource::TaxRate,
            Self::WebhookEndpoint(_) => Resource::WebhookEndpoint,
        }
    }
}

/// A Product of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProduct {
    /// Its id.
    pub id: ProductId,
    /// When it was created; counts only when it is made.
    pub created: Option<Timestamp>,
    /// When it was changed last; counts only when it is made or changed.
    pub updated: Option<Timestamp>,
    /// The Price used when none is named.
    pub default_price: Option<PriceId>,
    /// Everything else.
    pub command: CreateProduct,
}

/// A Price of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPrice {
    /// Its id.
    pub id: PriceId,
    /// When it was created; counts only when it is made.
    pub created: Option<Timestamp>,
    /// Everything else.
    pub command: CreatePrice,
}

/// A Coupon of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportCoupon {
    /// Its code.
    pub id: CouponId,
    /// When it was created; counts only when it is made.
    pub created: Option<Timestamp>,
    /// How often it was redeemed; counts only when it is made.
    pub times_redeemed: u64,
    /// Everything else.
    pub command: CreateCoupon,
}

/// A shipping rate of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportShippingRate {
    /// Its id.
    pub id: ShippingRateId,
    /// When it was created; counts only when it is made.
    pub created: Option<Timestamp>,
    /// Whether new carts may use it.
    pub active: bool,
    /// Everything else.
    pub command: NewShippingRate,
}

/// A tax rate of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportTaxRate {
    /// Its id.
    pub id: TaxRateId,
    /// When it was created; counts only when it is made.
    pub created: Option<Timestamp>,
    /// Everything else.
    pub command: CreateTaxRate,
}

/// A webhook endpoint of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportWebhookEndpoint {
    /// Its id.
    pub id: WebhookEndpointId,
    /// When it was created; counts only when it is made.
    pub created: Option<Timestamp>,
    /// Whether it gets events.
    pub is_enabled: bool,
    /// What its events are signed with. Without one, an endpoint that is there keeps its own and a
    /// new one gets a fresh one.
    pub secret: Option<SigningSecret>,
    /// Everything else.
    pub command: CreateWebhookEndpoint,
}

/// What is there already, as far as the file speaks of it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ExistingObjects {
    /// Products of the file, and those that its Prices and Coupons name.
    pub products: BTreeMap<ProductId, Product>,
    /// Prices of the file, those that its Products name, and those that claim its lookup keys.
    pub prices: BTreeMap<PriceId, Price>,
    /// Coupons of the file.
    pub coupons: BTreeMap<CouponId, Coupon>,
    /// Shipping rates of the file.
    pub shipping_rates: BTreeMap<ShippingRateId, ShippingRate>,
    /// Tax rates of the file.
    pub tax_rates: BTreeMap<TaxRateId, TaxRate>,
    /// Every webhook endpoint.
    pub webhook_endpoints: BTreeMap<WebhookEndpointId, WebhookEndpoint>,
}

/// An object after the import, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    /// A Product.
    Product(Outcome<Product>),
    /// A Price.
    Price(Outcome<Price>),
    /// A Coupon.
    Coupon(Outcome<Coupon>),
    /// A shipping rate.
    ShippingRate(Outcome<ShippingRate>),
    /// A tax rate.
    TaxRate(Outcome<TaxRate>),
    /// A webhook endpoint.
    WebhookEndpoint(Outcome<WebhookEndpoint>),
}

/// What became of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// There was none.
    Made(T),
    /// It was so already.
    Kept(T),
    /// It was otherwise.
    Changed {
        /// Before.
        before: Box<T>,
        /// As it is now.
        now: T,
    },
}

/// Why an object of a file is refused, where no command could say so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportRefusal {
    /// A Price that is there differs in what never changes.
    #[error("price {} is there and differs", .before.id)]
    PriceFixed {
        /// As it is.
        before: Box<Price>,
        /// As the file has it.
        now: Box<Price>,
    },
    /// A Coupon that is there differs in what never changes.
    #[error("coupon {} is there and differs", .before.id)]
    CouponFixed {
        /// As it is.
        before: Box<Coupon>,
        /// As the file has it.
        now: Box<Coupon>,
    },
    /// A shipping rate that is there differs in what never changes.
    #[error("shipping rate {} is there and differs", .before.id)]
    ShippingRateFixed {
        /// As it is.
        before: Box<ShippingRate>,
        /// As the file has it.
        now: Box<ShippingRate>,
    },
    /// A tax rate that is there differs in what never changes.
    #[error("tax rate {} is there and differs", .before.id)]
    TaxRateFixed {
        /// As it is.
        before: Box<TaxRate>,
        /// As the file has it.
        now: Box<TaxRate>,
    },
    /// A webhook endpoint that is there has another API version, which never changes.
    #[error("webhook endpoint {0} is there with another API version")]
    ApiVersionFixed(WebhookEndpointId),
    /// Another object of the file has the same id.
    #[error("{place} has the same id")]
    IdTwice {
        /// Where the other is.
        place: String,
    },
    /// A Price that the file does not have claims the same lookup key.
    #[error("price {holder} uses the lookup key {key}")]
    LookupKeyHeld {
        /// The key.
        key: String,
        /// Who has it.
        holder: PriceId,
    },
    /// Another Price of the file claims the same lookup key.
    #[error("{place} claims the same lookup key")]
    LookupKeyTwice {
        /// Where the other is.
        place: String,
    },
}

/// Every object of a file that is refused, in its order; at least one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} objects are refused", .0.len())]
pub struct ImportRefused(pub Vec<RefusedEntry>);

/// An object that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedEntry {
    /// Where in the file it is.
    pub place: String,
    /// Why.
    pub refusal: Refusal,
}

impl<T> Outcome<T> {
    /// The object as it is now.
    pub const fn object(&self) -> &T {
        match self {
            Self::Made(object) | Self::Kept(object) | Self::Changed { now: object, .. } => object,
        }
    }
}

impl<T: PartialEq> Outcome<T> {
    fn of(before: Option<&T>, now: T) -> Self
    where
        T: Clone,
    {
        match before {
            None => Self::Made(now),
            Some(before) if *before == now => Self::Kept(now),
            Some(before) => Self::Changed { before: Box::new(before.clone()), now },
        }
    }
}

/// Decides what becomes of every object of a file.
///
/// # Errors
/// [`ImportRefused`] with every object that is refused; nothing is imported then.
pub fn decide(
    entries: &[ImportEntry],
    existing: &ExistingObjects,
    now: Timestamp,
    ids: &mut dyn IdSource,
) -> Result<Vec<Imported>, ImportRefused> {
    let mut import = Import { existing, now, ids, done: BTreeMap::new(), refused: BTreeMap::new() };
    import.refuse_repetitions(entries);
    // In the order in which they refer to one another.
    let products = import.products(entries);
    let prices = import.prices(entries, &products);
    import.check_default_prices(entries, &products, &prices);
    import.check_lookup_keys(entries, &prices);
    import.coupons(entries, &products);
    import.shipping_rates(entries);
    import.tax_rates(entries);
    import.webhook_endpoints(entries);
    if import.refused.is_empty() {
        return Ok(import.done.into_values().collect());
    }
    let refused = import.refused.into_iter().filter_map(|(index, refusal)| {
        let place = entries.get(index)?.place.clone();
        Some(RefusedEntry { place, refusal })
    });
    Err(ImportRefused(refused.collect()))
}

/// An import that is being decided. Objects are known by their place among the entries.
struct Import<'a> {
    existing: &'a ExistingObjects,
    now: Timestamp,
    ids: &'a mut dyn IdSource,
    done: BTreeMap<usize, Imported>,
    refused: BTreeMap<usize, Refusal>,
}

impl Import<'_> {
    /// Refuses an object; the first reason counts.
    fn refuse(&mut self, index: usize, refusal: impl Into<Refusal>) {
        self.refused.entry(index).or_insert_with(|| refusal.into());
    }

    fn refuse_repetitions(&mut self, entries: &[ImportEntry]) {
        let mut places: BTreeMap<(u8, &str), &str> = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let key = match &entry.object {
                ImportObject::Product(product) => (0, product.id.as_str()),
                ImportObject::Price(price) => (1, price.id.as_str()),
                ImportObject::Coupon(coupon) => (2, coupon.id.as_str()),
                ImportObject::WebhookEndpoint(endpoint) => (3, endpoint.id.as_str()),
                ImportObject::ShippingRate(rate) => (4, rate.id.as_str()),
                ImportObject::TaxRate(rate) => (5, rate.id.as_str()),
            };
            if let Some(place) = places.get(&key) {
                self.refuse(index, ImportRefusal::IdTwice { place: (*place).to_owned() });
            } else {
                places.insert(key, &entry.place);
            }
        }
    }
}

impl From<ImportRefusal> for Refusal {
    fn from(refusal: ImportRefusal) -> Self {
        Self::ImportedObject(refusal)
    }
}

#[cfg(test)]
mod tests;
