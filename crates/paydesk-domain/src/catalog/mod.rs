//! Products and Prices, and the catalog that carts are made from.

mod amount;
mod billing_period;
mod charge;
mod inline;
mod price;
mod product;

use std::collections::BTreeMap;
use std::sync::Arc;

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

use crate::coupon::Coupon;
use crate::id::{CouponId, PriceId, ProductId, PromotionCodeId, ShippingRateId, TaxRateId};
use crate::promotion_code::PromotionCode;
use crate::shipping_rate::ShippingRate;
use crate::tax_rate::TaxRate;
use crate::tax_table::TaxTable;

/// What carts are made of, as far as a decision or an answer needs it, as it is now: Prices and
/// Products, and what is taken off them or comes on top.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Catalog {
    prices: BTreeMap<PriceId, Price>,
    products: BTreeMap<ProductId, Product>,
    tax_rates: BTreeMap<TaxRateId, TaxRate>,
    shipping_rates: BTreeMap<ShippingRateId, ShippingRate>,
    coupons: BTreeMap<CouponId, Coupon>,
    promotion_codes: BTreeMap<PromotionCodeId, PromotionCode>,
    tax_table: Option<Arc<TaxTable>>,
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

    /// Adds tax rates, or replaces those with the same ids.
    pub fn add_tax_rates(&mut self, rates: impl IntoIterator<Item = TaxRate>) {
        self.tax_rates.extend(rates.into_iter().map(|rate| (rate.id.clone(), rate)));
    }

    /// Adds Coupons, or replaces those with the same ids.
    pub fn add_coupons(&mut self, coupons: impl IntoIterator<Item = Coupon>) {
        self.coupons.extend(coupons.into_iter().map(|coupon| (coupon.id.clone(), coupon)));
    }

    /// Adds promotion codes, or replaces those with the same ids.
    pub fn add_promotion_codes(&mut self, codes: impl IntoIterator<Item = PromotionCode>) {
        self.promotion_codes.extend(codes.into_iter().map(|code| (code.id.clone(), code)));
    }

    /// Adds shipping rates, or replaces those with the same ids.
    pub fn add_shipping_rates(&mut self, rates: impl IntoIterator<Item = ShippingRate>) {
        self.shipping_rates.extend(rates.into_iter().map(|rate| (rate.id.clone(), rate)));
    }

    /// The shipping rate with this id, where it was loaded.
    #[must_use]
    pub fn shipping_rate(&self, id: &ShippingRateId) -> Option<&ShippingRate> {
        self.shipping_rates.get(id)
    }

    /// Sets what automatic tax collects where.
    pub fn set_tax_table(&mut self, table: Option<Arc<TaxTable>>) {
        self.tax_table = table;
    }

    /// What automatic tax collects where, if the operator gave a table.
    #[must_use]
    pub fn tax_table(&self) -> Option<&TaxTable> {
        self.tax_table.as_deref()
    }

    /// The tax rate with this id, where it was loaded.
    #[must_use]
    pub fn tax_rate(&self, id: &TaxRateId) -> Option<&TaxRate> {
        self.tax_rates.get(id)
    }

    /// The Coupon with this id, where it was loaded.
    #[must_use]
    pub fn coupon(&self, id: &CouponId) -> Option<&Coupon> {
        self.coupons.get(id)
    }

    /// The promotion code with this id, where it was loaded.
    #[must_use]
    pub fn promotion_code(&self, id: &PromotionCodeId) -> Option<&PromotionCode> {
        self.promotion_codes.get(id)
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

    /// Every tax rate in it.
    pub fn tax_rates(&self) -> impl Iterator<Item = &TaxRate> {
        self.tax_rates.values()
    }

    /// The Product with this id, where it was loaded.
    #[must_use]
    pub fn product(&self, id: &ProductId) -> Option<&Product> {
        self.products.get(id)
    }
}
