//! What is done after a session expired, and how its page looks, as fields of it.

use paydesk_domain::checkout_session::{
    AfterExpiration, BorderStyle, BrandImage, Branding, Color, FontFamily, Recovery,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::objects::Null;

/// What the page looks like where the shop does not say.
const BACKGROUND: &str = "#ffffff";
const BUTTON: &str = "#0074d4";
const FONT: &str = "default";

#[derive(JsonSchema, Serialize)]
pub(crate) struct AfterExpirationObject {
    recovery: Option<RecoveryObject>,
}

/// Nothing recovers a session yet, so that it has no address to do so at.
#[derive(JsonSchema, Serialize)]
struct RecoveryObject {
    allow_promotion_codes: bool,
    enabled: bool,
    expires_at: Null,
    url: Null,
}

#[derive(JsonSchema, Serialize)]
pub(crate) struct BrandingSettingsObject<'a> {
    background_color: &'a str,
    border_style: &'static str,
    button_color: &'a str,
    display_name: &'a str,
    font_family: &'static str,
    icon: Option<ImageObject<'a>>,
    logo: Option<ImageObject<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct ImageObject<'a> {
    r#type: &'static str,
    url: &'a str,
}

impl From<AfterExpiration> for AfterExpirationObject {
    fn from(AfterExpiration { recovery }: AfterExpiration) -> Self {
        let object = |Recovery { enabled, allow_promotion_codes }| RecoveryObject {
            allow_promotion_codes,
            enabled,
            expires_at: (),
            url: (),
        };
        Self { recovery: recovery.map(object) }
    }
}

impl<'a> From<&'a Branding> for BrandingSettingsObject<'a> {
    fn from(branding: &'a Branding) -> Self {
        let object = |url: &'a String| Some(ImageObject { r#type: "url", url });
        let (icon, logo) = match &branding.image {
            Some(BrandImage::Icon(url)) => (object(url), None),
            Some(BrandImage::Logo(url)) => (None, object(url)),
            None => (None, None),
        };
        Self {
            background_color: branding.background_color.as_ref().map_or(BACKGROUND, Color::as_str),
            border_style: branding.border_style.unwrap_or(BorderStyle::Rounded).as_str(),
            button_color: branding.button_color.as_ref().map_or(BUTTON, Color::as_str),
            display_name: branding.display_name.as_deref().unwrap_or_default(),
            font_family: branding.font_family.map_or(FONT, FontFamily::name),
            icon,
            logo,
        }
    }
}
