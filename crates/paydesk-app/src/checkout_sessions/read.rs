//! Reading sessions: one, a list, and the lines of one.

use paydesk_domain::Refusal;
use paydesk_domain::checkout_session::SessionRefusal;
use paydesk_domain::id::CheckoutSessionId;
use paydesk_domain::listing::CheckoutSessionFilter;
use paydesk_domain::money::Money;
use paydesk_store::{CartQuery, CatalogQuery};

use super::load::{Lines, Shown};
use super::{ExplainedSession, LinesView, SessionView, SessionsView};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{CursorIds, ListRequest, cursor};

impl App {
    /// A session as it is now.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_checkout_session(
        &self,
        call: &Call,
        id: &CheckoutSessionId,
        shown: Shown,
    ) -> Result<SessionView, AppError> {
        let query = shown.query();
        let cart = self.load_cart(call, id, &query).await?;
        let session = cart.session.value.observed_at(call.now(self));
        let customers = self.load_customers(call, std::iter::once(&session), shown).await?;
        Ok(SessionView { session, catalog: cart.catalog, customers })
    }

    /// A page of sessions as they are now.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_checkout_sessions(
        &self,
        call: &Call,
        request: ListRequest<CheckoutSessionFilter>,
        shown: Shown,
    ) -> Result<SessionsView, AppError> {
        let sandbox = call.sandbox_id();
        let now = request.filter.now;
        let place_of = |id: String| async move {
            let id = CheckoutSessionId::from(id.as_str());
            let found = self.store.load_cart(sandbox, &id, &CartQuery::default()).await?;
            Ok(found.map(|cart| {
                let session = cart.session.value;
                cursor(session.created, session.ordinal)
            }))
        };
        let page = request.page.resolve("checkout.session", place_of).await?;
        let page = self.store.list_checkout_sessions(sandbox, &request.filter, page).await?;
        let sessions = page.map(|session| session.observed_at(now));
        let customers = self.load_customers(call, sessions.data.iter(), shown).await?;
        let mut query = CatalogQuery::default();
        for session in &sessions.data {
            if shown.lines == Lines::Shown {
                query.prices.extend(session.lines.iter().map(|line| line.price.clone()));
            }
            if shown.lines != Lines::Hidden {
                query.tax_rates.extend(session.tax_rates().cloned());
            }
            if shown.promotion_codes {
                let discounts = session.discount.iter();
                query
                    .promotion_codes
                    .extend(discounts.filter_map(|discount| discount.promotion_code.clone()));
            }
            if shown.shipping_rates {
                let options = session.shipping.options.iter();
                query.shipping_rates.extend(options.map(|option| option.rate.clone()));
            }
        }
        let catalog = self.store.load_catalog(sandbox, &query).await?;
        Ok(SessionsView { sessions, catalog, customers })
    }

    /// A page of a session's lines, in the cart's order.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_line_items(
        &self,
        call: &Call,
        id: &CheckoutSessionId,
        page: CursorIds,
    ) -> Result<LinesView, AppError> {
        let shown = Shown { lines: Lines::Shown, ..Shown::default() };
        let SessionView { session, catalog, .. } =
            self.retrieve_checkout_session(call, id, shown).await?;
        // Lines keep the cart's order; `starting_after` goes down the cart.
        let lines = page.of(session.lines.clone(), "line item", |line| line.id.as_str())?;
        Ok(LinesView { session, lines, catalog })
    }

    /// How the amounts of a session came about.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn explain_checkout_session(
        &self,
        call: &Call,
        id: &CheckoutSessionId,
    ) -> Result<ExplainedSession, AppError> {
        let shown = Shown { lines: Lines::Shown, ..Shown::default() };
        let SessionView { session, catalog, .. } =
            self.retrieve_checkout_session(call, id, shown).await?;
        let explanation = session.explain(&catalog).map_err(|_overflow| {
            let maximum = Money::new(session.currency.maximum_charge(), session.currency);
            AppError::from(Refusal::from(SessionRefusal::AmountTooLarge { maximum }))
        })?;
        Ok(ExplainedSession { session, catalog, explanation })
    }
}
