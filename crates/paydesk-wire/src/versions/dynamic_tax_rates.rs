//! `2026-07-29.dahlia`: lines have no `dynamic_tax_rates` any more. Before, they named tax rates of
//! which those of the buyer's country count.

use super::known_parameters::KnownParameter;
use super::version::date;
use crate::operation::Operation;

const INTRODUCED: u32 = date(2026, 7, 29);

pub(super) const DYNAMIC_TAX_RATES: KnownParameter = KnownParameter {
    introduced: INTRODUCED,
    operation: Operation::CreateCheckoutSession,
    name: "line_items.*.dynamic_tax_rates",
    is_known: |version| version.date() < INTRODUCED,
};

#[cfg(test)]
mod tests {
    use super::super::{ApiVersion, upgrade_request};
    use super::*;

    #[test]
    fn they_are_known_until_july_2026() {
        let unknown_at = |version: &str| {
            let version = ApiVersion::parse(version).unwrap().version;
            let body = b"line_items[0][price]=p&line_items[1][dynamic_tax_rates][0]=txr_1";
            let mut params = crate::form::parse(body).unwrap();
            upgrade_request(Operation::CreateCheckoutSession, &mut params, &version)
        };
        assert!(unknown_at("2026-06-24.dahlia").is_empty());
        assert_eq!(unknown_at("2026-07-29.dahlia"), ["line_items[1][dynamic_tax_rates]"]);
    }
}
