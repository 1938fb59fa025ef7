//! API keys: where a request carries one, and what it may do with it.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use paydesk_app::{Admission, App, AppError, Credential, OpenSandbox, key_hash};
use paydesk_domain::api_key::KeyRights;
use paydesk_domain::id::AccountId;
use paydesk_wire::{Operation, StripeError};

use crate::exchange::Failure;

/// The fewest characters of a key behind its prefix.
const NAME_CHARS_MIN: usize = 3;
/// The most. A longer one is none of ours, and is not even hashed.
const NAME_CHARS_MAX: usize = 255;
/// Characters of a key that an error may show.
const SHOWN_CHARS: usize = 4;

/// What keys begin with.
const PREFIXES: [&str; 6] =
    ["sk_test_", "sk_live_", "rk_test_", "rk_live_", "pk_test_", "pk_live_"];

/// The key of a request. It has no `Debug`: a key is never printed.
pub struct PresentedKey {
    text: String,
    prefix: &'static str,
}

impl PresentedKey {
    /// The key of a request, from HTTP Basic (as the user name) or Bearer authentication.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Result<Self, StripeError> {
        Self::parse(key_of(headers).ok_or_else(StripeError::no_api_key)?)
    }

    /// A key as text, for whoever has one without a request.
    ///
    /// # Errors
    /// The error that a request with this text would get.
    pub fn parse(text: String) -> Result<Self, StripeError> {
        let Some(prefix) = PREFIXES.into_iter().find(|prefix| text.starts_with(prefix)) else {
            return Err(StripeError::invalid_api_key(
                &masked(&text),
                ". Keys begin with sk_test_, sk_live_, rk_test_, rk_live_, pk_test_ or pk_live_.",
            ));
        };
        if !is_name(&text[prefix.len()..]) {
            return Err(StripeError::invalid_api_key(
                &masked(&text),
                ". Behind the prefix of a key are three or more letters, digits or underscores.",
            ));
        }
        Ok(Self { text, prefix })
    }

    /// Lets the key in, as far as the operation needs.
    pub(crate) async fn admit(
        &self,
        app: &App,
        operation: Operation,
        named_version: Option<&str>,
    ) -> Result<Admission, Failure> {
        let name = (self.prefix == "sk_test_").then(|| key_hash(&self.text[self.prefix.len()..]));
        let credential = Credential { key: key_hash(&self.text), open_name: name };
        let admission = match app.admit(credential, named_version).await {
            Err(AppError::NoSandbox) => return Err(self.opens_nothing(app).into()),
            admission => admission?,
        };
        if admission.rights == KeyRights::Publishable {
            return Err(StripeError::secret_key_required().into());
        }
        let wanted = operation.permission();
        if !admission.rights.allow(wanted) {
            let account = admission.sandbox.account();
            let masked = self.masked();
            return Err(StripeError::more_permissions_required(&masked, account, wanted).into());
        }
        Ok(admission)
    }

    /// The sandbox that the key opens for an operation, for whoever has it without a request.
    ///
    /// # Errors
    /// The error that a request with this key would get.
    pub async fn open(
        &self,
        app: &App,
        operation: Operation,
    ) -> Result<Arc<OpenSandbox>, StripeError> {
        let admission = self.admit(app, operation, None).await;
        admission
            .map(|admission| admission.sandbox)
            .map_err(|failure| failure.into_error("-", self))
    }

    /// What an error may show of it: its kind and its last four characters.
    pub(crate) fn masked(&self) -> String {
        masked(&self.text)
    }

    /// The error for a key that opens nothing, which says what would.
    fn opens_nothing(&self, app: &App) -> StripeError {
        let is_open = app.has_open_sandboxes();
        let hint = match self.prefix {
            // The publishable key of an open sandbox, whether or not anybody opened that.
            "pk_test_" if is_open => return StripeError::secret_key_required(),
            "sk_test_" => {
                ". Sandboxes of this server are not open to all keys: make one with `paydesk keys \
                 create`, or start it with --open-sandboxes true."
            }
            "sk_live_" => ". Nobody made this key: `paydesk keys create --live` makes one.",
            "rk_test_" | "rk_live_" => {
                ". Nobody made this key: `paydesk keys create --allow RESOURCE:read|write` makes \
                 one."
            }
            _ => ". Nobody made this key: `paydesk keys create --publishable` makes one.",
        };
        StripeError::invalid_api_key(&self.masked(), hint)
    }
}

/// The account that a request names to act for.
pub(crate) fn named_account(headers: &HeaderMap) -> Result<Option<AccountId>, StripeError> {
    let mut named: Option<&str> = None;
    for name in ["Stripe-Account", "Stripe-Context"] {
        let Some(value) = headers.get(name) else { continue };
        let text = value.to_str().unwrap_or_default().trim();
        if !text.starts_with("acct_") {
            return Err(StripeError::invalid_header(name, "the id of an account: acct_…"));
        }
        if named.is_some_and(|other| other != text) {
            return Err(StripeError::invalid_header(name, "the same account as Stripe-Account"));
        }
        named = Some(text);
    }
    Ok(named.map(AccountId::from))
}

fn is_name(name: &str) -> bool {
    (NAME_CHARS_MIN..=NAME_CHARS_MAX).contains(&name.len())
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

/// A key with all but its kind and its last four characters starred.
fn masked(key: &str) -> String {
    let prefix = PREFIXES.into_iter().find(|prefix| key.starts_with(prefix)).unwrap_or_default();
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

    fn presented(authorization: &str) -> Result<String, u16> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(authorization).unwrap());
        PresentedKey::from_headers(&headers).map(|key| key.text).map_err(|error| error.status)
    }

    #[test]
    fn keys_come_by_basic_and_bearer() {
        let basic = format!("Basic {}", STANDARD.encode("sk_test_shop:"));
        for authorization in [&*basic, "Bearer sk_test_shop", "bearer sk_test_shop"] {
            assert_eq!(presented(authorization), Ok("sk_test_shop".to_owned()));
        }
    }

    #[test]
    fn what_can_be_no_key_is_refused_without_being_looked_up() {
        let long = format!("Bearer sk_test_{}", "a".repeat(256));
        for authorization in [
            "Bearer ",
            "Digest x",
            "Basic !!!",
            "Bearer sk_test_ab",
            "Bearer sk_test_a-b-c",
            "Bearer nonsense",
            &*long,
        ] {
            assert_eq!(presented(authorization), Err(401), "{authorization}");
        }
    }

    #[test]
    fn errors_show_at_most_the_end_of_a_key() {
        assert_eq!(masked("sk_live_abcdefghijkl"), "sk_live_********ijkl");
        assert_eq!(masked("sk_live_abcd"), "sk_live_****");
        assert_eq!(masked("nonsense"), "********");
    }

    #[test]
    fn an_account_is_named_by_either_header() {
        let named = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            named_account(&headers).map_err(|error| error.status)
        };
        let one = Ok(Some(AccountId::from("acct_1")));
        assert_eq!(named(&[]), Ok(None));
        assert_eq!(named(&[("stripe-account", "acct_1")]), one);
        assert_eq!(named(&[("stripe-context", "acct_1")]), one);
        assert_eq!(named(&[("stripe-account", "acct_1"), ("stripe-context", "acct_1")]), one);
        assert_eq!(named(&[("stripe-account", "acct_1"), ("stripe-context", "acct_2")]), Err(400));
        assert_eq!(named(&[("stripe-context", "wksp_1")]), Err(400));
    }
}
