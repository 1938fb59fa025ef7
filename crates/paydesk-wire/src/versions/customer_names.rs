//! `2025-09-30.clover`: a customer can have the name of a business and that of a person, beside the
//! one name that may be either.

use super::known_parameters::KnownParameter;
use super::version::date;
use crate::operation::Operation;

const INTRODUCED: u32 = date(2025, 9, 30);

pub(super) const CUSTOMER_NAME_PARAMETERS: [KnownParameter; 4] = [
    known("business_name", Operation::CreateCustomer),
    known("individual_name", Operation::CreateCustomer),
    known("business_name", Operation::UpdateCustomer),
    known("individual_name", Operation::UpdateCustomer),
];

const fn known(name: &'static str, operation: Operation) -> KnownParameter {
    KnownParameter {
        introduced: INTRODUCED,
        operation,
        name,
        is_known: |version| version.date() >= INTRODUCED,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ApiVersion, upgrade_request};
    use super::*;

    #[test]
    fn basil_knows_one_name_of_a_customer() {
        let unknown_at = |version: &str, operation| {
            let version = ApiVersion::parse(version).unwrap().version;
            let mut params =
                crate::form::parse(b"business_name=a&individual_name=b&name=c").unwrap();
            upgrade_request(operation, &mut params, &version)
        };
        let both = ["business_name", "individual_name"];
        for operation in [Operation::CreateCustomer, Operation::UpdateCustomer] {
            assert_eq!(unknown_at("2025-08-27.basil", operation), both);
            assert!(unknown_at("2025-09-30.clover", operation).is_empty());
        }
    }
}
