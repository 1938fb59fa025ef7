//! The preview of server updates: parameters that are known only where the header carries its token
//! `checkout_server_update_beta=v1`.

use super::ApiVersion;
use super::known_parameters::KnownParameter;
use super::version::date;
use crate::operation::Operation;

/// The version that the preview's own documents ask for at least.
const INTRODUCED: u32 = date(2025, 3, 31);

pub(super) const SERVER_UPDATE_PREVIEW: [KnownParameter; 3] = [
    preview(Operation::UpdateCheckoutSession, "discounts"),
    preview(Operation::CreateCheckoutSession, "discounts.*.coupon_data"),
    preview(Operation::UpdateCheckoutSession, "subscription_data"),
];

const fn preview(operation: Operation, name: &'static str) -> KnownParameter {
    KnownParameter {
        introduced: INTRODUCED,
        operation,
        name,
        is_known: ApiVersion::has_server_update_preview,
    }
}

#[cfg(test)]
mod tests {
    use super::super::upgrade_request;
    use super::*;

    fn unknown_at(version: &str, operation: Operation, body: &str) -> Vec<String> {
        let version = ApiVersion::parse(version).unwrap().version;
        let mut params = crate::form::parse(body.as_bytes()).unwrap();
        upgrade_request(operation, &mut params, &version)
    }

    #[test]
    fn previewed_parameters_are_known_with_the_token_only() {
        let table = [
            (Operation::UpdateCheckoutSession, "discounts[0][coupon]=x", "discounts"),
            (
                Operation::CreateCheckoutSession,
                "discounts[0][coupon_data][percent_off]=5",
                "discounts[0][coupon_data]",
            ),
            (
                Operation::UpdateCheckoutSession,
                "subscription_data[trial_period_days]=3",
                "subscription_data",
            ),
        ];
        for (operation, body, unknown) in table {
            let preview = "2025-03-31.preview; checkout_server_update_beta=v1";
            assert!(unknown_at(preview, operation, body).is_empty(), "{body}");
            assert_eq!(unknown_at("2026-10-28.endive", operation, body), [unknown], "{body}");
        }
        let create = Operation::CreateCheckoutSession;
        assert!(unknown_at("2026-10-28.endive", create, "discounts[0][coupon]=x").is_empty());
    }
}
