//! The machine's clock: whether it is about right, and whether it runs evenly.

use std::time::Instant;

use super::check::Check;
use super::date;
use crate::wall_clock::SystemClock;

const NAME: &str = "clock";

/// The beginning of 2026, before which no release was made; in milliseconds since 1970.
const RELEASES_BEGIN: u64 = 1_767_225_600_000;

/// Differences that are only a matter of measuring, in milliseconds.
const TOLERANCE: u64 = 250;

/// How much later than the clock an object may be, in milliseconds: ids run ahead under load.
const AHEAD_MAX: u64 = 5_000;

/// A moment by the wall clock and by the one that never jumps.
pub(crate) struct Moment {
    wall: u64,
    steady: Instant,
}

impl Moment {
    pub(crate) fn now() -> Self {
        Self { wall: SystemClock::milliseconds(), steady: Instant::now() }
    }
}

/// Compares the clock with itself since the doctor began, and with the youngest object.
pub(crate) fn check(began: &Moment, youngest_object: Option<u64>) -> Check {
    let steady = u64::try_from(began.steady.elapsed().as_millis()).unwrap_or(u64::MAX);
    verdict(began.wall, steady, SystemClock::milliseconds(), youngest_object)
}

fn verdict(began: u64, steady: u64, now: u64, youngest_object: Option<u64>) -> Check {
    let shown = date::readable(now);
    if now < RELEASES_BEGIN {
        return Check::fail(NAME, format!("{shown} is long past"), "set the machine's clock");
    }
    let jumped = now.abs_diff(began.saturating_add(steady));
    if jumped > TOLERANCE {
        let advice = "let a time service slew the clock instead of setting it";
        return Check::warn(NAME, format!("it jumped by {jumped} ms just now, to {shown}"), advice);
    }
    let ahead = youngest_object.unwrap_or(0).saturating_sub(now);
    if ahead > AHEAD_MAX {
        let found = format!("{shown} is {} s before the youngest object", ahead / 1000);
        let advice = "set the machine's clock; if it was ahead once, what was made then is \
                      forgotten that much later";
        return Check::warn(NAME, found, advice);
    }
    Check::ok(NAME, shown)
}

#[cfg(test)]
mod tests {
    use super::super::check::Verdict;
    use super::*;

    const NOW: u64 = 1_800_000_000_000;

    #[test]
    fn a_clock_that_runs_evenly_and_behind_all_objects_is_right() {
        let check = verdict(NOW - 1_000, 1_010, NOW, Some(NOW - 5));
        assert_eq!(check.verdict, Verdict::Ok);
        assert_eq!(check.found, "2027-01-15 08:00:00 UTC");
    }

    #[test]
    fn a_clock_that_jumped_or_is_behind_the_file_is_warned_of() {
        assert_eq!(verdict(NOW - 5_000, 1_000, NOW, None).verdict, Verdict::Warn);
        assert_eq!(verdict(NOW, 1_000, NOW - 500, None).verdict, Verdict::Warn);
        assert_eq!(verdict(NOW, 0, NOW, Some(NOW + 60_000)).verdict, Verdict::Warn);
    }

    #[test]
    fn a_clock_that_was_never_set_is_a_failure() {
        assert_eq!(verdict(1_000, 0, 1_000, None).verdict, Verdict::Fail);
    }
}
