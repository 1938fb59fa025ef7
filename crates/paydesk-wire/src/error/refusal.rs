//! Refusals of the domain, in Stripe's words.

use paydesk_domain::Refusal;
use paydesk_domain::catalog::{CurrencyOptionRefusal, PriceRefusal, ProductRefusal, TermsRefusal};
use paydesk_domain::checkout_session::{
    AdjustableQuantity, LineRefusal, Mode, NotComputable, SessionRefusal, Status, UiMode,
    UrlParameter,
};
use paydesk_domain::coupon::CouponRefusal;
use paydesk_domain::customer::{CustomerRefusal, TAX_IDS_MAX};
use paydesk_domain::id::{PriceId, ProductId};
use paydesk_domain::metadata::{KEY_CHARS_MAX, KEYS_MAX, MetadataRefusal, VALUE_CHARS_MAX};
use paydesk_domain::sandbox::{ClockRefusal, SandboxRefusal};
use paydesk_domain::webhook_endpoint::{ENDPOINTS_MAX, WebhookEndpointRefusal};

use super::import::{import, imported_object};
use super::param::{empty, missing};
use super::{ErrorKind, StripeError};
use crate::objects::ui_mode_name;

impl From<&Refusal> for StripeError {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Product(refusal) => product(refusal),
            Refusal::Price(refusal) => price(refusal),
            Refusal::Coupon(refusal) => coupon(refusal),
            Refusal::WebhookEndpoint(refusal) => webhook_endpoint(refusal),
            Refusal::Session(refusal) => session(refusal),
            Refusal::Customer(refusal) => customer(refusal),
            Refusal::Clock(refusal) => clock(refusal),
            Refusal::ImportedObject(refusal) => imported_object(refusal),
            Refusal::Import(refused) => import(refused),
            Refusal::Sandbox(refusal) => sandbox(*refusal),
        }
    }
}

/// The error for an id in a parameter that names nothing.
fn no_such(object: &str, id: &str, param: impl Into<String>) -> StripeError {
    StripeError::invalid(format!("No such {object}: '{id}'")).missing(id).param(param)
}

fn metadata(refusal: &MetadataRefusal, param: &str) -> StripeError {
    let message = match refusal {
        MetadataRefusal::TooManyKeys(count) => format!(
            "Metadata can have up to {KEYS_MAX} keys. This object would have {count}. You can \
             delete a key by sending it with an empty value."
        ),
        MetadataRefusal::KeyTooLong(key) => format!(
            "Metadata keys can have up to {KEY_CHARS_MAX} characters, but you passed in a key that \
             is {} characters. Invalid key: {key}",
            key.chars().count()
        ),
        MetadataRefusal::KeyWithBracket(key) => {
            format!("Metadata keys cannot contain square brackets. Invalid key: {key}")
        }
        MetadataRefusal::ValueTooLong { key, chars } => format!(
            "Metadata values can have up to {VALUE_CHARS_MAX} characters, but you passed in a \
             value that is {chars} characters. Its key is: {key}"
        ),
    };
    StripeError::invalid(message).param(param)
}

fn product(refusal: &ProductRefusal) -> StripeError {
    match refusal {
        ProductRefusal::Metadata(refusal) => metadata(refusal, "metadata"),
        ProductRefusal::DefaultPriceMetadata(refusal) => {
            metadata(refusal, "default_price_data[metadata]")
        }
        ProductRefusal::IdTaken(_) => StripeError::invalid("Product already exists.")
            .code("resource_already_exists")
            .param("id"),
        ProductRefusal::NoSuchPrice(id) => no_such("price", id.as_str(), "default_price"),
        ProductRefusal::PriceOfAnotherProduct { price, owner } => StripeError::invalid(format!(
            "The price `{price}` cannot be set as the default price because it does not belong to \
             this product. It belongs to the product `{owner}`."
        ))
        .param("default_price"),
        ProductRefusal::DefaultPriceTerms(refusal) => {
            terms(*refusal, |name| format!("default_price_data[{name}]"))
        }
        ProductRefusal::ActivatesInlineProduct(_) => StripeError::invalid(
            "This product was made by `product_data` for one line item and cannot be activated. \
             Create a product of its own instead.",
        )
        .param("active"),
        ProductRefusal::HasPrices(_) => StripeError::invalid(
            "This product cannot be deleted because it has one or more prices. Archive it instead, \
             with `active=false`.",
        ),
        ProductRefusal::DefaultPriceInactive(price) => StripeError::invalid(format!(
            "The price `{price}` cannot be set as the default price because it is not active."
        ))
        .param("default_price"),
    }
}

