//! Parameters of Products and Prices.

use paydesk_domain::catalog::{
    CreatePrice, CreateProduct, DefaultPriceData, InlineProduct, Interval, NewPriceProduct,
    PackageDimensions, PriceTerms, ProductDetails, ProductKind, ProductTaxDetails, Recurring,
    TaxBehavior, UpdatePrice, UpdateProduct, Usage,
};
use paydesk_domain::id::{ObjectId, PriceId, ProductId};
use paydesk_domain::patch::Patch;

use super::amounts::{amount, currency_options, per_unit_or_custom, transform_quantity};
use crate::form::{Choices, Fields, ParamProblem};

const NAME_CHARS_MAX: usize = 5000;
const DESCRIPTION_CHARS_MAX: usize = 40_000;
const TEXT_CHARS_MAX: usize = 5000;
const ID_CHARS_MAX: usize = 255;
const IMAGES_MAX: usize = 8;
pub(super) const STATEMENT_DESCRIPTOR_CHARS_MAX: usize = 22;
const UNIT_LABEL_CHARS_MAX: usize = 12;
const LOOKUP_KEY_CHARS_MAX: usize = 200;
const FEATURES_MAX: usize = 15;
const FEATURE_CHARS_MAX: usize = 80;
const TRIAL_DAYS_MAX: i64 = 730;

const TAX_BEHAVIORS: Choices<TaxBehavior> = &[
    ("exclusive", Some(TaxBehavior::Exclusive)),
    ("inclusive", Some(TaxBehavior::Inclusive)),
    ("unspecified", Some(TaxBehavior::Unspecified)),
];
pub(super) const INTERVALS: Choices<Interval> = &[
    ("day", Some(Interval::Day)),
    ("week", Some(Interval::Week)),
    ("month", Some(Interval::Month)),
    ("year", Some(Interval::Year)),
];
/// Whether metered.
pub(super) const USAGE_TYPES: Choices<bool> = &[("licensed", Some(false)), ("metered", Some(true))];
pub(super) const PRODUCT_KINDS: Choices<ProductKind> =
    &[("good", Some(ProductKind::Good)), ("service", Some(ProductKind::Service))];

/// Reads a new Product.
pub fn create_product(fields: &mut Fields<'_>) -> Option<CreateProduct> {
    let id = fields.text_up_to("id", ID_CHARS_MAX).map(ProductId::from_text);
    let active = fields.boolean("active").unwrap_or(true);
    let kind = fields.choice("type", PRODUCT_KINDS).unwrap_or_default();
    let metadata = fields.metadata("metadata");
    let was_sent = fields.is_sent("default_price_data");
    let default_price_data = fields.object("default_price_data", default_price_data);
    let details = ProductDetails {
        shippable: fields.boolean("shippable"),
        url: fields.url("url"),
        statement_descriptor: statement_descriptor(fields),
        marketing_features: marketing_features(fields).unwrap_or_default(),
        package_dimensions: package_dimensions(fields),
        tax_details: tax_details(fields),
        ..inline_details(fields)?
    };
    if was_sent && default_price_data.is_none() {
        return None;
    }
    Some(CreateProduct { id, active, kind, details, metadata, default_price_data })
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
        statement_descriptor: patch(fields, "statement_descriptor", statement_descriptor),
        tax_code: fields.text_patch("tax_code", TEXT_CHARS_MAX),
        unit_label: fields.text_patch("unit_label", UNIT_LABEL_CHARS_MAX),
        url: fields.url_patch("url"),
        marketing_features: patch(fields, "marketing_features", marketing_features),
        package_dimensions: patch(fields, "package_dimensions", package_dimensions),
        tax_details: patch(fields, "tax_details", tax_details),
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
    let amount = amount(fields);
    let currency_options = currency_options(fields).unwrap_or_default();
    let transform_quantity = transform_quantity(fields);
    let (recurring_was_sent, recurrence) = (fields.is_sent("recurring"), recurrence(fields));
    let active = fields.boolean("active").unwrap_or(true);
    let tax_behavior = tax_behavior(fields).unwrap_or_default();
    let lookup_key = fields.text_up_to("lookup_key", LOOKUP_KEY_CHARS_MAX);
    let transfer_lookup_key = fields.boolean("transfer_lookup_key").unwrap_or(false);
    let nickname = fields.text_up_to("nickname", TEXT_CHARS_MAX);
    let metadata = fields.metadata("metadata");
    let (amount, tiers_mode) = amount?;
    let price = CreatePrice {
        active,
        tax_behavior,
        lookup_key,
        transfer_lookup_key,
        nickname,
        metadata,
        product: product?,
        currency: currency?,
        amount,
        recurring: recurrence.as_ref().map(|recurrence| recurrence.interval),
        terms: PriceTerms {
            tiers_mode,
            transform_quantity,
            trial_period_days: recurrence.as_ref().and_then(|one| one.trial_period_days),
            usage: recurrence.map(|recurrence| recurrence.usage).unwrap_or_default(),
            currency_options: Vec::new(),
        },
        currency_options,
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
        currency_options: patch(fields, "currency_options", currency_options),
        metadata: fields.metadata("metadata"),
    })
}

