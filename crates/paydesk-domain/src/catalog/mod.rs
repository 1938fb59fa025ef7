//! Products and Prices.

mod amount;
mod charge;
mod inline;
mod price;
mod product;

use std::collections::BTreeMap;

pub use amount::{
    Amount, CurrencyOption, CurrencyOptionChange, CurrencyOptionRefusal, CustomUnitAmount,
    PriceTerms, TermsRefusal, Tier, Tiers, TiersMode, TiersRefusal, TransformQuantity,
    TransformRounding, Usage,
};
pub use charge::{Charge, ChargeStep};
pub use inline::{InlinePrice, InlineProduct, InlineProductChoice};
pub use price::{
    CreatePrice, Interval, NewPriceProduct, Price, PriceDecision, PriceRefusal, Recurring,
    TaxBehavior, UpdatePrice,
};
pub(crate) use product::check_default_price;
pub use product::{
    CreateProduct, DefaultPriceData, PackageDimensions, Product, ProductDecision, ProductDetails,
    ProductKind, ProductRefusal, ProductTaxDetails, UpdateProduct,
};

use crate::id::{PriceId, ProductId};

/// The Prices and Products a decision or an answer needs, as they are now.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Catalog {
    prices: BTreeMap<PriceId, Price>,
    products: BTreeMap<ProductId, Product>,
}

impl Catalog {
    /// A catalog of these objects.
    #[must_use]
    pub fn new(
        prices: impl IntoIterator<Item = Price>,
        products: impl IntoIterator<Item = Product>,
    ) -> Self {
        let mut catalog = Self::default();
        catalog.extend(prices, products);
        catalog
    }

    /// Adds objects, or replaces those with the same ids.
    pub fn extend(
        &mut self,
        prices: impl IntoIterator<Item = Price>,
        products: impl IntoIterator<Item = Product>,
    ) {
        self.prices.extend(prices.into_iter().map(|price| (price.id.clone(), price)));
        self.products.extend(products.into_iter().map(|product| (product.id.clone(), product)));
    }

    /// The Price with this id, where it was loaded.
    #[must_use]
    pub fn price(&self, id: &PriceId) -> Option<&Price> {
        self.prices.get(id)
    }

    /// Every Price in it.
    pub fn prices(&self) -> impl Iterator<Item = &Price> {
        self.prices.values()
    }

    /// Every Product in it.
    pub fn products(&self) -> impl Iterator<Item = &Product> {
        self.products.values()
    }

    /// The Product with this id, where it was loaded.
    #[must_use]
    pub fn product(&self, id: &ProductId) -> Option<&Product> {
        self.products.get(id)
    }
}
