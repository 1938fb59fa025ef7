//! A question about many objects, put together from conditions.

use paydesk_domain::checkout_session::Status;
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::search::SearchQuery;
use paydesk_domain::time::Timestamp;
use paydesk_store::{
    Bound, CreatedRange, Cursor, Found, Page, PageRequest, SearchRequest, StoreError,
};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use crate::encode::sandbox_column;
use crate::find::{blob, decoded};
use crate::readers::unavailable;

/// A statement in the making. What a request sent is only ever bound, never part of the text.
#[derive(Clone)]
pub(crate) struct Question {
    sql: String,
    values: Vec<Value>,
    /// How `created` is written. SQLite likes to read by an index in the wanted order, even all
    /// objects for one. A plus sign keeps it from that.
    created: &'static str,
}

impl Question {
    /// The objects of a table that are a sandbox's.
    pub(crate) fn about(table: &'static str, sandbox: SandboxId) -> Self {
        Self {
            sql: format!("SELECT id, body FROM {table} WHERE sandbox = ?"),
            values: vec![sandbox_column(sandbox).into()],
            created: "created",
        }
    }

    /// Whose column has this value, where one is asked for.
    pub(crate) fn equal(&mut self, column: &'static str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.and(&format!("{column} = ?"), [value.into()]);
        }
    }

    /// Whose column has one of these texts, where any are given. Few objects do, so they are read
    /// by that column and then sorted: to be said before anything about `created`.
    pub(crate) fn any_of<'a>(
        &mut self,
        column: &'static str,
        texts: impl Iterator<Item = &'a str>,
    ) {
        let values: Vec<Value> = texts.map(|text| Value::from(text.to_owned())).collect();
        if !values.is_empty() {
            let places = vec!["?"; values.len()].join(", ");
            self.and(&format!("{column} IN ({places})"), values);
            self.created = "+created";
        }
    }

    /// Created within these bounds.
    pub(crate) fn created(&mut self, range: CreatedRange) {
        if let Some(from) = range.from {
            self.and(&format!("{} >= ?", self.created), [from.as_seconds().into()]);
        }
        if let Some(to) = range.to {
            self.and(&format!("{} <= ?", self.created), [to.as_seconds().into()]);
        }
    }

    /// No object: for a condition that none can meet.
    pub(crate) fn nothing(&mut self) {
        self.and("0", []);
    }

    /// A session that is stored as open is expired once its time is up.
    pub(crate) fn status_at(&mut self, status: Status, now: Timestamp) {
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
    pub(crate) fn types(&mut self, types: &[String]) {
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
    pub(crate) fn page<T>(
        mut self,
        connection: &Connection,
        page: PageRequest,
        decode: fn(&[u8]) -> Result<T, StoreError>,
    ) -> Result<Page<T>, StoreError> {
        self.within(page);
        let objects = self.objects(connection, decode)?;
        Ok(Page::from_rows(objects, page))
    }

    /// Asks for the objects that a query matches, newest first. They are looked through in the
    /// order of lists until a page is full; to count them, all are looked through.
    pub(crate) fn search<T>(
        mut self,
        connection: &Connection,
        query: &SearchQuery<T>,
        request: SearchRequest,
        decode: fn(&[u8]) -> Result<T, StoreError>,
    ) -> Result<Found<T>, StoreError> {
        let total_count = if request.counts {
            let mut all = self.clone();
            all.in_order("DESC");
            let mut count = 0;
            all.look_through(connection, decode, |object| {
                count += usize::from(query.matches(&object));
                count < SearchRequest::COUNT_MAX
            })?;
            Some(count)
        } else {
            None
        };
        let bound = request.after.map_or(Bound::Newest, Bound::After);
        let direction = self.beyond(bound);
        self.in_order(direction);
        let mut found = Vec::new();
        self.look_through(connection, decode, |object| {
            if query.matches(&object) {
                found.push(object);
            }
            found.len() <= request.limit
        })?;
        let page = Page::from_rows(found, PageRequest { limit: request.limit, bound });
        Ok(Found { page, total_count })
    }

    pub(crate) fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend(values);
    }

    fn within(&mut self, page: PageRequest) {
        let direction = self.beyond(page.bound);
        self.in_order(direction);
        self.sql.push_str(" LIMIT ?");
        let rows = page.limit.saturating_add(1);
        self.values.push(i64::try_from(rows).unwrap_or(i64::MAX).into());
    }

    /// Beyond a bound; returns the direction of travel.
    fn beyond(&mut self, bound: Bound) -> &'static str {
        let place = |cursor: Cursor| {
            [
                Value::from(cursor.created.as_seconds()),
                // No object is stored behind the largest integer of a column.
                Value::from(i64::try_from(cursor.ordinal.get()).unwrap_or(i64::MAX)),
            ]
        };
        let created = self.created;
        match bound {
            Bound::Newest => "DESC",
            Bound::After(cursor) => {
                self.and(&format!("({created}, ordinal) < (?, ?)"), place(cursor));
                "DESC"
            }
            Bound::Before(cursor) => {
                self.and(&format!("({created}, ordinal) > (?, ?)"), place(cursor));
                "ASC"
            }
        }
    }

    fn in_order(&mut self, direction: &str) {
        let created = self.created;
        let order = format!(" ORDER BY {created} {direction}, ordinal {direction}");
        self.sql.push_str(&order);
    }

    fn objects<T>(
        &self,
        connection: &Connection,
        decode: fn(&[u8]) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut objects = Vec::new();
        self.look_through(connection, decode, |object| {
            objects.push(object);
            true
        })?;
        Ok(objects)
    }

    /// Shows the objects one by one to somebody who says whether to go on.
    fn look_through<T>(
        &self,
        connection: &Connection,
        decode: fn(&[u8]) -> Result<T, StoreError>,
        mut goes_on: impl FnMut(T) -> bool,
    ) -> Result<(), StoreError> {
        let failed = |error: rusqlite::Error| unavailable(&error);
        let mut statement = connection.prepare_cached(&self.sql).map_err(failed)?;
        let mut rows = statement.query(params_from_iter(&self.values)).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            if !goes_on(object(row, decode)?) {
                break;
            }
        }
        Ok(())
    }
}

