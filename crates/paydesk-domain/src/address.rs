//! A postal address and the country it is in.

use std::fmt;

/// A postal address, each part of which may be missing. Mirrors Stripe's `address` fields.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Address {
    /// The city, or what stands for it.
    pub city: Option<String>,
    /// The country.
    pub country: Option<Country>,
    /// Street and number, or a post-office box.
    pub line1: Option<String>,
    /// Flat, floor or building.
    pub line2: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The state, county, province or region.
    pub state: Option<String>,
}

/// A country by its two-letter code (ISO 3166-1 and the codes reserved beside it that postal
/// addresses have), in upper case.
///
/// There is no other way to make one than [`Self::from_code`], so a country in hand is a known one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Country(&'static str);

impl Country {
    /// The country with this code, in any case; none when there is no such country.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let upper = code.to_ascii_uppercase();
        let index = CODES.binary_search(&upper.as_str()).ok()?;
        CODES.get(index).copied().map(Self)
    }

    /// The code, in upper case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Sorted, to be searched by halves.
#[rustfmt::skip]
static CODES: &[&str] = &[
    "AC", "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX",
    "AZ", "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR",
    "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM",
    "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC",
    "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE",
    "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK",
    "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE",
    "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB",
    "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH",
    "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ",
    "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF",
    "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU",
    "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR",
    "SS", "ST", "SV", "SX", "SY", "SZ", "TA", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM",
    "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE",
    "VG", "VI", "VN", "VU", "WF", "WS", "XK", "YE", "YT", "ZA", "ZM", "ZW",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_their_codes_in_any_case() {
        for code in CODES {
            assert_eq!(Country::from_code(code).map(Country::code), Some(*code));
        }
        assert_eq!(Country::from_code("de").map(Country::code), Some("DE"));
        for odd in ["", "D", "DEU", "Germany", "XX"] {
            assert_eq!(Country::from_code(odd), None, "{odd}");
        }
    }
}
