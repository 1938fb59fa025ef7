//! Looking objects up by their ids and keys.
//!
//! Every function asks statements of a fixed text, so that none is ever prepared twice; a list of
//! ids is a loop over one of them.

use std::collections::BTreeSet;

use paydesk_domain::catalog::{Catalog, Price, Product};
use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::{Customer, DeletedCustomer};
use paydesk_domain::event::Event;
use paydesk_domain::id::{
    CheckoutSessionId, CouponId, CustomerId, EventId, Ordinal, PriceId, ProductId, ShippingRateId,
    TaxRateId, WebhookEndpointId,
};
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use paydesk_store::{
    Cart, CartQuery, CatalogQuery, IdempotencyRecord, LineDetail, RowVersion, StoreError, Stored,
    row,
};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::apply::PRICE_LOOKUP_KEY;
use crate::encode::{idempotency_key_hash, sandbox_column};
use crate::promotion_codes;
use crate::readers::unavailable;

/// The tables of what clients know by an id.
const OBJECTS: [&str; 10] = [
    "products",
    "prices",
    "coupons",
    "promotion_codes",
    "shipping_rates",
    "tax_rates",
    "webhook_endpoints",
    "checkout_sessions",
    "customers",
    "events",
];

/// Whether a sandbox has an object of an id, of whatever kind.
pub(crate) fn has_object(
    connection: &Connection,
    sandbox: SandboxId,
    id: &str,
) -> Result<bool, StoreError> {
    for table in OBJECTS {
        let sql = format!("SELECT 1 FROM {table} WHERE sandbox = ?1 AND id = ?2");
        let found = connection
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.exists(params![sandbox_column(sandbox), id]));
        if found.map_err(|error| unavailable(&error))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What is remembered under an idempotency key.
pub(crate) fn idempotency(
    connection: &Connection,
    sandbox: SandboxId,
    key: &str,
) -> Result<Option<IdempotencyRecord>, StoreError> {
    one(
        connection,
        "SELECT body FROM idempotency_keys WHERE key_hash = ?1",
        params![idempotency_key_hash(sandbox, key)],
        |row| {
            let id = || format!("of sandbox {}", sandbox.0);
            Ok(decoded(blob(row, 0)?, id, row::decode_idempotency))
        },
    )
}

/// A Product.
pub(crate) fn product(
    connection: &Connection,
    sandbox: SandboxId,
    id: &ProductId,
) -> Result<Option<Stored<Product>>, StoreError> {
    one(
        connection,
        "SELECT version, body FROM products WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| stored(row, || id.to_string(), row::decode_product),
    )
}

/// A Price.
pub(crate) fn price(
    connection: &Connection,
    sandbox: SandboxId,
    id: &PriceId,
) -> Result<Option<Stored<Price>>, StoreError> {
    one(
        connection,
        "SELECT version, body FROM prices WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| stored(row, || id.to_string(), row::decode_price),
    )
}

/// The Price that claims a lookup key.
pub(crate) fn price_by_lookup_key(
    connection: &Connection,
    sandbox: SandboxId,
    lookup_key: &str,
) -> Result<Option<Stored<Price>>, StoreError> {
    one(
        connection,
        "SELECT version, body, id FROM unique_keys
         JOIN prices ON prices.sandbox = unique_keys.sandbox AND prices.id = unique_keys.owner
         WHERE unique_keys.sandbox = ?1 AND kind = ?2 AND name = ?3",
        params![sandbox_column(sandbox), PRICE_LOOKUP_KEY, lookup_key],
        |row| {
            let id: String = row.get(2)?;
            stored(row, || id, row::decode_price)
        },
    )
}

/// A Coupon.
pub(crate) fn coupon(
    connection: &Connection,
    sandbox: SandboxId,
    id: &CouponId,
) -> Result<Option<Stored<Coupon>>, StoreError> {
    one(
        connection,
        "SELECT version, body FROM coupons WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| stored(row, || id.to_string(), row::decode_coupon),
    )
}

/// A shipping rate.
pub(crate) fn shipping_rate(
    connection: &Connection,
    sandbox: SandboxId,
    id: &ShippingRateId,
) -> Result<Option<Stored<ShippingRate>>, StoreError> {
    one(
        connection,
        "SELECT version, body FROM shipping_rates WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| stored(row, || id.to_string(), row::decode_shipping_rate),
    )
}

/// A tax rate.
pub(crate) fn tax_rate(
    connection: &Connection,
    sandbox: SandboxId,
    id: &TaxRateId,
) -> Result<Option<Stored<TaxRate>>, StoreError> {
    one(
        connection,
        "SELECT version, body FROM tax_rates WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| stored(row, || id.to_string(), row::decode_tax_rate),
    )
}
/// A Coupon that was deleted.
pub(crate) fn deleted_coupon(
    connection: &Connection,
    sandbox: SandboxId,
    ordinal: Ordinal,
) -> Result<Option<Coupon>, StoreError> {
    // No ordinal is so large that its column could not hold it.
    let column = i64::try_from(ordinal.get()).unwrap_or(i64::MAX);
    one(
        connection,
        "SELECT body FROM deleted_coupons WHERE ordinal = ?1 AND sandbox = ?2",
        params![column, sandbox_column(sandbox)],
        |row| {
            let id = || format!("with ordinal {column}");
            Ok(decoded(blob(row, 0)?, id, row::decode_coupon))
        },
    )
}

/// A webhook endpoint.
pub(crate) fn webhook_endpoint(
    connection: &Connection,
    sandbox: SandboxId,
    id: &WebhookEndpointId,
) -> Result<Option<Stored<WebhookEndpoint>>, StoreError> {
    one(
        connection,
        "SELECT version, body FROM webhook_endpoints WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| stored(row, || id.to_string(), row::decode_webhook_endpoint),
    )
}

/// A customer.
pub(crate) fn customer(
    connection: &Connection,
    sandbox: SandboxId,
    id: &CustomerId,
) -> Result<Option<Stored<Customer>>, StoreError> {
    one(
        connection,
        "SELECT version, body FROM customers WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| stored(row, || id.to_string(), row::decode_customer),
    )
}

/// What remains of a customer that was deleted.
pub(crate) fn deleted_customer(
    connection: &Connection,
    sandbox: SandboxId,
    id: &CustomerId,
) -> Result<Option<DeletedCustomer>, StoreError> {
    one(
        connection,
        "SELECT body FROM deleted_customers WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| Ok(decoded(blob(row, 0)?, || id.to_string(), row::decode_deleted_customer)),
    )
}

/// An Event.
pub(crate) fn event(
    connection: &Connection,
    sandbox: SandboxId,
    id: &EventId,
) -> Result<Option<Event>, StoreError> {
    one(
        connection,
        "SELECT body FROM events WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| Ok(decoded(blob(row, 0)?, || id.to_string(), row::decode_event)),
    )
}

/// What a query names. To be asked within a snapshot.
pub(crate) fn catalog(
    connection: &Connection,
    sandbox: SandboxId,
    query: &CatalogQuery,
) -> Result<Catalog, StoreError> {
    let mut catalog = Catalog::default();
    add_to_catalog(connection, sandbox, Vec::new(), query, &mut catalog)?;
    Ok(catalog)
}

/// Adds what a query names to a catalog, and the Products of `shown` Prices.
fn add_to_catalog(
    connection: &Connection,
    sandbox: SandboxId,
    shown: Vec<Price>,
    query: &CatalogQuery,
    catalog: &mut Catalog,
) -> Result<(), StoreError> {
    let named = prices(connection, sandbox, query.prices.iter())?;
    let of_prices = shown.iter().chain(&named).map(|price| &price.product);
    let products = products(connection, sandbox, of_prices.chain(&query.products))?;
    catalog.extend(shown.into_iter().chain(named), products);
    let codes = each(&query.promotion_codes, |id| promotion_codes::find(connection, sandbox, id))?;
    let of_codes = codes.iter().map(|code| &code.coupon);
    let coupons = each(query.coupons.iter().chain(of_codes), |id| coupon(connection, sandbox, id))?;
    catalog.add_coupons(coupons);
    catalog.add_promotion_codes(codes);
    catalog.add_tax_rates(each(&query.tax_rates, |id| tax_rate(connection, sandbox, id))?);
    let rates = each(&query.shipping_rates, |id| shipping_rate(connection, sandbox, id))?;
    catalog.add_shipping_rates(rates);
    Ok(())
}

/// A session and nothing else.
pub(crate) fn session(
    connection: &Connection,
    sandbox: SandboxId,
    id: &CheckoutSessionId,
) -> Result<Option<Cart>, StoreError> {
    let session = one(
        connection,
        "SELECT version, body FROM checkout_sessions WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| stored(row, || id.to_string(), row::decode_checkout_session),
    )?;
    let catalog = Catalog::default();
    Ok(session.map(|session| Cart { session, catalog }))
}

/// A session with what else a query asks for. To be asked within a snapshot.
pub(crate) fn cart(
    connection: &Connection,
    sandbox: SandboxId,
    id: &CheckoutSessionId,
    query: &CartQuery,
) -> Result<Option<Cart>, StoreError> {
    let Some(mut cart) = session(connection, sandbox, id)? else {
        return Ok(None);
    };
    let mut shown = Vec::new();
    if query.lines != LineDetail::None {
        let session = &cart.session.value;
        let of_lines = prices(connection, sandbox, session.lines.iter().map(|line| &line.price))?;
        let rates = each(session.tax_rates(), |id| tax_rate(connection, sandbox, id))?;
        cart.catalog.add_tax_rates(rates);
        match query.lines {
            LineDetail::Products => shown = of_lines,
            LineDetail::Prices | LineDetail::None => cart.catalog.extend(of_lines, []),
        }
    }
    if query.promotion_code {
        let of_session = &cart.session.value.discount;
        let code = of_session.iter().flat_map(|discount| &discount.promotion_code);
        let codes = each(code, |id| promotion_codes::find(connection, sandbox, id))?;
        cart.catalog.add_promotion_codes(codes);
    }
    if query.shipping_rates {
        let options = cart.session.value.shipping.options.iter().map(|option| &option.rate);
        let rates = each(options, |id| shipping_rate(connection, sandbox, id))?;
        cart.catalog.add_shipping_rates(rates);
    }
    add_to_catalog(connection, sandbox, shown, &query.named, &mut cart.catalog)?;
    Ok(Some(cart))
}

/// What there is of these ids, each looked up once.
fn each<'a, I: Ord + 'a, T>(
    ids: impl IntoIterator<Item = &'a I>,
    look_up: impl Fn(&I) -> Result<Option<Stored<T>>, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let ids: BTreeSet<&I> = ids.into_iter().collect();
    let found: Result<Vec<_>, _> = ids.into_iter().map(look_up).collect();
    Ok(found?.into_iter().flatten().map(|stored| stored.value).collect())
}

fn prices<'a>(
    connection: &Connection,
    sandbox: SandboxId,
    ids: impl Iterator<Item = &'a PriceId>,
) -> Result<Vec<Price>, StoreError> {
    each(ids, |id| price(connection, sandbox, id))
}

