//! What a session's page says, inside its row.

use minicbor::{Decode, Encode};
use paydesk_domain::checkout_session::{CustomText, OriginContext, Page, SubmitType};

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
        })
    }
}
