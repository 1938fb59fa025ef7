//! When the periods of a recurring Price begin: on the calendar, in UTC.
//!
//! Periods are counted from their anchor, not from each other, so that what began on the 31st comes
//! back to the 31st after a shorter month. UTC has no daylight saving: a period begins at the same
//! time of the day throughout.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp as Instant};

use super::price::{Interval, Recurring};
use crate::time::Timestamp;

impl Recurring {
    /// The instant so many periods after the anchor, or before it where the number is negative. In
    /// a month without such a day it is the month's last.
    ///
    /// None beyond the years the calendar knows.
    #[must_use]
    pub fn periods_from(self, anchor: Timestamp, periods: i32) -> Option<Timestamp> {
        let units = i64::from(self.interval_count).checked_mul(i64::from(periods))?;
        let span = match self.interval {
            Interval::Day => Span::new().try_days(units),
            Interval::Week => Span::new().try_weeks(units),
            Interval::Month => Span::new().try_months(units),
            Interval::Year => Span::new().try_years(units),
        };
        let anchor = Instant::from_second(anchor.as_seconds()).ok()?;
        let moved = TimeZone::UTC.to_datetime(anchor).checked_add(span.ok()?).ok()?;
        let moved = TimeZone::UTC.to_timestamp(moved).ok()?;
        Some(Timestamp::from_seconds(moved.as_second()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        let instant: Instant = text.parse().unwrap();
        Timestamp::from_seconds(instant.as_second())
    }

    #[test]
    fn periods_end_where_the_calendar_says() {
        let table = [
            (1, Interval::Month, "2026-01-31T10:00:00Z", 1, "2026-02-28T10:00:00Z"),
            (1, Interval::Month, "2026-01-31T10:00:00Z", 2, "2026-03-31T10:00:00Z"),
            (1, Interval::Month, "2028-01-31T10:00:00Z", 1, "2028-02-29T10:00:00Z"),
            (1, Interval::Month, "2026-03-31T00:00:00Z", -1, "2026-02-28T00:00:00Z"),
            (3, Interval::Month, "2026-11-30T23:59:59Z", 1, "2027-02-28T23:59:59Z"),
            (1, Interval::Year, "2028-02-29T12:00:00Z", 1, "2029-02-28T12:00:00Z"),
            (1, Interval::Year, "2028-02-29T12:00:00Z", 4, "2032-02-29T12:00:00Z"),
            (2, Interval::Week, "2026-12-25T08:00:00Z", 1, "2027-01-08T08:00:00Z"),
            (30, Interval::Day, "2026-02-01T00:00:00Z", 1, "2026-03-03T00:00:00Z"),
        ];
        for (interval_count, interval, anchor, periods, expected) in table {
            let recurring = Recurring { interval, interval_count };
            let end = recurring.periods_from(at(anchor), periods);
            assert_eq!(end, Some(at(expected)), "{recurring:?} from {anchor}");
        }
    }

    #[test]
    fn daylight_saving_moves_no_period() {
        // Clocks in Europe and America change between these instants.
        let daily = Recurring { interval: Interval::Day, interval_count: 1 };
        for anchor in ["2026-03-07T09:30:00Z", "2026-03-28T09:30:00Z", "2026-10-24T09:30:00Z"] {
            let next = daily.periods_from(at(anchor), 1).unwrap();
            assert_eq!(next.seconds_since(at(anchor)), 86_400, "{anchor}");
        }
    }

    #[test]
    fn the_calendar_ends_somewhere() {
        let yearly = Recurring { interval: Interval::Year, interval_count: 3 };
        assert_eq!(yearly.periods_from(at("2026-01-01T00:00:00Z"), i32::MAX), None);
    }
}
