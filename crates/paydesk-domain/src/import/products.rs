//! Products of an import, and their default Prices.

use std::collections::BTreeMap;

use super::{Import, ImportEntry, ImportObject, ImportProduct, Imported, Outcome};
use crate::catalog::{Price, Product, ProductRefusal, check_default_price};
use crate::id::{PriceId, ProductId};

/// The Products of a file as they are to be.
pub(super) type Products = BTreeMap<ProductId, Product>;

impl Import<'_> {
    pub(super) fn products(&mut self, entries: &[ImportEntry]) -> Products {
        let mut products = Products::new();
        for (index, entry) in entries.iter().enumerate() {
            let ImportObject::Product(import) = &entry.object else { continue };
            match self.product(import) {
                Ok(product) => {
                    let before = self.existing.products.get(&product.id);
                    let outcome = Outcome::of(before, product.clone());
                    self.done.insert(index, Imported::Product(outcome));
                    products.entry(product.id.clone()).or_insert(product);
                }
                Err(refusal) => self.refuse(index, refusal),
            }
        }
        products
    }

    fn product(&mut self, import: &ImportProduct) -> Result<Product, ProductRefusal> {
        let made = import.command.clone().decide(None, self.now, self.ids)?.product;
        let made = Product {
            id: import.id.clone(),
            created: import.created.unwrap_or(self.now),
            updated: import.updated.or(import.created).unwrap_or(self.now),
            default_price: import.default_price.clone(),
            ..made
        };
        let Some(before) = self.existing.products.get(&import.id) else {
            return Ok(made);
        };
        let (ordinal, created) = (before.ordinal, before.created);
        let is_inline = before.is_inline;
        let now = Product { ordinal, created, is_inline, updated: before.updated, ..made };
        if now.is_inline && now.active {
            return Err(ProductRefusal::ActivatesInlineProduct(now.id));
        }
        if now == *before {
            return Ok(now);
        }
        Ok(Product { updated: import.updated.unwrap_or(self.now), ..now })
    }

    /// A default Price is one of the Product's own and active, whoever of the two the file has.
    pub(super) fn check_default_prices(
        &mut self,
        entries: &[ImportEntry],
        products: &Products,
        prices: &BTreeMap<PriceId, Price>,
    ) {
        for (index, entry) in entries.iter().enumerate() {
            match &entry.object {
                ImportObject::Product(import) => {
                    let Some(product) = products.get(&import.id) else { continue };
                    let Some(named) = &product.default_price else { continue };
                    let price = prices.get(named).or_else(|| self.existing.prices.get(named));
                    if let Err(refusal) = check_default_price(product, named, price) {
                        self.refuse(index, refusal);
                    }
                }
                ImportObject::Price(import) => {
                    let Some(price) = prices.get(&import.id) else { continue };
                    let product = self.product_of(price, products);
                    if let Err(refusal) = price.check_archived(product) {
                        self.refuse(index, refusal);
                    }
                }
                ImportObject::Coupon(_)
                | ImportObject::ShippingRate(_)
                | ImportObject::TaxRate(_)
                | ImportObject::WebhookEndpoint(_) => {}
            }
        }
    }

    fn product_of<'p>(&'p self, price: &Price, products: &'p Products) -> Option<&'p Product> {
        products.get(&price.product).or_else(|| self.existing.products.get(&price.product))
    }
}
