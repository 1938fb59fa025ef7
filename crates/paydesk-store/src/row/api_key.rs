//! The row of an API key that was made. It has no text of the key but its end.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use paydesk_domain::api_key::{Access, ApiKey, KeyHash, KeyRights, Permission, Resource};
use paydesk_domain::id::{ApiKeyId, Ordinal};
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::time::Timestamp;

use super::RowError;
use crate::error::StoreError;

#[derive(Encode, Decode)]
struct ApiKeyRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    hash: ByteArray<32>,
    #[n(3)]
    sandbox: u64,
    #[n(4)]
    livemode: bool,
    #[b(5)]
    rights: RightsRow<'b>,
    #[b(6)]
    last_four: &'b str,
    #[b(7)]
    name: Option<&'b str>,
    #[n(8)]
    created: i64,
    #[n(9)]
    revoked: Option<i64>,
}

#[derive(Encode, Decode)]
enum RightsRow<'b> {
    #[n(0)]
    Secret,
    #[n(1)]
    Publishable,
    /// Names of resources, and whether they may be written.
    #[n(2)]
    Restricted(#[b(0)] Vec<(&'b str, bool)>),
}

/// An API key as bytes.
#[must_use]
pub fn encode_api_key(key: &ApiKey) -> Vec<u8> {
    super::encode(&ApiKeyRow {
        id: key.id.as_str(),
        ordinal: key.ordinal.get(),
        hash: key.hash.0.into(),
        sandbox: key.sandbox.0,
        livemode: key.livemode,
        rights: RightsRow::from(&key.rights),
        last_four: &key.last_four,
        name: key.name.as_deref(),
        created: key.created.as_seconds(),
        revoked: key.revoked.map(Timestamp::as_seconds),
    })
}

/// An API key from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_api_key(bytes: &[u8]) -> Result<ApiKey, StoreError> {
    let row: ApiKeyRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("api_keys", ""))?;
    let rights = row.rights.into_rights().map_err(|error| error.in_table("api_keys", row.id))?;
    Ok(ApiKey {
        id: ApiKeyId::from(row.id),
        ordinal: Ordinal::new(row.ordinal),
        hash: KeyHash(*row.hash),
        sandbox: SandboxId(row.sandbox),
        livemode: row.livemode,
        rights,
        last_four: row.last_four.to_owned(),
        name: row.name.map(str::to_owned),
        created: Timestamp::from_seconds(row.created),
        revoked: row.revoked.map(Timestamp::from_seconds),
    })
}

impl From<&KeyRights> for RightsRow<'_> {
    fn from(rights: &KeyRights) -> Self {
        match rights {
            KeyRights::Secret => Self::Secret,
            KeyRights::Publishable => Self::Publishable,
            KeyRights::Restricted(permissions) => {
                let pair = |permission: &Permission| {
                    (permission.resource.name(), permission.access == Access::Write)
                };
                Self::Restricted(permissions.iter().map(pair).collect())
            }
        }
    }
}

impl RightsRow<'_> {
    fn into_rights(self) -> Result<KeyRights, RowError> {
        let permission = |(name, can_write): (&str, bool)| {
            let resource = Resource::from_name(name)
                .ok_or_else(|| RowError(format!("unknown resource {name:?}")))?;
            let access = if can_write { Access::Write } else { Access::Read };
            Ok(Permission { resource, access })
        };
        Ok(match self {
            Self::Secret => KeyRights::Secret,
            Self::Publishable => KeyRights::Publishable,
            Self::Restricted(pairs) => KeyRights::Restricted(
                pairs.into_iter().map(permission).collect::<Result<_, RowError>>()?,
            ),
        })
    }
}
