//! Parameters of lists: pages and filters.

use paydesk_domain::checkout_session::Status;
use paydesk_domain::id::{CouponId, CustomerId, ObjectId, ProductId};
use paydesk_domain::listing::{
    CheckoutSessionFilter, CouponFilter, CreatedRange, CustomerFilter, EventFilter, PriceFilter,
    ProductFilter, PromotionCodeFilter, ShippingRateFilter, TaxRateFilter,
};
use paydesk_domain::time::Timestamp;

use super::catalog::{INTERVALS, PRODUCT_KINDS, USAGE_TYPES};
use super::customers::EMAIL_CHARS_MAX;
use crate::form::{Choices, Fields};

/// Objects on a page where the request does not say.
const LIMIT_DEFAULT: usize = 10;
const LIMIT_MAX: i64 = 100;
const IDS_MAX: usize = 100;
const LOOKUP_KEYS_MAX: usize = 10;
const TYPES_MAX: usize = 20;

/// What a session can belong to, as the filters of its list name it.
const LINKS: [&str; 4] = ["customer_account", "payment_intent", "payment_link", "subscription"];

const PRICE_TYPES: Choices<bool> = &[("one_time", Some(false)), ("recurring", Some(true))];
const STATUSES: Choices<Status> = &[
    ("complete", Some(Status::Complete)),
    ("expired", Some(Status::Expired)),
    ("open", Some(Status::Open)),
];

/// Which part of which list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery<F> {
    /// Which objects.
    pub filter: F,
    /// Which of them.
    pub page: PageQuery,
}

/// Which part of a list, by the ids at its edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageQuery {
    /// How many objects at most.
    pub limit: usize,
    /// Older ones than this.
    pub starting_after: Option<String>,
    /// Newer ones than this.
    pub ending_before: Option<String>,
}

/// Reads a query for Products.
pub fn list_products(fields: &mut Fields<'_>) -> Option<ListQuery<ProductFilter>> {
    // A list of given objects is no part of the whole list.
    fields.at_most_one(&["ids", "starting_after"]);
    fields.at_most_one(&["ids", "ending_before"]);
    let ids = fields.texts("ids", IDS_MAX).unwrap_or_default();
    let filter = ProductFilter {
        active: fields.boolean("active"),
        created: created(fields),
        ids: ids.into_iter().map(ProductId::from_text).collect(),
        shippable: fields.boolean("shippable"),
        kind: fields.choice("type", PRODUCT_KINDS),
        url: fields.text("url"),
    };
    Some(ListQuery { filter, page: page(fields) })
}

/// Reads a query for Prices.
pub fn list_prices(fields: &mut Fields<'_>) -> Option<ListQuery<PriceFilter>> {
    let recurring = fields.object("recurring", |fields| {
        let interval = fields.choice("interval", INTERVALS);
        let is_metered = fields.choice("usage_type", USAGE_TYPES);
        Some((interval, is_metered, fields.text("meter")))
    });
    let (interval, is_metered, meter) = recurring.unwrap_or_default();
    let filter = PriceFilter {
        interval,
        is_metered,
        meter,
        active: fields.boolean("active"),
        created: created(fields),
        currency: fields.currency("currency"),
        product: fields.text("product").map(ProductId::from_text),
        recurring: fields.choice("type", PRICE_TYPES),
        lookup_keys: fields.texts("lookup_keys", LOOKUP_KEYS_MAX).unwrap_or_default(),
    };
    Some(ListQuery { filter, page: page(fields) })
}

/// Reads a query for Coupons.
pub fn list_coupons(fields: &mut Fields<'_>) -> Option<ListQuery<CouponFilter>> {
    let filter = CouponFilter { created: created(fields) };
    Some(ListQuery { filter, page: page(fields) })
}

/// Reads a query for shipping rates.
pub fn list_shipping_rates(fields: &mut Fields<'_>) -> Option<ListQuery<ShippingRateFilter>> {
    let filter = ShippingRateFilter {
        active: fields.boolean("active"),
        created: created(fields),
        currency: fields.currency("currency"),
    };
    Some(ListQuery { filter, page: page(fields) })
}

