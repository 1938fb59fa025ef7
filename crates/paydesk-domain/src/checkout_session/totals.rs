//! What a cart comes to.

use super::line_item::LineItem;
use super::refusal::SessionRefusal;
use super::shipping::ShippingCost;
use crate::money::{Currency, Money, MoneyError};

/// The sums of a session, in its currency. Never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Sum of the lines before discounts and taxes: Stripe's `amount_subtotal`.
    pub amount_subtotal: Money,
    /// What discounts take off the lines: `total_details.amount_discount`.
    pub amount_discount: Money,
    /// What shipping costs before taxes on top: `total_details.amount_shipping`.
    pub amount_shipping: Money,
    /// All taxes, inside prices and on top: `total_details.amount_tax`.
    pub amount_tax: Money,
    /// Sum of the lines after discounts and taxes, and of shipping: Stripe's `amount_total`.
    pub amount_total: Money,
}

impl Totals {
    /// The totals of these lines and their shipping.
    ///
    /// # Errors
    /// When a sum does not fit, or a line is in another currency.
    pub fn of(
        currency: Currency,
        lines: &[LineItem],
        shipping: Option<&ShippingCost>,
    ) -> Result<Self, MoneyError> {
        let subtotals = lines.iter().map(|line| line.amounts.subtotal);
        let discounts = lines.iter().map(|line| line.amounts.discount);
        let of_lines = lines.iter().flat_map(|line| &line.amounts.taxes);
        let of_shipping = shipping.into_iter().flat_map(|cost| &cost.taxes);
        let taxes = of_lines.chain(of_shipping).map(|tax| tax.amount);
        let totals = lines.iter().map(|line| line.amounts.total);
        let totals = totals.chain(shipping.map(|cost| cost.total));
        Ok(Self {
            amount_shipping: shipping.map_or(Money::zero(currency), |cost| cost.subtotal),
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
    pub(super) fn check_chargeable(self) -> Result<(), SessionRefusal> {
        let total = self.amount_total;
        let currency = total.currency();
        if total.is_zero() {
            return Ok(());
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
        Ok(())
    }
}