/// `param` makes the whole name of a parameter of the Price.
fn terms(refusal: TermsRefusal, param: impl Fn(&str) -> String) -> StripeError {
    match refusal {
        TermsRefusal::CustomAmountRecurring => StripeError::invalid(
            "`custom_unit_amount` is for prices that are charged once. Leave `recurring` out, or \
             send `unit_amount`.",
        )
        .param(param("custom_unit_amount")),
        TermsRefusal::TransformNotPerUnit => StripeError::invalid(
            "`transform_quantity` can be combined with `unit_amount` or `unit_amount_decimal` \
             only, not with `tiers` or `custom_unit_amount`.",
        )
        .param(param("transform_quantity")),
        TermsRefusal::CurrencyOption { currency, reason } => {
            let message = match reason {
                CurrencyOptionRefusal::OwnCurrency => format!(
                    "`{currency}` is the price's own currency. What it is in it stands beside \
                     `currency`, not in `currency_options`."
                ),
                CurrencyOptionRefusal::AmountMissing => format!(
                    "The price has no amount in `{currency}` yet. Send one, as the price itself \
                     has one."
                ),
                CurrencyOptionRefusal::OtherKind => format!(
                    "The amount in `{currency}` must be of the same kind as the price's own: an \
                     amount per unit, `tiers` or `custom_unit_amount`."
                ),
                CurrencyOptionRefusal::TaxBehaviorFixed => format!(
                    "You cannot change `tax_behavior` in `{currency}` after it has been set to \
                     `inclusive` or `exclusive`."
                ),
            };
            let open = param("currency_options");
            StripeError::invalid(message).param(format!("{open}[{currency}]"))
        }
    }
}

fn price(refusal: &PriceRefusal) -> StripeError {
    match refusal {
        PriceRefusal::Metadata(refusal) => metadata(refusal, "metadata"),
        PriceRefusal::ProductMetadata(refusal) => metadata(refusal, "product_data[metadata]"),
        PriceRefusal::Terms(refusal) => terms(*refusal, str::to_owned),
        PriceRefusal::NoSuchProduct(id) => no_such("product", id.as_str(), "product"),
        PriceRefusal::ProductIdTaken(_) => StripeError::invalid("Product already exists.")
            .code("resource_already_exists")
            .param("product_data[id]"),
        PriceRefusal::LookupKeyTaken { holder, .. } => StripeError::invalid(format!(
            "A price (`{holder}`) already uses that lookup key. Send `transfer_lookup_key=true` to \
             move it to this price."
        ))
        .param("lookup_key"),
        PriceRefusal::ArchivesDefaultPrice(_) => StripeError::invalid(
            "This price cannot be archived because it is the default price of its product. Set \
             another default price first.",
        )
        .param("active"),
        PriceRefusal::ActivatesInlinePrice(_) => StripeError::invalid(
            "This price was made by `price_data` for one line item and cannot be activated. Create \
             a price of its own instead.",
        )
        .param("active"),
        PriceRefusal::TaxBehaviorFixed => StripeError::invalid(
            "You cannot change `tax_behavior` after it has been set to `inclusive` or \
             `exclusive`. Create another price instead.",
        )
        .param("tax_behavior"),
    }
}

