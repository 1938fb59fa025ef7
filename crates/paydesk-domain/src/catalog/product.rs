//! A Product: what is sold. Its Prices say for how much.

use thiserror::Error;

use super::amount::{Amount, CurrencyOptionChange, PriceTerms, TermsRefusal};
use super::price::{Price, Recurring, TaxBehavior};
use crate::event::EventData;
use crate::id::{IdSource, ObjectId, Ordinal, PriceId, ProductId};
use crate::metadata::{Metadata, MetadataChange, MetadataRefusal};
use crate::money::Currency;
use crate::patch::Patch;
use crate::time::Timestamp;

/// A Product. Mirrors Stripe's object of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// `prod_…`, or the id the shop gave.
    pub id: ProductId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
    /// Whether it may be sold; `false` is archived.
    pub active: bool,
    /// Whether it was made for one line item, by `product_data`. Such a Product serves that line
    /// only.
    pub is_inline: bool,
    /// What kind of thing it is; never changes.
    pub kind: ProductKind,
    /// The Price used when none is named; always one of its own.
    pub default_price: Option<PriceId>,
    /// What buyers and the shop read about it.
    pub details: ProductDetails,
    /// The shop's own data.
    pub metadata: Metadata,
}

/// The descriptive fields of a Product, each as Stripe names it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ProductDetails {
    /// Shown to buyers.
    pub name: String,
    /// Shown to buyers.
    pub description: Option<String>,
    /// Up to eight addresses of pictures.
    pub images: Vec<String>,
    /// Whether it is a physical good.
    pub shippable: Option<bool>,
    /// On the buyer's bank statement, up to 22 characters.
    pub statement_descriptor: Option<String>,
    /// A tax code such as `txcd_10000000`.
    pub tax_code: Option<String>,
    /// What one unit is called, up to 12 characters.
    pub unit_label: Option<String>,
    /// The shop's page about it.
    pub url: Option<String>,
    /// Up to 15 features, of up to 80 characters each.
    pub marketing_features: Vec<String>,
    /// How large and heavy it is when it is sent.
    pub package_dimensions: Option<PackageDimensions>,
    /// How it is taxed.
    pub tax_details: Option<ProductTaxDetails>,
}

/// What kind of thing a Product is. Mirrors Stripe's `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ProductKind {
    /// `good`, for Orders, which are long gone.
    Good,
    /// `service`
    #[default]
    Service,
}

/// How large and heavy a Product is, in hundredths of an inch and of an ounce. Mirrors Stripe's
/// `package_dimensions`, which has up to two decimal places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackageDimensions {
    /// In hundredths of an inch.
    pub height: u64,
    /// In hundredths of an inch.
    pub length: u64,
    /// In hundredths of an ounce.
    pub weight: u64,
    /// In hundredths of an inch.
    pub width: u64,
}

/// How a Product is taxed. Mirrors Stripe's `tax_details`; it is kept beside
/// [`ProductDetails::tax_code`] and says nothing about it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ProductTaxDetails {
    /// The id of the place where it is performed.
    pub performance_location: Option<String>,
    /// A tax code such as `txcd_10000000`.
    pub tax_code: Option<String>,
}

/// A request to create a Product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateProduct {
    /// The shop's own id, where it gave one.
    pub id: Option<ProductId>,
    /// Whether it may be sold.
    pub active: bool,
    /// See [`Product::kind`].
    pub kind: ProductKind,
    /// The descriptive fields.
    pub details: ProductDetails,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
    /// A Price to create with it, as its default.
    pub default_price_data: Option<DefaultPriceData>,
}

/// The Price made together with a Product. Mirrors Stripe's `default_price_data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultPriceData {
    /// Its currency.
    pub currency: Currency,
    /// What it charges.
    pub amount: Amount,
    /// What it is in other currencies.
    pub currency_options: Vec<CurrencyOptionChange>,
    /// How often it is charged; none for once.
    pub recurring: Option<Recurring>,
    /// How tax relates to it.
    pub tax_behavior: TaxBehavior,
    /// Its metadata.
    pub metadata: Option<MetadataChange>,
}

