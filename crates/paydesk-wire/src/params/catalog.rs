//! Parameters of Products and Prices.

use paydesk_domain::catalog::{
    CreatePrice, CreateProduct, DefaultPriceData, InlineProduct, Interval, NewPriceProduct,
    ProductDetails, Recurring, TaxBehavior, UpdatePrice, UpdateProduct,
};
use paydesk_domain::id::{ObjectId, PriceId, ProductId};
use paydesk_domain::money::UnitAmount;
use paydesk_domain::patch::Patch;

use crate::form::{Choices, Fields};

const NAME_CHARS_MAX: usize = 5000;
const DESCRIPTION_CHARS_MAX: usize = 40_000;
const TEXT_CHARS_MAX: usize = 5000;
const ID_CHARS_MAX: usize = 255;
const IMAGES_MAX: usize = 8;
const STATEMENT_DESCRIPTOR_CHARS_MAX: usize = 22;
const UNIT_LABEL_CHARS_MAX: usize = 12;
const LOOKUP_KEY_CHARS_MAX: usize = 200;
/// More than any currency can charge; the total of a cart has its own bound.
const UNIT_AMOUNT_MAX: i64 = 999_999_999_999;

const TAX_BEHAVIORS: Choices<TaxBehavior> = &[
    ("exclusive", Some(TaxBehavior::Exclusive)),
    ("inclusive", Some(TaxBehavior::Inclusive)),
    ("unspecified", Some(TaxBehavior::Unspecified)),
];
const INTERVALS: Choices<Interval> = &[
    ("day", Some(Interval::Day)),
    ("week", Some(Interval::Week)),
    ("month", Some(Interval::Month)),
    ("year", Some(Interval::Year)),
];
const USAGE_TYPES: Choices<()> = &[("licensed", Some(())), ("metered", None)];
const BILLING_SCHEMES: Choices<()> = &[("per_unit", Some(())), ("tiered", None)];

/// Reads a new Product.
pub fn create_product(fields: &mut Fields<'_>) -> Option<CreateProduct> {
    let id = fields.text_up_to("id", ID_CHARS_MAX).map(ProductId::from_text);
    let active = fields.boolean("active").unwrap_or(true);
    let metadata = fields.metadata("metadata");
    let was_sent = fields.is_sent("default_price_data");
    let default_price_data = fields.object("default_price_data", default_price_data);
    let details = ProductDetails {
        shippable: fields.boolean("shippable"),
        url: fields.url("url"),
        statement_descriptor: fields
            .text_up_to("statement_descriptor", STATEMENT_DESCRIPTOR_CHARS_MAX),
        ..inline_details(fields)?
    };
    if was_sent && default_price_data.is_none() {
        return None;
    }
    Some(CreateProduct { id, active, details, metadata, default_price_data })
}

/// Reads changes of a Product.
pub fn update_product(fields: &mut Fields<'_>) -> Option<UpdateProduct> {
    let default_price = fields.text("default_price").map(PriceId::from_text);
    Some(UpdateProduct {
        active: fields.boolean("active"),
        default_price: default_price.map_or(Patch::Keep, Patch::Set),
        name: fields.text_up_to("name", NAME_CHARS_MAX),
        description: fields.text_patch("description", DESCRIPTION_CHARS_MAX),
        images: fields.texts_patch("images", IMAGES_MAX),
        shippable: fields.boolean("shippable"),
        statement_descriptor: fields
            .text_patch("statement_descriptor", STATEMENT_DESCRIPTOR_CHARS_MAX),
        tax_code: fields.text_patch("tax_code", TEXT_CHARS_MAX),
        unit_label: fields.text_patch("unit_label", UNIT_LABEL_CHARS_MAX),
        url: fields.url_patch("url"),
        metadata: fields.metadata("metadata"),
    })
}

/// Reads a new Price.
pub fn create_price(fields: &mut Fields<'_>) -> Option<CreatePrice> {
    fields.exactly_one(&["product", "product_data"]);
    let existing = fields.text("product").map(ProductId::from_text);
    let made = fields.object("product_data", product_data);
    let product =
        existing.map(NewPriceProduct::Existing).or_else(|| made.map(NewPriceProduct::New));
    let currency_was_sent = fields.is_sent("currency");
    let currency = fields.currency("currency");
    let currency = fields.required("currency", currency, currency_was_sent);
    fields.choice("billing_scheme", BILLING_SCHEMES);
    let unit_amount = unit_amount(fields);
    let (recurring_was_sent, recurring) = (fields.is_sent("recurring"), recurring(fields));
    let price = CreatePrice {
        active: fields.boolean("active").unwrap_or(true),
        tax_behavior: tax_behavior(fields).unwrap_or_default(),
        lookup_key: fields.text_up_to("lookup_key", LOOKUP_KEY_CHARS_MAX),
        transfer_lookup_key: fields.boolean("transfer_lookup_key").unwrap_or(false),
        nickname: fields.text_up_to("nickname", TEXT_CHARS_MAX),
        metadata: fields.metadata("metadata"),
        product: product?,
        currency: currency?,
        unit_amount: unit_amount?,
        recurring,
    };
    (price.recurring.is_some() || !recurring_was_sent).then_some(price)
}

