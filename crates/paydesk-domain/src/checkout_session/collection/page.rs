//! What the page says, and how it looks.

use super::branding::Branding;
use super::words::words;

/// What the page says and how it looks, as far as the shop said.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Page {
    /// `after_expiration`
    pub after_expiration: Option<AfterExpiration>,
    /// `branding_settings`
    pub branding: Option<Branding>,
    /// `custom_text`
    pub custom_text: CustomText,
    /// `origin_context`
    pub origin_context: Option<OriginContext>,
    /// `submit_type`
    pub submit_type: Option<SubmitType>,
}

/// Texts of the shop's own, each up to 1200 characters. Mirrors `custom_text`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CustomText {
    /// Behind the button.
    pub after_submit: Option<String>,
    /// Beside the address that goods are sent to.
    pub shipping_address: Option<String>,
    /// Beside the button.
    pub submit: Option<String>,
    /// In place of the usual sentence about terms.
    pub terms_of_service_acceptance: Option<String>,
}

/// What is done for a buyer whose session expired. Mirrors `after_expiration`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct AfterExpiration {
    /// `recovery`
    pub recovery: Option<Recovery>,
}

/// Whether the buyer can begin again with the same cart. Mirrors `recovery`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Whether they can.
    pub enabled: bool,
    /// `allow_promotion_codes`: whether they may enter promotion codes then.
    pub allow_promotion_codes: bool,
}

words! {
    /// Where the buyer comes from. Mirrors `origin_context`.
    OriginContext {
        /// An app on a telephone.
        MobileApp = "mobile_app",
        /// A page in a browser.
        Web = "web",
    }
}

words! {
    /// What the button says. Mirrors `submit_type`.
    SubmitType {
        /// Whatever fits.
        Auto = "auto",
        /// That something is booked.
        Book = "book",
        /// That something is given.
        Donate = "donate",
        /// That something is paid.
        Pay = "pay",
        /// That something is subscribed to.
        Subscribe = "subscribe",
    }
}

impl CustomText {
    /// Whether there is a text of the shop's own anywhere.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
