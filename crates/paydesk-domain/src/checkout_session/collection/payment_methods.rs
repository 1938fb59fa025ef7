//! How a session can be paid.

use std::fmt;

use super::card::CardOptions;
use super::refusal::CollectionRefusal;
use super::words::words;

/// How a session can be paid, as far as the shop said.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PaymentMethods {
    /// `payment_method_types`: exactly these. Versions before endive have it.
    pub types: Option<Vec<PaymentMethodType>>,
    /// `allowed_payment_method_types`: none but these.
    pub allowed: Option<Vec<PaymentMethodType>>,
    /// `excluded_payment_method_types`: none of these.
    pub excluded: Option<Vec<PaymentMethodType>>,
    /// `payment_method_options[card]`
    pub card: CardOptions,
    /// `payment_method_collection`
    pub collection: Option<PaymentMethodCollection>,
    /// `saved_payment_method_options`
    pub saved: Option<SavedPaymentMethodOptions>,
    /// `payment_method_data[allow_redisplay]`: whether this one may be shown again.
    pub allow_redisplay: Option<AllowRedisplay>,
    /// `wallet_options[link]`
    pub link: Option<LinkOptions>,
}

/// A type of payment method. Mirrors Stripe's `payment_method_types`.
///
/// There is no other way to make one than [`Self::from_name`], so a type in hand is a known one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PaymentMethodType(&'static str);

words! {
    /// Whether the page asks for a payment method. Mirrors `payment_method_collection`.
    PaymentMethodCollection {
        /// Always, so that there is one for what is due later.
        Always = "always",
        /// Only where something is due now.
        IfRequired = "if_required",
    }
}

/// What a customer who comes back may do with payment methods of before. Mirrors
/// `saved_payment_method_options`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SavedPaymentMethodOptions {
    /// `allow_redisplay_filters`: which of them are shown; those with `always` where the shop did
    /// not say.
    pub filters: Option<Vec<AllowRedisplay>>,
    /// `payment_method_remove`: whether the customer may remove them.
    pub remove: Option<Switch>,
    /// `payment_method_save`: whether the customer may have this one saved.
    pub save: Option<Switch>,
}

words! {
    /// Whether a payment method may be shown again. Mirrors `allow_redisplay`.
    AllowRedisplay {
        /// Yes.
        Always = "always",
        /// Only for what it was saved for.
        Limited = "limited",
        /// Nobody said.
        Unspecified = "unspecified",
    }
}

words! {
    /// Whether customers may do something.
    Switch {
        /// They may not.
        Disabled = "disabled",
        /// They may.
        Enabled = "enabled",
    }
}

/// How Link, Stripe's wallet, is offered. Mirrors `wallet_options[link]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LinkOptions {
    /// `display`
    pub display: Option<WalletDisplay>,
}

words! {
    /// Whether a wallet is offered. Mirrors `display`.
    WalletDisplay {
        /// Where the buyer can use it.
        Auto = "auto",
        /// Nowhere.
        Never = "never",
    }
}

impl PaymentMethodType {
    /// The only type that is offered where the shop names none.
    pub const CARD: Self = Self("card");

    /// The type with this name; none when Stripe has no such type.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let index = NAMES.binary_search(&name).ok()?;
        NAMES.get(index).copied().map(Self)
    }

    /// Stripe's name of the type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// Every name there is.
    #[must_use]
    pub const fn names() -> &'static [&'static str] {
        NAMES
    }

    /// The names of those that can be excluded: a buyer's saved `link` can't.
    #[must_use]
    pub const fn excludable_names() -> &'static [&'static str] {
        EXCLUDABLE_NAMES
    }
}

