//! How a session can be paid, inside its row.

use minicbor::{Decode, Encode};
use paydesk_domain::checkout_session::{
    AllowRedisplay, CardBrand, CardFunding, CardOptions, CardRequest, CardRestrictions,
    LinkOptions, PaymentMethodCollection, PaymentMethodType, PaymentMethods,
    SavedPaymentMethodOptions, SetupFutureUsage, Switch, ThreeDSecureRequest, WalletDisplay,
};

use super::super::RowError;
use super::{known, known_if_any, owned};

#[derive(Encode, Decode)]
pub(super) struct MethodsRow<'b> {
    #[b(0)]
    types: Option<Vec<&'b str>>,
    #[b(1)]
    allowed: Option<Vec<&'b str>>,
    #[b(2)]
    excluded: Option<Vec<&'b str>>,
    #[b(3)]
    card: Option<CardRow<'b>>,
    #[b(4)]
    collection: Option<&'b str>,
    #[b(5)]
    saved: Option<SavedRow<'b>>,
    #[b(6)]
    allow_redisplay: Option<&'b str>,
    #[b(7)]
    link: Option<LinkRow<'b>>,
}

#[derive(Encode, Decode)]
struct LinkRow<'b> {
    #[b(0)]
    display: Option<&'b str>,
}

#[derive(Encode, Decode)]
struct CardRow<'b> {
    #[n(0)]
    is_captured_manually: bool,
    #[n(1)]
    installments: Option<bool>,
    #[b(2)]
    extended_authorization: Option<&'b str>,
    #[b(3)]
    incremental_authorization: Option<&'b str>,
    #[b(4)]
    multicapture: Option<&'b str>,
    #[b(5)]
    overcapture: Option<&'b str>,
    #[b(6)]
    three_d_secure: Option<&'b str>,
    #[b(7)]
    restrictions: Option<RestrictionsRow<'b>>,
    #[b(8)]
    setup_future_usage: Option<&'b str>,
    #[b(9)]
    descriptor_suffix_kana: Option<&'b str>,
    #[b(10)]
    descriptor_suffix_kanji: Option<&'b str>,
}

#[derive(Encode, Decode)]
struct RestrictionsRow<'b> {
    #[b(0)]
    brands: Option<Vec<&'b str>>,
    #[b(1)]
    funding_types: Option<Vec<&'b str>>,
}

#[derive(Encode, Decode)]
struct SavedRow<'b> {
    #[b(0)]
    filters: Option<Vec<&'b str>>,
    #[b(1)]
    remove: Option<&'b str>,
    #[b(2)]
    save: Option<&'b str>,
}

impl<'b> From<&'b PaymentMethods> for MethodsRow<'b> {
    fn from(methods: &'b PaymentMethods) -> Self {
        let PaymentMethods { types, allowed, excluded, card, collection, saved, .. } = methods;
        let display = |link: LinkOptions| link.display.map(WalletDisplay::as_str);
        Self {
            types: words(types.as_ref(), PaymentMethodType::name),
            allowed: words(allowed.as_ref(), PaymentMethodType::name),
            excluded: words(excluded.as_ref(), PaymentMethodType::name),
            card: (*card != CardOptions::default()).then(|| card.into()),
            collection: collection.map(PaymentMethodCollection::as_str),
            saved: saved.as_ref().map(|saved| SavedRow {
                filters: words(saved.filters.as_ref(), AllowRedisplay::as_str),
                remove: saved.remove.map(Switch::as_str),
                save: saved.save.map(Switch::as_str),
            }),
            allow_redisplay: methods.allow_redisplay.map(AllowRedisplay::as_str),
            link: methods.link.map(|link| LinkRow { display: display(link) }),
        }
    }
}

