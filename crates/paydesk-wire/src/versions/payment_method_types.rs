//! `2026-09-30.endive`: a session is created without `payment_method_types`; a filter over the
//! methods that fit took its place. Objects keep the field.

use super::known_parameters::KnownParameter;
use super::version::date;
use crate::operation::Operation;

const INTRODUCED: u32 = date(2026, 9, 30);

pub(super) const PAYMENT_METHOD_TYPES: KnownParameter = KnownParameter {
    introduced: INTRODUCED,
    operation: Operation::CreateCheckoutSession,
    name: "payment_method_types",
    is_known: |version| version.date() < INTRODUCED,
};

#[cfg(test)]
mod tests {
    use super::super::{ApiVersion, upgrade_request};
    use super::*;

    #[test]
    fn endive_does_not_know_payment_method_types_on_create() {
        let unknown_at = |version: &str| {
            let version = ApiVersion::parse(version).unwrap().version;
            let mut params = crate::form::parse(b"payment_method_types[0]=card").unwrap();
            upgrade_request(Operation::CreateCheckoutSession, &mut params, &version)
        };
        assert_eq!(unknown_at("2026-10-28.endive"), ["payment_method_types"]);
        assert!(unknown_at("2026-08-26.dahlia").is_empty());
    }
}