/// Reads changes of a Price.
pub fn update_price(fields: &mut Fields<'_>) -> Option<UpdatePrice> {
    Some(UpdatePrice {
        active: fields.boolean("active"),
        lookup_key: fields.text_patch("lookup_key", LOOKUP_KEY_CHARS_MAX),
        transfer_lookup_key: fields.boolean("transfer_lookup_key").unwrap_or(false),
        nickname: fields.text_patch("nickname", TEXT_CHARS_MAX),
        tax_behavior: tax_behavior(fields),
        metadata: fields.metadata("metadata"),
    })
}

/// Reads `product_data` of a Price, which describes less of a Product than that of a line item.
fn product_data(fields: &mut Fields<'_>) -> Option<InlineProduct> {
    let id = fields.text_up_to("id", ID_CHARS_MAX).map(ProductId::from_text);
    let active = fields.boolean("active").unwrap_or(true);
    let metadata = fields.metadata("metadata");
    let details = ProductDetails {
        statement_descriptor: fields
            .text_up_to("statement_descriptor", STATEMENT_DESCRIPTOR_CHARS_MAX),
        ..labelling_details(fields)?
    };
    Some(InlineProduct { id, active, details, metadata })
}

/// Reads the descriptive fields that a Product and `product_data` of a line item have.
pub(super) fn inline_details(fields: &mut Fields<'_>) -> Option<ProductDetails> {
    let description = fields.text_up_to("description", DESCRIPTION_CHARS_MAX);
    let images = fields.texts("images", IMAGES_MAX).unwrap_or_default();
    Some(ProductDetails { description, images, ..labelling_details(fields)? })
}

/// Reads the descriptive fields that everything which makes a Product has.
fn labelling_details(fields: &mut Fields<'_>) -> Option<ProductDetails> {
    let name = fields.required_text("name", NAME_CHARS_MAX);
    let tax_code = fields.text("tax_code");
    let unit_label = fields.text_up_to("unit_label", UNIT_LABEL_CHARS_MAX);
    Some(ProductDetails { name: name?, tax_code, unit_label, ..ProductDetails::default() })
}

/// Reads `unit_amount` or `unit_amount_decimal`.
pub(super) fn unit_amount(fields: &mut Fields<'_>) -> Option<UnitAmount> {
    fields.exactly_one(&["unit_amount", "unit_amount_decimal"]);
    let whole = fields.integer("unit_amount", 0, UNIT_AMOUNT_MAX);
    let decimal = fields.decimal("unit_amount_decimal");
    decimal.or_else(|| UnitAmount::from_minor_units(whole?).ok())
}

/// Reads `recurring`.
pub(super) fn recurring(fields: &mut Fields<'_>) -> Option<Recurring> {
    fields.object("recurring", |fields| {
        fields.choice("usage_type", USAGE_TYPES);
        let was_sent = fields.is_sent("interval");
        let interval = fields.choice("interval", INTERVALS);
        let interval = fields.required("interval", interval, was_sent);
        let count_max = interval.map_or(1, |interval| i64::from(interval.count_max()));
        let count = fields.integer("interval_count", 1, count_max).unwrap_or(1);
        Some(Recurring { interval: interval?, interval_count: u32::try_from(count).ok()? })
    })
}

/// Reads `tax_behavior`.
pub(super) fn tax_behavior(fields: &mut Fields<'_>) -> Option<TaxBehavior> {
    fields.choice("tax_behavior", TAX_BEHAVIORS)
}

fn default_price_data(fields: &mut Fields<'_>) -> Option<DefaultPriceData> {
    let was_sent = fields.is_sent("currency");
    let currency = fields.currency("currency");
    let currency = fields.required("currency", currency, was_sent);
    let unit_amount = unit_amount(fields);
    let recurring = recurring(fields);
    let tax_behavior = tax_behavior(fields).unwrap_or_default();
    let metadata = fields.metadata("metadata");
    Some(DefaultPriceData {
        currency: currency?,
        unit_amount: unit_amount?,
        recurring,
        tax_behavior,
        metadata,
    })
}
