//! How a session can be paid.

use paydesk_domain::checkout_session::{
    AllowRedisplay, CardBrand, CardFunding, CardOptions, CardRequest, CardRestrictions,
    LinkOptions, PaymentMethodCollection, PaymentMethodType, PaymentMethods,
    SavedPaymentMethodOptions, SetupFutureUsage, Switch, ThreeDSecureRequest, WalletDisplay,
};

use crate::form::{Choices, Fields};

const KANA_CHARS_MAX: usize = 22;
const KANJI_CHARS_MAX: usize = 17;
/// The one word for what is done later instead of at once.
const MANUAL: Choices<()> = &[("manual", Some(()))];

/// Reads how a new session can be paid.
pub(super) fn methods(fields: &mut Fields<'_>) -> PaymentMethods {
    let names = PaymentMethodType::names();
    let excludable = PaymentMethodType::excludable_names();
    let mut types = |name, names: &'static [&'static str]| {
        fields.words(name, names.len(), names, |word| {
            PaymentMethodType::from_name(word).filter(|_| names.contains(&word))
        })
    };
    PaymentMethods {
        types: types("payment_method_types", names),
        allowed: types("allowed_payment_method_types", names),
        excluded: types("excluded_payment_method_types", excludable),
        card: fields
            .object("payment_method_options", |fields| fields.object("card", card))
            .unwrap_or_default(),
        collection: fields.choice("payment_method_collection", PaymentMethodCollection::WORDS),
        saved: fields.object("saved_payment_method_options", saved),
        allow_redisplay: fields.object("payment_method_data", |fields| {
            fields.choice("allow_redisplay", AllowRedisplay::WORDS)
        }),
        link: fields.object("wallet_options", |fields| fields.object("link", link)),
    }
}

fn link(fields: &mut Fields<'_>) -> Option<LinkOptions> {
    Some(LinkOptions { display: fields.choice("display", WalletDisplay::WORDS) })
}

fn saved(fields: &mut Fields<'_>) -> Option<SavedPaymentMethodOptions> {
    Some(SavedPaymentMethodOptions {
        filters: fields.choices("allow_redisplay_filters", AllowRedisplay::WORDS),
        remove: fields.choice("payment_method_remove", Switch::WORDS),
        save: fields.choice("payment_method_save", Switch::WORDS),
    })
}

fn card(fields: &mut Fields<'_>) -> Option<CardOptions> {
    Some(CardOptions {
        is_captured_manually: fields.choice("capture_method", MANUAL).is_some(),
        installments: fields.object("installments", |fields| fields.boolean("enabled")),
        extended_authorization: fields.choice("request_extended_authorization", CardRequest::WORDS),
        incremental_authorization: fields
            .choice("request_incremental_authorization", CardRequest::WORDS),
        multicapture: fields.choice("request_multicapture", CardRequest::WORDS),
        overcapture: fields.choice("request_overcapture", CardRequest::WORDS),
        three_d_secure: fields.choice("request_three_d_secure", ThreeDSecureRequest::WORDS),
        restrictions: fields.object("restrictions", |fields| {
            Some(CardRestrictions {
                brands: fields.choices("brands_blocked", CardBrand::WORDS),
                funding_types: fields.choices("funding_types_blocked", CardFunding::WORDS),
            })
        }),
        setup_future_usage: fields.choice("setup_future_usage", SetupFutureUsage::WORDS),
        descriptor_suffix_kana: fields
            .text_up_to("statement_descriptor_suffix_kana", KANA_CHARS_MAX),
        descriptor_suffix_kanji: fields
            .text_up_to("statement_descriptor_suffix_kanji", KANJI_CHARS_MAX),
    })
}
