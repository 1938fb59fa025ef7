//! Lists: filters and pages as conditions of one statement.

use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::checkout_session::{CheckoutSession, Status};
use paydesk_domain::event::Event;
use paydesk_domain::id::ProductId;
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::time::Timestamp;
use paydesk_store::{
    Bound, CheckoutSessionFilter, CreatedRange, Cursor, EventFilter, Page, PageRequest,
    PriceFilter, ProductFilter, StoreError, row,
};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use crate::encode::sandbox_column;
use crate::find::{blob, decoded};
use crate::readers::unavailable;

/// Products, newest first.
pub(crate) fn products(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &ProductFilter,
    page: PageRequest,
) -> Result<Page<Product>, StoreError> {
    let mut question = Question::about("products", sandbox);
    question.created(filter.created);
    question.equal("active", filter.active);
    question.any_of("id", filter.ids.iter().map(ProductId::as_str));
    question.page(connection, page, row::decode_product)
}

/// Prices, newest first.
pub(crate) fn prices(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &PriceFilter,
    page: PageRequest,
) -> Result<Page<Price>, StoreError> {
    let mut question = Question::about("prices", sandbox);
    question.created(filter.created);
    question.equal("active", filter.active);
    question.equal("currency", filter.currency.map(|currency| currency.code().to_owned()));
    question.equal("product", filter.product.as_ref().map(ToString::to_string));
    question.equal("is_recurring", filter.recurring);
    question.any_of("lookup_key", filter.lookup_keys.iter().map(String::as_str));
    question.page(connection, page, row::decode_price)
}

/// Sessions as they are stored, newest first.
pub(crate) fn checkout_sessions(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &CheckoutSessionFilter,
    page: PageRequest,
) -> Result<Page<CheckoutSession>, StoreError> {
    let mut question = Question::about("checkout_sessions", sandbox);
    question.created(filter.created);
    question.equal("customer_email", filter.customer_email.clone());
    if let Some(status) = filter.status {
        question.status_at(status, filter.now);
    }
    question.page(connection, page, row::decode_checkout_session)
}

/// Events, newest first.
pub(crate) fn events(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &EventFilter,
    page: PageRequest,
) -> Result<Page<Event>, StoreError> {
    let mut question = Question::about("events", sandbox);
    question.created(filter.created);
    question.types(&filter.types);
    question.page(connection, page, row::decode_event)
}

/// A statement in the making. What a request sent is only ever bound, never part of the text.
struct Question {
    sql: String,
    values: Vec<Value>,
}

impl Question {
    fn about(table: &'static str, sandbox: SandboxId) -> Self {
        Self {
            sql: format!("SELECT id, body FROM {table} WHERE sandbox = ?"),
            values: vec![sandbox_column(sandbox).into()],
        }
    }

    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend(values);
    }

    fn equal(&mut self, column: &'static str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.and(&format!("{column} = ?"), [value.into()]);
        }
    }

    fn any_of<'a>(&mut self, column: &'static str, texts: impl Iterator<Item = &'a str>) {
        let values: Vec<Value> = texts.map(|text| Value::from(text.to_owned())).collect();
        if !values.is_empty() {
            let places = vec!["?"; values.len()].join(", ");
            self.and(&format!("{column} IN ({places})"), values);
        }
    }

    fn created(&mut self, range: CreatedRange) {
        if let Some(from) = range.from {
            self.and("created >= ?", [from.as_seconds().into()]);
        }
        if let Some(to) = range.to {
            self.and("created <= ?", [to.as_seconds().into()]);
        }
    }

    /// A session that is stored as open is expired once its time is up.
    fn status_at(&mut self, status: Status, now: Timestamp) {
        let now = Value::from(now.as_seconds());
        match status {
            Status::Open => self.and("status = 'open' AND expires_at > ?", [now]),
            Status::Complete => self.and("status = 'complete'", []),
            Status::Expired => {
                self.and("(status = 'expired' OR (status = 'open' AND expires_at <= ?))", [now]);
            }
        }
    }

    /// One of these types, or one that begins as a type with a star does.
    fn types(&mut self, types: &[String]) {
        if types.is_empty() {
            return;
        }
        let mut conditions = Vec::with_capacity(types.len());
        let mut values = Vec::with_capacity(types.len());
        for name in types {
            if let Some(prefix) = name.strip_suffix('*') {
                conditions.push("substr(type, 1, length(?)) = ?");
                values.push(Value::from(prefix.to_owned()));
                values.push(Value::from(prefix.to_owned()));
            } else {
                conditions.push("type = ?");
                values.push(Value::from(name.clone()));
            }
        }
        self.and(&format!("({})", conditions.join(" OR ")), values);
    }

    /// Asks for the objects in the direction of travel, and for one more, which says whether there
    /// are more.
    fn page<T>(
        mut self,
        connection: &Connection,
        page: PageRequest,
        decode: fn(&[u8]) -> Result<T, StoreError>,
    ) -> Result<Page<T>, StoreError> {
        let place = |cursor: Cursor| {
            [
                Value::from(cursor.created.as_seconds()),
                // No object is stored behind the largest integer of a column.
                Value::from(i64::try_from(cursor.ordinal.get()).unwrap_or(i64::MAX)),
            ]
        };
        let direction = match page.bound {
            Bound::Newest => "DESC",
            Bound::After(cursor) => {
                self.and("(created, ordinal) < (?, ?)", place(cursor));
                "DESC"
            }
            Bound::Before(cursor) => {
                self.and("(created, ordinal) > (?, ?)", place(cursor));
                "ASC"
            }
        };
        self.sql.push_str(&format!(" ORDER BY created {direction}, ordinal {direction} LIMIT ?"));
        let rows = page.limit.saturating_add(1);
        self.values.push(i64::try_from(rows).unwrap_or(i64::MAX).into());
        let objects = self.objects(connection, decode)?;
        Ok(Page::from_rows(objects, page))
    }

    fn objects<T>(
        &self,
        connection: &Connection,
        decode: fn(&[u8]) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let object = |row: &Row<'_>| {
            let id: String = row.get(0)?;
            Ok(decoded(blob(row, 1)?, || id, decode))
        };
        let rows: rusqlite::Result<Vec<Result<T, StoreError>>> =
            connection.prepare_cached(&self.sql).and_then(|mut statement| {
                statement.query_map(params_from_iter(&self.values), object)?.collect()
            });
        rows.map_err(|error| unavailable(&error))?.into_iter().collect()
    }
}
