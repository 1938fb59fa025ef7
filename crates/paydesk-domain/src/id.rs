//! Object ids and where they come from.
//!
//! An id is a prefix that names the kind of object, then text that sorts by time of creation, then
//! randomness. Ids are opaque to clients.

use std::fmt;

/// Digits of an id's text, in the order of their ASCII codes, so that ids sort as their numbers do.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Digits that hold any `u64` in base 62.
const DIGITS_PER_WORD: usize = 11;

/// The place of an object in the order of creation; unique in a store and never reused.
///
/// Lists are ordered by `created` and then by this, since many objects share one second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ordinal(u64);

impl Ordinal {
    /// Bits below the millisecond in an ordinal that follows the clock: a million objects in each.
    const BITS_BELOW_MILLISECOND: u32 = 20;

    /// The ordinal with this number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The first ordinal of a millisecond of wall time, counted from the start of 1970, in a source
    /// that follows the clock. Saturates some five hundred years later.
    #[must_use]
    pub const fn first_of_millisecond(millisecond: u64) -> Self {
        Self(millisecond.saturating_mul(1 << Self::BITS_BELOW_MILLISECOND))
    }

    /// The millisecond of wall time in which a source that follows the clock gave this ordinal.
    #[must_use]
    pub const fn millisecond(self) -> u64 {
        self.0 >> Self::BITS_BELOW_MILLISECOND
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// Where ids come from. The binary's source is random and follows the clock; a test's is seeded.
pub trait IdSource: Send {
    /// The next ordinal, larger than every one before.
    fn next_ordinal(&mut self) -> Ordinal;

    /// Sixty-four unguessable bits.
    fn random(&mut self) -> u64;
}

/// An object id of one kind, made by [`object_id!`].
pub trait ObjectId: Sized {
    /// What ids of this kind begin with, underscore included.
    const PREFIX: &'static str;

    /// How many random words follow the ordinal; more where the id itself is a capability.
    const RANDOM_WORDS: usize = 1;

    /// Takes text as it is, without looking at it: whether such an object exists is for the store.
    fn from_text(text: String) -> Self;

    /// A fresh id and its ordinal.
    fn fresh(ids: &mut dyn IdSource) -> (Self, Ordinal) {
        Self::fresh_with(Self::PREFIX, ids)
    }

    /// A fresh id that begins with another prefix, and its ordinal.
    fn fresh_with(prefix: &str, ids: &mut dyn IdSource) -> (Self, Ordinal) {
        let ordinal = ids.next_ordinal();
        let mut text = String::from(prefix);
        push_base62(&mut text, ordinal.get());
        for _ in 0..Self::RANDOM_WORDS {
            push_base62(&mut text, ids.random());
        }
        (Self::from_text(text), ordinal)
    }
}

/// A random secret in URL-safe text with 256 bits of randomness.
#[must_use]
pub fn fresh_secret(ids: &mut dyn IdSource) -> String {
    let mut text = String::new();
    for _ in 0..4 {
        push_base62(&mut text, ids.random());
    }
    text
}

fn push_base62(text: &mut String, mut number: u64) {
    let mut digits = [b'0'; DIGITS_PER_WORD];
    for digit in digits.iter_mut().rev() {
        let index = usize::try_from(number % 62).unwrap_or(0);
        *digit = DIGITS.get(index).copied().unwrap_or(b'0');
        number /= 62;
    }
    text.extend(digits.iter().map(|digit| char::from(*digit)));
}

macro_rules! object_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal $(, random_words = $words:literal)?) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl ObjectId for $name {
            const PREFIX: &'static str = $prefix;
            $(const RANDOM_WORDS: usize = $words;)?

            fn from_text(text: String) -> Self {
                Self(text.into_boxed_str())
            }
        }

