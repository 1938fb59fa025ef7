//! One line of a cart.

use std::num::NonZeroU64;

use super::refusal::QuantityRefusal;
use crate::id::{LineItemId, PriceId};
use crate::metadata::Metadata;
use crate::money::{Currency, Money};

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
    /// The shop's own data about the line.
    pub metadata: Metadata,
    /// What the line comes to.
    pub amounts: LineAmounts,
}

/// What a line comes to. Invariant: `total = subtotal - discount + exclusive tax`; there are no
/// discounts and taxes yet, so `total = subtotal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineAmounts {
    /// Unit price times quantity, rounded once, half away from zero: Stripe's `amount_subtotal`.
    pub subtotal: Money,
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
    pub(super) const fn zero(currency: Currency) -> Self {
        let nothing = Money::zero(currency);
        Self { subtotal: nothing, total: nothing }
    }
}

impl LineItem {
    pub(super) fn differs_visibly_from(&self, other: &Self) -> bool {
        self.id != other.id
            || self.price != other.price
            || self.quantity != other.quantity
            || self.adjustable_quantity != other.adjustable_quantity
            || self.amounts != other.amounts
    }
}
