//! What every error is.

use paydesk_wire::StripeError;

/// Expects that the client is told what it did wrong, in Stripe's shape.
pub(crate) fn check(error: &StripeError) {
    assert!((400..500).contains(&error.status), "{error:?}");
    assert!(!error.message.is_empty(), "{error:?}");
    let json: Result<serde_json::Value, _> = serde_json::from_slice(&error.to_json());
    assert!(json.is_ok_and(|json| json["error"]["message"].is_string()), "{error:?}");
}
