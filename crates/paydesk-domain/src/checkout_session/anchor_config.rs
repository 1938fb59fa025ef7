//! A billing cycle's anchor that is given by the calendar: the next such day, in UTC.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp as Instant};

use crate::time::Timestamp;

/// A day and a time at which periods begin. Mirrors `billing_cycle_anchor_config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnchorConfig {
    /// 1 to 31; in a shorter month its last day.
    pub day_of_month: i8,
    /// 1 to 12; any month where there is none.
    pub month: Option<i8>,
    /// 0 to 23; the hour at which it is asked where there is none, as are the others.
    pub hour: Option<i8>,
    /// 0 to 59
    pub minute: Option<i8>,
    /// 0 to 59
    pub second: Option<i8>,
}

impl AnchorConfig {
    /// The next such instant after `now`. None beyond the years the calendar knows.
    #[must_use]
    pub fn next_after(self, now: Timestamp) -> Option<Timestamp> {
        let asked = TimeZone::UTC.to_datetime(Instant::from_second(now.as_seconds()).ok()?);
        // The next one is at most a year and a month away: in a month that is over by then.
        for months in 0..=13 {
            let first = asked.first_of_month().checked_add(Span::new().try_months(months).ok()?);
            let first = first.ok()?;
            if self.month.is_some_and(|month| month != first.month()) {
                continue;
            }
            let at = self.within(first, asked)?;
            if at > now {
                return Some(at);
            }
        }
        None
    }

    fn within(self, month: DateTime, asked: DateTime) -> Option<Timestamp> {
        let day = self.day_of_month.min(month.date().days_in_month());
        let at = month.with().day(day);
        let at = at.hour(self.hour.unwrap_or(asked.hour()));
        let at = at.minute(self.minute.unwrap_or(asked.minute()));
        let at = at.second(self.second.unwrap_or(asked.second())).build().ok()?;
        let instant = TimeZone::UTC.to_timestamp(at).ok()?;
        Some(Timestamp::from_seconds(instant.as_second()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_anchor_is_the_next_such_day() {
        let at = |text: &str| {
            let instant: Instant = text.parse().unwrap();
            Timestamp::from_seconds(instant.as_second())
        };
        let config = |day_of_month, month, hour| AnchorConfig {
            day_of_month,
            month,
            hour,
            minute: hour.map(|_| 0),
            second: hour.map(|_| 0),
        };
        for (now, config, expected) in [
            ("2026-11-25T10:30:15Z", config(28, None, None), "2026-11-28T10:30:15Z"),
            ("2026-11-25T10:30:15Z", config(25, None, None), "2026-12-25T10:30:15Z"),
            ("2026-11-25T10:30:15Z", config(25, None, Some(12)), "2026-11-25T12:00:00Z"),
            ("2026-11-25T10:30:15Z", config(31, None, Some(0)), "2026-11-30T00:00:00Z"),
            ("2027-02-10T00:00:00Z", config(31, None, Some(6)), "2027-02-28T06:00:00Z"),
            ("2026-11-25T10:30:15Z", config(1, Some(3), Some(0)), "2027-03-01T00:00:00Z"),
            ("2026-03-01T00:00:00Z", config(1, Some(3), Some(0)), "2027-03-01T00:00:00Z"),
        ] {
            assert_eq!(config.next_after(at(now)), Some(at(expected)), "{config:?} at {now}");
        }
    }
}
