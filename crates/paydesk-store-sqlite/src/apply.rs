//! Applying one changeset within the writer's transaction.

use paydesk_domain::checkout_session::CheckoutSession;
use paydesk_domain::sandbox::{Sandbox, SandboxClock};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Check, Delete, StoreError, TimerChange, UniqueKey};
use rusqlite::types::Value;
use rusqlite::{Connection, Params, ToSql, params, params_from_iter};

use crate::access;
use crate::encode::{
    EncodedChangeset, EncodedEvent, EncodedIdempotency, EncodedObject, EncodedPut, EncodedRecord,
    sandbox_id, version_column,
};
use crate::promotion_codes;
use crate::tables::{COUPONS, CUSTOMERS, PRODUCTS, PROMOTION_CODES, Table, WEBHOOK_ENDPOINTS};
use crate::timers::kind_name;

/// The kind of unique key that lookup keys of Prices are.
pub(crate) const PRICE_LOOKUP_KEY: &str = "price_lookup_key";

/// Why a changeset was not applied.
#[derive(Debug)]
pub(crate) enum NotApplied {
    /// A precondition does not hold; the others of the batch are not concerned.
    Refused(StoreError),
    /// The database failed; nothing of the batch can be relied on.
    Failed(rusqlite::Error),
}

impl From<rusqlite::Error> for NotApplied {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error)
    }
}

/// Applies a changeset. When it is refused, what it wrote until then is the caller's to undo.
pub(crate) fn apply(
    connection: &Connection,
    changeset: &EncodedChangeset,
) -> Result<(), NotApplied> {
    let sandbox = changeset.sandbox;
    // First, because it is what refuses a repetition, and a changeset that wrote nothing before it
    // was refused needs no undoing.
    if let Some(idempotency) = &changeset.idempotency {
        insert_idempotency(connection, idempotency)?;
    }
    for check in &changeset.checks {
        verify(connection, sandbox, check)?;
    }
    // Before what is put, which may take the place of what is deleted.
    for delete in &changeset.deletes {
        delete_record(connection, sandbox, delete)?;
    }
    for put in &changeset.puts {
        write_record(connection, sandbox, put)?;
    }
    for key in &changeset.released_keys {
        release_key(connection, sandbox, key)?;
    }
    for key in &changeset.claimed_keys {
        claim_key(connection, sandbox, key)?;
    }
    for timer in &changeset.timers {
        change_timer(connection, sandbox, timer)?;
    }
    for event in &changeset.events {
        insert_event(connection, sandbox, event)?;
    }
    Ok(())
}

/// Refuses a changeset that relied on something which no longer holds.
fn verify(connection: &Connection, sandbox: i64, check: &Check) -> Result<(), NotApplied> {
    let (holds, table, id) = match check {
        Check::ProductExists(product) => (
            exists(
                connection,
                "SELECT 1 FROM products WHERE sandbox = ?1 AND id = ?2",
                params![sandbox, product.as_str()],
            )?,
            &PRODUCTS,
            product.as_str(),
        ),
        Check::ProductHasNoPrices(product) => (
            !exists(
                connection,
                "SELECT 1 FROM prices WHERE sandbox = ?1 AND product = ?2",
                params![sandbox, product.as_str()],
            )?,
            &PRODUCTS,
            product.as_str(),
        ),
        Check::PromotionCodeHasNoRival { code, customer, now } => (
            promotion_codes::find_rival(
                connection,
                sandbox_id(sandbox),
                code,
                customer.as_ref(),
                *now,
            )?
            .is_none(),
            &PROMOTION_CODES,
            code.as_str(),
        ),
        Check::WebhookEndpointsAtMost(count) => (
            !exists(
                connection,
                "SELECT 1 FROM webhook_endpoints WHERE sandbox = ?1 LIMIT 1 OFFSET ?2",
                params![sandbox, i64::try_from(*count).unwrap_or(i64::MAX)],
            )?,
            &WEBHOOK_ENDPOINTS,
            "the number",
        ),
    };
    refuse_unless(holds, || moved(table, id))
}

fn delete_record(connection: &Connection, sandbox: i64, delete: &Delete) -> Result<(), NotApplied> {
    let (table, id, read_at) = match delete {
        Delete::Sandbox { id, read_at, successor, closed } => {
            let read_at = version_column(*read_at);
            let rows = access::close_sandbox(connection, *id, read_at, *successor, *closed)?;
            let object = || format!("sandbox {}", id.0);
            return refuse_unless(rows == 1, || StoreError::RevisionMoved { object: object() });
        }
        Delete::Product { id, read_at } => (&PRODUCTS, id.as_str(), *read_at),
        Delete::Coupon { id, read_at } => (&COUPONS, id.as_str(), *read_at),
        Delete::WebhookEndpoint { id, read_at } => (&WEBHOOK_ENDPOINTS, id.as_str(), *read_at),
        Delete::Customer { id, read_at } => (&CUSTOMERS, id.as_str(), *read_at),
    };
    let rows = execute(connection, table.delete, params![sandbox, id, version_column(read_at)])?;
    refuse_unless(rows == 1, || moved(table, id))
}

