//! What decides on a cart's amounts besides its lines, together: a session is priced with all of it
//! when it is created, and anew with each update.

use super::CheckoutSession;
use super::automatic_tax::{AutomaticTax, AutomaticallyTaxed};
use super::discount::Discount;
use super::line_item::LineItem;
use super::line_rules::{InlineCatalog, PricedLine};
use super::pricing::{PricedCart, Pricing};
use super::refusal::{LineRefusal, SessionRefusal, SubscriptionRefusal};
use super::shipping::Shipping;
use super::subscription::SubscriptionTerms;
use super::totals::Totals;
use crate::customer::TaxExempt;
use crate::id::{IdSource, TaxRateId};
use crate::money::Currency;
use crate::time::Timestamp;

/// The terms of a cart.
#[derive(Clone, Debug)]
pub(super) struct CartTerms {
    pub(super) currency: Currency,
    pub(super) discount: Option<Discount>,
    pub(super) shipping: Shipping,
    pub(super) automatic_tax: Option<AutomaticTax>,
    pub(super) subscription: SubscriptionTerms,
    /// Whether the buyer owes tax.
    pub(super) exemption: TaxExempt,
}

/// A cart whose amounts are computed.
pub(super) struct CartOnTerms {
    pub(super) terms: CartTerms,
    pub(super) lines: Vec<LineItem>,
    pub(super) totals: Totals,
}

impl CheckoutSession {
    /// Takes out the terms that its cart has, to be put back when they were applied.
    pub(super) fn take_cart_terms(&mut self) -> CartTerms {
        CartTerms {
            currency: self.currency,
            discount: self.discount.take(),
            shipping: std::mem::take(&mut self.shipping),
            automatic_tax: self.automatic_tax.take(),
            subscription: std::mem::take(&mut self.subscription),
            exemption: self.collection.tax_exemption(),
        }
    }
}

impl CartTerms {
    /// Computes a checked cart. Default tax rates among `kept_rates` may have been archived.
    pub(super) fn apply(
        mut self,
        mut lines: Vec<PricedLine>,
        kept_rates: &[TaxRateId],
        inline: &mut InlineCatalog<'_>,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<CartOnTerms, SessionRefusal> {
        let currency = self.currency;
        let default_rates = inline
            .tax_rates(&self.subscription.default_tax_rates, kept_rates)
            .map_err(SubscriptionRefusal::TaxRates)?;
        let to = self.shipping.details.as_ref().map(|details| &details.address);
        for (index, line) in lines.iter_mut().enumerate() {
            if !line.line.tax_rates_by_address {
                continue;
            }
            if !default_rates.is_empty() {
                return Err(LineRefusal::TaxRatesByAddressWithDefault.at(index));
            }
            line.rates.retain(|rate| inline.is_rate_of(&rate.rate, to));
        }
        let taxed = AutomaticallyTaxed {
            automatic_tax: self.automatic_tax,
            exemption: self.exemption,
            shipping: &self.shipping,
            subscription: &self.subscription,
            currency,
        };
        let (automatic_tax, shipping_rates) = taxed.rate(&mut lines, inline, ids)?;
        self.automatic_tax = automatic_tax;
        let pricing = Pricing {
            currency,
            discount: self.discount.as_ref(),
            shipping: self.shipping.chosen(),
            subscription: &self.subscription,
            shipping_rates: &shipping_rates,
            default_rates: &default_rates,
            now,
        };
        let PricedCart { lines, shipping_cost, totals } = pricing.price(lines)?;
        self.shipping.cost = shipping_cost;
        Ok(CartOnTerms { terms: self, lines, totals })
    }
}
