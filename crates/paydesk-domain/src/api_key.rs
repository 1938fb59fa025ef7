//! API keys that were made: whose they are and what they may do.

use std::fmt;

use crate::id::{ApiKeyId, IdSource, ObjectId, Ordinal, fresh_secret};
use crate::sandbox::SandboxId;
use crate::time::Timestamp;

/// Characters at the end of a key that are kept, to tell keys apart.
const LAST_CHARS: usize = 4;

/// The SHA-256 of an API key, or of the name in a key that opens a sandbox of its own. The key
/// itself is never stored. Not shown by `Debug`: a short name can be guessed from its hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyHash(pub [u8; 32]);

impl fmt::Debug for KeyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyHash(…)")
    }
}

/// A kind of object, or of service, that a restricted key is allowed to read or to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// The account itself.
    Account,
    /// Checkout Sessions and their lines.
    CheckoutSession,
    /// Coupons.
    Coupon,
    /// Customers and their tax ids.
    Customer,
    /// Events.
    Event,
    /// Prices.
    Price,
    /// Products.
    Product,
    /// Promotion codes.
    PromotionCode,
    /// The sandbox as a whole, by our own endpoints: its clock.
    Sandbox,
    /// Shipping rates.
    ShippingRate,
    /// Tax rates.
    TaxRate,
    /// Webhook endpoints.
    WebhookEndpoint,
}

impl Resource {
    /// Every resource there is.
    pub const ALL: &[Self] = &[
        Self::Account,
        Self::CheckoutSession,
        Self::Coupon,
        Self::Customer,
        Self::Event,
        Self::Price,
        Self::Product,
        Self::PromotionCode,
        Self::Sandbox,
        Self::ShippingRate,
        Self::TaxRate,
        Self::WebhookEndpoint,
    ];

    /// Its name in permissions, such as `checkout_session`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::CheckoutSession => "checkout_session",
            Self::Coupon => "coupon",
            Self::Customer => "customer",
            Self::Event => "event",
            Self::Price => "price",
            Self::Product => "product",
            Self::PromotionCode => "promotion_code",
            Self::Sandbox => "sandbox",
            Self::ShippingRate => "shipping_rate",
            Self::TaxRate => "tax_rate",
            Self::WebhookEndpoint => "webhook_endpoint",
        }
    }

    /// The resource of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|resource| resource.name() == name)
    }
}

/// What is done to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// It is looked at.
    Read,
    /// It is changed. Who may write may read.
    Write,
}

impl Access {
    /// Its name in permissions.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// One permission of a restricted key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// On what.
    pub resource: Resource,
    /// To do what.
    pub access: Access,
}

/// What a key may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyRights {
    /// Everything: Stripe's `sk_` keys.
    Secret,
    /// What a browser may do: Stripe's `pk_` keys.
    Publishable,
    /// What is listed: Stripe's `rk_` keys.
    Restricted(Vec<Permission>),
}

impl KeyRights {
    /// What a key of these rights begins with, in live mode or test mode.
    #[must_use]
    pub const fn prefix(&self, livemode: bool) -> &'static str {
        match (self, livemode) {
            (Self::Secret, false) => "sk_test_",
            (Self::Secret, true) => "sk_live_",
            (Self::Publishable, false) => "pk_test_",
            (Self::Publishable, true) => "pk_live_",
            (Self::Restricted(_), false) => "rk_test_",
            (Self::Restricted(_), true) => "rk_live_",
        }
    }

    /// Whether this is among the rights of a secret or a restricted key.
    #[must_use]
    pub fn allow(&self, wanted: Permission) -> bool {
        match self {
            Self::Secret => true,
            Self::Publishable => false,
            Self::Restricted(permissions) => permissions.iter().any(|permission| {
                permission.resource == wanted.resource && permission.access >= wanted.access
            }),
        }
    }
}

/// A key that was made, as it is stored: without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// `mk_…`, by which it is revoked.
    pub id: ApiKeyId,
    /// Its place among keys made in the same second.
    pub ordinal: Ordinal,
    /// The hash of its text.
    pub hash: KeyHash,
    /// The sandbox it opens.
    pub sandbox: SandboxId,
    /// Whether that is a world of live mode.
    pub livemode: bool,
    /// What it may do there.
    pub rights: KeyRights,
    /// The last characters of its text.
    pub last_four: String,
    /// What its maker calls it.
    pub name: Option<String>,
    /// When it was made, in wall time.
    pub created: Timestamp,
    /// Since when it opens nothing any more, in wall time.
    pub revoked: Option<Timestamp>,
}

