//! Errors about the request as a whole: its key, its address, its body, its version.

use std::time::Duration;

use http::Method;
use paydesk_domain::api_key::Permission;
use paydesk_domain::id::AccountId;

use super::{ErrorKind, StripeError};
use crate::form::BODY_BYTES_MAX;

impl StripeError {
    /// 404 for an id in the path that names nothing. `object` is Stripe's word for its kind,
    /// `param` the name of that part of the path.
    #[must_use]
    pub fn no_such_object(object: &str, id: &str, param: &'static str) -> Self {
        let message = format!("No such {object}: '{id}'");
        Self::new(404, ErrorKind::InvalidRequest, message).missing(id).param(param)
    }

    /// 400 for a list cursor that names nothing.
    #[must_use]
    pub fn no_such_cursor(object: &str, id: &str, param: &'static str) -> Self {
        Self::invalid(format!("No such {object}: '{id}'")).missing(id).param(param)
    }

    /// 404 for an address, or a method at it, that the API does not have.
    #[must_use]
    pub fn unrecognized_url(method: &Method, path: &str) -> Self {
        let message = format!(
            "Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs or \
             we can help at https://support.stripe.com/."
        );
        Self::new(404, ErrorKind::InvalidRequest, message)
    }

    /// 404 for an address that Stripe has and Paydesk has not yet. Not 501: SDKs try again from 500
    /// on.
    #[must_use]
    pub fn unsupported_endpoint(method: &Method, path: &str) -> Self {
        let message = format!(
            "Paydesk does not support this endpoint yet ({method}: {path}). Stripe does; what \
             Paydesk supports is in its README."
        );
        Self::new(404, ErrorKind::InvalidRequest, message)
    }

    /// 401 without a key.
    #[must_use]
    pub fn no_api_key() -> Self {
        Self::new(
            401,
            ErrorKind::InvalidRequest,
            "You did not provide an API key. You need to provide your API key in the Authorization \
             header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See \
             https://stripe.com/docs/api#authentication for details, or we can help at \
             https://support.stripe.com/.",
        )
    }

    /// 401 for a key that opens nothing. `hint` says what would.
    #[must_use]
    pub fn invalid_api_key(masked_key: &str, hint: &str) -> Self {
        let message = format!("Invalid API Key provided: {masked_key}{hint}");
        Self::new(401, ErrorKind::InvalidRequest, message)
    }

    /// 401 for a key that was revoked.
    #[must_use]
    pub fn expired_api_key(masked_key: &str) -> Self {
        let message = format!("Expired API Key provided: {masked_key}");
        Self::new(401, ErrorKind::InvalidRequest, message).code("api_key_expired")
    }

    /// 403 for a restricted key that lacks a permission.
    #[must_use]
    pub fn more_permissions_required(
        masked_key: &str,
        account: &AccountId,
        wanted: Permission,
    ) -> Self {
        let Permission { resource, access } = wanted;
        let (resource, access) = (resource.name(), access.name());
        let message = format!(
            "The provided key '{masked_key}' does not have the required permissions for this \
             endpoint on account '{account}'. Having the 'rak_{resource}_{access}' permission \
             would allow this request to continue."
        );
        Self::new(403, ErrorKind::InvalidRequest, message).code("more_permissions_required")
    }

    /// 403 for an export with secrets by a key that is not a secret one.
    #[must_use]
    pub fn secrets_need_secret_key() -> Self {
        let message = "The secrets of webhook endpoints are exported to a secret key only, and \
                       this is a restricted one. Use a secret key, or leave `include` out.";
        let error = Self::new(403, ErrorKind::InvalidRequest, message);
        error.code("more_permissions_required").param("include")
    }

    /// 403 for an account that a key may not act for.
    #[must_use]
    pub fn no_access_to_account(masked_key: &str, account: &str) -> Self {
        let message = format!(
            "The provided key '{masked_key}' does not have access to account '{account}' (or that \
             account does not exist). Application access may have been revoked."
        );
        Self::new(403, ErrorKind::InvalidRequest, message).code("account_invalid")
    }

    /// 403 for a publishable key where a secret one is needed.
    #[must_use]
    pub fn secret_key_required() -> Self {
        Self::new(
            403,
            ErrorKind::InvalidRequest,
            "This API call cannot be made with a publishable API key. Please use a secret API key. \
             You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
        )
        .code("secret_key_required")
    }

    /// 400 for a body that is not a form.
    #[must_use]
    pub fn not_a_form(content_type: &str) -> Self {
        Self::invalid(format!(
            "Invalid request body: parameters of the v1 API are form-encoded \
             (application/x-www-form-urlencoded), not {content_type}. Official SDKs do this for \
             you; with curl, use -d instead of a JSON body."
        ))
    }

    /// 400 for a body that is no text.
    #[must_use]
    pub fn unreadable_body() -> Self {
        Self::invalid("The request body could not be read to its end.")
    }

    /// 413 for a body that is too large.
    #[must_use]
    pub fn body_too_large() -> Self {
        let message = format!("A request body can have at most {BODY_BYTES_MAX} bytes.");
        Self::new(413, ErrorKind::InvalidRequest, message)
    }

    /// 400 for a sandbox with more objects than an import takes.
    #[must_use]
    pub fn too_many_to_export(limit: usize) -> Self {
        Self::invalid(format!(
            "This sandbox has more than {limit} objects of the kinds that are exported, which is \
             more than an import would take back. Page through its lists instead."
        ))
    }

