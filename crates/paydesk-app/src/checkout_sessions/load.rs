//! Reading what a decision on a session needs, and what its answer shows.

use std::sync::Arc;

use paydesk_domain::address::Address;
use paydesk_domain::catalog::{Catalog, InlinePrice, InlineProductChoice};
use paydesk_domain::checkout_session::{
    CheckoutSession, DiscountChoice, OptionalItem, PriceChoice, ShippingChoice,
};
use paydesk_domain::id::{CheckoutSessionId, TaxRateId};
use paydesk_domain::tax_table::TaxLocation;
use paydesk_store::{Cart, CartQuery, CatalogQuery, LineDetail};

use super::Customers;
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;

/// How much an answer shows of what sessions refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Shown {
    /// Of their lines.
    pub lines: Lines,
    /// Whether it shows their customers.
    pub customers: bool,
    /// Whether it shows the promotion codes that brought their discounts.
    pub promotion_codes: bool,
    /// Whether it shows the shipping rates that buyers can choose from.
    pub shipping_rates: bool,
}

/// How much an answer shows of a session's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lines {
    /// Nothing but the totals.
    #[default]
    Hidden,
    /// Nothing but the rates of their taxes.
    Taxes,
    /// The lines with their Prices and Products.
    Shown,
}

impl Shown {
    /// What to read where the rules don't look at lines.
    pub(super) fn query(self) -> CartQuery {
        CartQuery {
            lines: self.lines.detail(),
            promotion_code: self.promotion_codes,
            shipping_rates: self.shipping_rates,
            named: CatalogQuery::default(),
        }
    }
}

impl Lines {
    /// What to read where the rules don't look at lines.
    pub(super) const fn detail(self) -> LineDetail {
        match self {
            Self::Hidden => LineDetail::None,
            Self::Taxes => LineDetail::Prices,
            Self::Shown => LineDetail::Products,
        }
    }

    /// What to read where the rules look at the lines' Prices.
    pub(super) const fn detail_with_prices(self) -> LineDetail {
        match self {
            Self::Hidden | Self::Taxes => LineDetail::Prices,
            Self::Shown => LineDetail::Products,
        }
    }
}

/// What a request names, to be read with one query.
#[derive(Default)]
pub(super) struct Named(CatalogQuery);

impl Named {
    pub(super) fn price(&mut self, choice: Option<&PriceChoice>) {
        match choice {
            Some(PriceChoice::Existing(price)) => self.0.prices.push(price.clone()),
            Some(PriceChoice::Inline(InlinePrice {
                product: InlineProductChoice::Existing(product),
                ..
            })) => self.0.products.push(product.clone()),
            Some(PriceChoice::Inline(InlinePrice {
                product: InlineProductChoice::New(_), ..
            }))
            | None => {}
        }
    }

    pub(super) fn optional_items(&mut self, items: &[OptionalItem]) {
        self.0.prices.extend(items.iter().map(|item| item.price.clone()));
    }

    pub(super) fn tax_rates(&mut self, rates: &[TaxRateId]) {
        self.0.tax_rates.extend_from_slice(rates);
    }

    pub(super) fn discounts(&mut self, choices: &[DiscountChoice]) {
        for choice in choices {
            match choice {
                DiscountChoice::Coupon(coupon) => self.0.coupons.push(coupon.clone()),
                DiscountChoice::PromotionCode(code) => self.0.promotion_codes.push(code.clone()),
                DiscountChoice::Inline(_) => {}
            }
        }
    }

    pub(super) fn shipping_options(&mut self, choices: &[ShippingChoice]) {
        for choice in choices {
            match choice {
                ShippingChoice::Existing(rate) => self.0.shipping_rates.push(rate.clone()),
                ShippingChoice::Inline(_) => {}
            }
        }
    }

    pub(super) fn into_query(self) -> CatalogQuery {
        self.0
    }
}

impl App {
    /// Adds to a catalog what automatic tax looks at: the tax table, and the rates that its entries
    /// for an address have, as far as they were made already.
    pub(super) async fn add_tax_table(
        &self,
        call: &Call,
        address: Option<&Address>,
        catalog: &mut Catalog,
    ) -> Result<(), AppError> {
        let Some(table) = self.tax_table() else { return Ok(()) };
        if let Some(TaxLocation::Place(place)) = address.map(|address| table.location(address)) {
            let sides = place.entries().flat_map(|entry| [(entry, true), (entry, false)]);
            let tax_rates = sides.map(|(entry, inclusive)| entry.rate_id(inclusive)).collect();
            let query = CatalogQuery { tax_rates, ..CatalogQuery::default() };
            let known = self.store.load_catalog(call.sandbox_id(), &query).await?;
            catalog.add_tax_rates(known.tax_rates().cloned());
        }
        catalog.set_tax_table(Some(Arc::clone(table)));
        Ok(())
    }

    /// The customers of sessions as they are now, where they are shown: nothing is decided on them.
    pub(super) async fn load_customers(
        &self,
        call: &Call,
        sessions: impl Iterator<Item = &CheckoutSession> + Send,
        shown: Shown,
    ) -> Result<Customers, AppError> {
        let mut customers = Customers::new();
        if !shown.customers {
            return Ok(customers);
        }
        for known in sessions.filter_map(|session| session.collection.buyer.customer()) {
            if customers.contains_key(&known.id) {
                continue;
            }
            if let Some(found) = self.customer_or_rest(call, &known.id).await? {
                customers.insert(known.id.clone(), found);
            }
        }
        Ok(customers)
    }

    /// A session with what a query asks for, as it is now: what is due was recorded first, so that
    /// a decision finds only states that are written down.
    pub(super) async fn load_for_change(
        &self,
        call: &Call,
        id: &CheckoutSessionId,
        query: &CartQuery,
    ) -> Result<Cart, AppError> {
        let cart = self.load_cart(call, id, query).await?;
        let now = call.now(self);
        if !cart.session.value.is_expiry_due(now) {
            return Ok(cart);
        }
        self.record_expiry(&call.sandbox, id, now).await?;
        self.load_cart(call, id, query).await
    }

    /// A session with what a query asks for, as it is stored.
    pub(super) async fn load_cart(
        &self,
        call: &Call,
        id: &CheckoutSessionId,
        query: &CartQuery,
    ) -> Result<Cart, AppError> {
        let found = self.store.load_cart(call.sandbox_id(), id, query).await?;
        found.ok_or_else(|| AppError::NotFound { object: "checkout.session", id: id.to_string() })
    }
}
