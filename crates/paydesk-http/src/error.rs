//! Failures of operations as the errors that clients get.

use paydesk_app::{AppError, StoreError};
use paydesk_wire::StripeError;

use crate::auth::PresentedKey;

/// The error for a failed operation. Every kind of failure is decided on here, and only here.
#[must_use]
pub fn stripe_error(error: &AppError, request_id: &str, key: &PresentedKey) -> StripeError {
    match error {
        AppError::Refused(refusal) => StripeError::from(refusal),
        AppError::NotFound { object, id } => {
            StripeError::no_such_object(object, id, path_param(object))
        }
        AppError::NoSuchCursor { object, id, param } => {
            StripeError::no_such_cursor(object, id, param)
        }
        AppError::NoSandbox => StripeError::invalid_api_key(&key.masked(), "."),
        AppError::KeyRevoked => StripeError::expired_api_key(&key.masked()),
        AppError::NoSuchAccount { account } => {
            StripeError::no_access_to_account(&key.masked(), account.as_str())
        }
        AppError::IdempotencyMismatch { key } => StripeError::idempotency_mismatch(key),
        AppError::IdempotencyEndpointMismatch { key, first, now } => {
            StripeError::idempotency_endpoint_mismatch(key, first, now)
        }
        AppError::IdempotencyInUse { key } => StripeError::idempotency_in_use(key),
        AppError::NotIdle { in_flight } => StripeError::not_idle(*in_flight),
        AppError::TooManyToExport { limit } => StripeError::too_many_to_export(*limit),
        AppError::LockTimeout => StripeError::lock_timeout(),
        AppError::Store(error) => store_error(error, request_id),
    }
}

fn store_error(error: &StoreError, request_id: &str) -> StripeError {
    match error {
        StoreError::RevisionMoved { .. }
        | StoreError::UniqueKeyTaken { .. }
        | StoreError::IdempotencyKeyTaken => StripeError::lock_timeout(),
        StoreError::Busy => StripeError::unavailable(),
        StoreError::Unavailable(_) => {
            tracing::error!(request_id, %error, "the store failed");
            StripeError::unavailable()
        }
        StoreError::Inconsistent { .. } => {
            tracing::error!(request_id, %error, "a stored object is inconsistent");
            StripeError::internal(request_id)
        }
    }
}

/// What Stripe calls the part of the path that names an object of this kind.
fn path_param(object: &str) -> &'static str {
    match object {
        "checkout.session" => "session",
        "coupon" => "coupon",
        "price" => "price",
        "shipping rate" => "shipping_rate_token",
        "tax rate" => "tax_rate",
        "promotion code" => "promotion_code",
        "webhook endpoint" => "webhook_endpoint",
        _ => "id",
    }
}
