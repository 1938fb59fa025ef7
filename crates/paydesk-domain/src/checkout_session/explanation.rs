//! How each amount of a session came about, step by step.
//!
//! The steps come from the functions that priced the cart, run again as of the moment it was
//! priced. They differ from what is stored only where a Price was given other amounts in other
//! currencies since; the stored amount is then told without its steps.

use super::discount::Reduction;
use super::line_item::LineItem;
use super::line_rules::PricedLine;
use super::pricing::{AppliedRate, Pricing, Share};
use super::subscription::{Due, SubscriptionTerms};
use super::totals::Totals;
use super::{CheckoutSession, Discount};
use crate::catalog::{Catalog, Charge};
use crate::coupon::CouponDuration;
use crate::money::{Money, MoneyError};
use crate::time::Timestamp;

/// How the amounts of a session came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Each line, in the cart's order.
    pub lines: Vec<ExplainedLine>,
    /// What the discount is taken from, and what it takes.
    pub discount: Option<ExplainedDiscount>,
    /// What is charged when the first whole period begins that is not paid yet.
    pub next: Option<NextCharge>,
}

/// How the amounts of a line came about; the amounts themselves are the line's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedLine {
    /// How its quantity was charged; none where the Price has other amounts by now.
    pub charge: Option<Charge>,
    /// How much of that is due.
    pub due: Due,
    /// Its part of the discount, where that counts for it.
    pub share: Option<Share>,
}

/// What a discount is taken from, and what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplainedDiscount {
    /// What the lines that it counts for come to.
    pub base: Money,
    /// What it takes off them, before it is split.
    pub amount: Money,
}

/// What is charged next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextCharge {
    /// When, if the session is completed when it was priced.
    pub at: Timestamp,
    /// The recurring lines as they are then.
    pub lines: Vec<LineItem>,
    /// What they come to.
    pub totals: Totals,
}

impl CheckoutSession {
    /// How its amounts came about. `catalog` holds the Prices of its lines.
    ///
    /// # Errors
    /// [`MoneyError`], where what is charged next is too much to be computed.
    pub fn explain(&self, catalog: &Catalog) -> Result<Explanation, MoneyError> {
        let priced: Vec<Option<PricedLine>> =
            self.lines.iter().map(|line| priced_again(line, catalog)).collect();
        let reduction = self.reduction(&priced)?;
        let pricing = self.pricing(&self.subscription, self.discount.as_ref());
        let share = |index: usize| reduction.as_ref()?.shares.get(index).copied().flatten();
        let lines = self.lines.iter().zip(&priced).enumerate().map(|(index, (line, again))| {
            let recurring = again.as_ref().and_then(|again| again.price.recurring);
            let is_current =
                |again: &&PricedLine| pricing.subtotal(again) == Ok(line.amounts.subtotal);
            let charge = again.as_ref().filter(is_current);
            ExplainedLine {
                charge: charge.and_then(|again| again.charge(self.currency).ok()),
                due: recurring.map_or(Due::Whole, |recurring| {
                    self.subscription.due(recurring, self.priced_at)
                }),
                share: share(index),
            }
        });
        let lines = lines.collect();
        let discount = reduction
            .map(|Reduction { base, total, shares: _ }| ExplainedDiscount { base, amount: total });
        Ok(Explanation { lines, discount, next: self.next_charge(priced)? })
    }

    fn pricing<'a>(
        &'a self,
        subscription: &'a SubscriptionTerms,
        discount: Option<&'a Discount>,
    ) -> Pricing<'a> {
        Pricing {
            currency: self.currency,
            discount,
            shipping: None,
            subscription,
            shipping_rates: &[],
            default_rates: &[],
            now: self.priced_at,
        }
    }

    /// The discount, split anew over the stored subtotals.
    fn reduction(&self, priced: &[Option<PricedLine>]) -> Result<Option<Reduction>, MoneyError> {
        let all: Option<Vec<&PricedLine>> = priced.iter().map(Option::as_ref).collect();
        let (Some(discount), Some(lines)) = (&self.discount, all) else { return Ok(None) };
        let subtotals: Vec<Money> = self.lines.iter().map(|line| line.amounts.subtotal).collect();
        discount.reduction(self.currency, &lines, &subtotals).map(Some)
    }

    /// What is charged next: the recurring lines for a whole period, by the rates they have now,
    /// with the discount where it still counts.
    fn next_charge(
        &self,
        priced: Vec<Option<PricedLine>>,
    ) -> Result<Option<NextCharge>, MoneyError> {
        let recurring: Vec<PricedLine> =
            priced.into_iter().flatten().filter(|line| line.price.recurring.is_some()).collect();
        let interval = recurring.first().and_then(|line| line.price.recurring);
        let at =
            interval.and_then(|interval| self.subscription.next_period(interval, self.priced_at));
        let Some(at) = at else { return Ok(None) };
        let discount = self.discount.as_ref().filter(|discount| self.is_discounted(discount, at));
        let whole = SubscriptionTerms::default();
        let cart = self.pricing(&whole, discount).compute(recurring)?;
        Ok(Some(NextCharge { at, lines: cart.lines, totals: cart.totals }))
    }

    /// Whether the discount counts for a charge at an instant. Once is for the first charge that
    /// it takes anything off, which a trial only puts off.
    fn is_discounted(&self, discount: &Discount, at: Timestamp) -> bool {
        match discount.coupon.duration {
            CouponDuration::Forever => true,
            CouponDuration::Once => self.totals.amount_discount.is_zero(),
            CouponDuration::Repeating { months } => discount.counts_until(months, at),
        }
    }
}

/// A line with its Price, and the rates it is taxed by.
fn priced_again(line: &LineItem, catalog: &Catalog) -> Option<PricedLine> {
    let rates = line.amounts.taxes.iter().map(AppliedRate::from).collect();
    let price = catalog.price(&line.price)?.clone();
    Some(PricedLine { line: line.clone(), price, rates })
}