/// A request to update a Product; what was not sent stays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateProduct {
    /// Archive (`false`) or restore.
    pub active: Option<bool>,
    /// Another default Price.
    pub default_price: Patch<PriceId>,
    /// See [`ProductDetails::name`].
    pub name: Option<String>,
    /// See [`ProductDetails::description`].
    pub description: Patch<String>,
    /// See [`ProductDetails::images`].
    pub images: Patch<Vec<String>>,
    /// See [`ProductDetails::shippable`].
    pub shippable: Option<bool>,
    /// See [`ProductDetails::statement_descriptor`].
    pub statement_descriptor: Patch<String>,
    /// See [`ProductDetails::tax_code`].
    pub tax_code: Patch<String>,
    /// See [`ProductDetails::unit_label`].
    pub unit_label: Patch<String>,
    /// See [`ProductDetails::url`].
    pub url: Patch<String>,
    /// See [`ProductDetails::marketing_features`].
    pub marketing_features: Patch<Vec<String>>,
    /// See [`ProductDetails::package_dimensions`].
    pub package_dimensions: Patch<PackageDimensions>,
    /// See [`ProductDetails::tax_details`]; what is sent replaces all of it.
    pub tax_details: Patch<ProductTaxDetails>,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
}

/// Why a command on a Product is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProductRefusal {
    /// Metadata beyond its limits.
    #[error(transparent)]
    Metadata(#[from] MetadataRefusal),
    /// Metadata of the default Price beyond its limits.
    #[error("default_price_data: {0}")]
    DefaultPriceMetadata(MetadataRefusal),
    /// Terms of the default Price contradict each other.
    #[error("default_price_data: {0}")]
    DefaultPriceTerms(TermsRefusal),
    /// A Product made for a line item can't be activated for others.
    #[error("product {0} was made for one line item")]
    ActivatesInlineProduct(ProductId),
    /// The id that the shop gave is in use.
    #[error("product {0} exists already")]
    IdTaken(ProductId),
    /// The default Price named does not exist.
    #[error("no such price: {0}")]
    NoSuchPrice(PriceId),
    /// The default Price named belongs to another Product.
    #[error("price {price} belongs to product {owner}")]
    PriceOfAnotherProduct {
        /// The Price named.
        price: PriceId,
        /// Whose it is.
        owner: ProductId,
    },
    /// The default Price named is archived.
    #[error("price {0} is not active")]
    DefaultPriceInactive(PriceId),
    /// A Product that has Prices can't be deleted.
    #[error("product {0} has prices")]
    HasPrices(ProductId),
}

/// What a command on a Product comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductDecision {
    /// The Product afterwards.
    pub product: Product,
    /// Its default Price, when that was made with it.
    pub created_price: Option<Price>,
    /// What to tell, in order; empty when nothing changed.
    pub events: Vec<EventData>,
}