impl fmt::Debug for PaymentMethodType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl PaymentMethods {
    /// The types that the page offers, each once: those that the shop names, else cards, and none
    /// that it excludes. Mirrors the session's `payment_method_types`.
    #[must_use]
    pub fn offered(&self) -> Vec<PaymentMethodType> {
        let named = self.types.as_ref().or(self.allowed.as_ref());
        let mut offered = Vec::new();
        for method in named.map_or(&[PaymentMethodType::CARD][..], Vec::as_slice) {
            let is_excluded = self.excluded.iter().flatten().any(|excluded| excluded == method);
            if !is_excluded && !offered.contains(method) {
                offered.push(*method);
            }
        }
        offered
    }

    pub(super) fn check(&self) -> Result<(), CollectionRefusal> {
        if self.types.is_some() && self.excluded.is_some() {
            return Err(CollectionRefusal::ExcludedFromFixedTypes);
        }
        if self.offered().is_empty() {
            return Err(CollectionRefusal::NoPaymentMethodType);
        }
        Ok(())
    }
}

/// Sorted, to be searched by halves.
#[rustfmt::skip]
static NAMES: &[&str] = &[
    "acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay", "au_becs_debit",
    "bacs_debit", "bancontact", "billie", "bizum", "blik", "boleto", "card", "cashapp", "crypto",
    "customer_balance", "eps", "fpx", "giropay", "grabpay", "ideal", "kakao_pay", "klarna",
    "konbini", "kr_card", "link", "mb_way", "mobilepay", "multibanco", "naver_pay",
    "nz_bank_account", "oxxo", "p24", "pay_by_bank", "payco", "paynow", "paypal", "paypay", "payto",
    "pix", "promptpay", "revolut_pay", "samsung_pay", "satispay", "scalapay", "sepa_debit",
    "sequra", "sofort", "sunbit", "swish", "twint", "upi", "us_bank_account", "wechat_pay", "zip",
];

#[rustfmt::skip]
static EXCLUDABLE_NAMES: &[&str] = &[
    "acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay", "au_becs_debit",
    "bacs_debit", "bancontact", "billie", "bizum", "blik", "boleto", "card", "cashapp", "crypto",
    "customer_balance", "eps", "fpx", "giropay", "grabpay", "ideal", "kakao_pay", "klarna",
    "konbini", "kr_card", "mb_way", "mobilepay", "multibanco", "naver_pay", "nz_bank_account",
    "oxxo", "p24", "pay_by_bank", "payco", "paynow", "paypal", "paypay", "payto", "pix",
    "promptpay", "revolut_pay", "samsung_pay", "satispay", "scalapay", "sepa_debit", "sequra",
    "sofort", "sunbit", "swish", "twint", "upi", "us_bank_account", "wechat_pay", "zip",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_found_by_their_names() {
        for name in NAMES {
            assert_eq!(
                PaymentMethodType::from_name(name).map(PaymentMethodType::name),
                Some(*name)
            );
        }
        assert_eq!(PaymentMethodType::from_name("cash"), None);
        let others = NAMES.iter().filter(|name| !EXCLUDABLE_NAMES.contains(name));
        assert_eq!(others.copied().collect::<Vec<_>>(), ["link"]);
    }

    #[test]
    fn what_is_offered_is_what_the_shop_names_without_what_it_excludes() {
        let types = |names: &str| {
            let types = names.split_whitespace().map(PaymentMethodType::from_name);
            (!names.is_empty()).then(|| types.collect::<Option<Vec<_>>>().unwrap())
        };
        for (fixed, allowed, excluded, expected) in [
            ("", "", "", "card"),
            ("klarna card klarna", "", "", "klarna card"),
            ("", "ideal klarna", "klarna", "ideal"),
            ("", "", "klarna", "card"),
            ("", "", "card", ""),
        ] {
            let methods = PaymentMethods {
                types: types(fixed),
                allowed: types(allowed),
                excluded: types(excluded),
                ..PaymentMethods::default()
            };
            assert_eq!(methods.offered(), types(expected).unwrap_or_default());
            assert_eq!(methods.check().is_ok(), !expected.is_empty());
        }
    }
}
