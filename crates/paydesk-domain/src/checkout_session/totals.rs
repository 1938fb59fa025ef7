//! What a cart comes to.

use super::line_item::LineItem;
use super::refusal::SessionRefusal;
use crate::money::{Currency, Money, MoneyError};

/// The sums of a session, in its currency. Never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Sum of the lines before discounts and taxes: Stripe's `amount_subtotal`.
    pub amount_subtotal: Money,
    /// What discounts take off the lines: `total_details.amount_discount`.
    pub amount_discount: Money,
    /// All taxes, inside prices and on top: `total_details.amount_tax`.
    pub amount_tax: Money,
    /// Sum of the lines after discounts and taxes: Stripe's `amount_total`.
    pub amount_total: Money,
}

impl Totals {
    /// The totals of these lines.
    ///
    /// # Errors
    /// When a sum does not fit, or a line is in another currency.
    pub fn of(currency: Currency, lines: &[LineItem]) -> Result<Self, MoneyError> {
        let subtotals = lines.iter().map(|line| line.amounts.subtotal);
        let discounts = lines.iter().map(|line| line.amounts.discount);
        let taxes = lines.iter().flat_map(|line| &line.amounts.taxes).map(|tax| tax.amount);
        let totals = lines.iter().map(|line| line.amounts.total);
        Ok(Self {
            amount_discount: Money::sum(currency, discounts)?,
            amount_tax: Money::sum(currency, taxes)?,
            amount_subtotal: Money::sum(currency, subtotals)?,
            amount_total: Money::sum(currency, totals)?,
        })
    }

    /// Checks that the total can be charged: nothing at all, or between the currency's bounds and a
    /// multiple of its step.
    ///
    /// # Errors
    /// [`SessionRefusal::AmountTooSmall`], [`SessionRefusal::AmountTooLarge`] and
    /// [`SessionRefusal::AmountNotChargeable`].
    pub(super) fn check_chargeable(self) -> Result<Self, SessionRefusal> {
        let total = self.amount_total;
        let currency = total.currency();
        if total.is_zero() {
            return Ok(self);
        }
        if let Some(minimum) = currency.minimum_charge()
            && total.minor_units() < minimum
        {
            let minimum = Money::new(minimum, currency);
            return Err(SessionRefusal::AmountTooSmall { total, minimum });
        }
        if total.minor_units() > currency.maximum_charge() {
            return Err(SessionRefusal::amount_too_large(currency));
        }
        let step = currency.charge_step();
        if !total.minor_units().unsigned_abs().is_multiple_of(step.unsigned_abs()) {
            let step = Money::new(step, currency);
            return Err(SessionRefusal::AmountNotChargeable { total, step });
        }
        Ok(self)
    }
}
