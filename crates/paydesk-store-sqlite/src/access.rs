//! What lets a request in: sandboxes by their accounts, and API keys by their hashes.

use paydesk_domain::api_key::{ApiKey, KeyHash};
use paydesk_domain::id::{AccountId, ApiKeyId};
use paydesk_domain::sandbox::{Sandbox, SandboxId};
use paydesk_store::{StoreError, Stored, row};
use rusqlite::{Connection, Params, Row, params};

use crate::encode::{EncodedPut, sandbox_column, sandbox_id};
use crate::find::{blob, decoded, one, stored};
use crate::readers::unavailable;

/// A sandbox.
pub(crate) fn sandbox(
    connection: &Connection,
    id: SandboxId,
) -> Result<Option<Stored<Sandbox>>, StoreError> {
    one_sandbox(
        connection,
        "SELECT version, body, id FROM sandboxes WHERE id = ?1",
        params![sandbox_column(id)],
    )
}

/// The sandbox that keys open by their name.
pub(crate) fn open_sandbox(
    connection: &Connection,
    name: KeyHash,
) -> Result<Option<Stored<Sandbox>>, StoreError> {
    one_sandbox(
        connection,
        "SELECT version, body, id FROM sandboxes WHERE opened_by = ?1",
        params![name.0],
    )
}

/// An account's world in one mode.
pub(crate) fn account(
    connection: &Connection,
    account: &AccountId,
    livemode: bool,
) -> Result<Option<Stored<Sandbox>>, StoreError> {
    one_sandbox(
        connection,
        "SELECT version, body, id FROM sandboxes WHERE account = ?1 AND livemode = ?2",
        params![account.as_str(), livemode],
    )
}

/// The test world of the file's own account.
pub(crate) fn own_account(connection: &Connection) -> Result<Option<Stored<Sandbox>>, StoreError> {
    one_sandbox(
        connection,
        "SELECT version, body, id FROM sandboxes
         WHERE livemode = 0 AND opened_by IS NULL AND parent IS NULL",
        [],
    )
}

/// The API key with a hash.
pub(crate) fn api_key(
    connection: &Connection,
    hash: KeyHash,
) -> Result<Option<Stored<ApiKey>>, StoreError> {
    one_api_key(
        connection,
        "SELECT version, body, id FROM api_keys WHERE key_hash = ?1",
        params![hash.0],
    )
}

/// The API key with an id.
pub(crate) fn api_key_by_id(
    connection: &Connection,
    id: &ApiKeyId,
) -> Result<Option<Stored<ApiKey>>, StoreError> {
    one_api_key(
        connection,
        "SELECT version, body, id FROM api_keys WHERE id = ?1",
        params![id.as_str()],
    )
}

/// Every API key, oldest first.
pub(crate) fn api_keys(connection: &Connection) -> Result<Vec<ApiKey>, StoreError> {
    let key = |row: &Row<'_>| {
        let id: String = row.get(0)?;
        Ok(decoded(blob(row, 1)?, || id, row::decode_api_key))
    };
    let rows: rusqlite::Result<Vec<Result<ApiKey, StoreError>>> = connection
        .prepare_cached("SELECT id, body FROM api_keys ORDER BY ordinal")
        .and_then(|mut statement| statement.query_map([], key)?.collect());
    rows.map_err(|error| unavailable(&error))?.into_iter().collect()
}

/// Writes a sandbox; returns how many rows that were. What is in a column never changes.
pub(crate) fn write_sandbox(
    connection: &Connection,
    put: &EncodedPut,
    sandbox: &Sandbox,
) -> rusqlite::Result<usize> {
    if let Some(read_at) = put.read_at {
        return connection
            .prepare_cached(
                "UPDATE sandboxes SET version = ?2, body = ?3 WHERE id = ?1 AND version = ?4",
            )?
            .execute(params![put.rowid, put.version, put.body, read_at]);
    }
    connection
        .prepare_cached(
            "INSERT INTO sandboxes (id, account, livemode, parent, opened_by, version, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            put.rowid,
            sandbox.account.as_str(),
            sandbox.livemode,
            sandbox.parent.as_ref().map(AccountId::as_str),
            sandbox.opened_by.map(|hash| hash.0),
            put.version,
            put.body,
        ])
}

/// Writes an API key; returns how many rows that were.
pub(crate) fn write_api_key(
    connection: &Connection,
    put: &EncodedPut,
    key: &ApiKey,
) -> rusqlite::Result<usize> {
    if let Some(read_at) = put.read_at {
        return connection
            .prepare_cached(
                "UPDATE api_keys SET version = ?2, body = ?3 WHERE ordinal = ?1 AND version = ?4",
            )?
            .execute(params![put.rowid, put.version, put.body, read_at]);
    }
    connection
        .prepare_cached(
            "INSERT INTO api_keys (ordinal, id, key_hash, sandbox, version, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            put.rowid,
            key.id.as_str(),
            key.hash.0,
            sandbox_column(key.sandbox),
            put.version,
            put.body,
        ])
}

fn one_sandbox(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<Stored<Sandbox>>, StoreError> {
    one(connection, sql, params, |row| {
        let id = sandbox_id(row.get(2)?);
        stored(row, || id.0.to_string(), row::decode_sandbox)
    })
}

fn one_api_key(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<Stored<ApiKey>>, StoreError> {
    one(connection, sql, params, |row| {
        let id: String = row.get(2)?;
        stored(row, || id, row::decode_api_key)
    })
}
