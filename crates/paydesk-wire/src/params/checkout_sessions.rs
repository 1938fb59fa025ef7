//! Parameters of Checkout Sessions.

use paydesk_domain::catalog::{InlinePrice, InlineProduct, InlineProductChoice};
use paydesk_domain::checkout_session::{
    AdjustableQuantity, CreateCheckoutSession, IfMatch, LineItemEntry, Mode, NewLineItem,
    PriceChoice, Quantity, RedirectOnCompletion, UiMode, UpdateCheckoutSession, Urls,
};
use paydesk_domain::id::{LineItemId, ObjectId, PriceId, ProductId};
use paydesk_domain::metadata::MetadataChange;

use super::amounts::unit_amount;
use super::cart_terms::{
    array, automatic_tax, collected_information, discounts, ids, shipping_options, trial_change,
    updated_discounts,
};
use super::catalog::{inline_details, recurring, tax_behavior};
use super::session_collection::{collection, update_payment_intent_data};
use crate::form::{Choices, Fields, KEYS_MAX};
use crate::versions::permissions_generations;

const MODES: Choices<Mode> = &[
    ("payment", Some(Mode::Payment)),
    ("setup", None),
    ("subscription", Some(Mode::Subscription)),
];
const UI_MODES: Choices<UiMode> = &[
    ("elements", Some(UiMode::Elements)),
    ("embedded_page", Some(UiMode::EmbeddedPage)),
    ("form", Some(UiMode::Form)),
    ("hosted_page", Some(UiMode::HostedPage)),
];
const REDIRECTS: Choices<RedirectOnCompletion> = &[
    ("always", Some(RedirectOnCompletion::Always)),
    ("if_required", Some(RedirectOnCompletion::IfRequired)),
    ("never", Some(RedirectOnCompletion::Never)),
];
/// Stripe's locales, each its own value.
const LOCALES: Choices<&str> = &{
    const NAMES: [&str; 42] = [
        "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil",
        "fr", "fr-CA", "hi-IN", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb",
        "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK",
        "zh-TW",
    ];
    let mut choices = [("", None); NAMES.len()];
    let mut index = 0;
    while index < choices.len() {
        choices[index] = (NAMES[index], Some(NAMES[index]));
        index += 1;
    }
    choices
};
const REFERENCE_CHARS_MAX: usize = 200;
const EMAIL_CHARS_MAX: usize = 800;
/// The largest integer that JavaScript's numbers hold exactly.
pub(super) const INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// Reads a new session.
pub fn create_checkout_session(fields: &mut Fields<'_>) -> Option<CreateCheckoutSession> {
    fields.at_most_one(&["allow_promotion_codes", "discounts"]);
    let was_sent = fields.is_sent("mode");
    let mode = fields.choice("mode", MODES);
    let mode = fields.required("mode", mode, was_sent);
    let was_sent = fields.is_sent("line_items");
    let line_items = fields.objects("line_items", KEYS_MAX, new_line_item);
    let line_items = fields.required("line_items", line_items, was_sent);
    let (collection, begin) = collection(fields);
    let (subscription, billing_cycle_anchor_config) = begin.unzip();
    let session = CreateCheckoutSession {
        ui_mode: fields.choice("ui_mode", UI_MODES).unwrap_or_default(),
        urls: Urls {
            success_url: fields.url("success_url"),
            cancel_url: fields.url("cancel_url"),
            return_url: fields.url("return_url"),
            redirect_on_completion: fields.choice("redirect_on_completion", REDIRECTS),
        },
        currency: fields.currency("currency"),
        discounts: discounts(fields, "discounts").unwrap_or_default(),
        shipping_options: shipping_options(fields, "shipping_options").unwrap_or_default(),
        automatic_tax: automatic_tax(fields),
        subscription,
        billing_cycle_anchor_config: billing_cycle_anchor_config.flatten(),
        allow_promotion_codes: fields.boolean("allow_promotion_codes"),
        permissions: permissions_generations::read(fields),
        expires_at: fields.timestamp("expires_at"),
        metadata: fields.metadata("metadata"),
        client_reference_id: fields.text_up_to("client_reference_id", REFERENCE_CHARS_MAX),
        customer_email: fields.email("customer_email", EMAIL_CHARS_MAX),
        locale: fields.choice("locale", LOCALES).map(str::to_owned),
        collection,
        mode: mode?,
        line_items: line_items?,
    };
    Some(session)
}

