//! Refusals of the domain, in Stripe's words.

use paydesk_domain::Refusal;
use paydesk_domain::catalog::{CurrencyOptionRefusal, PriceRefusal, ProductRefusal, TermsRefusal};
use paydesk_domain::coupon::CouponRefusal;
use paydesk_domain::customer::{CustomerRefusal, TAX_IDS_MAX};
use paydesk_domain::metadata::{KEY_CHARS_MAX, KEYS_MAX, MetadataRefusal, VALUE_CHARS_MAX};
use paydesk_domain::sandbox::{ClockRefusal, SandboxRefusal};
use paydesk_domain::shipping_rate::{
    ShippingCurrencyReason, ShippingCurrencyRefusal, ShippingRateRefusal,
};
use paydesk_domain::tax_rate::TaxRateRefusal;
use paydesk_domain::webhook_endpoint::{ENDPOINTS_MAX, WebhookEndpointRefusal};

use super::StripeError;
use super::checkout_session::session;
use super::import::{import, imported_object};
use super::promotion_code::promotion_code;

impl From<&Refusal> for StripeError {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Product(refusal) => product(refusal),
            Refusal::Price(refusal) => price(refusal),
            Refusal::Coupon(refusal) => coupon(refusal),
            Refusal::ShippingRate(refusal) => shipping_rate(refusal),
            Refusal::TaxRate(TaxRateRefusal::Metadata(refusal)) => metadata(refusal, "metadata"),
            Refusal::PromotionCode(refusal) => promotion_code(refusal),
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
pub(super) fn no_such(object: &str, id: &str, param: impl Into<String>) -> StripeError {
    StripeError::invalid(format!("No such {object}: '{id}'")).missing(id).param(param)
}

/// The error for metadata beyond its limits, in the parameter of that name.
pub(super) fn metadata(refusal: &MetadataRefusal, param: &str) -> StripeError {
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

fn shipping_rate(refusal: &ShippingRateRefusal) -> StripeError {
    match refusal {
        ShippingRateRefusal::Metadata(refusal) => metadata(refusal, "metadata"),
        ShippingRateRefusal::CurrencyOption(refusal) => {
            let param = format!("fixed_amount[currency_options][{}]", refusal.currency);
            shipping_currency(*refusal, param)
        }
        ShippingRateRefusal::TaxBehaviorFixed => StripeError::invalid(
            "You cannot change `tax_behavior` after it has been set to `inclusive` or \
             `exclusive`. Create another shipping rate instead.",
        )
        .param("tax_behavior"),
    }
}

/// `param` is the whole name of the entry.
pub(super) fn shipping_currency(refusal: ShippingCurrencyRefusal, param: String) -> StripeError {
    let ShippingCurrencyRefusal { currency, reason } = refusal;
    let message = match reason {
        ShippingCurrencyReason::OwnCurrency => format!(
            "`{currency}` is the shipping rate's own currency. What it is in it stands beside \
             `currency`, not in `currency_options`."
        ),
        ShippingCurrencyReason::AmountMissing => {
            format!("The shipping rate has no amount in `{currency}` yet. Send its `amount`.")
        }
        ShippingCurrencyReason::AmountFixed => format!(
            "The amount in `{currency}` cannot be changed once it is set. Create another shipping \
             rate instead."
        ),
        ShippingCurrencyReason::TaxBehaviorFixed => format!(
            "You cannot change `tax_behavior` in `{currency}` after it has been set to \
             `inclusive` or `exclusive`."
        ),
    };
    StripeError::invalid(message).param(param)
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