fn coupon(refusal: &CouponRefusal) -> StripeError {
    match refusal {
        CouponRefusal::Metadata(refusal) => metadata(refusal, "metadata"),
        CouponRefusal::IdTaken(_) => StripeError::invalid("Coupon already exists.")
            .code("resource_already_exists")
            .param("id"),
        CouponRefusal::NoSuchProduct { index, product } => {
            no_such("product", product.as_str(), format!("applies_to[products][{index}]"))
        }
        CouponRefusal::RedeemByPassed => {
            StripeError::invalid("`redeem_by` must be a time in the future.").param("redeem_by")
        }
        CouponRefusal::RedeemByTooFar => {
            StripeError::invalid("`redeem_by` cannot be more than five years in the future.")
                .param("redeem_by")
        }
        CouponRefusal::CurrencyOptionsOfPercent => StripeError::invalid(
            "A coupon that takes a percentage off has no `currency_options`. They are for coupons \
             with `amount_off`.",
        )
        .param("currency_options"),
        CouponRefusal::OwnCurrencyFixed(currency) => StripeError::invalid(format!(
            "The amount in `{currency}`, the coupon's own currency, is its `amount_off` and cannot \
             be another in `currency_options`."
        ))
        .param(format!("currency_options[{currency}][amount_off]")),
    }
}

fn webhook_endpoint(refusal: &WebhookEndpointRefusal) -> StripeError {
    match refusal {
        WebhookEndpointRefusal::Metadata(refusal) => metadata(refusal, "metadata"),
        WebhookEndpointRefusal::TooMany => StripeError::invalid(format!(
            "You have reached the maximum of {ENDPOINTS_MAX} webhook endpoints. Delete one first."
        )),
    }
}

fn customer(refusal: &CustomerRefusal) -> StripeError {
    match refusal {
        CustomerRefusal::Metadata(refusal) => metadata(refusal, "metadata"),
        CustomerRefusal::TaxLocationUnknown => StripeError::invalid(
            "The customer's location isn't recognized. Send an `address`, or a `shipping` address, \
             with its `country`; or leave `tax[validate_location]` out to do so later.",
        )
        .code("customer_tax_location_invalid")
        .param("tax[validate_location]"),
        CustomerRefusal::TooManyTaxIds(count) => StripeError::invalid(format!(
            "A customer can have up to {TAX_IDS_MAX} tax ids. This one would have {count}. Delete \
             one that is out of use first."
        )),
        CustomerRefusal::TaxIdInvalid { index, kind, value } => {
            let param = match index {
                Some(index) => format!("tax_id_data[{index}][value]"),
                None => "value".to_owned(),
            };
            let hint = match kind.name() {
                "eu_vat" => " It begins with its country's code, as in DE123456789.",
                _ => "",
            };
            StripeError::invalid(format!(
                "Invalid value for {}: {value}; must be letters and digits, with spaces, dots, \
                 dashes or slashes between them.{hint}",
                kind.name()
            ))
            .code("tax_id_invalid")
            .param(param)
        }
    }
}

fn clock(refusal: &ClockRefusal) -> StripeError {
    match refusal {
        ClockRefusal::GoesBack { now, .. } => StripeError::invalid(format!(
            "A clock never goes back. This sandbox is at {now}; choose a later time."
        ))
        .param("now"),
        ClockRefusal::LiveMode => StripeError::invalid(
            "The clock of live mode is the wall clock, which nobody moves. Use a key of test mode.",
        ),
        ClockRefusal::TooFar { .. } => StripeError::invalid(
            "A sandbox can be at most a hundred years ahead of the wall clock.",
        ),
    }
}

fn sandbox(refusal: SandboxRefusal) -> StripeError {
    StripeError::invalid(match refusal {
        SandboxRefusal::LiveMode => "Live mode is no sandbox. Use a key of test mode.",
        SandboxRefusal::HasMadeKeys => {
            "Keys were made for the account of this sandbox, and would open nothing without it. \
             Reset it instead, or revoke its keys with `paydesk keys revoke`."
        }
    })
}

