//! Currencies: their codes, decimal places and the bounds of one charge.

use std::fmt;

/// A currency that Stripe accepts, named by its three-letter ISO code in lower case.
///
/// Mirrors Stripe's `currency` fields. There is no other way to make one than [`Self::from_code`],
/// so a currency in hand is a known one.
#[derive(Clone, Copy)]
pub struct Currency(&'static Entry);

struct Entry {
    code: &'static str,
    decimal_places: u8,
    minimum_charge: Option<i64>,
    maximum_charge: i64,
}

impl Currency {
    /// The currency with this code, in any case; none when Stripe has no such currency.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let lower = code.to_ascii_lowercase();
        let index = ENTRIES.binary_search_by(|entry| entry.code.cmp(lower.as_str())).ok()?;
        ENTRIES.get(index).map(Self)
    }

    /// The ISO code in lower case, as Stripe writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// How many decimal places the major unit has: 0, 2 or 3.
    #[must_use]
    pub const fn decimal_places(self) -> u8 {
        self.0.decimal_places
    }

    /// The smallest charge in minor units, where Stripe publishes one.
    #[must_use]
    pub const fn minimum_charge(self) -> Option<i64> {
        self.0.minimum_charge
    }

    /// What a charge in minor units must be a multiple of: 10 where there are three decimal places,
    /// 100 where there are two by name only, else 1.
    #[must_use]
    pub fn charge_step(self) -> i64 {
        match (self.0.code, self.0.decimal_places) {
            ("isk" | "ugx", _) => 100,
            (_, 3) => 10,
            _ => 1,
        }
    }

    /// The largest charge in minor units: eight digits, more in a few currencies.
    #[must_use]
    pub const fn maximum_charge(self) -> i64 {
        self.0.maximum_charge
    }
}

impl PartialEq for Currency {
    fn eq(&self, other: &Self) -> bool {
        self.0.code == other.0.code
    }
}

impl Eq for Currency {}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

const fn entry(
    code: &'static str,
    decimal_places: u8,
    minimum_charge: Option<i64>,
    maximum_charge: i64,
) -> Entry {
    Entry { code, decimal_places, minimum_charge, maximum_charge }
}

