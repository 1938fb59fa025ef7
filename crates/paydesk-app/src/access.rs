//! What an API key opens, and for which account it acts.
//!
//! Keys are looked up by their hashes. What was found is kept for a moment, so that a busy key
//! costs no look-up for each request, and no longer, so that a key revoked by another process is
//! refused within a second. A key that opens nothing is not kept: whoever tries keys fills no
//! memory.

use std::sync::Arc;
use std::time::Duration;

use paydesk_domain::api_key::{ApiKey, KeyHash, KeyRights};
use paydesk_domain::id::AccountId;
use paydesk_domain::sandbox::SandboxId;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use crate::app::App;
use crate::error::AppError;
use crate::sandboxes::OpenSandbox;

/// How long a key that was made is believed to be as it was looked up.
const BELIEVED: Duration = Duration::from_millis(400);
/// Keys, and accounts, kept at hand; the others are looked up again when they are used.
const KEPT_MAX: usize = 10_000;

/// What was found lately.
pub(crate) struct Keyring {
    keys: Cache<KeyHash, Found>,
    accounts: Cache<(AccountId, bool), SandboxId>,
}

/// What a key was found to be.
#[derive(Clone)]
enum Found {
    /// It opens a sandbox by its name, until that is closed: the text of a key that is made later
    /// is not one that anybody sent before.
    Open(SandboxId),
    /// It was made.
    Made { key: Arc<ApiKey>, at: Instant },
}

/// An API key as a request presents it.
#[derive(Clone, Copy)]
pub struct Credential {
    /// The hash of the key.
    pub key: KeyHash,
    /// The hash of its name, where it is of the kind that opens a sandbox by its name.
    pub open_name: Option<KeyHash>,
}

/// What a key opens.
pub struct Admission {
    /// The sandbox.
    pub sandbox: Arc<OpenSandbox>,
    /// What the key may do in it.
    pub rights: KeyRights,
}

/// The hash by which a key, or the name in one, is stored and looked up.
#[must_use]
pub fn key_hash(text: &str) -> KeyHash {
    KeyHash(Sha256::digest(text.as_bytes()).into())
}

impl Keyring {
    pub(crate) fn new() -> Self {
        Self { keys: Cache::new(KEPT_MAX), accounts: Cache::new(KEPT_MAX) }
    }

    /// Forgets a key that was just changed.
    pub(crate) fn forget(&self, key: KeyHash) {
        self.keys.remove(&key);
    }

    fn believed(&self, key: KeyHash) -> Option<Found> {
        let found = self.keys.get(&key)?;
        match &found {
            Found::Open(_) => Some(found),
            Found::Made { at, .. } if at.elapsed() < BELIEVED => Some(found),
            Found::Made { .. } => {
                self.keys.remove(&key);
                None
            }
        }
    }
}

impl App {
    /// What a key opens. A key of the open kind that nobody used before opens a new sandbox where
    /// sandboxes are open to all.
    ///
    /// # Errors
    /// [`AppError::NoSandbox`] when the key opens nothing, [`AppError::KeyRevoked`], or the store's
    /// error.
    pub async fn admit(
        &self,
        credential: Credential,
        named_version: Option<&str>,
    ) -> Result<Admission, AppError> {
        // Once more when the sandbox was closed since the key was looked up.
        for _attempt in 0..2 {
            let found = match self.keyring.believed(credential.key) {
                Some(found) => found,
                None => {
                    let look_up = self.look_up(credential, named_version);
                    self.keyring.keys.get_or_insert_async(&credential.key, look_up).await?
                }
            };
            let (id, rights) = match found {
                Found::Open(id) => (id, KeyRights::Secret),
                Found::Made { key, .. } if key.revoked.is_some() => {
                    return Err(AppError::KeyRevoked);
                }
                Found::Made { key, .. } => (key.sandbox, key.rights.clone()),
            };
            if let Some(sandbox) = self.sandbox_by_id(id).await? {
                self.note_use(&sandbox).await;
                return Ok(Admission { sandbox, rights });
            }
            self.keyring.forget(credential.key);
        }
        Err(AppError::NoSandbox)
    }

    /// The world in which a request of `sandbox`'s key acts when it names an account: its own, or
    /// one right below it, in the same mode.
    ///
    /// # Errors
    /// [`AppError::NoSuchAccount`] for any other account.
    pub async fn acting_for(
        &self,
        sandbox: &Arc<OpenSandbox>,
        account: &AccountId,
    ) -> Result<Arc<OpenSandbox>, AppError> {
        if sandbox.account() == account {
            return Ok(Arc::clone(sandbox));
        }
        let acted_for = self.account_world(account, sandbox.livemode()).await?;
        acted_for
            .filter(|acted_for| acted_for.parent() == Some(sandbox.account()))
            .ok_or_else(|| AppError::NoSuchAccount { account: account.clone() })
    }

    /// An account's world in one mode.
    async fn account_world(
        &self,
        account: &AccountId,
        livemode: bool,
    ) -> Result<Option<Arc<OpenSandbox>>, AppError> {
        let place = (account.clone(), livemode);
        if let Some(id) = self.keyring.accounts.get(&place) {
            if let Some(sandbox) = self.sandbox_by_id(id).await? {
                return Ok(Some(sandbox));
            }
            self.keyring.accounts.remove(&place);
        }
        let Some(stored) = self.store.find_account(account, livemode).await? else {
            return Ok(None);
        };
        self.keyring.accounts.insert(place, stored.value.id);
        self.sandbox_by_id(stored.value.id).await
    }

    /// Whether the account has an object of this id in the mode that `sandbox` is not of.
    pub async fn is_in_other_mode(&self, sandbox: &OpenSandbox, id: &str) -> bool {
        let other = self.account_world(sandbox.account(), !sandbox.livemode()).await;
        let Ok(Some(other)) = other else {
            return false;
        };
        // It only words an error: where this fails too, the error stays as it is.
        self.store.has_object(other.id(), id).await.unwrap_or(false)
    }

    async fn look_up(
        &self,
        credential: Credential,
        named_version: Option<&str>,
    ) -> Result<Found, AppError> {
        // Before the look-up: a change during it counts as one after it.
        let at = Instant::now();
        if let Some(stored) = self.store.find_api_key(credential.key).await? {
            return Ok(Found::Made { key: Arc::new(stored.value), at });
        }
        let name = credential.open_name.filter(|_| self.sandboxes.are_open_to_all());
        let name = name.ok_or(AppError::NoSandbox)?;
        Ok(Found::Open(self.open_by_name(name, named_version).await?))
    }
}