fn session(refusal: &SessionRefusal) -> StripeError {
    match refusal {
        SessionRefusal::RevisionMoved { current } => {
            let current = current.get();
            let message = format!(
                "This Checkout Session is at revision {current}: it was changed since the revision \
                 named in `If-Match`. Retrieve it and decide again."
            );
            let mut error =
                StripeError::new(412, ErrorKind::InvalidRequest, message).code("revision_mismatch");
            error.revision = Some(current);
            error
        }
        SessionRefusal::NotUpdatable(status) => not_open("updated", *status),
        SessionRefusal::NotExpirable(status) => not_open("expired", *status),
        SessionRefusal::LineItemsClientOnly => StripeError::invalid(
            "This Checkout Session was created with `permissions[update_line_items]=client_only`, \
             so its line items can only be updated from the client. Create it with `server_only` \
             to update them here.",
        )
        .param("line_items"),
        SessionRefusal::UrlMissing { parameter, ui_mode } => url_missing(*parameter, *ui_mode),
        SessionRefusal::UrlNotAllowed { parameter, ui_mode } => {
            let (parameter, ui_mode) = (parameter.as_str(), ui_mode_name(*ui_mode));
            StripeError::invalid(format!(
                "`{parameter}` is not supported when `ui_mode` is `{ui_mode}`."
            ))
            .param(parameter)
        }
        SessionRefusal::ShippingPermissionNotAllowed(ui_mode) => StripeError::invalid(format!(
            "`permissions[update_shipping_details]` is not supported when `ui_mode` is `{}`.",
            ui_mode_name(*ui_mode)
        ))
        .param("permissions[update_shipping_details]"),
        SessionRefusal::ExpiresTooSoon { .. } => StripeError::invalid(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session \
             creation.",
        )
        .param("expires_at"),
        SessionRefusal::ExpiresTooLate { .. } => StripeError::invalid(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
        )
        .param("expires_at"),
        SessionRefusal::Metadata(refusal) => metadata(refusal, "metadata"),
        SessionRefusal::NoLines => empty("line_items"),
        SessionRefusal::Line { index, reason } => line(*index, reason),
        SessionRefusal::TooManyLines { mode, recurring, limit } => {
            too_many_lines(*mode, *recurring, *limit)
        }
        SessionRefusal::NoRecurringPrice => StripeError::invalid(
            "You must provide at least one recurring price in `subscription` mode when using \
             prices.",
        )
        .param("line_items"),
        SessionRefusal::AmountTooSmall { total, minimum } => StripeError::invalid(format!(
            "The Checkout Session's total amount due must add up to at least {minimum}. It adds up \
             to {total}."
        ))
        .code("amount_too_small"),
        SessionRefusal::AmountTooLarge { maximum } => StripeError::invalid(format!(
            "The Checkout Session's total amount due must be no more than {maximum}."
        ))
        .code("amount_too_large"),
    }
}

fn not_open(done: &str, status: Status) -> StripeError {
    StripeError::invalid(format!(
        "Only Checkout Sessions with a status in [\"open\"] can be {done}. This Checkout Session \
         has a status of `{}`.",
        status.as_str()
    ))
}

fn url_missing(parameter: UrlParameter, ui_mode: UiMode) -> StripeError {
    let name = parameter.as_str();
    let mut error = missing(name);
    error.message = format!(
        "Missing required param: {name}. It is required when `ui_mode` is `{}`.",
        ui_mode_name(ui_mode)
    );
    error
}

fn too_many_lines(mode: Mode, recurring: bool, limit: usize) -> StripeError {
    let (mode, kind) = match (mode, recurring) {
        (Mode::Payment, _) => ("payment", "line items"),
        (Mode::Subscription, true) => ("subscription", "line items with recurring prices"),
        (Mode::Subscription, false) => ("subscription", "line items with one-time prices"),
    };
    StripeError::invalid(format!("In `{mode}` mode a Checkout Session has at most {limit} {kind}."))
        .param("line_items")
}

