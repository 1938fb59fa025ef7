//! Reading sessions: one, a list, and the lines of one.

use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::{CheckoutSession, LineItem};
use paydesk_domain::id::{CheckoutSessionId, PriceId};
use paydesk_domain::listing::CheckoutSessionFilter;
use paydesk_store::{CartQuery, Page};

use super::load::Lines;
use super::{LinesView, SessionView};
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
        lines: Lines,
    ) -> Result<SessionView, AppError> {
        let query = CartQuery { lines: lines.detail(), ..CartQuery::default() };
        let cart = self.load_cart(call, id, &query).await?;
        let session = cart.session.value.observed_at(call.now(self));
        Ok(SessionView { session, catalog: cart.catalog })
    }

    /// A page of sessions as they are now.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_checkout_sessions(
        &self,
        call: &Call,
        request: ListRequest<CheckoutSessionFilter>,
        lines: Lines,
    ) -> Result<(Page<CheckoutSession>, Catalog), AppError> {
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
        let page = page.map(|session| session.observed_at(now));
        if lines == Lines::Hidden {
            return Ok((page, Catalog::default()));
        }
        let lines = page.data.iter().flat_map(|session| &session.lines);
        let prices: Vec<PriceId> = lines.map(|line| line.price.clone()).collect();
        let catalog = self.store.load_catalog(sandbox, &prices, &[]).await?;
        Ok((page, catalog))
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
        let SessionView { session, catalog } =
            self.retrieve_checkout_session(call, id, Lines::Shown).await?;
        let lines = page_of_lines(session.lines, page)?;
        Ok(LinesView { revision: session.revision.get(), lines, catalog })
    }
}

/// Lines keep the cart's order; `starting_after` goes down the cart.
fn page_of_lines(lines: Vec<LineItem>, page: CursorIds) -> Result<Page<LineItem>, AppError> {
    let position_of = |id: String, param: &'static str| {
        let position = lines.iter().position(|line| line.id.as_str() == id);
        position.ok_or(AppError::NoSuchCursor { object: "line item", id, param })
    };
    let (start, end, has_more) = match (page.starting_after, page.ending_before) {
        (None, Some(id)) => {
            let end = position_of(id, "ending_before")?;
            let start = end.saturating_sub(page.limit);
            (start, end, start > 0)
        }
        (starting_after, _) => {
            let start = match starting_after {
                Some(id) => position_of(id, "starting_after")? + 1,
                None => 0,
            };
            let end = lines.len().min(start + page.limit);
            (start, end, end < lines.len())
        }
    };
    let data = lines.into_iter().skip(start).take(end - start).collect();
    Ok(Page { data, has_more })
}
