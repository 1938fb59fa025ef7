//! How long a shipment takes, as a shop estimates it.

use thiserror::Error;

/// How long shipping takes at least and at most. Mirrors Stripe's `delivery_estimate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveryEstimate {
    minimum: Option<DeliveryTime>,
    maximum: Option<DeliveryTime>,
}

/// So many units of time. Mirrors a bound of Stripe's `delivery_estimate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveryTime {
    /// The unit.
    pub unit: DeliveryUnit,
    /// How many of them, at least 1.
    pub value: u32,
}

/// A unit of time in which deliveries are estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryUnit {
    /// A day on which there is work; how many hours apart two of them are depends on the calendar.
    BusinessDay,
    /// Twenty-four hours.
    Day,
    /// An hour.
    Hour,
    /// A calendar month, of whatever length.
    Month,
    /// Seven days.
    Week,
}

/// The least time is longer than the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the minimum is longer than the maximum")]
pub struct MinimumAboveMaximum;

impl DeliveryEstimate {
    /// An estimate between two bounds, each of which may be missing.
    ///
    /// Bounds are compared where both are in one unit, or in hours, days and weeks; how long a
    /// month or a business day is nobody knows beforehand.
    ///
    /// # Errors
    /// [`MinimumAboveMaximum`]
    pub fn new(
        minimum: Option<DeliveryTime>,
        maximum: Option<DeliveryTime>,
    ) -> Result<Self, MinimumAboveMaximum> {
        if let (Some(minimum), Some(maximum)) = (minimum, maximum) {
            let is_above = if minimum.unit == maximum.unit {
                minimum.value > maximum.value
            } else {
                minimum.hours().zip(maximum.hours()).is_some_and(|(least, most)| least > most)
            };
            if is_above {
                return Err(MinimumAboveMaximum);
            }
        }
        Ok(Self { minimum, maximum })
    }

    /// The least time; none for no lower bound.
    #[must_use]
    pub const fn minimum(self) -> Option<DeliveryTime> {
        self.minimum
    }

    /// The most time; none for no upper bound.
    #[must_use]
    pub const fn maximum(self) -> Option<DeliveryTime> {
        self.maximum
    }
}

impl DeliveryTime {
    /// The time in hours, where its unit is always of one length.
    fn hours(self) -> Option<u64> {
        let hours_per_unit = match self.unit {
            DeliveryUnit::Hour => 1,
            DeliveryUnit::Day => 24,
            DeliveryUnit::Week => 7 * 24,
            DeliveryUnit::BusinessDay | DeliveryUnit::Month => return None,
        };
        Some(u64::from(self.value).saturating_mul(hours_per_unit))
    }
}

#[cfg(test)]
mod tests {
    use super::DeliveryUnit::{BusinessDay, Day, Hour, Month, Week};
    use super::*;

    #[test]
    fn a_minimum_that_is_surely_longer_than_the_maximum_is_refused() {
        let table = [
            ((5, BusinessDay), (7, BusinessDay), true),
            ((5, BusinessDay), (5, BusinessDay), true),
            ((6, BusinessDay), (5, BusinessDay), false),
            ((2, Month), (1, Month), false),
            ((48, Hour), (2, Day), true),
            ((49, Hour), (2, Day), false),
            ((8, Day), (1, Week), false),
            ((u32::MAX, Week), (u32::MAX, Hour), false),
            ((6, BusinessDay), (1, Week), true),
            ((5, Week), (1, Month), true),
        ];
        for (minimum, maximum, is_possible) in table {
            let [least, most] =
                [minimum, maximum].map(|(value, unit)| Some(DeliveryTime { unit, value }));
            let estimate = DeliveryEstimate::new(least, most);
            assert_eq!(estimate.is_ok(), is_possible, "{minimum:?} to {maximum:?}");
        }
    }

    #[test]
    fn a_bound_may_be_missing() {
        let day = Some(DeliveryTime { unit: Day, value: 1 });
        let estimate = DeliveryEstimate::new(day, None).unwrap();
        assert_eq!((estimate.minimum(), estimate.maximum()), (day, None));
        assert!(DeliveryEstimate::new(None, day).is_ok());
    }
}
