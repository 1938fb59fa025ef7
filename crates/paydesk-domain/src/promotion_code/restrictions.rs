//! What must hold, besides time and number, for a promotion code to be redeemed.

use super::{PromotionCodeRefusal, PromotionCodeUnusable};
use crate::money::{Currency, Money};

/// What must hold for a cart. Mirrors Stripe's `restrictions`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Restrictions {
    /// `first_time_transaction`: only for customers who have not paid anything before.
    pub is_first_time: bool,
    /// The least subtotal, where there is one.
    pub minimum: Option<MinimumAmount>,
}

/// The least subtotal in one currency or in several. Mirrors Stripe's `minimum_amount`,
/// `minimum_amount_currency` and `currency_options`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinimumAmount {
    /// In its own currency, at least 1 minor unit.
    pub amount: Money,
    /// In other currencies, each once, in the order they were first sent.
    pub others: Vec<Money>,
}

impl MinimumAmount {
    /// A minimum with minimums in other currencies.
    ///
    /// # Errors
    /// [`PromotionCodeRefusal::MinimumInOwnCurrency`].
    pub fn new(amount: Money, options: Vec<Money>) -> Result<Self, PromotionCodeRefusal> {
        Self { amount, others: Vec::new() }.with(options)
    }

    /// The least subtotals in every currency, its own first.
    pub fn amounts(&self) -> impl Iterator<Item = Money> {
        std::iter::once(self.amount).chain(self.others.iter().copied())
    }

    /// The least subtotal in a currency; none where nothing was said of it.
    #[must_use]
    pub fn in_currency(&self, currency: Currency) -> Option<Money> {
        self.amounts().find(|amount| amount.currency() == currency)
    }

    /// Whether a cart with this subtotal, before any discount, is worth it.
    ///
    /// # Errors
    /// [`PromotionCodeUnusable::NoMinimumIn`] and [`PromotionCodeUnusable::BelowMinimum`].
    pub fn check(&self, subtotal: Money) -> Result<(), PromotionCodeUnusable> {
        match self.in_currency(subtotal.currency()) {
            None => Err(PromotionCodeUnusable::NoMinimumIn(subtotal.currency())),
            Some(least) if subtotal.minor_units() < least.minor_units() => {
                Err(PromotionCodeUnusable::BelowMinimum(least))
            }
            Some(_) => Ok(()),
        }
    }

    /// The same with minimums in other currencies added or changed.
    ///
    /// # Errors
    /// [`PromotionCodeRefusal::MinimumInOwnCurrency`].
    pub(super) fn with(mut self, options: Vec<Money>) -> Result<Self, PromotionCodeRefusal> {
        for option in options {
            let currency = option.currency();
            if currency == self.amount.currency() {
                return Err(PromotionCodeRefusal::MinimumInOwnCurrency(currency));
            }
            match self.others.iter_mut().find(|other| other.currency() == currency) {
                Some(other) => *other = option,
                None => self.others.push(option),
            }
        }
        Ok(self)
    }
}