fn line(index: usize, reason: &LineRefusal) -> StripeError {
    let param = |name: &str| format!("line_items[{index}][{name}]");
    match reason {
        LineRefusal::UnknownId(id) => no_such("line item", id.as_str(), param("id")),
        LineRefusal::DuplicateId(id) => StripeError::invalid(format!(
            "The line item '{id}' is in `line_items` twice. Each line can be kept once."
        ))
        .param(param("id")),
        LineRefusal::PriceMissing => missing(&param("price")),
        LineRefusal::QuantityMissing => missing(&param("quantity")),
        LineRefusal::NoSuchPrice(id) => no_such("price", id.as_str(), param("price")),
        LineRefusal::PriceInactive(_) => StripeError::invalid(
            "The price specified is inactive. This field only accepts active prices.",
        )
        .param(param("price")),
        LineRefusal::PriceNotComputable { price, kind } => {
            not_computable(price, *kind).param(param("price"))
        }
        LineRefusal::NoSuchProduct(id) => {
            no_such("product", id.as_str(), param("price_data][product"))
        }
        LineRefusal::ProductInactive(id) => product_inactive(id).param(param("price")),
        LineRefusal::InlineProductInactive(id) => {
            product_inactive(id).param(param("price_data][product"))
        }
        LineRefusal::Metadata(refusal) => metadata(refusal, &param("metadata")),
        LineRefusal::ProductMetadata(refusal) => {
            metadata(refusal, &param("price_data][product_data][metadata"))
        }
        LineRefusal::CurrencyMismatch { expected, actual } => StripeError::invalid(format!(
            "All line items of a Checkout Session must have the same currency. It is `{expected}`, \
             but this price is in `{actual}`."
        ))
        .param(param("price")),
        LineRefusal::RecurringInPaymentMode => StripeError::invalid(
            "You specified `payment` mode but passed a recurring price. Either switch to \
             `subscription` mode or use only one-time prices.",
        )
        .param(param("price")),
        LineRefusal::MixedIntervals => StripeError::invalid(
            "All recurring prices of a Checkout Session must have the same `interval` and \
             `interval_count`.",
        )
        .param(param("price")),
        LineRefusal::AdjustableMaximumTooLarge { .. } => StripeError::invalid(format!(
            "This value must be less than or equal to {}.",
            AdjustableQuantity::MAXIMUM_LIMIT
        ))
        .code("parameter_invalid_integer")
        .param(param("adjustable_quantity][maximum")),
        LineRefusal::AdjustableBoundsCrossed { minimum, maximum } => StripeError::invalid(format!(
            "`adjustable_quantity[minimum]` ({minimum}) must not be above \
             `adjustable_quantity[maximum]` ({maximum})."
        ))
        .param(param("adjustable_quantity][minimum")),
        LineRefusal::QuantityOutOfBounds { quantity, minimum, maximum } => {
            StripeError::invalid(format!(
                "The quantity {quantity} is outside the line's `adjustable_quantity`, from \
                 {minimum} to {maximum}. Change the quantity or send other bounds."
            ))
            .param(param("quantity"))
        }
    }
}

/// The error for a Price that carts don't compute yet.
fn not_computable(price: &PriceId, kind: NotComputable) -> StripeError {
    let what = match kind {
        NotComputable::Tiers => "has `tiers`".to_owned(),
        NotComputable::CustomUnitAmount => {
            "leaves its amount to the buyer (`custom_unit_amount`)".to_owned()
        }
        NotComputable::TransformQuantity => "has `transform_quantity`".to_owned(),
        NotComputable::Metered => "is metered (`usage_type=metered`)".to_owned(),
        NotComputable::Trial => "has `trial_period_days`".to_owned(),
        NotComputable::CurrencyOption(currency) => {
            format!("has an amount in `{currency}` in its `currency_options` only")
        }
    };
    StripeError::invalid(format!(
        "The price `{price}` {what}, which Checkout Sessions of Paydesk do not support yet. \
         Stripe's do; use a price with a `unit_amount` in the session's currency."
    ))
    .code("parameter_unsupported")
}

fn product_inactive(id: &ProductId) -> StripeError {
    StripeError::invalid(format!(
        "The product `{id}` is inactive. Line items can only use active products."
    ))
}