/// Reads a query for tax rates.
pub fn list_tax_rates(fields: &mut Fields<'_>) -> Option<ListQuery<TaxRateFilter>> {
    let filter = TaxRateFilter {
        active: fields.boolean("active"),
        created: created(fields),
        inclusive: fields.boolean("inclusive"),
    };
    Some(ListQuery { filter, page: page(fields) })
}
/// Reads a query for promotion codes as they are at `now`.
pub fn list_promotion_codes(
    fields: &mut Fields<'_>,
    now: Timestamp,
) -> Option<ListQuery<PromotionCodeFilter>> {
    let filter = PromotionCodeFilter {
        now,
        active: fields.boolean("active"),
        code: fields.text("code"),
        coupon: fields.text("coupon").map(CouponId::from_text),
        customer: fields.text("customer").map(CustomerId::from_text),
        created: created(fields),
        is_for_account: fields.text("customer_account").is_some(),
    };
    Some(ListQuery { filter, page: page(fields) })
}

/// Reads a query for webhook endpoints.
pub fn list_webhook_endpoints(fields: &mut Fields<'_>) -> Option<PageQuery> {
    Some(page(fields))
}

/// Reads a query for sessions as they are at `now`.
pub fn list_checkout_sessions(
    fields: &mut Fields<'_>,
    now: Timestamp,
) -> Option<ListQuery<CheckoutSessionFilter>> {
    let customer_email = fields.object("customer_details", |fields| {
        let email = fields.required_text("email", 800);
        Some(email)
    });
    let filter = CheckoutSessionFilter {
        now,
        status: fields.choice("status", STATUSES),
        created: created(fields),
        customer_email: customer_email.flatten(),
        customer: fields.text("customer").map(CustomerId::from_text),
        is_linked: LINKS.iter().filter_map(|name| fields.text(name)).count() > 0,
    };
    Some(ListQuery { filter, page: page(fields) })
}

/// Reads a query for Events.
pub fn list_events(fields: &mut Fields<'_>) -> Option<ListQuery<EventFilter>> {
    fields.at_most_one(&["type", "types"]);
    let one = fields.text("type");
    let several = fields.texts("types", TYPES_MAX).unwrap_or_default();
    let filter = EventFilter {
        types: one.into_iter().chain(several).collect(),
        created: created(fields),
        delivery_success: fields.boolean("delivery_success"),
    };
    Some(ListQuery { filter, page: page(fields) })
}

/// Reads a query for customers.
pub fn list_customers(fields: &mut Fields<'_>) -> Option<ListQuery<CustomerFilter>> {
    let filter = CustomerFilter {
        created: created(fields),
        email: fields.text_up_to("email", EMAIL_CHARS_MAX),
    };
    Some(ListQuery { filter, page: page(fields) })
}

/// Reads a query for the tax ids of a customer.
pub fn list_tax_ids(fields: &mut Fields<'_>) -> Option<PageQuery> {
    Some(page(fields))
}

/// Reads a query for the lines of a session.
pub fn list_line_items(fields: &mut Fields<'_>) -> Option<PageQuery> {
    Some(page(fields))
}

pub(super) fn page(fields: &mut Fields<'_>) -> PageQuery {
    fields.at_most_one(&["starting_after", "ending_before"]);
    PageQuery {
        limit: limit(fields),
        starting_after: fields.text("starting_after"),
        ending_before: fields.text("ending_before"),
    }
}

/// How many objects a page has at most.
pub(super) fn limit(fields: &mut Fields<'_>) -> usize {
    let limit = fields.integer("limit", 1, LIMIT_MAX);
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(LIMIT_DEFAULT)
}

/// `created`, as one second or as bounds.
fn created(fields: &mut Fields<'_>) -> CreatedRange {
    if fields.is_text("created") {
        let at = fields.timestamp("created");
        return CreatedRange { from: at, to: at };
    }
    let range = fields.object("created", |fields| {
        let after = fields.timestamp("gt").map(|at| at.plus_seconds(1));
        let from = fields.timestamp("gte");
        let before = fields.timestamp("lt").map(|at| at.plus_seconds(-1));
        let to = fields.timestamp("lte");
        Some(CreatedRange { from: latest(after, from), to: earliest(before, to) })
    });
    range.unwrap_or_default()
}

/// The later of two bounds, where both are given.
fn latest(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.max(other)
}

/// The earlier of two bounds, where both are given.
fn earliest(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    [one, other].into_iter().flatten().min()
}