fn products<'a>(
    connection: &Connection,
    sandbox: SandboxId,
    ids: impl Iterator<Item = &'a ProductId>,
) -> Result<Vec<Product>, StoreError> {
    each(ids, |id| product(connection, sandbox, id))
}

/// The largest ordinal of any object.
pub(crate) fn last_ordinal(connection: &Connection) -> Result<Option<Ordinal>, StoreError> {
    let largest: Option<i64> = connection
        .query_row(
            "SELECT max(ordinal) FROM (
                 SELECT max(ordinal) AS ordinal FROM products
                 UNION ALL SELECT max(ordinal) FROM prices
                 UNION ALL SELECT max(ordinal) FROM coupons
                 UNION ALL SELECT max(ordinal) FROM shipping_rates
                 UNION ALL SELECT max(ordinal) FROM tax_rates
                 UNION ALL SELECT max(ordinal) FROM deleted_coupons
                 UNION ALL SELECT max(ordinal) FROM promotion_codes
                 UNION ALL SELECT max(ordinal) FROM webhook_endpoints
                 UNION ALL SELECT max(ordinal) FROM checkout_sessions
                 UNION ALL SELECT max(ordinal) FROM customers
                 UNION ALL SELECT max(ordinal) FROM deleted_customers
                 UNION ALL SELECT max(ordinal) FROM events)",
            [],
            |row| row.get(0),
        )
        .map_err(|error| unavailable(&error))?;
    Ok(largest.map(|ordinal| Ordinal::new(ordinal.cast_unsigned())))
}