/// An object that is not, or no longer, as a changeset takes it to be.
fn moved(table: &Table, id: &str) -> StoreError {
    StoreError::RevisionMoved { object: format!("{id} of {}", table.name) }
}

fn write_record(connection: &Connection, sandbox: i64, put: &EncodedPut) -> Result<(), NotApplied> {
    let rows = match &put.record {
        EncodedRecord::Sandbox(sandbox) => write_sandbox(connection, put, sandbox)?,
        EncodedRecord::ApiKey(key) => access::write_api_key(connection, put, key)?,
        EncodedRecord::Object(object) => write_object(connection, sandbox, put, object)?,
        EncodedRecord::CheckoutSession(cached) => {
            write_session(connection, sandbox, put, &cached.stored.value)?
        }
    };
    if rows == 1 {
        return Ok(());
    }
    Err(NotApplied::Refused(StoreError::RevisionMoved { object: object_name(&put.record) }))
}

/// A record's kind and id, as an error names it. Hashes of keys stay out of it.
fn object_name(record: &EncodedRecord) -> String {
    match record {
        EncodedRecord::Sandbox(sandbox) => format!("sandbox {}", sandbox.id.0),
        EncodedRecord::ApiKey(key) => format!("API key {}", key.id),
        EncodedRecord::Object(object) => format!("{} of {}", object.id, object.table.name),
        EncodedRecord::CheckoutSession(cached) => {
            format!("checkout session {}", cached.stored.value.id)
        }
    }
}

/// Writes a sandbox, and its timers where its clock may just have changed.
fn write_sandbox(
    connection: &Connection,
    put: &EncodedPut,
    sandbox: &Sandbox,
) -> rusqlite::Result<usize> {
    let rows = access::write_sandbox(connection, put, sandbox)?;
    if rows == 1 && put.read_at.is_some() {
        move_timers(connection, put.rowid, sandbox)?;
    }
    Ok(rows)
}

/// Timers are due by the wall clock as the sandbox's own clock says, which may just have changed.
fn move_timers(connection: &Connection, id: i64, sandbox: &Sandbox) -> rusqlite::Result<()> {
    let timers: rusqlite::Result<Vec<(String, String, i64)>> = connection
        .prepare_cached("SELECT kind, session, due_at FROM timers WHERE sandbox = ?1")?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect();
    for (kind, session, due_at) in timers? {
        let due_wall = sandbox.clock.wall_time_of(Timestamp::from_seconds(due_at));
        execute(
            connection,
            "UPDATE timers SET due_wall = ?4
             WHERE sandbox = ?1 AND kind = ?2 AND session = ?3 AND due_wall IS NOT ?4",
            params![id, kind, session, due_wall.map(Timestamp::as_seconds)],
        )?;
    }
    Ok(())
}

/// Writes an object by the statements of its table.
fn write_object(
    connection: &Connection,
    sandbox: i64,
    put: &EncodedPut,
    object: &EncodedObject,
) -> rusqlite::Result<usize> {
    let written: [&dyn ToSql; 2] = [&put.version, &put.body];
    let place: [&dyn ToSql; 3] = [&put.rowid, &sandbox, &object.id];
    let values = written.into_iter().chain(columns(&object.changing)).chain(place);
    match &put.read_at {
        None => {
            let values = values.chain(columns(&object.kept));
            execute(connection, object.table.insert, params_from_iter(values))
        }
        Some(read_at) => {
            let read_at: [&dyn ToSql; 1] = [read_at];
            execute(connection, object.table.update, params_from_iter(values.chain(read_at)))
        }
    }
}

fn columns(values: &[Value]) -> impl Iterator<Item = &dyn ToSql> {
    values.iter().map(|value| -> &dyn ToSql { value })
}

