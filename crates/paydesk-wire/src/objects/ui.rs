//! Names of the places a session is shown in.

use paydesk_domain::checkout_session::{RedirectOnCompletion, UiMode};

pub(crate) const fn ui_mode_name(mode: UiMode) -> &'static str {
    match mode {
        UiMode::HostedPage => "hosted_page",
        UiMode::EmbeddedPage => "embedded_page",
        UiMode::Elements => "elements",
        UiMode::Form => "form",
    }
}

pub(super) const fn redirect_name(redirect: RedirectOnCompletion) -> &'static str {
    match redirect {
        RedirectOnCompletion::Always => "always",
        RedirectOnCompletion::IfRequired => "if_required",
        RedirectOnCompletion::Never => "never",
    }
}