    /// 408 for a body that takes too long to come. Nothing was done with it.
    #[must_use]
    pub fn body_too_slow(within: Duration) -> Self {
        let message = format!(
            "The request body did not come within {} seconds. Nothing was done: send the request \
             again.",
            within.as_secs()
        );
        Self::new(408, ErrorKind::InvalidRequest, message).should_retry(true)
    }

    /// 415 for a body that is compressed: parameters are small, and what a compressed body grows to
    /// is known only when it is too late.
    #[must_use]
    pub fn compressed_body(coding: &str) -> Self {
        let message = format!(
            "Invalid request body: it is compressed ({coding}). Send it as it is, without the \
             header Content-Encoding."
        );
        Self::new(415, ErrorKind::InvalidRequest, message)
    }

    /// 414 for an address that is too long.
    #[must_use]
    pub fn uri_too_long(bytes_max: usize) -> Self {
        let message = format!(
            "The address of a request can have at most {bytes_max} bytes with its query. The \
             server can be started with another limit (--max-uri-bytes)."
        );
        Self::new(414, ErrorKind::InvalidRequest, message)
    }

    /// 431 for headers that are too large.
    #[must_use]
    pub fn head_too_large(bytes_max: usize) -> Self {
        let message = format!(
            "The headers of a request can have at most {bytes_max} bytes together. The server can \
             be started with another limit (--max-head-bytes)."
        );
        Self::new(431, ErrorKind::InvalidRequest, message)
    }

    /// 417 for a client that waits for something that never comes.
    #[must_use]
    pub fn unknown_expectation() -> Self {
        let message = "The header Expect can only be 100-continue.";
        Self::new(417, ErrorKind::InvalidRequest, message)
    }

    /// 503 for a request whose answer takes too long. What becomes of it is not known here.
    #[must_use]
    pub fn too_slow_to_answer(within: Duration) -> Self {
        let message = format!(
            "The request was not answered within {} seconds. It may still be carried out: send it \
             again with the same idempotency key, and you learn what became of it.",
            within.as_secs()
        );
        Self::new(503, ErrorKind::Api, message).should_retry(true)
    }

    /// 400 for an idempotency key of the wrong length.
    #[must_use]
    pub fn idempotency_key_length() -> Self {
        Self::invalid("An Idempotency-Key has 1 to 255 printable ASCII characters.")
    }

    /// 400 for a key that was first used with other parameters.
    #[must_use]
    pub fn idempotency_mismatch(key: &str) -> Self {
        let message = format!(
            "Keys for idempotent requests can only be used with the same parameters they were \
             first used with. Try using a key other than '{key}' if you meant to execute a \
             different request."
        );
        Self::new(400, ErrorKind::Idempotency, message)
    }

    /// 400 for a key that was first used at another address.
    #[must_use]
    pub fn idempotency_endpoint_mismatch(key: &str, first: &str, now: &str) -> Self {
        let message = format!(
            "Keys for idempotent requests can only be used for the same endpoint they were first \
             used for ('{now}' vs '{first}'). Try using a key other than '{key}' if you meant to \
             execute a different request."
        );
        Self::new(400, ErrorKind::Idempotency, message)
    }

    /// 409 for a key whose first request is still being worked on.
    #[must_use]
    pub fn idempotency_in_use(key: &str) -> Self {
        let message = format!(
            "There is currently another in-progress request using this Idempotent Key (that \
             probably means you submitted twice, and the other request is still going through): \
             {key}. Please try again later."
        );
        Self::new(409, ErrorKind::Idempotency, message).code("idempotency_key_in_use")
    }

    /// 429 for an object that others kept busy too long.
    #[must_use]
    pub fn lock_timeout() -> Self {
        Self::new(
            429,
            ErrorKind::InvalidRequest,
            "This object cannot be accessed right now because another API request is currently \
             accessing it. If you see this error intermittently, retry the request; if you see it \
             often, send fewer concurrent requests for one object.",
        )
        .code("lock_timeout")
        .should_retry(true)
    }

    /// 408 for a sandbox in which something goes on longer than a client wants to wait. SDKs don't
    /// try again by themselves.
    #[must_use]
    pub fn not_idle(in_flight: usize) -> Self {
        let what = match in_flight {
            0 => "what is due in it is still being done".to_owned(),
            1 => "1 request is still in flight".to_owned(),
            several => format!("{several} requests are still in flight"),
        };
        Self::new(
            408,
            ErrorKind::InvalidRequest,
            format!(
                "The sandbox was not idle within the time to wait: {what}. Ask again, with a \
                 longer `timeout` (in seconds) if need be."
            ),
        )
    }

    /// 503 for a server that has too much to do, or a store that can't be reached.
    #[must_use]
    pub fn unavailable() -> Self {
        Self::new(
            503,
            ErrorKind::Api,
            "The server cannot write this change right now. Nothing is lost: send the request \
             again, with the same idempotency key, in a moment.",
        )
    }

    /// 500 for a stored object that breaks the rules.
    #[must_use]
    pub fn internal(request_id: &str) -> Self {
        Self::new(
            500,
            ErrorKind::Api,
            format!(
                "Something stored is not as it should be. The server's log has the details under \
                 {request_id}."
            ),
        )
    }

    /// 400 for a header that is not what it should be.
    #[must_use]
    pub fn invalid_header(name: &str, expected: &str) -> Self {
        Self::invalid(format!("The header {name} must be {expected}."))
    }
}