fn write_session(
    connection: &Connection,
    sandbox: i64,
    put: &EncodedPut,
    session: &CheckoutSession,
) -> rusqlite::Result<usize> {
    let id = session.id.as_str();
    let status = session.state.status().as_str();
    let expires_at = session.expires_at.as_seconds();
    let email = session.buyer_email();
    let customer = session.collection.buyer.customer().map(|customer| customer.id.as_str());
    let Some(read_at) = put.read_at else {
        return execute(
            connection,
            "INSERT INTO checkout_sessions (ordinal, sandbox, id, version, created, status,
                 expires_at, customer_email, customer, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
            params![
                put.rowid,
                sandbox,
                id,
                put.version,
                session.created.as_seconds(),
                status,
                expires_at,
                email,
                customer,
                put.body,
            ],
        );
    };
    let columns = params![
        put.rowid,
        sandbox,
        id,
        read_at,
        put.version,
        status,
        expires_at,
        put.body,
        email,
        customer,
    ];
    // The update of a cart, which is what the store does most, leaves the buyer: a statement that
    // does not name those columns touches no index.
    let rows = execute(
        connection,
        "UPDATE checkout_sessions SET version = ?5, status = ?6, expires_at = ?7, body = ?8
         WHERE ordinal = ?1 AND sandbox = ?2 AND id = ?3 AND version = ?4 AND customer_email IS ?9
             AND customer IS ?10",
        columns,
    )?;
    if rows == 1 {
        return Ok(rows);
    }
    execute(
        connection,
        "UPDATE checkout_sessions
         SET version = ?5, status = ?6, expires_at = ?7, body = ?8, customer_email = ?9,
             customer = ?10
         WHERE ordinal = ?1 AND sandbox = ?2 AND id = ?3 AND version = ?4",
        columns,
    )
}

fn release_key(connection: &Connection, sandbox: i64, key: &UniqueKey) -> Result<(), NotApplied> {
    let UniqueKey::PriceLookupKey { lookup_key, price } = key;
    let rows = execute(
        connection,
        "DELETE FROM unique_keys WHERE sandbox = ?1 AND kind = ?2 AND name = ?3 AND owner = ?4",
        params![sandbox, PRICE_LOOKUP_KEY, lookup_key, price.as_str()],
    )?;
    refuse_unless(rows == 1, || taken(lookup_key))
}

fn claim_key(connection: &Connection, sandbox: i64, key: &UniqueKey) -> Result<(), NotApplied> {
    let UniqueKey::PriceLookupKey { lookup_key, price } = key;
    let rows = execute(
        connection,
        "INSERT INTO unique_keys (sandbox, kind, name, owner) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO NOTHING",
        params![sandbox, PRICE_LOOKUP_KEY, lookup_key, price.as_str()],
    )?;
    refuse_unless(rows == 1, || taken(lookup_key))
}

fn taken(key: &str) -> StoreError {
    StoreError::UniqueKeyTaken { key: key.to_owned() }
}

fn change_timer(
    connection: &Connection,
    sandbox: i64,
    change: &TimerChange,
) -> Result<(), NotApplied> {
    match change {
        TimerChange::Set { kind, session, due_at } => {
            let due_wall = clock_of(connection, sandbox)?.wall_time_of(*due_at);
            execute(
                connection,
                "INSERT INTO timers (sandbox, kind, session, due_at, due_wall)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET due_at = excluded.due_at, due_wall = excluded.due_wall",
                params![
                    sandbox,
                    kind_name(*kind),
                    session.as_str(),
                    due_at.as_seconds(),
                    due_wall.map(Timestamp::as_seconds),
                ],
            )?;
        }
        TimerChange::Cancel { kind, session } => {
            execute(
                connection,
                "DELETE FROM timers WHERE sandbox = ?1 AND kind = ?2 AND session = ?3",
                params![sandbox, kind_name(*kind), session.as_str()],
            )?;
        }
    }
    Ok(())
}

/// A sandbox's clock as the transaction sees it; a sandbox that has no record has the wall clock.
fn clock_of(connection: &Connection, sandbox: i64) -> Result<SandboxClock, NotApplied> {
    let found = access::sandbox(connection, sandbox_id(sandbox)).map_err(NotApplied::Refused)?;
    Ok(found.map_or(SandboxClock::REAL, |stored| stored.value.clock))
}

fn insert_event(
    connection: &Connection,
    sandbox: i64,
    event: &EncodedEvent,
) -> Result<(), NotApplied> {
    let rows = execute(
        connection,
        "INSERT INTO events (ordinal, sandbox, id, created, type, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        params![event.ordinal, sandbox, event.id, event.created, event.type_name, event.body,],
    )?;
    refuse_unless(rows == 1, || StoreError::RevisionMoved { object: format!("event {}", event.id) })
}

fn insert_idempotency(
    connection: &Connection,
    idempotency: &EncodedIdempotency,
) -> Result<(), NotApplied> {
    let rows = execute(
        connection,
        "INSERT INTO idempotency_keys (key_hash, created_wall, body) VALUES (?1, ?2, ?3)
         ON CONFLICT DO NOTHING",
        params![idempotency.key_hash, idempotency.created_wall, idempotency.body],
    )?;
    refuse_unless(rows == 1, || StoreError::IdempotencyKeyTaken)
}

fn refuse_unless(holds: bool, refusal: impl FnOnce() -> StoreError) -> Result<(), NotApplied> {
    if holds { Ok(()) } else { Err(NotApplied::Refused(refusal())) }
}

fn exists(connection: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<bool> {
    connection.prepare_cached(sql)?.exists(params)
}

fn execute(connection: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<usize> {
    connection.prepare_cached(sql)?.execute(params)
}
