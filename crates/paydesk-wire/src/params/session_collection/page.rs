//! What the page of a session says.

use paydesk_domain::checkout_session::{
    AfterExpiration, BorderStyle, BrandImage, Branding, Color, CustomText, FontFamily,
    OriginContext, Page, Recovery, SubmitType,
};

use super::enabled;
use crate::form::{Choices, Fields, ParamProblem};

const TEXT_CHARS_MAX: usize = 1200;
/// The longest name of a shop; our own bound.
const NAME_CHARS_MAX: usize = 5000;
/// Where a picture is: there are no files here.
const PLACES: Choices<()> = &[("file", None), ("url", Some(()))];

/// Reads what the page says.
pub(super) fn page(fields: &mut Fields<'_>) -> Page {
    Page {
        after_expiration: fields.object("after_expiration", after_expiration),
        branding: fields.object("branding_settings", branding),
        custom_text: fields.object("custom_text", custom_text).unwrap_or_default(),
        origin_context: fields.choice("origin_context", OriginContext::WORDS),
        submit_type: fields.choice("submit_type", SubmitType::WORDS),
    }
}

fn custom_text(fields: &mut Fields<'_>) -> Option<CustomText> {
    let mut text = |name: &str| {
        let message = fields.patch(name, |fields, name| {
            fields.object(name, |fields| fields.required_text("message", TEXT_CHARS_MAX))
        });
        message.apply(None)
    };
    Some(CustomText {
        after_submit: text("after_submit"),
        shipping_address: text("shipping_address"),
        submit: text("submit"),
        terms_of_service_acceptance: text("terms_of_service_acceptance"),
    })
}

fn after_expiration(fields: &mut Fields<'_>) -> Option<AfterExpiration> {
    let recovery = fields.object("recovery", |fields| {
        let enabled = enabled(fields);
        let allow_promotion_codes = fields.boolean("allow_promotion_codes").unwrap_or(false);
        Some(Recovery { enabled: enabled?, allow_promotion_codes })
    });
    Some(AfterExpiration { recovery })
}

fn branding(fields: &mut Fields<'_>) -> Option<Branding> {
    fields.at_most_one(&["icon", "logo"]);
    let (names, text) = (FontFamily::names(), FontFamily::from_name);
    let border_style =
        fields.patch("border_style", |fields, name| fields.choice(name, BorderStyle::WORDS));
    let font_family = fields.patch("font_family", |fields, name| fields.word(name, names, text));
    let icon = fields.object("icon", image).map(BrandImage::Icon);
    let logo = fields.object("logo", image).map(BrandImage::Logo);
    Some(Branding {
        background_color: color(fields, "background_color"),
        border_style: border_style.apply(None),
        button_color: color(fields, "button_color"),
        display_name: fields.text_up_to("display_name", NAME_CHARS_MAX),
        font_family: font_family.apply(None),
        image: icon.or(logo),
    })
}

fn color(fields: &mut Fields<'_>, name: &str) -> Option<Color> {
    let color = fields.patch(name, |fields, name| {
        fields.parsed(name, Color::parse, |param, value| ParamProblem::Color { param, value })
    });
    color.apply(None)
}

fn image(fields: &mut Fields<'_>) -> Option<String> {
    let was_sent = fields.is_sent("type");
    let place = fields.choice("type", PLACES);
    let place = fields.required("type", place, was_sent);
    let was_sent = fields.is_sent("url");
    let url = fields.url("url");
    if place.is_some() && url.is_none() && !was_sent {
        fields.report(ParamProblem::Missing { param: fields.param("url") });
    }
    place.and(url)
}
