//! The types of tax ids there are.

use std::fmt;

use crate::address::Country;

/// The longest number, in characters; our own bound.
const CHARS_MAX: usize = 255;
/// Characters other than letters and digits that stand in such numbers.
const PUNCTUATION: &[char] = &[' ', '-', '.', '/'];
/// The states whose VAT numbers are European, and Northern Ireland, by what the numbers begin with.
const EUROPEAN: [&str; 28] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];

/// A type of tax id. Mirrors Stripe's `type` of a tax id.
///
/// There is no other way to make one than [`Self::from_name`], so a type in hand is a known one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TaxIdType(&'static str);

impl TaxIdType {
    /// The type with this name; none when Stripe has no such type.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let index = NAMES.binary_search(&name).ok()?;
        NAMES.get(index).copied().map(Self)
    }

    /// Stripe's name of the type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// Every name there is.
    #[must_use]
    pub const fn names() -> &'static [&'static str] {
        NAMES
    }

    /// Whether a number of this type can look so: letters and digits, at least two, and punctuation
    /// between them. A European VAT number begins with its state. More is not asked: what exists
    /// only an authority knows.
    pub(super) fn may_be(self, value: &str) -> bool {
        let mut meaningful: usize = 0;
        for char in value.chars() {
            if char.is_alphanumeric() {
                meaningful = meaningful.saturating_add(1);
            } else if !PUNCTUATION.contains(&char) {
                return false;
            }
        }
        let is_of_length = meaningful >= 2 && value.chars().count() <= CHARS_MAX;
        is_of_length && (self.0 != "eu_vat" || state(value).is_some())
    }

    /// The country whose authority gives numbers of this type; none for those of the whole European
    /// Union. A European VAT number says itself which country it is of.
    pub(super) fn country(self, value: &str) -> Option<Country> {
        let code = match self.0 {
            "eu_vat" => match state(value)? {
                // The two that do not begin with the code of their country.
                "EL" => "GR",
                "XI" => "GB",
                code => code,
            },
            name => name.get(..2)?,
        };
        Country::from_code(code)
    }
}

impl fmt::Debug for TaxIdType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What a European VAT number begins with, where it does.
fn state(value: &str) -> Option<&'static str> {
    let begins = value.get(..2)?;
    EUROPEAN.into_iter().find(|state| state.eq_ignore_ascii_case(begins))
}

/// Sorted, to be searched by halves. Stripe has `unknown` besides, for what it no longer knows.
#[rustfmt::skip]
static NAMES: &[&str] = &[
    "ad_nrt", "ae_trn", "al_tin", "am_tin", "ao_tin", "ar_cuit", "au_abn", "au_acn", "au_arn",
    "au_wpn", "aw_tin", "az_tin", "ba_tin", "bb_tin", "bd_bin", "bf_ifu", "bg_uic", "bh_vat",
    "bj_ifu", "bo_tin", "br_cnpj", "br_cpf", "bs_tin", "bw_vat", "by_tin", "ca_bn",
    "ca_gst_hst", "ca_pst_bc", "ca_pst_mb", "ca_pst_sk", "ca_qst", "cd_nif", "ch_uid",
    "ch_vat", "ci_vat", "cl_tin", "cm_niu", "cn_tin", "co_nit", "cr_tin", "cv_nif", "cz_dic",
    "de_stn", "do_rcn", "ec_ruc", "eg_tin", "es_cif", "et_tin", "eu_oss_vat", "eu_vat",
    "fo_vat", "fr_siren", "fr_siret", "fr_spi", "gb_vat", "ge_vat", "gh_tin", "gi_tin",
    "gn_nif", "hk_br", "hr_oib", "hu_tin", "ic_nif", "id_npwp", "il_vat", "in_gst", "is_kt",
    "is_vat", "it_cf", "jp_cn", "jp_rn", "jp_trn", "ke_pin", "kg_tin", "kh_tin", "kr_brn",
    "kz_bin", "la_tin", "li_uid", "li_vat", "lk_vat", "ma_vat", "md_cf", "md_vat", "me_pib",
    "mk_vat", "mr_nif", "mu_vat", "mx_rfc", "my_frp", "my_itn", "my_sst", "mz_nuit", "ng_tin",
    "no_vat", "no_voec", "np_pan", "nz_bn", "nz_gst", "om_vat", "pe_ruc", "ph_tin", "pl_nip",
    "pt_nif", "py_ruc", "ro_tin", "rs_pib", "ru_inn", "ru_kpp", "sa_vat", "sg_gst", "sg_uen",
    "si_tin", "sm_coe", "sn_ninea", "sr_fin", "sv_nit", "th_vat", "tj_tin", "tr_tin",
    "tt_bir", "tt_vat", "tw_vat", "tz_vat", "ua_vat", "ug_tin", "us_ein", "uy_ruc", "uz_tin",
    "uz_vat", "ve_rif", "vn_tin", "za_vat", "zm_tin", "zw_tin",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_found_by_their_names() {
        for name in NAMES {
            assert_eq!(TaxIdType::from_name(name).map(TaxIdType::name), Some(*name));
        }
        for odd in ["", "EU_VAT", "unknown", "eu"] {
            assert_eq!(TaxIdType::from_name(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_number_has_the_country_of_its_type_or_of_its_state() {
        let table = [
            ("eu_vat", "DE123456789", "DE"),
            ("eu_vat", "EL123456789", "GR"),
            ("eu_vat", "XI123456789", "GB"),
            ("gb_vat", "GB123456789", "GB"),
            ("us_ein", "12-3456789", "US"),
            ("eu_oss_vat", "EU123456789", "-"),
        ];
        for (name, value, expected) in table {
            let country = TaxIdType::from_name(name).unwrap().country(value);
            assert_eq!(country.map_or("-", Country::code), expected, "{name} {value}");
        }
    }

    #[test]
    fn what_no_authority_would_write_is_no_number() {
        let may_be = |name: &str, value: &str| TaxIdType::from_name(name).unwrap().may_be(value);
        assert!(may_be("br_cnpj", "01.234.456/5432-10"));
        assert!(may_be("ch_vat", "CHE-123.456.789 MWST"));
        assert!(may_be("eu_vat", "de 123456789"));
        assert!(!may_be("eu_vat", "US123456789"));
        assert!(!may_be("eu_vat", "Ö1"));
        for odd in ["", "1", "--", "12;34", "12\n34", &"1".repeat(256)] {
            assert!(!may_be("us_ein", odd), "{odd}");
        }
    }
}
