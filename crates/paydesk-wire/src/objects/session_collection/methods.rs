//! How a session can be paid, as fields of it.

use paydesk_domain::checkout_session::{
    AllowRedisplay, CardBrand, CardFunding, CardOptions, CardRequest, CardRestrictions,
    LinkOptions, PaymentMethodType, PaymentMethods, SavedPaymentMethodOptions, SetupFutureUsage,
    Switch, ThreeDSecureRequest, WalletDisplay,
};
use schemars::JsonSchema;
use serde::Serialize;

/// `payment_method_options`: of those types that the page offers and Paydesk has options for.
#[derive(JsonSchema, Serialize)]
pub(crate) struct PaymentMethodOptionsObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<CardOptionsObject<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct CardOptionsObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    capture_method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    installments: Option<InstallmentsObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_extended_authorization: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_incremental_authorization: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_multicapture: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_overcapture: Option<&'static str>,
    request_three_d_secure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    restrictions: Option<RestrictionsObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    setup_future_usage: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement_descriptor_suffix_kana: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement_descriptor_suffix_kanji: Option<&'a str>,
}

#[derive(JsonSchema, Serialize)]
struct InstallmentsObject {
    enabled: bool,
}

#[derive(JsonSchema, Serialize)]
struct RestrictionsObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    brands_blocked: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    funding_types_blocked: Option<Vec<&'static str>>,
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct SavedPaymentMethodOptionsObject {
    allow_redisplay_filters: Vec<&'static str>,
    payment_method_remove: &'static str,
    payment_method_save: Option<&'static str>,
}

/// `wallet_options`: of Link alone.
#[derive(JsonSchema, Serialize)]
pub(crate) struct WalletOptionsObject {
    link: LinkObject,
}

#[derive(JsonSchema, Serialize)]
struct LinkObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<&'static str>,
}

impl From<LinkOptions> for WalletOptionsObject {
    fn from(LinkOptions { display }: LinkOptions) -> Self {
        Self { link: LinkObject { display: display.map(WalletDisplay::as_str) } }
    }
}

/// The names of types, where there are any.
pub(super) fn type_names(types: Option<&Vec<PaymentMethodType>>) -> Option<Vec<&'static str>> {
    types.map(|types| words(types, PaymentMethodType::name))
}

impl<'a> PaymentMethodOptionsObject<'a> {
    pub(super) fn new(methods: &'a PaymentMethods, offered: &[PaymentMethodType]) -> Self {
        let offers_cards = offered.contains(&PaymentMethodType::CARD);
        Self { card: offers_cards.then(|| CardOptionsObject::from(&methods.card)) }
    }
}

impl<'a> From<&'a CardOptions> for CardOptionsObject<'a> {
    fn from(card: &'a CardOptions) -> Self {
        let three_d_secure = card.three_d_secure.unwrap_or(ThreeDSecureRequest::Automatic);
        Self {
            capture_method: card.is_captured_manually.then_some("manual"),
            installments: card.installments.map(|enabled| InstallmentsObject { enabled }),
            request_extended_authorization: card.extended_authorization.map(CardRequest::as_str),
            request_incremental_authorization: card
                .incremental_authorization
                .map(CardRequest::as_str),
            request_multicapture: card.multicapture.map(CardRequest::as_str),
            request_overcapture: card.overcapture.map(CardRequest::as_str),
            request_three_d_secure: three_d_secure.as_str(),
            restrictions: card.restrictions.as_ref().map(RestrictionsObject::from),
            setup_future_usage: card.setup_future_usage.map(SetupFutureUsage::as_str),
            statement_descriptor_suffix_kana: card.descriptor_suffix_kana.as_deref(),
            statement_descriptor_suffix_kanji: card.descriptor_suffix_kanji.as_deref(),
        }
    }
}

impl From<&CardRestrictions> for RestrictionsObject {
    fn from(restrictions: &CardRestrictions) -> Self {
        let CardRestrictions { brands, funding_types } = restrictions;
        Self {
            brands_blocked: brands.as_ref().map(|brands| words(brands, CardBrand::as_str)),
            funding_types_blocked: funding_types
                .as_ref()
                .map(|types| words(types, CardFunding::as_str)),
        }
    }
}

impl From<&SavedPaymentMethodOptions> for SavedPaymentMethodOptionsObject {
    fn from(saved: &SavedPaymentMethodOptions) -> Self {
        let filters = saved.filters.as_deref().unwrap_or(&[AllowRedisplay::Always]);
        Self {
            allow_redisplay_filters: words(filters, AllowRedisplay::as_str),
            payment_method_remove: saved.remove.unwrap_or(Switch::Disabled).as_str(),
            payment_method_save: saved.save.map(Switch::as_str),
        }
    }
}

fn words<T: Copy>(values: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    values.iter().map(|value| word(*value)).collect()
}
