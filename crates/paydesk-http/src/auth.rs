//! API keys: where a request carries one, and what it opens.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use paydesk_app::{App, AppError, OpenSandbox, SandboxKey};
use paydesk_wire::StripeError;
use sha2::{Digest, Sha256};

use crate::error::stripe_error;

/// The fewest characters of a key behind its prefix.
const NAME_CHARS_MIN: usize = 3;
/// Characters of a key that an error may show.
const SHOWN_CHARS: usize = 4;

/// A secret key that may open a sandbox. It has no `Debug`: a key is never printed.
pub(crate) struct SecretKey {
    name: String,
}

impl SecretKey {
    /// The secret key of a request, from HTTP Basic (as the user name) or Bearer authentication.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Result<Self, StripeError> {
        Self::parse(&key_of(headers).ok_or_else(StripeError::no_api_key)?)
    }

    /// A secret key as text.
    fn parse(key: &str) -> Result<Self, StripeError> {
        if let Some(name) = key.strip_prefix("sk_test_") {
            if is_name(name) {
                return Ok(Self { name: name.to_owned() });
            }
            return Err(invalid(
                key,
                ". A key of an open sandbox is sk_test_ and three or more letters, digits or \
                 underscores.",
            ));
        }
        if key.starts_with("pk_test_") || key.starts_with("pk_live_") {
            return Err(StripeError::secret_key_required());
        }
        Err(invalid(key, ". Paydesk knows secret keys of test mode, which begin with sk_test_."))
    }

    /// What the key is stored and looked up as.
    pub(crate) fn sandbox_key(&self) -> SandboxKey {
        SandboxKey(Sha256::digest(self.name.as_bytes()).into())
    }

    /// The error for a key that opens nothing.
    pub(crate) fn opens_nothing(&self) -> StripeError {
        let key = format!("sk_test_{}", self.name);
        invalid(
            &key,
            ". Sandboxes of this server are not open to all keys; start it with \
             --open-sandboxes true to change that.",
        )
    }
}

/// The sandbox that a secret key opens, for whoever has one without a request.
///
/// # Errors
/// The error that a request with this key would get.
pub async fn sandbox_of_key(app: &App, key: &str) -> Result<Arc<OpenSandbox>, StripeError> {
    let key = SecretKey::parse(key)?;
    match app.open_sandbox(key.sandbox_key(), None).await {
        Err(AppError::NoSandbox) => Err(key.opens_nothing()),
        opened => opened.map_err(|error| stripe_error(&error, "-")),
    }
}

fn is_name(name: &str) -> bool {
    name.len() >= NAME_CHARS_MIN
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn key_of(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    let key = if scheme.eq_ignore_ascii_case("bearer") {
        credentials.trim().to_owned()
    } else if scheme.eq_ignore_ascii_case("basic") {
        let decoded = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
        decoded.split_once(':').map_or(decoded.as_str(), |(user, _)| user).to_owned()
    } else {
        return None;
    };
    (!key.is_empty()).then_some(key)
}

fn invalid(key: &str, hint: &str) -> StripeError {
    StripeError::invalid_api_key(&masked(key), hint)
}

/// A key with all but its kind and its last four characters starred.
fn masked(key: &str) -> String {
    let prefix = ["sk_test_", "sk_live_", "rk_test_", "rk_live_"]
        .into_iter()
        .find(|prefix| key.starts_with(prefix))
        .unwrap_or_default();
    let secret = key.strip_prefix(prefix).unwrap_or(key);
    let chars: Vec<char> = secret.chars().collect();
    // A short secret would be half shown by its last four characters.
    let hidden =
        if chars.len() > 2 * SHOWN_CHARS { chars.len() - SHOWN_CHARS } else { chars.len() };
    let shown: String = chars.into_iter().skip(hidden).collect();
    format!("{prefix}{}{shown}", "*".repeat(hidden.min(20)))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn opened_by(authorization: &str) -> Result<String, u16> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(authorization).unwrap());
        SecretKey::from_headers(&headers).map(|key| key.name).map_err(|error| error.status)
    }

    #[test]
    fn keys_come_by_basic_and_bearer() {
        let basic = format!("Basic {}", STANDARD.encode("sk_test_shop:"));
        assert_eq!(opened_by(&basic), Ok("shop".to_owned()));
        assert_eq!(opened_by("Bearer sk_test_shop"), Ok("shop".to_owned()));
        assert_eq!(opened_by("bearer sk_test_shop"), Ok("shop".to_owned()));
    }

    #[test]
    fn other_keys_are_refused_with_their_own_status() {
        let table = [
            ("Bearer ", 401),
            ("Digest x", 401),
            ("Basic !!!", 401),
            ("Bearer sk_test_ab", 401),
            ("Bearer sk_test_a-b-c", 401),
            ("Bearer sk_live_shop", 401),
            ("Bearer rk_test_shop", 401),
            ("Bearer nonsense", 401),
            ("Bearer pk_test_shop", 403),
        ];
        for (authorization, status) in table {
            assert_eq!(opened_by(authorization), Err(status), "{authorization}");
        }
    }

    #[test]
    fn errors_show_at_most_the_end_of_a_key() {
        assert_eq!(masked("sk_live_abcdefghijkl"), "sk_live_********ijkl");
        assert_eq!(masked("sk_live_abcd"), "sk_live_****");
        assert_eq!(masked("nonsense"), "********");
    }
}