/// Reads changes of a session. `if_match` and `is_preview` come from the headers.
pub fn update_checkout_session(
    fields: &mut Fields<'_>,
    if_match: Option<IfMatch>,
    is_preview: bool,
) -> Option<UpdateCheckoutSession> {
    let was_sent = fields.is_sent("line_items");
    let line_items = fields.objects("line_items", KEYS_MAX, |fields| {
        let id = fields.text("id").map(LineItemId::from_text);
        let tax_rates = array(fields.patch("tax_rates", ids));
        let line = line_fields(fields);
        Some(LineItemEntry {
            id,
            price: line.price,
            quantity: line.quantity,
            tax_rates,
            adjustable_quantity: line.adjustable_quantity,
            metadata: line.metadata,
        })
    });
    let discounts = array(fields.patch("discounts", updated_discounts));
    let shipping_options = array(fields.patch("shipping_options", shipping_options));
    let shipping_details = collected_information(fields);
    let trial = trial_change(fields);
    let payment = fields.object("payment_intent_data", update_payment_intent_data);
    let metadata = fields.metadata("metadata");
    if was_sent && line_items.is_none() {
        return None;
    }
    Some(UpdateCheckoutSession {
        if_match,
        is_server_update_preview: is_preview,
        metadata,
        line_items,
        discounts,
        shipping_options,
        shipping_details,
        trial,
        payment,
    })
}

/// What an entry of `line_items` says besides its id, on create and update alike.
struct LineFields {
    price: Option<PriceChoice>,
    quantity: Option<Quantity>,
    adjustable_quantity: Option<AdjustableQuantity>,
    metadata: Option<MetadataChange>,
}

fn line_fields(fields: &mut Fields<'_>) -> LineFields {
    fields.at_most_one(&["price", "price_data"]);
    let existing = fields.text("price").map(|id| PriceChoice::Existing(PriceId::from_text(id)));
    let inline = fields.object("price_data", inline_price).map(PriceChoice::Inline);
    let quantity = fields.integer("quantity", 1, INTEGER_MAX);
    LineFields {
        price: existing.or(inline),
        quantity: quantity.and_then(|value| u64::try_from(value).ok()).and_then(Quantity::new),
        adjustable_quantity: fields.object("adjustable_quantity", adjustable_quantity),
        metadata: fields.metadata("metadata"),
    }
}

fn new_line_item(fields: &mut Fields<'_>) -> Option<NewLineItem> {
    fields.at_most_one(&["tax_rates", "dynamic_tax_rates"]);
    let tax_rates = ids(fields, "tax_rates");
    let line = line_fields(fields);
    let by_address = ids(fields, "dynamic_tax_rates");
    Some(NewLineItem {
        price: line.price,
        quantity: line.quantity,
        tax_rates_by_address: by_address.is_some(),
        tax_rates: tax_rates.or(by_address).unwrap_or_default(),
        adjustable_quantity: line.adjustable_quantity,
        metadata: line.metadata,
    })
}

fn inline_price(fields: &mut Fields<'_>) -> Option<InlinePrice> {
    let was_sent = fields.is_sent("currency");
    let currency = fields.currency("currency");
    let currency = fields.required("currency", currency, was_sent);
    fields.exactly_one(&["product", "product_data"]);
    let existing = fields.text("product").map(ProductId::from_text);
    let made = fields.object("product_data", |fields| {
        let metadata = fields.metadata("metadata");
        let details = inline_details(fields)?;
        Some(InlineProduct { id: None, active: false, is_inline: true, details, metadata })
    });
    let product =
        existing.map(InlineProductChoice::Existing).or_else(|| made.map(InlineProductChoice::New));
    let unit_amount = unit_amount(fields);
    let was_recurring = fields.is_sent("recurring");
    let recurring = recurring(fields);
    let tax_behavior = tax_behavior(fields).unwrap_or_default();
    if was_recurring && recurring.is_none() {
        return None;
    }
    Some(InlinePrice {
        currency: currency?,
        product: product?,
        unit_amount: unit_amount?,
        recurring,
        tax_behavior,
    })
}

pub(super) fn adjustable_quantity(fields: &mut Fields<'_>) -> Option<AdjustableQuantity> {
    let was_sent = fields.is_sent("enabled");
    let enabled = fields.boolean("enabled");
    let enabled = fields.required("enabled", enabled, was_sent);
    let mut bound = |name: &str| {
        fields.integer(name, 0, INTEGER_MAX).and_then(|bound| u64::try_from(bound).ok())
    };
    let (minimum, maximum) = (bound("minimum"), bound("maximum"));
    Some(if enabled? {
        AdjustableQuantity::Enabled {
            minimum: minimum.unwrap_or(0),
            maximum: maximum.unwrap_or(AdjustableQuantity::MAXIMUM_DEFAULT),
        }
    } else {
        AdjustableQuantity::Disabled
    })
}