/// Sorted by code. Columns: code, decimal places, smallest charge, largest charge (minor units).
/// `isk` and `ugx` have two places here, as Stripe's API writes them, though none in reality.
static ENTRIES: &[Entry] = &[
    entry("aed", 2, Some(200), 99_999_999),
    entry("afn", 2, None, 99_999_999),
    entry("all", 2, None, 99_999_999),
    entry("amd", 2, None, 99_999_999),
    entry("ang", 2, None, 99_999_999),
    entry("aoa", 2, None, 99_999_999),
    entry("ars", 2, Some(50), 99_999_999),
    entry("aud", 2, Some(50), 99_999_999),
    entry("awg", 2, None, 99_999_999),
    entry("azn", 2, None, 99_999_999),
    entry("bam", 2, None, 99_999_999),
    entry("bbd", 2, None, 99_999_999),
    entry("bdt", 2, None, 99_999_999),
    entry("bgn", 2, None, 99_999_999),
    entry("bhd", 3, None, 99_999_999),
    entry("bif", 0, None, 99_999_999),
    entry("bmd", 2, None, 99_999_999),
    entry("bnd", 2, None, 99_999_999),
    entry("bob", 2, None, 99_999_999),
    entry("brl", 2, Some(50), 99_999_999),
    entry("bsd", 2, None, 99_999_999),
    entry("btn", 2, None, 99_999_999),
    entry("bwp", 2, None, 99_999_999),
    entry("byn", 2, None, 99_999_999),
    entry("bzd", 2, None, 99_999_999),
    entry("cad", 2, Some(50), 99_999_999),
    entry("cdf", 2, None, 99_999_999),
    entry("chf", 2, Some(50), 99_999_999),
    entry("clp", 0, None, 99_999_999),
    entry("cny", 2, None, 99_999_999),
    entry("cop", 2, Some(50), 9_999_999_999),
    entry("crc", 2, None, 99_999_999),
    entry("cve", 2, None, 99_999_999),
    entry("czk", 2, Some(1500), 99_999_999),
    entry("djf", 0, None, 99_999_999),
    entry("dkk", 2, Some(250), 99_999_999),
    entry("dop", 2, None, 99_999_999),
    entry("dzd", 2, None, 99_999_999),
    entry("egp", 2, None, 99_999_999),
    entry("etb", 2, None, 99_999_999),
    entry("eur", 2, Some(50), 99_999_999),
    entry("fjd", 2, None, 99_999_999),
    entry("fkp", 2, None, 99_999_999),
    entry("gbp", 2, Some(30), 99_999_999),
    entry("gel", 2, None, 99_999_999),
    entry("ghs", 2, None, 99_999_999),
    entry("gip", 2, None, 99_999_999),
    entry("gmd", 2, None, 99_999_999),
    entry("gnf", 0, None, 99_999_999),
    entry("gtq", 2, None, 99_999_999),
    entry("gyd", 2, None, 99_999_999),
    entry("hkd", 2, Some(400), 99_999_999),
    entry("hnl", 2, None, 99_999_999),
    entry("hrk", 2, None, 99_999_999),
    entry("htg", 2, None, 99_999_999),
    entry("huf", 2, Some(17500), 9_999_999_999),
    entry("idr", 2, Some(50), 999_999_999_999),
    entry("ils", 2, Some(50), 99_999_999),
    entry("inr", 2, Some(50), 999_999_999),
    entry("isk", 2, None, 99_999_999),
    entry("jmd", 2, None, 99_999_999),
    entry("jod", 3, None, 99_999_999),
    entry("jpy", 0, Some(50), 9_999_999_999),
    entry("kes", 2, None, 99_999_999),
    entry("kgs", 2, None, 99_999_999),
    entry("khr", 2, None, 99_999_999),
    entry("kmf", 0, None, 99_999_999),
    entry("krw", 0, Some(50), 99_999_999),
    entry("kwd", 3, None, 99_999_999),
    entry("kyd", 2, None, 99_999_999),
    entry("kzt", 2, None, 99_999_999),
    entry("lak", 2, None, 99_999_999),
    entry("lbp", 2, None, 999_999_999_999),
    entry("lkr", 2, None, 99_999_999),
    entry("lrd", 2, None, 99_999_999),
    entry("lsl", 2, None, 99_999_999),
    entry("mad", 2, None, 99_999_999),
    entry("mdl", 2, None, 99_999_999),
    entry("mga", 0, None, 99_999_999),
    entry("mkd", 2, None, 99_999_999),
    entry("mmk", 2, None, 99_999_999),
    entry("mnt", 2, None, 99_999_999),
    entry("mop", 2, None, 99_999_999),
    entry("mro", 2, None, 99_999_999),
    entry("mur", 2, None, 99_999_999),
    entry("mvr", 2, None, 99_999_999),
    entry("mwk", 2, None, 99_999_999),
    entry("mxn", 2, Some(1000), 99_999_999),
    entry("myr", 2, Some(200), 99_999_999),
    entry("mzn", 2, None, 99_999_999),
    entry("nad", 2, None, 99_999_999),
    entry("ngn", 2, None, 99_999_999),
    entry("nio", 2, None, 99_999_999),
    entry("nok", 2, Some(300), 99_999_999),
    entry("npr", 2, None, 99_999_999),
    entry("nzd", 2, Some(50), 99_999_999),
    entry("omr", 3, None, 99_999_999),
    entry("pab", 2, None, 99_999_999),
    entry("pen", 2, None, 99_999_999),
    entry("pgk", 2, None, 99_999_999),
    entry("php", 2, Some(50), 99_999_999),
    entry("pkr", 2, None, 99_999_999),
    entry("pln", 2, Some(200), 99_999_999),
    entry("pyg", 0, None, 99_999_999),
    entry("qar", 2, None, 99_999_999),
    entry("ron", 2, Some(200), 99_999_999),
    entry("rsd", 2, None, 99_999_999),
    entry("rub", 2, Some(50), 99_999_999),
    entry("rwf", 0, None, 99_999_999),
    entry("sar", 2, None, 99_999_999),
    entry("sbd", 2, None, 99_999_999),
    entry("scr", 2, None, 99_999_999),
    entry("sek", 2, Some(300), 99_999_999),
    entry("sgd", 2, Some(50), 99_999_999),
    entry("shp", 2, None, 99_999_999),
    entry("sle", 2, None, 99_999_999),
    entry("sll", 2, None, 99_999_999),
    entry("sos", 2, None, 99_999_999),
    entry("srd", 2, None, 99_999_999),
    entry("std", 2, None, 99_999_999),
    entry("szl", 2, None, 99_999_999),
    entry("thb", 2, Some(1000), 99_999_999),
    entry("tjs", 2, None, 99_999_999),
    entry("tnd", 3, None, 99_999_999),
    entry("top", 2, None, 99_999_999),
    entry("try", 2, None, 99_999_999),
    entry("ttd", 2, None, 99_999_999),
    entry("twd", 2, None, 99_999_999),
    entry("tzs", 2, None, 99_999_999),
    entry("uah", 2, None, 99_999_999),
    entry("ugx", 2, None, 99_999_999),
    entry("usd", 2, Some(50), 99_999_999),
    entry("uyu", 2, None, 99_999_999),
    entry("uzs", 2, None, 99_999_999),
    entry("vnd", 0, None, 99_999_999),
    entry("vuv", 0, None, 99_999_999),
    entry("wst", 2, None, 99_999_999),
    entry("xaf", 0, None, 99_999_999),
    entry("xcd", 2, None, 99_999_999),
    entry("xof", 0, None, 99_999_999),
    entry("xpf", 0, None, 99_999_999),
    entry("yer", 2, None, 99_999_999),
    entry("zar", 2, Some(50), 99_999_999),
    entry("zmw", 2, None, 99_999_999),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_table_is_found() {
        for entry in ENTRIES {
            assert_eq!(Currency::from_code(entry.code).map(Currency::code), Some(entry.code));
        }
    }

    #[test]
    fn codes_are_found_in_any_case_and_others_are_not() {
        assert_eq!(Currency::from_code("USD").map(Currency::code), Some("usd"));
        assert_eq!(Currency::from_code("xyz"), None);
        assert_eq!(Currency::from_code(""), None);
    }
}