/// Decodes a row's body; an error names the row.
pub(crate) fn decoded<T>(
    bytes: &[u8],
    id: impl FnOnce() -> String,
    decode: impl FnOnce(&[u8]) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    decode(bytes).map_err(|error| match error {
        StoreError::Inconsistent { table, what, .. } => {
            StoreError::Inconsistent { table, id: id(), what }
        }
        other => other,
    })
}

/// A column of bytes, without copying them.
pub(crate) fn blob<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a [u8]> {
    let value = row.get_ref(column)?;
    value.as_blob().map_err(FromSqlError::into)
}

/// Column 0 is the version, column 1 the body.
pub(crate) fn stored<T>(
    row: &Row<'_>,
    id: impl FnOnce() -> String,
    decode: impl FnOnce(&[u8]) -> Result<T, StoreError>,
) -> rusqlite::Result<Result<Stored<T>, StoreError>> {
    let version = row.get::<_, i64>(0)?.cast_unsigned();
    Ok(decoded(blob(row, 1)?, id, decode)
        .map(|value| Stored { value, version: RowVersion(version) }))
}

/// The one row that a statement finds, if any.
pub(crate) fn one<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<Result<T, StoreError>>,
) -> Result<Option<T>, StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_row(params, read).optional())
        .map_err(|error| unavailable(&error))?
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_looked_for_in_every_table_that_has_some() {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::schema::migrate(&mut connection).unwrap();
        let mut statement = connection
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table'
                 AND name NOT IN ('api_keys', 'deleted_coupons', 'deleted_customers')
                 AND (SELECT count(*) FROM pragma_table_info(sqlite_schema.name) AS columns
                      WHERE columns.name IN ('sandbox', 'id', 'ordinal')) = 3",
            )
            .unwrap();
        let tables = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let mut tables: Vec<String> = tables.map(Result::unwrap).collect();
        tables.sort();
        let mut listed = OBJECTS.map(str::to_owned);
        listed.sort();
        assert_eq!(tables, listed);
    }
}
