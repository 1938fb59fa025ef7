//! What the page of a session says.

use paydesk_domain::checkout_session::{CustomText, OriginContext, Page, SubmitType};

use crate::form::Fields;

const TEXT_CHARS_MAX: usize = 1200;

/// Reads what the page says.
pub(super) fn page(fields: &mut Fields<'_>) -> Page {
    Page {
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
