//! From lines to totals: the one place where the amounts of a cart are computed.

mod split;
mod tax;

pub use split::Share;
pub(super) use split::{Claim, split};
pub(super) use tax::{AppliedRate, taxes_of};
pub use tax::{TaxAmount, TaxabilityReason};

use super::discount::{Discount, Reduction};
use super::line_item::{LineAmounts, LineItem};
use super::line_rules::PricedLine;
use super::refusal::SessionRefusal;
use super::shipping::{ShippingCost, ShippingOption};
use super::subscription::{Due, SubscriptionTerms};
use super::totals::Totals;
use crate::catalog::{Charge, Usage};
use crate::money::{Currency, Money, MoneyError};
use crate::time::Timestamp;

/// What decides on the amounts of a cart besides its lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pricing<'a> {
    pub(super) currency: Currency,
    pub(super) discount: Option<&'a Discount>,
    /// The option that the buyer chose.
    pub(super) shipping: Option<&'a ShippingOption>,
    pub(super) subscription: &'a SubscriptionTerms,
    /// The rates of shipping.
    pub(super) shipping_rates: &'a [AppliedRate],
    /// The rates of lines that have none of their own.
    pub(super) default_rates: &'a [AppliedRate],
    pub(super) now: Timestamp,
}

/// A cart with its amounts.
pub(super) struct PricedCart {
    pub(super) lines: Vec<LineItem>,
    pub(super) shipping_cost: Option<ShippingCost>,
    pub(super) totals: Totals,
}

impl Pricing<'_> {
    /// The lines of a checked cart with their amounts, and what they come to.
    pub(super) fn price(self, lines: Vec<PricedLine>) -> Result<PricedCart, SessionRefusal> {
        if let Some(discount) = self.discount {
            discount.check_lines(self.currency, &lines)?;
        }
        self.subscription.check_cart(&lines, self.discount, self.now)?;
        let cart = self
            .compute(lines)
            .map_err(|_overflow| SessionRefusal::amount_too_large(self.currency))?;
        if let Some(discount) = self.discount {
            discount.check_subtotal(cart.totals.amount_subtotal)?;
        }
        cart.totals.check_chargeable()?;
        Ok(cart)
    }

    /// The same without any check.
    pub(super) fn compute(self, lines: Vec<PricedLine>) -> Result<PricedCart, MoneyError> {
        let currency = self.currency;
        let subtotals: Result<Vec<Money>, MoneyError> =
            lines.iter().map(|line| self.subtotal(line)).collect();
        let subtotals = subtotals?;
        let reduction = match self.discount {
            Some(discount) => {
                let lines: Vec<&PricedLine> = lines.iter().collect();
                Some(discount.reduction(currency, &lines, &subtotals)?)
            }
            None => None,
        };
        let mut items = Vec::with_capacity(lines.len());
        for (index, (line, subtotal)) in lines.into_iter().zip(subtotals).enumerate() {
            let off = reduction.as_ref().map_or(0, |reduction| reduction.of_line(index));
            items.push(self.with_amounts(line, subtotal, Money::new(off, currency))?);
        }
        let shipping_cost =
            self.shipping.map(|option| option.cost(self.shipping_rates)).transpose()?;
        let totals = Totals::of(currency, &items, shipping_cost.as_ref())?;
        Ok(PricedCart { lines: items, shipping_cost, totals })
    }
}

impl Pricing<'_> {
    /// What is due of a line now, rounded once.
    pub(super) fn subtotal(self, line: &PricedLine) -> Result<Money, MoneyError> {
        let exact = line.charge(self.currency)?.exact;
        let due = line.price.recurring.map(|recurring| self.subscription.due(recurring, self.now));
        match due {
            None | Some(Due::Whole) => exact.rounded(self.currency),
            Some(Due::Nothing) => Ok(Money::zero(self.currency)),
            Some(Due::Part { seconds, of }) => exact.part(seconds, of, self.currency),
        }
    }

    fn with_amounts(
        self,
        line: PricedLine,
        subtotal: Money,
        discount: Money,
    ) -> Result<LineItem, MoneyError> {
        let base = subtotal.checked_sub(discount)?;
        let rates = if line.rates.is_empty() { self.default_rates } else { &line.rates };
        let taxes = taxes_of(base, rates)?;
        let total = TaxAmount::on_top_of(base, &taxes)?;
        let amounts = LineAmounts { subtotal, discount, taxes, total };
        Ok(LineItem { amounts, ..line.line })
    }
}

impl Reduction {
    fn of_line(&self, index: usize) -> i64 {
        self.shares.get(index).copied().flatten().map_or(0, Share::amount)
    }
}

impl PricedLine {
    /// What the line's quantity costs, exactly.
    pub(super) fn charge(&self, currency: Currency) -> Result<Charge, MoneyError> {
        let amount = self.price.in_currency(currency);
        match (amount, self.line.quantity, &self.price.terms.usage) {
            (Some((amount, _)), Some(quantity), Usage::Licensed) => {
                self.price.charge(amount, quantity.get())
            }
            // A checked line has a quantity and its Price the currency, unless it is metered.
            _ => Ok(Charge::nothing()),
        }
    }
}
