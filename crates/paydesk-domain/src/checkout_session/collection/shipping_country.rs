//! The countries that goods can be sent to.

use std::fmt;

/// A country that a page can let buyers choose, by its code in upper case: those that Stripe ships
/// to, and `ZZ`, which stands for any other.
///
/// There is no other way to make one than [`Self::from_code`], so a country in hand is one of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ShippingCountry(&'static str);

impl ShippingCountry {
    /// The country with this code; none when nothing is sent there.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let index = CODES.binary_search(&code).ok()?;
        CODES.get(index).copied().map(Self)
    }

    /// The code, in upper case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Every code there is.
    #[must_use]
    pub const fn codes() -> &'static [&'static str] {
        CODES
    }
}

impl fmt::Debug for ShippingCountry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Sorted, to be searched by halves.
#[rustfmt::skip]
static CODES: &[&str] = &[
    "AC", "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AT", "AU", "AW", "AX", "AZ",
    "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS",
    "BT", "BV", "BW", "BY", "BZ", "CA", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO",
    "CR", "CV", "CW", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER",
    "ES", "ET", "FI", "FJ", "FK", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL",
    "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HN", "HR", "HT", "HU", "ID",
    "IE", "IL", "IM", "IN", "IO", "IQ", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI",
    "KM", "KN", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV",
    "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MK", "ML", "MM", "MN", "MO", "MQ", "MR", "MS", "MT",
    "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NG", "NI", "NL", "NO", "NP", "NR", "NU",
    "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PY", "QA",
    "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL",
    "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SZ", "TA", "TC", "TD", "TF", "TG", "TH", "TJ",
    "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "US", "UY", "UZ", "VA",
    "VC", "VE", "VG", "VN", "VU", "WF", "WS", "XK", "YE", "YT", "ZA", "ZM", "ZW", "ZZ",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Country;

    #[test]
    fn countries_to_ship_to_are_found_by_their_codes() {
        for code in CODES {
            assert_eq!(ShippingCountry::from_code(code).map(ShippingCountry::code), Some(*code));
            assert!(*code == "ZZ" || Country::from_code(code).is_some(), "{code}");
        }
        // Addresses can be there, but nothing is sent.
        for elsewhere in ["CU", "IR", "KP", "SY"] {
            assert!(Country::from_code(elsewhere).is_some());
            assert_eq!(ShippingCountry::from_code(elsewhere), None);
        }
        assert_eq!(ShippingCountry::from_code("de"), None);
    }
}
