//! The `Stripe-Version` header.

/// An API version, with the preview features its header asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiVersion {
    date: u32,
    name: String,
    has_server_update_preview: bool,
}

/// A version and what the client should be told about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedVersion {
    /// The version that the answer will have.
    pub version: ApiVersion,
    /// The `Paydesk-Warning` header, when that is not quite the one asked for.
    pub warning: Option<String>,
}

/// Why a header names no version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersionProblem {
    /// No such version.
    #[error(
        "Invalid Stripe API version: {0}. Paydesk speaks the versions from 2024-09-30.acacia to \
         {newest}.",
        newest = ApiVersion::NEWEST
    )]
    Unknown(String),
    /// No such preview feature.
    #[error(
        "Paydesk does not know the preview feature `{0}` in the Stripe-Version header. It knows \
         checkout_server_update_beta=v1 and custom_checkout_beta=v1."
    )]
    UnknownPreview(String),
}

/// The trains of versions and the dates of their first, oldest first.
const TRAINS: &[(&str, u32)] = &[
    ("acacia", date(2024, 9, 30)),
    ("basil", date(2025, 3, 31)),
    ("clover", date(2025, 9, 30)),
    ("dahlia", date(2026, 3, 25)),
    ("endive", date(2026, 9, 30)),
];
const OLDEST: (u32, &str) = (date(2024, 9, 30), "2024-09-30.acacia");
const NEWEST_DATE: u32 = date(2026, 10, 28);

impl ApiVersion {
    /// The newest version, whose shapes are the ones used inside.
    pub const NEWEST: &'static str = "2026-10-28.endive";

    /// The newest version.
    #[must_use]
    pub fn newest() -> Self {
        Self::of(NEWEST_DATE, Self::NEWEST)
    }

    /// The version a header names: a date, its train's name, then preview features, all but the
    /// date optional: `2025-03-31.basil; checkout_server_update_beta=v1`.
    ///
    /// # Errors
    /// When there is no such version or preview feature.
    pub fn parse(header: &str) -> Result<AcceptedVersion, VersionProblem> {
        let mut parts = header.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let mut accepted = parse_name(name)?;
        for preview in parts.filter(|part| !part.is_empty()) {
            match preview {
                "checkout_server_update_beta=v1" => {
                    accepted.version.has_server_update_preview = true;
                }
                // It turned on what `ui_mode=elements` is now, which needs no turning on.
                "custom_checkout_beta=v1" => {}
                unknown => return Err(VersionProblem::UnknownPreview(unknown.to_owned())),
            }
        }
        Ok(accepted)
    }

    /// The version's name, as the `Stripe-Version` header of the answer has it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the request carries the token of the server-update preview.
    #[must_use]
    pub const fn has_server_update_preview(&self) -> bool {
        self.has_server_update_preview
    }

    /// Its date as `yyyymmdd`.
    pub(super) const fn date(&self) -> u32 {
        self.date
    }

    fn of(date: u32, name: &str) -> Self {
        Self { date, name: name.to_owned(), has_server_update_preview: false }
    }
}

fn parse_name(name: &str) -> Result<AcceptedVersion, VersionProblem> {
    let unknown = || VersionProblem::Unknown(name.to_owned());
    let (date_text, train) = match name.split_once('.') {
        Some((date, train)) => (date, Some(train)),
        None => (name, None),
    };
    let date = parse_date(date_text).ok_or_else(unknown)?;
    let plain =
        |date, name: &str| AcceptedVersion { version: ApiVersion::of(date, name), warning: None };
    match train {
        None if date < OLDEST.0 => Ok(AcceptedVersion {
            version: ApiVersion::of(OLDEST.0, OLDEST.1),
            warning: Some(format!(
                "version {name} is answered as {}, the oldest that Paydesk speaks",
                OLDEST.1
            )),
        }),
        Some("preview") if date >= OLDEST.0 => Ok(plain(date, name)),
        Some(train) if train_of(date) == Some(train) && date <= NEWEST_DATE => {
            Ok(plain(date, name))
        }
        Some(train) if train_of(date) == Some(train) => Ok(AcceptedVersion {
            version: ApiVersion::newest(),
            warning: Some(format!(
                "version {name} is answered as {}, the newest that Paydesk speaks",
                ApiVersion::NEWEST
            )),
        }),
        None | Some(_) => Err(unknown()),
    }
}

/// A date as one number, `yyyymmdd`, so that dates compare as numbers do.
pub(super) const fn date(year: u32, month: u32, day: u32) -> u32 {
    year * 10_000 + month * 100 + day
}

/// The train that a date belongs to.
fn train_of(date: u32) -> Option<&'static str> {
    TRAINS.iter().rev().find(|(_, first)| *first <= date).map(|(train, _)| *train)
}

/// A date such as `2025-03-31` as `yyyymmdd`.
fn parse_date(text: &str) -> Option<u32> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next()?;
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let is_date = parts.next().is_none()
        && (2011..=2999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day);
    is_date.then(|| date(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_versions() {
        let table = [
            ("2026-10-28.endive", "2026-10-28.endive"),
            ("2025-03-31.basil", "2025-03-31.basil"),
            ("2025-03-31.basil; checkout_server_update_beta=v1;", "2025-03-31.basil"),
            ("2025-06-30.basil", "2025-06-30.basil"),
            ("2026-08-26.preview", "2026-08-26.preview"),
            ("2026-12-16.endive", "2026-10-28.endive, with a warning"),
            ("2023-10-16", "2024-09-30.acacia, with a warning"),
            ("2025-03-31", "refused"),
            ("2025-03-31.clover", "refused"),
            ("2025-03-31.fig", "refused"),
            ("2025-13-31.basil", "refused"),
            ("2023-10-16.preview", "refused"),
            ("latest", "refused"),
            ("", "refused"),
            ("2026-10-28.endive; teleport_beta=v1", "refused"),
        ];
        for (header, expected) in table {
            let answer = match ApiVersion::parse(header) {
                Err(_) => "refused".to_owned(),
                Ok(AcceptedVersion { version, warning: None }) => version.name().to_owned(),
                Ok(AcceptedVersion { version, warning: Some(_) }) => {
                    format!("{}, with a warning", version.name())
                }
            };
            assert_eq!(answer, expected, "{header}");
        }
    }

    #[test]
    fn the_newest_version_parses_as_itself() {
        let parsed = ApiVersion::parse(ApiVersion::NEWEST).unwrap();
        assert_eq!(parsed.version, ApiVersion::newest());
        assert_eq!(parsed.warning, None);
    }
}