/// Reads `product_data` of a Price, which describes less of a Product than that of a line item.
fn product_data(fields: &mut Fields<'_>) -> Option<InlineProduct> {
    let id = fields.text_up_to("id", ID_CHARS_MAX).map(ProductId::from_text);
    let active = fields.boolean("active").unwrap_or(true);
    let metadata = fields.metadata("metadata");
    let details = ProductDetails {
        statement_descriptor: statement_descriptor(fields),
        tax_details: tax_details(fields),
        ..labelling_details(fields)?
    };
    Some(InlineProduct { id, active, is_inline: false, details, metadata })
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

/// Reads `recurring` of a Price that is written out, which has an interval and nothing else.
pub(super) fn recurring(fields: &mut Fields<'_>) -> Option<Recurring> {
    fields.object("recurring", interval)
}

/// How a Price recurs.
struct Recurrence {
    interval: Recurring,
    usage: Usage,
    trial_period_days: Option<u32>,
}

/// Reads `recurring` of a Price.
fn recurrence(fields: &mut Fields<'_>) -> Option<Recurrence> {
    fields.object("recurring", |fields| {
        let is_metered = fields.choice("usage_type", USAGE_TYPES).unwrap_or(false);
        let was_sent = fields.is_sent("meter");
        let meter = fields.text_up_to("meter", TEXT_CHARS_MAX);
        let usage = if is_metered {
            let meter = fields.required("meter", meter, was_sent);
            meter.map(|meter| Usage::Metered { meter })
        } else {
            if was_sent {
                let (other, value) = ("usage_type", "metered");
                let param = fields.param("meter");
                fields.report(ParamProblem::OnlyWith { param, other, value });
            }
            Some(Usage::Licensed)
        };
        let trial = fields.integer("trial_period_days", 1, TRIAL_DAYS_MAX);
        let interval = interval(fields);
        Some(Recurrence {
            interval: interval?,
            usage: usage?,
            trial_period_days: trial.and_then(|days| u32::try_from(days).ok()),
        })
    })
}

fn interval(fields: &mut Fields<'_>) -> Option<Recurring> {
    let was_sent = fields.is_sent("interval");
    let interval = fields.choice("interval", INTERVALS);
    let interval = fields.required("interval", interval, was_sent);
    let count_max = interval.map_or(1, |interval| i64::from(interval.count_max()));
    let count = fields.integer("interval_count", 1, count_max).unwrap_or(1);
    Some(Recurring { interval: interval?, interval_count: u32::try_from(count).ok()? })
}

/// Reads `tax_behavior`.
pub(super) fn tax_behavior(fields: &mut Fields<'_>) -> Option<TaxBehavior> {
    fields.choice("tax_behavior", TAX_BEHAVIORS)
}

fn default_price_data(fields: &mut Fields<'_>) -> Option<DefaultPriceData> {
    let was_sent = fields.is_sent("currency");
    let currency = fields.currency("currency");
    let currency = fields.required("currency", currency, was_sent);
    let amount = per_unit_or_custom(fields);
    let currency_options = currency_options(fields).unwrap_or_default();
    let recurring = recurring(fields);
    let tax_behavior = tax_behavior(fields).unwrap_or_default();
    let metadata = fields.metadata("metadata");
    Some(DefaultPriceData {
        currency: currency?,
        amount: amount?,
        currency_options,
        recurring,
        tax_behavior,
        metadata,
    })
}

/// What stands on a bank statement: some marks have no place there, and it says something.
pub(super) fn statement_descriptor(fields: &mut Fields<'_>) -> Option<String> {
    let text = fields.text_up_to("statement_descriptor", STATEMENT_DESCRIPTOR_CHARS_MAX)?;
    let has_letter = text.chars().any(char::is_alphabetic);
    if !has_letter || text.contains(['<', '>', '\\', '"', '\'']) {
        let param = fields.param("statement_descriptor");
        fields.report(ParamProblem::StatementDescriptor { param });
    }
    Some(text)
}

fn marketing_features(fields: &mut Fields<'_>) -> Option<Vec<String>> {
    fields.objects("marketing_features", FEATURES_MAX, |fields| {
        fields.required_text("name", FEATURE_CHARS_MAX)
    })
}

fn package_dimensions(fields: &mut Fields<'_>) -> Option<PackageDimensions> {
    fields.object("package_dimensions", |fields| {
        let mut side = |name: &str| {
            let was_sent = fields.is_sent(name);
            let side = fields.hundredths(name);
            fields.required(name, side, was_sent)
        };
        let (height, length) = (side("height"), side("length"));
        let (weight, width) = (side("weight"), side("width"));
        Some(PackageDimensions { height: height?, length: length?, weight: weight?, width: width? })
    })
}

fn tax_details(fields: &mut Fields<'_>) -> Option<ProductTaxDetails> {
    fields.object("tax_details", |fields| {
        let tax_code = fields.text_patch("tax_code", TEXT_CHARS_MAX).apply(None);
        let performance_location = fields.text_up_to("performance_location", TEXT_CHARS_MAX);
        Some(ProductTaxDetails { performance_location, tax_code })
    })
}

/// A field that an empty text unsets.
fn patch<T>(
    fields: &mut Fields<'_>,
    name: &str,
    read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Patch<T> {
    if fields.take_empty(name) {
        return Patch::Unset;
    }
    read(fields).map_or(Patch::Keep, Patch::Set)
}
