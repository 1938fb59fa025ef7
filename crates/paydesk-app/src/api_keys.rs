//! API keys: made, listed and revoked, by whoever operates the server.

use paydesk_domain::api_key::{ApiKey, CreateApiKey, KeyRights, KeyText};
use paydesk_domain::id::{AccountId, ApiKeyId};
use paydesk_domain::sandbox::Sandbox;
use paydesk_store::{Changeset, Record, StoreError, Stored};
use thiserror::Error;

use crate::access::key_hash;
use crate::app::App;

/// How often a change is decided before it is given up.
const ATTEMPTS_MAX: usize = 8;

/// A key to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApiKey {
    /// The account it is for.
    pub account: KeyAccount,
    /// Whether it opens the account's world of live mode.
    pub livemode: bool,
    /// What it may do.
    pub rights: KeyRights,
    /// What its maker calls it.
    pub name: Option<String>,
}

/// The account a key is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyAccount {
    /// The store's own, which is made with its first key.
    Own,
    /// One there is.
    Existing(AccountId),
    /// A new one.
    NewBelow {
        /// The account above it.
        parent: AccountId,
        /// What it is called.
        display_name: Option<String>,
    },
}

/// A key that was made, with its text, which is kept nowhere.
pub struct MadeApiKey {
    /// The key as it is stored.
    pub key: ApiKey,
    /// Its text.
    pub text: KeyText,
    /// The sandbox it opens.
    pub sandbox: Sandbox,
}

/// A key and the account it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedApiKey {
    /// The key.
    pub key: ApiKey,
    /// The account; none once its sandbox is gone.
    pub account: Option<AccountId>,
}

/// Why a key was not made or revoked. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ApiKeyError {
    /// There is no such account.
    #[error("there is no account {0}; `paydesk keys list` shows those that keys were made for")]
    NoSuchAccount(AccountId),
    /// The account was opened by a key of its own and has test mode only.
    #[error("{0} was opened by a key that nobody made and has no live mode; leave --live out")]
    NoLiveMode(AccountId),
    /// The account is below another itself.
    #[error("{0} is below another account, and accounts below it would be a level too deep")]
    TooDeep(AccountId),
    /// There is no such key.
    #[error("there is no key {0}; `paydesk keys list` shows the ids of all")]
    NoSuchKey(ApiKeyId),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Makes a key, and the account it is for where that is a new one.
    ///
    /// # Errors
    /// [`ApiKeyError`]
    pub async fn create_api_key(&self, new: NewApiKey) -> Result<MadeApiKey, ApiKeyError> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let (made, changeset) = self.decide_api_key(new.clone()).await?;
            match self.store.commit(changeset).await {
                Ok(()) => return Ok(made),
                // Somebody made the own account, or something with the same ordinal, meanwhile.
                Err(StoreError::RevisionMoved { .. }) if attempts < ATTEMPTS_MAX => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Every key that was made, oldest first.
    ///
    /// # Errors
    /// The store's.
    pub async fn list_api_keys(&self) -> Result<Vec<ListedApiKey>, StoreError> {
        let mut listed = Vec::new();
        for key in self.store.list_api_keys().await? {
            let sandbox = self.store.find_sandbox(key.sandbox).await?;
            let account = sandbox.map(|sandbox| sandbox.value.account);
            listed.push(ListedApiKey { key, account });
        }
        Ok(listed)
    }

    /// Revokes a key; returns it as it was before, and as it is now.
    ///
    /// # Errors
    /// [`ApiKeyError`]
    pub async fn revoke_api_key(&self, id: &ApiKeyId) -> Result<(ApiKey, ApiKey), ApiKeyError> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let found = self.store.find_api_key_by_id(id).await?;
            let Stored { value: before, version } =
                found.ok_or_else(|| ApiKeyError::NoSuchKey(id.clone()))?;
            let revoked = before.clone().revoke(self.wall.now());
            let mut changeset = Changeset::new(before.sandbox);
            if revoked != before {
                changeset.replace(Record::ApiKey(revoked.clone()), version);
            }
            match self.store.commit(changeset).await {
                Ok(()) => {
                    self.keyring.forget(revoked.hash);
                    return Ok((before, revoked));
                }
                Err(StoreError::RevisionMoved { .. }) if attempts < ATTEMPTS_MAX => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn decide_api_key(&self, new: NewApiKey) -> Result<(MadeApiKey, Changeset), ApiKeyError> {
        let NewApiKey { account, livemode, rights, name } = new;
        let (sandbox, made) = match account {
            KeyAccount::Own => match self.store.find_own_account().await? {
                Some(own) => (self.world(own.value.account, livemode).await?, None),
                None => self.new_account(None, None, livemode),
            },
            KeyAccount::Existing(account) => (self.world(account, livemode).await?, None),
            KeyAccount::NewBelow { parent, display_name } => {
                let above = self.world(parent, false).await?;
                if above.parent.is_some() {
                    return Err(ApiKeyError::TooDeep(above.account));
                }
                self.new_account(Some(&above.account), display_name.as_deref(), livemode)
            }
        };
        let create = CreateApiKey { sandbox: sandbox.id, livemode, rights, name };
        let (key, text) = create.decide(self.wall.now(), &mut **self.ids(), key_hash);
        let mut changeset = Changeset::new(sandbox.id);
        for world in made.into_iter().flatten() {
            changeset.insert(Record::Sandbox(world));
        }
        changeset.insert(Record::ApiKey(key.clone()));
        Ok((MadeApiKey { key, text, sandbox }, changeset))
    }

    /// An account that there is, in one mode.
    async fn world(&self, account: AccountId, livemode: bool) -> Result<Sandbox, ApiKeyError> {
        if let Some(found) = self.store.find_account(&account, livemode).await? {
            return Ok(found.value);
        }
        if livemode && self.store.find_account(&account, false).await?.is_some() {
            return Err(ApiKeyError::NoLiveMode(account));
        }
        Err(ApiKeyError::NoSuchAccount(account))
    }

    /// The world of a new account that a key is for, and both that are to be written.
    fn new_account(
        &self,
        parent: Option<&AccountId>,
        display_name: Option<&str>,
        livemode: bool,
    ) -> (Sandbox, Option<[Sandbox; 2]>) {
        let now = self.wall.now();
        let [test, live] = Sandbox::for_account(parent, display_name, now, &mut **self.ids());
        let opened = if livemode { live.clone() } else { test.clone() };
        (opened, Some([test, live]))
    }
}
