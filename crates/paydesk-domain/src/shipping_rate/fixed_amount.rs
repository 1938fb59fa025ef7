//! What a shipping rate costs: a fixed amount, in one currency or in several.

use thiserror::Error;

use crate::catalog::TaxBehavior;
use crate::money::{Currency, Money};

/// A fixed amount for an order, whatever is in it. Mirrors Stripe's `fixed_amount`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedAmount {
    /// In the rate's own currency, zero or more minor units.
    pub amount: Money,
    /// In other currencies, each once, in the order they were first sent.
    pub others: Vec<ShippingCurrencyOption>,
}

/// What a shipping rate is in another currency. Mirrors an entry of Stripe's `currency_options`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippingCurrencyOption {
    /// The amount, zero or more minor units.
    pub amount: Money,
    /// How tax relates to that amount.
    pub tax_behavior: TaxBehavior,
}

/// What a request says about a shipping rate in another currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippingCurrencyOptionChange {
    /// The other currency.
    pub currency: Currency,
    /// How many minor units of it, zero or more.
    pub amount: Option<i64>,
    /// How tax relates to that amount.
    pub tax_behavior: Option<TaxBehavior>,
}

/// Why an entry of `currency_options` is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{currency}: {reason}")]
pub struct ShippingCurrencyRefusal {
    /// The currency of the entry.
    pub currency: Currency,
    /// What is wrong with it.
    pub reason: ShippingCurrencyReason,
}

/// What is wrong with an entry of `currency_options`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ShippingCurrencyReason {
    /// It is the rate's own currency.
    #[error("it is the rate's own currency")]
    OwnCurrency,
    /// A currency that the rate does not have yet needs an amount.
    #[error("its amount is missing")]
    AmountMissing,
    /// The rate has another amount in it, which never changes.
    #[error("its amount is fixed")]
    AmountFixed,
    /// `tax_behavior` can't be changed once it is inclusive or exclusive.
    #[error("its tax behavior is fixed")]
    TaxBehaviorFixed,
}

impl FixedAmount {
    /// An amount with amounts in other currencies.
    ///
    /// # Errors
    /// As [`Self::changed`].
    pub fn new(
        amount: Money,
        options: Vec<ShippingCurrencyOptionChange>,
    ) -> Result<Self, ShippingCurrencyRefusal> {
        Self { amount, others: Vec::new() }.changed(options)
    }

    /// The amount in a currency, where the rate has one.
    #[must_use]
    pub fn in_currency(&self, currency: Currency) -> Option<Money> {
        std::iter::once(self.amount)
            .chain(self.others.iter().map(|option| option.amount))
            .find(|amount| amount.currency() == currency)
    }

    /// The amount with currencies added, and tax behaviors said that were unspecified. What a rate
    /// costs in a currency never changes: carts that have it go on at that.
    ///
    /// # Errors
    /// [`ShippingCurrencyRefusal`]
    pub fn changed(
        mut self,
        options: Vec<ShippingCurrencyOptionChange>,
    ) -> Result<Self, ShippingCurrencyRefusal> {
        for ShippingCurrencyOptionChange { currency, amount, tax_behavior } in options {
            let refused = |reason| ShippingCurrencyRefusal { currency, reason };
            if currency == self.amount.currency() {
                return Err(refused(ShippingCurrencyReason::OwnCurrency));
            }
            let amount = amount.map(|minor_units| Money::new(minor_units, currency));
            let known = self.others.iter_mut().find(|other| other.amount.currency() == currency);
            let Some(known) = known else {
                let amount = amount.ok_or(refused(ShippingCurrencyReason::AmountMissing))?;
                let tax_behavior = tax_behavior.unwrap_or_default();
                self.others.push(ShippingCurrencyOption { amount, tax_behavior });
                continue;
            };
            if amount.is_some_and(|amount| amount != known.amount) {
                return Err(refused(ShippingCurrencyReason::AmountFixed));
            }
            known.tax_behavior = said(known.tax_behavior, tax_behavior)
                .ok_or(refused(ShippingCurrencyReason::TaxBehaviorFixed))?;
        }
        Ok(self)
    }
}

/// The tax behavior after a request, which may say it once; none when it is another already.
pub(super) fn said(before: TaxBehavior, sent: Option<TaxBehavior>) -> Option<TaxBehavior> {
    let after = sent.unwrap_or(before);
    (before == TaxBehavior::Unspecified || after == before).then_some(after)
}
