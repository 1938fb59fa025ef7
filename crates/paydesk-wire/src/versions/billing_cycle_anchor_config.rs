//! `2026-06-24.dahlia`: the day on which full periods begin may be given by the calendar.

use super::known_parameters::KnownParameter;
use super::version::date;
use crate::operation::Operation;

const INTRODUCED: u32 = date(2026, 6, 24);

pub(super) const BILLING_CYCLE_ANCHOR_CONFIG: KnownParameter = KnownParameter {
    introduced: INTRODUCED,
    operation: Operation::CreateCheckoutSession,
    name: "subscription_data.billing_cycle_anchor_config",
    is_known: |version| version.date() >= INTRODUCED,
};

#[cfg(test)]
mod tests {
    use super::super::{ApiVersion, upgrade_request};
    use super::*;

    #[test]
    fn it_is_known_since_june_2026() {
        let unknown_at = |version: &str| {
            let version = ApiVersion::parse(version).unwrap().version;
            let body = b"subscription_data[billing_cycle_anchor_config][day_of_month]=1";
            let mut params = crate::form::parse(body).unwrap();
            upgrade_request(Operation::CreateCheckoutSession, &mut params, &version)
        };
        assert!(unknown_at("2026-06-24.dahlia").is_empty());
        let expected = ["subscription_data[billing_cycle_anchor_config]"];
        assert_eq!(unknown_at("2026-05-27.dahlia"), expected);
    }
}
