//! What lets a request in: sandboxes by their accounts, and API keys by their hashes.

use paydesk_domain::api_key::{ApiKey, KeyHash};
use paydesk_domain::id::{AccountId, ApiKeyId};
use paydesk_domain::sandbox::{Sandbox, SandboxId};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Bound, Cursor, Page, PageRequest, SandboxFilter, StoreError, Stored, row};
use rusqlite::types::Value;
use rusqlite::{Connection, Params, Row, params};

use crate::apply::NotApplied;
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

/// Sandboxes, the newest first.
pub(crate) fn sandboxes(
    connection: &Connection,
    filter: &SandboxFilter,
    page: PageRequest,
) -> Result<Page<Stored<Sandbox>>, StoreError> {
    let (condition, value) = match filter {
        SandboxFilter::Open => ("opened_by IS NOT NULL AND ?1 IS NULL", Value::Null),
        SandboxFilter::Of(account) => (
            "livemode = 0 AND (account = ?1 OR parent = ?1)",
            Value::from(account.as_str().to_owned()),
        ),
        SandboxFilter::Expired(wall) => ("expires_wall <= ?1", Value::from(wall.as_seconds())),
    };
    let (bound, order, place) = match page.bound {
        Bound::Newest => ("id <= ?2", "DESC", i64::MAX),
        Bound::After(cursor) => ("id < ?2", "DESC", ordinal_of(cursor)),
        Bound::Before(cursor) => ("id > ?2", "ASC", ordinal_of(cursor)),
    };
    let sql = format!(
        "SELECT version, body, id FROM sandboxes WHERE {condition} AND {bound}
         ORDER BY id {order} LIMIT ?3"
    );
    let limit = i64::try_from(page.limit).unwrap_or(i64::MAX).saturating_add(1);
    let rows: rusqlite::Result<Vec<Result<Stored<Sandbox>, StoreError>>> =
        connection.prepare_cached(&sql).and_then(|mut statement| {
            statement.query_map(params![value, place, limit], read)?.collect()
        });
    let rows: Result<Vec<Stored<Sandbox>>, StoreError> =
        rows.map_err(|error| unavailable(&error))?.into_iter().collect();
    Ok(Page::from_rows(rows?, page))
}

fn ordinal_of(cursor: Cursor) -> i64 {
    cursor.ordinal.get().cast_signed()
}

/// Closes a sandbox: its row goes, its keys go to the successor or with it, and it is noted that
/// its records are to be forgotten. Returns how many sandboxes that were.
pub(crate) fn close_sandbox(
    connection: &Connection,
    id: SandboxId,
    read_at: i64,
    successor: Option<SandboxId>,
    closed: Timestamp,
) -> Result<usize, NotApplied> {
    let id = sandbox_column(id);
    let rows = connection
        .prepare_cached("DELETE FROM sandboxes WHERE id = ?1 AND version = ?2")?
        .execute([id, read_at])?;
    if rows == 0 {
        return Ok(0);
    }
    connection
        .prepare_cached("INSERT INTO closed_sandboxes (id, closed_wall) VALUES (?1, ?2)")?
        .execute([id, closed.as_seconds()])?;
    match successor {
        Some(successor) => move_keys(connection, id, successor)?,
        None => {
            let mut delete =
                connection.prepare_cached("DELETE FROM api_keys WHERE sandbox = ?1")?;
            delete.execute([id])?;
        }
    }
    Ok(rows)
}

/// The keys of one sandbox open another. A key's row says so twice.
fn move_keys(connection: &Connection, id: i64, successor: SandboxId) -> Result<(), NotApplied> {
    let rows: rusqlite::Result<Vec<(i64, Vec<u8>)>> = connection
        .prepare_cached("SELECT ordinal, body FROM api_keys WHERE sandbox = ?1")?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect();
    for (ordinal, body) in rows? {
        let key = row::decode_api_key(&body).map_err(NotApplied::Refused)?;
        let key = ApiKey { sandbox: successor, ..key };
        connection
            .prepare_cached(
                "UPDATE api_keys SET sandbox = ?2, body = ?3, version = version + 1
                 WHERE ordinal = ?1",
            )?
            .execute(params![ordinal, sandbox_column(successor), row::encode_api_key(&key)])?;
    }
    Ok(())
}

/// Writes a sandbox; returns how many rows that were. Of what is in columns, only when it expires
/// ever changes.
pub(crate) fn write_sandbox(
    connection: &Connection,
    put: &EncodedPut,
    sandbox: &Sandbox,
) -> rusqlite::Result<usize> {
    let expires_wall = sandbox.expires_at().map(Timestamp::as_seconds);
    if let Some(read_at) = put.read_at {
        return connection
            .prepare_cached(
                "UPDATE sandboxes SET version = ?2, body = ?3, expires_wall = ?5
                 WHERE id = ?1 AND version = ?4",
            )?
            .execute(params![put.rowid, put.version, put.body, read_at, expires_wall]);
    }
    connection
        .prepare_cached(
            "INSERT INTO sandboxes
                 (id, account, livemode, parent, opened_by, version, body, expires_wall)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            put.rowid,
            sandbox.account.as_str(),
            sandbox.livemode,
            sandbox.parent.as_ref().map(AccountId::as_str),
            sandbox.opened_by.map(|hash| hash.0),
            put.version,
            put.body,
            expires_wall,
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
    one(connection, sql, params, read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Result<Stored<Sandbox>, StoreError>> {
    let id = sandbox_id(row.get(2)?);
    stored(row, || id.0.to_string(), row::decode_sandbox)
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
