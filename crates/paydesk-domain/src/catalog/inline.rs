//! Prices and Products written out in another request: `price_data` and `product_data`.

use super::amount::{Amount, PriceTerms};
use super::price::{Price, Recurring, TaxBehavior};
use super::product::{Product, ProductDetails, ProductKind};
use crate::id::{IdSource, ObjectId, PriceId, ProductId};
use crate::metadata::{Metadata, MetadataChange, MetadataRefusal};
use crate::money::{Currency, UnitAmount};
use crate::time::Timestamp;

/// A Price made for one line item. Mirrors Stripe's `price_data` of a line item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlinePrice {
    /// Its currency, which must be the session's.
    pub currency: Currency,
    /// What it is the price of.
    pub product: InlineProductChoice,
    /// The price of one unit.
    pub unit_amount: UnitAmount,
    /// How often it is charged; none for once.
    pub recurring: Option<Recurring>,
    /// How tax relates to the amount.
    pub tax_behavior: TaxBehavior,
}

/// Stripe's `product` or `product_data`, of which exactly one is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineProductChoice {
    /// A Product that exists.
    Existing(ProductId),
    /// A Product made with the Price.
    New(InlineProduct),
}

/// A Product made together with a Price. Mirrors Stripe's `product_data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineProduct {
    /// The shop's own id, where it gave one.
    pub id: Option<ProductId>,
    /// Whether new carts may use it; never where it is inline.
    pub active: bool,
    /// Whether it is written out in a line item, for that line only.
    pub is_inline: bool,
    /// The descriptive fields.
    pub details: ProductDetails,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
}

impl InlineProduct {
    /// The Product this describes, under a fresh id unless one was given.
    ///
    /// # Errors
    /// When its metadata is beyond the limits.
    pub fn into_product(
        self,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Product, MetadataRefusal> {
        let (fresh, ordinal) = ProductId::fresh(ids);
        Ok(Product {
            id: self.id.unwrap_or(fresh),
            ordinal,
            created: now,
            updated: now,
            active: self.active && !self.is_inline,
            is_inline: self.is_inline,
            kind: ProductKind::Service,
            default_price: None,
            details: self.details,
            metadata: Metadata::created(self.metadata.as_ref())?,
        })
    }
}

impl InlinePrice {
    /// The Price this describes. It is inactive from the start: it serves one line and no other
    /// cart may name it.
    pub fn into_price(self, product: ProductId, now: Timestamp, ids: &mut dyn IdSource) -> Price {
        let (id, ordinal) = PriceId::fresh(ids);
        Price {
            id,
            ordinal,
            created: now,
            active: false,
            is_inline: true,
            product,
            currency: self.currency,
            amount: Amount::PerUnit(self.unit_amount),
            recurring: self.recurring,
            terms: PriceTerms::default(),
            tax_behavior: self.tax_behavior,
            lookup_key: None,
            nickname: None,
            metadata: Metadata::default(),
        }
    }
}
