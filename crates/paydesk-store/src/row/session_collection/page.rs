//! What a session's page says, inside its row.

use minicbor::{Decode, Encode};
use paydesk_domain::checkout_session::{
    AfterExpiration, BorderStyle, BrandImage, Branding, Color, CustomText, FontFamily,
    OriginContext, Page, Recovery, SubmitType,
};

use super::super::RowError;
use super::{known_if_any, owned};

#[derive(Encode, Decode)]
pub(super) struct PageRow<'b> {
    #[b(0)]
    after_submit: Option<&'b str>,
    #[b(1)]
    shipping_address: Option<&'b str>,
    #[b(2)]
    submit: Option<&'b str>,
    #[b(3)]
    terms_of_service_acceptance: Option<&'b str>,
    #[b(4)]
    origin_context: Option<&'b str>,
    #[b(5)]
    submit_type: Option<&'b str>,
    #[n(6)]
    after_expiration: Option<AfterExpirationRow>,
    #[b(7)]
    branding: Option<BrandingRow<'b>>,
}

#[derive(Encode, Decode)]
struct AfterExpirationRow {
    #[n(0)]
    recovery: Option<RecoveryRow>,
}

#[derive(Encode, Decode)]
struct RecoveryRow {
    #[n(0)]
    enabled: bool,
    #[n(1)]
    allow_promotion_codes: bool,
}

#[derive(Encode, Decode)]
struct BrandingRow<'b> {
    #[b(0)]
    background_color: Option<&'b str>,
    #[b(1)]
    border_style: Option<&'b str>,
    #[b(2)]
    button_color: Option<&'b str>,
    #[b(3)]
    display_name: Option<&'b str>,
    #[b(4)]
    font_family: Option<&'b str>,
    #[b(5)]
    icon: Option<&'b str>,
    #[b(6)]
    logo: Option<&'b str>,
}

impl<'b> From<&'b Page> for PageRow<'b> {
    fn from(page: &'b Page) -> Self {
        let text = &page.custom_text;
        Self {
            after_submit: text.after_submit.as_deref(),
            shipping_address: text.shipping_address.as_deref(),
            submit: text.submit.as_deref(),
            terms_of_service_acceptance: text.terms_of_service_acceptance.as_deref(),
            origin_context: page.origin_context.map(OriginContext::as_str),
            submit_type: page.submit_type.map(SubmitType::as_str),
            after_expiration: page.after_expiration.map(|after| AfterExpirationRow {
                recovery: after.recovery.map(|recovery| RecoveryRow {
                    enabled: recovery.enabled,
                    allow_promotion_codes: recovery.allow_promotion_codes,
                }),
            }),
            branding: page.branding.as_ref().map(BrandingRow::from),
        }
    }
}

impl PageRow<'_> {
    pub(super) fn into_page(self) -> Result<Page, RowError> {
        Ok(Page {
            custom_text: CustomText {
                after_submit: owned(self.after_submit),
                shipping_address: owned(self.shipping_address),
                submit: owned(self.submit),
                terms_of_service_acceptance: owned(self.terms_of_service_acceptance),
            },
            origin_context: known_if_any(self.origin_context, OriginContext::from_word)?,
            submit_type: known_if_any(self.submit_type, SubmitType::from_word)?,
            after_expiration: self.after_expiration.map(|after| AfterExpiration {
                recovery: after.recovery.map(|row| Recovery {
                    enabled: row.enabled,
                    allow_promotion_codes: row.allow_promotion_codes,
                }),
            }),
            branding: self.branding.map(BrandingRow::into_branding).transpose()?,
        })
    }
}

impl<'b> From<&'b Branding> for BrandingRow<'b> {
    fn from(branding: &'b Branding) -> Self {
        let (icon, logo) = match &branding.image {
            Some(BrandImage::Icon(url)) => (Some(url.as_str()), None),
            Some(BrandImage::Logo(url)) => (None, Some(url.as_str())),
            None => (None, None),
        };
        Self {
            background_color: branding.background_color.as_ref().map(Color::as_str),
            border_style: branding.border_style.map(BorderStyle::as_str),
            button_color: branding.button_color.as_ref().map(Color::as_str),
            display_name: branding.display_name.as_deref(),
            font_family: branding.font_family.map(FontFamily::name),
            icon,
            logo,
        }
    }
}

impl BrandingRow<'_> {
    fn into_branding(self) -> Result<Branding, RowError> {
        let icon = owned(self.icon).map(BrandImage::Icon);
        let logo = owned(self.logo).map(BrandImage::Logo);
        Ok(Branding {
            background_color: known_if_any(self.background_color, Color::parse)?,
            border_style: known_if_any(self.border_style, BorderStyle::from_word)?,
            button_color: known_if_any(self.button_color, Color::parse)?,
            display_name: owned(self.display_name),
            font_family: known_if_any(self.font_family, FontFamily::from_name)?,
            image: icon.or(logo),
        })
    }
}
