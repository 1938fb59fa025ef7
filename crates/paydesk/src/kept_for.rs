//! How long something is kept, as it is said on the command line.

use std::fmt;
use std::str::FromStr;

/// Units, the longest first: `30d` rather than `720h`.
const UNITS: [(char, i64); 3] = [('d', 86_400), ('h', 3_600), ('m', 60)];

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeptFor {
    /// It is never forgotten.
    Ever,
    /// So many seconds.
    Seconds(i64),
}

impl KeptFor {
    /// The seconds, where it is not for ever.
    pub(crate) const fn seconds(self) -> Option<i64> {
        match self {
            Self::Ever => None,
            Self::Seconds(seconds) => Some(seconds),
        }
    }
}

impl FromStr for KeptFor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "forever" {
            return Ok(Self::Ever);
        }
        UNITS
            .iter()
            .find_map(|(unit, seconds)| {
                let count = text.strip_suffix(*unit)?;
                let is_number = count.bytes().all(|byte| byte.is_ascii_digit());
                let count: i64 = count.parse().ok().filter(|count| is_number && *count > 0)?;
                count.checked_mul(*seconds).map(Self::Seconds)
            })
            .ok_or_else(|| {
                "it must be days, hours or minutes such as 30d, 24h or 90m, or `forever`".to_owned()
            })
    }
}

impl fmt::Display for KeptFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Seconds(seconds) = self else {
            return f.write_str("forever");
        };
        match UNITS.iter().find(|(_, length)| seconds % length == 0) {
            Some((unit, length)) => write!(f, "{}{unit}", seconds / length),
            None => write!(f, "{seconds}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_in_days_hours_or_minutes() {
        for (text, kept) in [
            ("30d", KeptFor::Seconds(2_592_000)),
            ("36h", KeptFor::Seconds(129_600)),
            ("90m", KeptFor::Seconds(5_400)),
            ("forever", KeptFor::Ever),
        ] {
            assert_eq!(text.parse(), Ok(kept));
            assert_eq!(kept.to_string(), text);
        }
        assert_eq!("24h".parse::<KeptFor>().unwrap().to_string(), "1d");
    }

    #[test]
    fn what_is_no_length_of_time_is_refused() {
        for text in ["", "d", "30", "0d", "-1d", "+1d", "1.5d", "30 d", "30s", "never"] {
            assert!(text.parse::<KeptFor>().is_err(), "{text}");
        }
        assert!("999999999999999999d".parse::<KeptFor>().is_err());
    }
}