        impl $name {
            /// The id as clients see it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

object_id!(
    /// Id of an account, `acct_…`.
    AccountId,
    "acct_"
);
object_id!(
    /// Id of an API key that was made, `mk_…`; not the key.
    ApiKeyId,
    "mk_"
);
object_id!(
    /// Id of a Product, `prod_…` unless the shop gave its own.
    ProductId,
    "prod_"
);
object_id!(
    /// Id of a Price, `price_…`.
    PriceId,
    "price_"
);
object_id!(
    /// Id of a webhook endpoint, `we_…`.
    WebhookEndpointId,
    "we_"
);
object_id!(
    /// Id of a Coupon: the shop's own code, or one of eight letters and digits.
    CouponId,
    ""
);
object_id!(
    /// Id of a promotion code, `promo_…`; not the text that customers type.
    PromotionCodeId,
    "promo_"
);
object_id!(
    /// Id of a discount, `di_…`: a Coupon in a cart.
    DiscountId,
    "di_"
);
object_id!(
    /// Id of a Checkout Session, `cs_test_…` or `cs_live_…`.
    CheckoutSessionId,
    "cs_test_a1",
    random_words = 4
);
object_id!(
    /// Id of a line item of a Checkout Session, `li_…`; stays while the line stays.
    LineItemId,
    "li_"
);
object_id!(
    /// Id of a customer, `cus_…`.
    CustomerId,
    "cus_"
);
object_id!(
    /// Id of a tax id, `txi_…`.
    TaxIdId,
    "txi_"
);
object_id!(
    /// Id of a tax rate, `txr_…`.
    TaxRateId,
    "txr_"
);
object_id!(
    /// Id of a shipping rate, `shr_…`.
    ShippingRateId,
    "shr_"
);
object_id!(
    /// Id of an Event, `evt_…`.
    EventId,
    "evt_"
);
object_id!(
    /// Id of one HTTP request, `req_…`, as the `Request-Id` header names it.
    RequestId,
    "req_"
);

impl CouponId {
    /// Characters of a code nobody chose.
    const CODE_CHARS: usize = 8;

    /// A random code that people can type. It may be in use, which a store notices.
    pub fn fresh_code(ids: &mut dyn IdSource) -> Self {
        let mut digits = String::new();
        push_base62(&mut digits, ids.random());
        let start = digits.len().saturating_sub(Self::CODE_CHARS);
        Self::from_text(digits.split_off(start))
    }
}

impl TaxRateId {
    /// The id of a rate that nobody made: it follows from what the rate is.
    pub(crate) fn of_fingerprint(fingerprint: u128) -> Self {
        let mut text = String::from(Self::PREFIX);
        for word in [fingerprint >> u64::BITS, fingerprint & u128::from(u64::MAX)] {
            push_base62(&mut text, u64::try_from(word).unwrap_or(u64::MAX));
        }
        Self::from_text(text)
    }
}

impl CheckoutSessionId {
    /// A fresh id in live mode or test mode, and its ordinal.
    #[must_use]
    pub fn fresh_in(livemode: bool, ids: &mut dyn IdSource) -> (Self, Ordinal) {
        if livemode { Self::fresh_with("cs_live_a1", ids) } else { Self::fresh(ids) }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Counts up; its "random" words are the count too, so that expectations can name ids.
    #[derive(Default)]
    pub(crate) struct CountingIds(u64);

    impl IdSource for CountingIds {
        fn next_ordinal(&mut self) -> Ordinal {
            self.0 += 1;
            Ordinal::new(self.0)
        }

        fn random(&mut self) -> u64 {
            self.0
        }
    }

    #[test]
    fn ids_sort_by_their_ordinal() {
        let mut ids = CountingIds::default();
        let made: Vec<String> =
            (0..200).map(|_| PriceId::fresh(&mut ids).0.as_str().to_owned()).collect();
        let mut sorted = made.clone();
        sorted.sort();
        assert_eq!(made, sorted);
    }

    #[test]
    fn the_largest_number_fits_the_digits() {
        let mut text = String::new();
        push_base62(&mut text, u64::MAX);
        assert_eq!(text, "LygHa16AHYF");
    }
}
