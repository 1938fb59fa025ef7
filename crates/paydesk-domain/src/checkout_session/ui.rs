//! Where a session is shown, and which return addresses go with that.

use super::refusal::SessionRefusal;

/// Stripe's `ui_mode`, by its names since `2026-03-25.dahlia`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum UiMode {
    /// A page of ours that the buyer is sent to.
    #[default]
    HostedPage,
    /// A page of ours inside the shop's page.
    EmbeddedPage,
    /// The shop's own page, with our elements in it.
    Elements,
    /// A form of ours inside the shop's page.
    Form,
}

/// Where a session is shown. Each variant holds the addresses and the secret it works with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ui {
    /// `hosted_page`
    HostedPage {
        /// Where the buyer goes after paying.
        success_url: String,
        /// Where the buyer goes to leave.
        cancel_url: Option<String>,
        /// The part of `url` behind `#`, without which the page shows nothing.
        page_secret: String,
    },
    /// `embedded_page`
    EmbeddedPage {
        /// Where the buyer goes after paying; absent only if never redirected.
        return_url: Option<String>,
        /// Whether the page redirects when done.
        redirect_on_completion: RedirectOnCompletion,
        /// The part of `client_secret` behind `_secret_`.
        client_secret: String,
    },
    /// `elements`
    Elements {
        /// Where redirecting payment methods come back to.
        return_url: Option<String>,
        /// The part of `client_secret` behind `_secret_`.
        client_secret: String,
    },
    /// `form`
    Form {
        /// Where redirecting payment methods come back to.
        return_url: Option<String>,
        /// Where the buyer goes after paying.
        success_url: Option<String>,
        /// Where the buyer goes to leave.
        cancel_url: Option<String>,
        /// The part of `client_secret` behind `_secret_`.
        client_secret: String,
    },
}

/// When an embedded page redirects. Mirrors Stripe's `redirect_on_completion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RedirectOnCompletion {
    /// After every payment.
    #[default]
    Always,
    /// Only for payment methods that redirect anyway.
    IfRequired,
    /// Never; such methods are not offered.
    Never,
}

/// The addresses a request gives, before it is known whether they fit.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Urls {
    /// Stripe's `success_url`.
    pub success_url: Option<String>,
    /// Stripe's `cancel_url`.
    pub cancel_url: Option<String>,
    /// Stripe's `return_url`.
    pub return_url: Option<String>,
    /// Stripe's `redirect_on_completion`.
    pub redirect_on_completion: Option<RedirectOnCompletion>,
}

/// A parameter that only some `ui_mode`s have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlParameter {
    /// `success_url`
    SuccessUrl,
    /// `cancel_url`
    CancelUrl,
    /// `return_url`
    ReturnUrl,
    /// `redirect_on_completion`
    RedirectOnCompletion,
}

impl UrlParameter {
    /// The parameter's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SuccessUrl => "success_url",
            Self::CancelUrl => "cancel_url",
            Self::ReturnUrl => "return_url",
            Self::RedirectOnCompletion => "redirect_on_completion",
        }
    }
}

impl UiMode {
    const fn allows(self, parameter: UrlParameter) -> bool {
        match parameter {
            UrlParameter::SuccessUrl | UrlParameter::CancelUrl => {
                matches!(self, Self::HostedPage | Self::Form)
            }
            UrlParameter::ReturnUrl => {
                matches!(self, Self::EmbeddedPage | Self::Elements | Self::Form)
            }
            UrlParameter::RedirectOnCompletion => matches!(self, Self::EmbeddedPage),
        }
    }
}

impl Ui {
    /// The place `mode` shows a session in, with the addresses given.
    ///
    /// # Errors
    /// When an address is missing or has no meaning there.
    pub fn new(mode: UiMode, urls: Urls, secret: String) -> Result<Self, SessionRefusal> {
        check_allowed(mode, &urls)?;
        let required = |url: Option<String>, parameter| {
            url.ok_or(SessionRefusal::UrlMissing { parameter, ui_mode: mode })
        };
        Ok(match mode {
            UiMode::HostedPage => Self::HostedPage {
                success_url: required(urls.success_url, UrlParameter::SuccessUrl)?,
                cancel_url: urls.cancel_url,
                page_secret: secret,
            },
            UiMode::EmbeddedPage => {
                let redirect = urls.redirect_on_completion.unwrap_or_default();
                let return_url = match redirect {
                    RedirectOnCompletion::Never => urls.return_url,
                    RedirectOnCompletion::Always | RedirectOnCompletion::IfRequired => {
                        Some(required(urls.return_url, UrlParameter::ReturnUrl)?)
                    }
                };
                Self::EmbeddedPage {
                    return_url,
                    redirect_on_completion: redirect,
                    client_secret: secret,
                }
            }
            UiMode::Elements => {
                Self::Elements { return_url: urls.return_url, client_secret: secret }
            }
            UiMode::Form => Self::Form {
                return_url: urls.return_url,
                success_url: urls.success_url,
                cancel_url: urls.cancel_url,
                client_secret: secret,
            },
        })
    }

    /// Stripe's name of the place.
    #[must_use]
    pub const fn mode(&self) -> UiMode {
        match self {
            Self::HostedPage { .. } => UiMode::HostedPage,
            Self::EmbeddedPage { .. } => UiMode::EmbeddedPage,
            Self::Elements { .. } => UiMode::Elements,
            Self::Form { .. } => UiMode::Form,
        }
    }
}

fn check_allowed(mode: UiMode, urls: &Urls) -> Result<(), SessionRefusal> {
    let sent = [
        (UrlParameter::SuccessUrl, urls.success_url.is_some()),
        (UrlParameter::CancelUrl, urls.cancel_url.is_some()),
        (UrlParameter::ReturnUrl, urls.return_url.is_some()),
        (UrlParameter::RedirectOnCompletion, urls.redirect_on_completion.is_some()),
    ];
    match sent.into_iter().find(|(parameter, is_sent)| *is_sent && !mode.allows(*parameter)) {
        Some((parameter, _)) => Err(SessionRefusal::UrlNotAllowed { parameter, ui_mode: mode }),
        None => Ok(()),
    }
}