impl CreateProduct {
    /// Decides on the Product to be made.
    ///
    /// `existing` is the Product that has the given id already, if there is one.
    ///
    /// # Errors
    /// [`ProductRefusal`]; nothing is made then.
    pub fn decide(
        self,
        existing: Option<&Product>,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<ProductDecision, ProductRefusal> {
        if let Some(existing) = existing {
            return Err(ProductRefusal::IdTaken(existing.id.clone()));
        }
        let (fresh, ordinal) = ProductId::fresh(ids);
        let id = self.id.unwrap_or(fresh);
        let created_price = match self.default_price_data {
            None => None,
            Some(data) => Some(data.price_of(&id, now, ids)?),
        };
        let product = Product {
            id,
            ordinal,
            created: now,
            updated: now,
            active: self.active,
            is_inline: false,
            kind: self.kind,
            default_price: created_price.as_ref().map(|price| price.id.clone()),
            details: self.details,
            metadata: Metadata::created(self.metadata.as_ref())?,
        };
        let mut events = vec![EventData::ProductCreated(product.clone())];
        events.extend(created_price.clone().map(EventData::PriceCreated));
        Ok(ProductDecision { product, created_price, events })
    }
}

impl Product {
    /// Decides on deleting it: allowed while no Price is its own. Mirrors Stripe's `DELETE`.
    ///
    /// # Errors
    /// [`ProductRefusal::HasPrices`]; the Product stays as it is then.
    pub fn delete(self, has_prices: bool) -> Result<Vec<EventData>, ProductRefusal> {
        if has_prices {
            return Err(ProductRefusal::HasPrices(self.id));
        }
        Ok(vec![EventData::ProductDeleted(self)])
    }
}

impl DefaultPriceData {
    fn price_of(
        self,
        product: &ProductId,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Price, ProductRefusal> {
        let own = (self.currency, &self.amount);
        let terms = PriceTerms::default()
            .with_currencies(own, self.recurring, self.currency_options)
            .map_err(ProductRefusal::DefaultPriceTerms)?;
        let (id, ordinal) = PriceId::fresh(ids);
        Ok(Price {
            id,
            ordinal,
            created: now,
            active: true,
            is_inline: false,
            product: product.clone(),
            currency: self.currency,
            amount: self.amount,
            recurring: self.recurring,
            terms,
            tax_behavior: self.tax_behavior,
            lookup_key: None,
            nickname: None,
            metadata: Metadata::created(self.metadata.as_ref())
                .map_err(ProductRefusal::DefaultPriceMetadata)?,
        })
    }
}

impl UpdateProduct {
    /// Decides on the Product after the update.
    ///
    /// `default_price` is the Price that the request names as the default, where it names one and
    /// such a Price exists.
    ///
    /// # Errors
    /// [`ProductRefusal`]; the Product stays as it is then.
    pub fn decide(
        self,
        before: &Product,
        default_price: Option<&Price>,
        now: Timestamp,
    ) -> Result<ProductDecision, ProductRefusal> {
        if self.active == Some(true) && before.is_inline {
            return Err(ProductRefusal::ActivatesInlineProduct(before.id.clone()));
        }
        if let Patch::Set(named) = &self.default_price {
            check_default_price(before, named, default_price)?;
        }
        let was = before.details.clone();
        let mut product = Product {
            active: self.active.unwrap_or(before.active),
            default_price: self.default_price.apply(before.default_price.clone()),
            details: ProductDetails {
                name: self.name.unwrap_or(was.name),
                description: self.description.apply(was.description),
                images: self.images.apply(Some(was.images)).unwrap_or_default(),
                shippable: self.shippable.or(was.shippable),
                statement_descriptor: self.statement_descriptor.apply(was.statement_descriptor),
                tax_code: self.tax_code.apply(was.tax_code),
                unit_label: self.unit_label.apply(was.unit_label),
                url: self.url.apply(was.url),
                marketing_features: self
                    .marketing_features
                    .apply(Some(was.marketing_features))
                    .unwrap_or_default(),
                package_dimensions: self.package_dimensions.apply(was.package_dimensions),
                tax_details: self.tax_details.apply(was.tax_details),
            },
            metadata: before.metadata.changed(self.metadata.as_ref())?,
            ..before.clone()
        };
        if product == *before {
            return Ok(ProductDecision { product, created_price: None, events: Vec::new() });
        }
        product.updated = now;
        let updated =
            EventData::ProductUpdated { product: product.clone(), previous: before.clone() };
        Ok(ProductDecision { product, created_price: None, events: vec![updated] })
    }
}

/// Refuses a default Price that does not exist, is another Product's or is archived.
pub(crate) fn check_default_price(
    product: &Product,
    named: &PriceId,
    found: Option<&Price>,
) -> Result<(), ProductRefusal> {
    let price = found.ok_or_else(|| ProductRefusal::NoSuchPrice(named.clone()))?;
    if price.product != product.id {
        return Err(ProductRefusal::PriceOfAnotherProduct {
            price: named.clone(),
            owner: price.product.clone(),
        });
    }
    if !price.active {
        return Err(ProductRefusal::DefaultPriceInactive(named.clone()));
    }
    Ok(())
}
