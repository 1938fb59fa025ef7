//! What a shipping rate costs: a fixed amount, in one currency or in several.

use super::ShippingRateRefusal;
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

impl FixedAmount {
    /// An amount with amounts in other currencies.
    ///
    /// # Errors
    /// As [`Self::changed`].
    pub fn new(
        amount: Money,
        options: Vec<ShippingCurrencyOptionChange>,
    ) -> Result<Self, ShippingRateRefusal> {
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
    /// For the rate's own currency, a new currency without an amount, another amount for a currency
    /// that has one, and a tax behavior that is fixed.
    pub fn changed(
        mut self,
        options: Vec<ShippingCurrencyOptionChange>,
    ) -> Result<Self, ShippingRateRefusal> {
        for ShippingCurrencyOptionChange { currency, amount, tax_behavior } in options {
            let amount = amount.map(|minor_units| Money::new(minor_units, currency));
            if currency == self.amount.currency() {
                return Err(ShippingRateRefusal::OwnCurrency(currency));
            }
            let known = self.others.iter_mut().find(|other| other.amount.currency() == currency);
            let Some(known) = known else {
                let amount = amount.ok_or(ShippingRateRefusal::AmountMissing(currency))?;
                let tax_behavior = tax_behavior.unwrap_or_default();
                self.others.push(ShippingCurrencyOption { amount, tax_behavior });
                continue;
            };
            if amount.is_some_and(|amount| amount != known.amount) {
                return Err(ShippingRateRefusal::AmountFixed(currency));
            }
            known.tax_behavior = said(known.tax_behavior, tax_behavior)
                .ok_or(ShippingRateRefusal::OptionTaxBehaviorFixed(currency))?;
        }
        Ok(self)
    }
}

/// The tax behavior after a request, which may say it once; none when it is another already.
pub(super) fn said(before: TaxBehavior, sent: Option<TaxBehavior>) -> Option<TaxBehavior> {
    let after = sent.unwrap_or(before);
    (before == TaxBehavior::Unspecified || after == before).then_some(after)
}
