//! `2026-09-30.endive`: a session is created without `payment_method_types`; a filter over the
//! methods that fit took its place. Objects keep the field.

use super::version::date;
use super::{ApiVersion, Change};
use crate::form::Params;
use crate::operation::Operation;

pub(super) struct PaymentMethodTypes;

impl Change for PaymentMethodTypes {
    fn introduced(&self) -> u32 {
        date(2026, 9, 30)
    }

    fn upgrade_request(
        &self,
        operation: Operation,
        params: &mut Params,
        version: &ApiVersion,
    ) -> Vec<String> {
        let is_gone = version.date() >= self.introduced();
        if operation != Operation::CreateCheckoutSession || !is_gone {
            return Vec::new();
        }
        let sent = params.shift_remove("payment_method_types");
        sent.map(|_| "payment_method_types".to_owned()).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::upgrade_request;
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