/// The object of a row whose column 0 is its id and column 1 its body.
fn object<T>(
    row: &Row<'_>,
    decode: impl FnOnce(&[u8]) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let failed = |error: rusqlite::Error| unavailable(&error);
    let id: String = row.get(0).map_err(failed)?;
    decoded(blob(row, 1).map_err(failed)?, || id, decode)
}

#[cfg(test)]
mod tests {
    use paydesk_domain::id::Ordinal;

    use super::*;

    #[test]
    fn every_page_is_read_from_an_index_in_its_order() {
        let cursor = Cursor { created: Timestamp::from_seconds(1), ordinal: Ordinal::new(1) };
        let tables = [
            "products",
            "prices",
            "coupons",
            "shipping_rates",
            "tax_rates",
            "promotion_codes",
            "webhook_endpoints",
            "checkout_sessions",
            "customers",
            "events",
        ];
        for table in tables {
            for bound in [Bound::Newest, Bound::After(cursor), Bound::Before(cursor)] {
                let plan = plan(Question::about(table, SandboxId(1)), bound);
                assert!(plan.contains(&format!("{table}_by_created")), "{plan}");
                assert!(!plan.contains("TEMP B-TREE"), "{plan}");
            }
        }
    }

    #[test]
    fn what_is_named_is_looked_up_and_not_searched_for() {
        let named = |table, column, count: usize| {
            let mut question = Question::about(table, SandboxId(1));
            question.any_of(column, ["one", "two", "three"].into_iter().take(count));
            question.created(CreatedRange { from: Some(Timestamp::from_seconds(1)), to: None });
            question
        };
        for (table, column, index) in [
            ("prices", "lookup_key", "prices_by_lookup_key"),
            ("products", "id", "sqlite_autoindex_products_1"),
        ] {
            for count in 1..=3 {
                let plan = plan(named(table, column, count), Bound::Newest);
                assert!(plan.contains(index), "{plan}");
            }
        }
    }

    #[test]
    fn prices_of_a_product_and_sessions_of_a_buyer_have_an_index() {
        for (table, column, index) in [
            ("prices", "product", "prices_by_product"),
            ("checkout_sessions", "customer_email", "checkout_sessions_by_email"),
            ("checkout_sessions", "customer", "checkout_sessions_by_customer"),
            ("customers", "email", "customers_by_email"),
            ("promotion_codes", "code", "promotion_codes_by_code"),
            ("promotion_codes", "coupon", "promotion_codes_by_coupon"),
            ("promotion_codes", "customer", "promotion_codes_by_customer"),
        ] {
            let mut question = Question::about(table, SandboxId(1));
            question.equal(column, Some("text".to_owned()));
            let plan = plan(question, Bound::Newest);
            assert!(plan.contains(index), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }

    fn plan(mut question: Question, bound: Bound) -> String {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::schema::migrate(&mut connection).unwrap();
        question.within(PageRequest { limit: 10, bound });
        let sql = format!("EXPLAIN QUERY PLAN {}", question.sql);
        let mut statement = connection.prepare(&sql).unwrap();
        let steps = statement
            .query_map(params_from_iter(&question.values), |row| row.get::<_, String>(3))
            .unwrap();
        steps.collect::<rusqlite::Result<Vec<_>>>().unwrap().join("; ")
    }
}