/// A key to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateApiKey {
    /// The sandbox it is to open.
    pub sandbox: SandboxId,
    /// Whether that is a world of live mode.
    pub livemode: bool,
    /// What it may do there.
    pub rights: KeyRights,
    /// What its maker calls it.
    pub name: Option<String>,
}

/// The text of a key, which nobody keeps. It has no `Debug`: a key is never printed by accident.
pub struct KeyText(String);

impl KeyText {
    /// The text itself, to be shown once.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CreateApiKey {
    /// The key and its text, which has 256 bits of randomness. `hash` is SHA-256.
    #[must_use]
    pub fn decide(
        self,
        now: Timestamp,
        ids: &mut dyn IdSource,
        hash: impl FnOnce(&str) -> KeyHash,
    ) -> (ApiKey, KeyText) {
        let (id, ordinal) = ApiKeyId::fresh(ids);
        let secret = fresh_secret(ids);
        let hidden = secret.len().saturating_sub(LAST_CHARS);
        let text = format!("{}{secret}", self.rights.prefix(self.livemode));
        let key = ApiKey {
            id,
            ordinal,
            hash: hash(&text),
            sandbox: self.sandbox,
            livemode: self.livemode,
            rights: self.rights,
            last_four: secret.chars().skip(hidden).collect(),
            name: self.name,
            created: now,
            revoked: None,
        };
        (key, KeyText(text))
    }
}

impl ApiKey {
    /// The key after it was revoked. One that was revoked before keeps the time of that.
    #[must_use]
    pub fn revoke(self, now: Timestamp) -> Self {
        Self { revoked: self.revoked.or(Some(now)), ..self }
    }

    /// What may be shown of its text: `sk_test_…abcd`.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{}…{}", self.rights.prefix(self.livemode), self.last_four)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::tests::CountingIds;

    #[test]
    fn who_may_write_may_read_and_nothing_else_is_allowed() {
        let permission = |resource, access| Permission { resource, access };
        let rights = KeyRights::Restricted(vec![
            permission(Resource::CheckoutSession, Access::Write),
            permission(Resource::Product, Access::Read),
        ]);
        for (resource, access, is_allowed) in [
            (Resource::CheckoutSession, Access::Read, true),
            (Resource::CheckoutSession, Access::Write, true),
            (Resource::Product, Access::Read, true),
            (Resource::Product, Access::Write, false),
            (Resource::Price, Access::Read, false),
        ] {
            let wanted = permission(resource, access);
            assert_eq!(rights.allow(wanted), is_allowed, "{wanted:?}");
            assert!(KeyRights::Secret.allow(wanted));
            assert!(!KeyRights::Publishable.allow(wanted));
        }
    }

    #[test]
    fn every_resource_has_a_name_of_its_own() {
        for resource in Resource::ALL {
            assert_eq!(Resource::from_name(resource.name()), Some(*resource));
        }
        assert_eq!(Resource::from_name("teapot"), None);
    }

    #[test]
    fn a_key_shows_no_more_than_its_kind_and_its_end() {
        let create = CreateApiKey {
            sandbox: SandboxId(1),
            livemode: true,
            rights: KeyRights::Secret,
            name: None,
        };
        let now = Timestamp::from_seconds(1);
        let (key, text) = create.decide(now, &mut CountingIds::default(), |_| KeyHash([7; 32]));
        assert_eq!(text.as_str().len(), "sk_live_".len() + 44);
        assert!(text.as_str().ends_with(&key.last_four));
        assert_eq!(key.shown(), "sk_live_…0001");
        assert!(!format!("{key:?}").contains('7'), "{key:?}");
    }

    #[test]
    fn a_key_is_revoked_once() {
        let create = CreateApiKey {
            sandbox: SandboxId(1),
            livemode: false,
            rights: KeyRights::Publishable,
            name: None,
        };
        let now = Timestamp::from_seconds(1);
        let (key, _) = create.decide(now, &mut CountingIds::default(), |_| KeyHash([7; 32]));
        let revoked = key.revoke(now).revoke(now.plus_seconds(9));
        assert_eq!(revoked.revoked, Some(now));
    }
}