impl MethodsRow<'_> {
    pub(super) fn into_methods(self) -> Result<PaymentMethods, RowError> {
        let saved = |row: SavedRow<'_>| {
            Ok(SavedPaymentMethodOptions {
                filters: all_known(row.filters, AllowRedisplay::from_word)?,
                remove: known_if_any(row.remove, Switch::from_word)?,
                save: known_if_any(row.save, Switch::from_word)?,
            })
        };
        let link = |row: LinkRow<'_>| {
            let display = known_if_any(row.display, WalletDisplay::from_word)?;
            Ok::<_, RowError>(LinkOptions { display })
        };
        Ok(PaymentMethods {
            types: all_known(self.types, PaymentMethodType::from_name)?,
            allowed: all_known(self.allowed, PaymentMethodType::from_name)?,
            excluded: all_known(self.excluded, PaymentMethodType::from_name)?,
            card: self.card.map(CardRow::into_card).transpose()?.unwrap_or_default(),
            collection: known_if_any(self.collection, PaymentMethodCollection::from_word)?,
            saved: self.saved.map(saved).transpose()?,
            allow_redisplay: known_if_any(self.allow_redisplay, AllowRedisplay::from_word)?,
            link: self.link.map(link).transpose()?,
        })
    }
}

impl<'b> From<&'b CardOptions> for CardRow<'b> {
    fn from(card: &'b CardOptions) -> Self {
        Self {
            is_captured_manually: card.is_captured_manually,
            installments: card.installments,
            extended_authorization: card.extended_authorization.map(CardRequest::as_str),
            incremental_authorization: card.incremental_authorization.map(CardRequest::as_str),
            multicapture: card.multicapture.map(CardRequest::as_str),
            overcapture: card.overcapture.map(CardRequest::as_str),
            three_d_secure: card.three_d_secure.map(ThreeDSecureRequest::as_str),
            restrictions: card.restrictions.as_ref().map(|restrictions| RestrictionsRow {
                brands: words(restrictions.brands.as_ref(), CardBrand::as_str),
                funding_types: words(restrictions.funding_types.as_ref(), CardFunding::as_str),
            }),
            setup_future_usage: card.setup_future_usage.map(SetupFutureUsage::as_str),
            descriptor_suffix_kana: card.descriptor_suffix_kana.as_deref(),
            descriptor_suffix_kanji: card.descriptor_suffix_kanji.as_deref(),
        }
    }
}

impl CardRow<'_> {
    fn into_card(self) -> Result<CardOptions, RowError> {
        let request = |word| known_if_any(word, CardRequest::from_word);
        let restrictions = |row: RestrictionsRow<'_>| {
            Ok(CardRestrictions {
                brands: all_known(row.brands, CardBrand::from_word)?,
                funding_types: all_known(row.funding_types, CardFunding::from_word)?,
            })
        };
        Ok(CardOptions {
            is_captured_manually: self.is_captured_manually,
            installments: self.installments,
            extended_authorization: request(self.extended_authorization)?,
            incremental_authorization: request(self.incremental_authorization)?,
            multicapture: request(self.multicapture)?,
            overcapture: request(self.overcapture)?,
            three_d_secure: known_if_any(self.three_d_secure, ThreeDSecureRequest::from_word)?,
            restrictions: self.restrictions.map(restrictions).transpose()?,
            setup_future_usage: known_if_any(self.setup_future_usage, SetupFutureUsage::from_word)?,
            descriptor_suffix_kana: owned(self.descriptor_suffix_kana),
            descriptor_suffix_kanji: owned(self.descriptor_suffix_kanji),
        })
    }
}

fn words<T: Copy>(
    values: Option<&Vec<T>>,
    word: impl Fn(T) -> &'static str,
) -> Option<Vec<&'static str>> {
    values.map(|values| values.iter().map(|value| word(*value)).collect())
}

fn all_known<T>(
    words: Option<Vec<&str>>,
    find: impl Fn(&str) -> Option<T>,
) -> Result<Option<Vec<T>>, RowError> {
    let values = words.map(|words| words.into_iter().map(|word| known(word, &find)).collect());
    values.transpose()
}
