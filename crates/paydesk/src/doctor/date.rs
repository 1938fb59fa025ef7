//! A date that people read, from a number of milliseconds.

/// Years of 366 and 365 days repeat after four hundred.
const DAYS_OF_400_YEARS: u64 = 146_097;

/// The date and time of day (UTC), so many milliseconds after the beginning of 1970.
pub(crate) fn readable(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    let (year, month, day) = date(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

fn date(days_since_1970: u64) -> (u64, u64, u64) {
    let mut year = 1970 + days_since_1970 / DAYS_OF_400_YEARS * 400;
    let mut day = days_since_1970 % DAYS_OF_400_YEARS;
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if day < length {
            break;
        }
        day -= length;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    (year, month, day + 1)
}

const fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_calendar() {
        assert_eq!(readable(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(readable(951_868_799_999), "2000-02-29 23:59:59 UTC");
        assert_eq!(readable(1_735_689_599_000), "2024-12-31 23:59:59 UTC");
        assert_eq!(readable(4_107_542_400_000), "2100-03-01 00:00:00 UTC");
        assert_eq!(readable(13_574_563_200_000), "2400-02-29 00:00:00 UTC");
    }
}
