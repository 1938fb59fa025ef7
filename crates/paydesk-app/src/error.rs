//! Why an operation was not done.

use paydesk_domain::Refusal;
use paydesk_domain::id::AccountId;
use paydesk_store::StoreError;
use thiserror::Error;

/// Why an operation was not done. Nothing was changed, with one exception: after
/// [`StoreError::Unavailable`] it is unknown whether the change was written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AppError {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The object the path names does not exist.
    #[error("no such {object}: {id}")]
    NotFound {
        /// Stripe's word for its kind.
        object: &'static str,
        /// The id as sent.
        id: String,
    },
    /// The object a list is to start or end at does not exist.
    #[error("no such {object}: {id}")]
    NoSuchCursor {
        /// Stripe's word for its kind.
        object: &'static str,
        /// The id as sent.
        id: String,
        /// `starting_after` or `ending_before`.
        param: &'static str,
    },
    /// The key opens nothing.
    #[error("the API key opens no sandbox")]
    NoSandbox,
    /// The key was revoked.
    #[error("the API key was revoked")]
    KeyRevoked,
    /// The account a request names is not one that its key may act for.
    #[error("the key has no access to the account {account}")]
    NoSuchAccount {
        /// The account.
        account: AccountId,
    },
    /// The idempotency key was first used with other parameters.
    #[error("the idempotency key was used with other parameters")]
    IdempotencyMismatch {
        /// The key.
        key: String,
    },
    /// The idempotency key was first used at another endpoint.
    #[error("the idempotency key was used for {first}")]
    IdempotencyEndpointMismatch {
        /// The key.
        key: String,
        /// Where it was used first.
        first: String,
        /// Where it is used now.
        now: String,
    },
    /// The first request with the idempotency key is still being worked on.
    #[error("the idempotency key is in use")]
    IdempotencyInUse {
        /// The key.
        key: String,
    },
    /// Something was still going on in the sandbox when the time to wait was over.
    #[error("{in_flight} requests are still in flight")]
    NotIdle {
        /// Requests that are being worked on.
        in_flight: usize,
    },
    /// There is more than an import would take back.
    #[error("there are more than {limit} objects to export")]
    TooManyToExport {
        /// The most objects.
        limit: usize,
    },
    /// Others kept the object busy for too long.
    #[error("the object is busy")]
    LockTimeout,
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}
