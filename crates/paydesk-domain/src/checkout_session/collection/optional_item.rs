//! What the page offers besides the cart.

use super::super::Mode;
use super::super::line_item::{AdjustableQuantity, Quantity};
use super::super::line_rules::{InlineCatalog, PricedLine, check_counts};
use super::super::refusal::{LineRefusal, QuantityRefusal, SessionRefusal};
use super::refusal::CollectionRefusal;
use crate::catalog::{Amount, Price, Recurring, Usage};
use crate::id::PriceId;
use crate::money::Currency;

/// Something that the buyer may add to the cart. Mirrors an entry of `optional_items`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionalItem {
    /// `price`
    pub price: PriceId,
    /// `quantity`: how many are added at first.
    pub quantity: Quantity,
    /// `adjustable_quantity`: whether and how far the buyer may change that.
    pub adjustable_quantity: Option<AdjustableQuantity>,
}

/// A cart that was checked, with what its optional items are held against.
#[derive(Clone, Copy)]
pub(in super::super) struct CheckedCart<'a> {
    pub(in super::super) mode: Mode,
    pub(in super::super) currency: Currency,
    pub(in super::super) lines: &'a [PricedLine],
}

impl CheckedCart<'_> {
    /// Checks optional items, each as if it were a line, and all of them by number.
    pub(in super::super) fn check_optional(
        self,
        items: &[OptionalItem],
        catalog: &InlineCatalog<'_>,
    ) -> Result<(), SessionRefusal> {
        let mut prices = Vec::with_capacity(items.len());
        let mut interval = self.lines.iter().find_map(|line| line.price.recurring);
        for (index, item) in items.iter().enumerate() {
            let checked = self.check_one(item, &mut interval, catalog);
            let refused = |reason| CollectionRefusal::OptionalItem { index, reason };
            prices.push(checked.map_err(refused)?);
        }
        check_counts(self.mode, self.lines.iter().map(|line| &line.price).chain(&prices))
    }

    fn check_one(
        self,
        item: &OptionalItem,
        interval: &mut Option<Recurring>,
        catalog: &InlineCatalog<'_>,
    ) -> Result<Price, LineRefusal> {
        let price = catalog.usable_price(item.price.clone())?;
        let (expected, actual) = (self.currency, price.currency);
        let Some((amount, _)) = price.in_currency(expected) else {
            return Err(LineRefusal::CurrencyMismatch { expected, actual });
        };
        let is_chosen = |amount: &Amount| matches!(amount, Amount::Custom(_));
        let mut lines = self.lines.iter().filter_map(|line| line.price.in_currency(expected));
        if is_chosen(amount) || lines.any(|(amount, _)| is_chosen(amount)) {
            return Err(LineRefusal::CustomAmountNotAlone);
        }
        if matches!(price.terms.usage, Usage::Metered { .. }) {
            return Err(QuantityRefusal::OfMetered(price.id).into());
        }
        if let Some(adjustable) = item.adjustable_quantity {
            adjustable.check(item.quantity)?;
        }
        match (price.recurring, self.mode) {
            (Some(_), Mode::Payment) => Err(LineRefusal::RecurringInPaymentMode),
            (Some(recurring), Mode::Subscription)
                if *interval.get_or_insert(recurring) != recurring =>
            {
                Err(LineRefusal::MixedIntervals)
            }
            (Some(_) | None, _) => Ok(price),
        }
    }
}
