//! From lines to totals: the one place where the amounts of a cart are computed.

use super::line_item::{LineAmounts, LineItem};
use super::line_rules::PricedLine;
use super::refusal::SessionRefusal;
use super::totals::Totals;
use crate::catalog::{Charge, Usage};
use crate::money::{Currency, MoneyError};

/// The lines of a checked cart with their amounts, and what they come to.
pub(super) fn priced(
    currency: Currency,
    lines: Vec<PricedLine>,
) -> Result<(Vec<LineItem>, Totals), SessionRefusal> {
    computed(currency, lines)
        .map_err(|_overflow| SessionRefusal::amount_too_large(currency))
        .and_then(|(lines, totals)| Ok((lines, totals.check_chargeable()?)))
}

fn computed(
    currency: Currency,
    lines: Vec<PricedLine>,
) -> Result<(Vec<LineItem>, Totals), MoneyError> {
    let lines: Result<Vec<LineItem>, MoneyError> =
        lines.into_iter().map(|line| line.computed(currency)).collect();
    let lines = lines?;
    let totals = Totals::of(currency, &lines)?;
    Ok((lines, totals))
}

impl PricedLine {
    fn computed(mut self, currency: Currency) -> Result<LineItem, MoneyError> {
        let subtotal = self.charge(currency)?.exact.rounded(currency)?;
        self.line.amounts = LineAmounts { subtotal, total: subtotal };
        Ok(self.line)
    }

    fn charge(&self, currency: Currency) -> Result<Charge, MoneyError> {
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
