//! One line of a cart.

use std::num::NonZeroU64;

use super::pricing::TaxAmount;
use super::refusal::QuantityRefusal;
use crate::id::{LineItemId, PriceId, TaxRateId};
use crate::metadata::Metadata;
use crate::money::{Currency, Money};

/// Tax rates of one line.
pub const TAX_RATES_MAX: usize = 5;

/// How many units, at least one: a line goes by being left out, not by a quantity of zero.
pub type Quantity = NonZeroU64;

/// One line of a cart. Mirrors Stripe's `item`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineItem {
    /// `li_…`; stays through updates and reordering.
    pub id: LineItemId,
    /// Its place in the order of creation, which reordering does not change. Ties in rounding go to
    /// the earlier line, so that reordering never moves a cent.
    pub ordinal: u32,
    /// What one unit costs.
    pub price: PriceId,
    /// How many units; none where they are counted later, because the Price is metered.
    pub quantity: Option<Quantity>,
    /// Whether and how far the buyer may change the quantity.
    pub adjustable_quantity: Option<AdjustableQuantity>,
    /// The rates its taxes are computed by, at most [`TAX_RATES_MAX`], each once; where there are
    /// none, those that the session has for all lines.
    pub tax_rates: Vec<TaxRateId>,
    /// Whether only those of [`Self::tax_rates`] count whose country, and state in the United
    /// States, is where the cart goes. Mirrors `dynamic_tax_rates`.
    pub tax_rates_by_address: bool,
    /// The shop's own data about the line.
    pub metadata: Metadata,
    /// What the line comes to.
    pub amounts: LineAmounts,
}

/// What a line comes to. Invariant: `total = subtotal - discount + exclusive taxes`; an inclusive
/// tax is part of the subtotal and moves no total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineAmounts {
    /// Unit price times quantity, rounded once, half away from zero: Stripe's `amount_subtotal`.
    pub subtotal: Money,
    /// Its part of the session's discount: Stripe's `amount_discount`.
    pub discount: Money,
    /// What each rate makes of subtotal less discount: Stripe's `taxes`.
    pub taxes: Vec<TaxAmount>,
    /// After discounts and taxes: Stripe's `amount_total`.
    pub total: Money,
}

/// Whether and how far the buyer may change a line's quantity. Mirrors Stripe's
/// `adjustable_quantity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdjustableQuantity {
    /// Said to be fixed: `enabled=false`.
    Disabled,
    /// Between two bounds, both included.
    Enabled {
        /// At least; 0 unless given.
        minimum: u64,
        /// At most; 99 unless given, never above 999,999.
        maximum: u64,
    },
}

impl AdjustableQuantity {
    /// The upper bound where none is given.
    pub const MAXIMUM_DEFAULT: u64 = 99;
    /// The largest upper bound.
    pub const MAXIMUM_LIMIT: u64 = 999_999;

    pub(super) fn check(self, quantity: Quantity) -> Result<(), QuantityRefusal> {
        let Self::Enabled { minimum, maximum } = self else {
            return Ok(());
        };
        if maximum > Self::MAXIMUM_LIMIT {
            return Err(QuantityRefusal::MaximumTooLarge { maximum });
        }
        if minimum > maximum {
            return Err(QuantityRefusal::BoundsCrossed { minimum, maximum });
        }
        if !(minimum..=maximum).contains(&quantity.get()) {
            return Err(QuantityRefusal::OutOfBounds {
                quantity: quantity.get(),
                minimum,
                maximum,
            });
        }
        Ok(())
    }
}

impl LineAmounts {
    /// A line that costs nothing, or whose amounts are not computed yet.
    pub(super) fn zero(currency: Currency) -> Self {
        let nothing = Money::zero(currency);
        Self { subtotal: nothing, discount: nothing, taxes: Vec::new(), total: nothing }
    }

    /// All taxes, inside and on top: Stripe's `amount_tax`.
    #[must_use]
    pub fn tax(&self) -> Money {
        TaxAmount::sum(&self.taxes, self.total.currency())
    }

    /// Whether the total follows from the rest, and nothing is below zero.
    pub(super) fn is_consistent(&self) -> bool {
        let base = self.subtotal.checked_sub(self.discount);
        let total = base.and_then(|base| TaxAmount::on_top_of(base, &self.taxes));
        let amounts = [self.subtotal, self.discount];
        let mut all = amounts.into_iter().chain(self.taxes.iter().map(|tax| tax.amount));
        total == Ok(self.total)
            && all.all(|amount| amount.minor_units() >= 0)
            && self.discount.minor_units() <= self.subtotal.minor_units()
    }
}

impl LineItem {
    pub(super) fn differs_visibly_from(&self, other: &Self) -> bool {
        self.id != other.id
            || self.price != other.price
            || self.quantity != other.quantity
            || self.adjustable_quantity != other.adjustable_quantity
            || self.tax_rates != other.tax_rates
            || self.tax_rates_by_address != other.tax_rates_by_address
            || self.amounts != other.amounts
    }
}
