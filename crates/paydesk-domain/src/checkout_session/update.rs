//! Updating a session: its cart and its metadata.

use super::line_rules::InlineCatalog;
use super::permissions::Actor;
use super::pricing::priced;
use super::refusal::SessionRefusal;
use super::state::SessionState;
use super::update_line_items::LineItemEntry;
use super::{CheckoutSession, Revision, SessionDecision};
use crate::catalog::Catalog;
use crate::id::IdSource;
use crate::metadata::MetadataChange;
use crate::time::Timestamp;

/// A request to update a session; what was not sent stays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateCheckoutSession {
    /// The revision the request was made for, where it names one.
    pub if_match: Option<IfMatch>,
    /// Whether the request carries Stripe's token of the server-update preview, under which an
    /// explicit `client_only` binds the server too.
    pub is_server_update_preview: bool,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
    /// The whole new cart, where it changes.
    pub line_items: Option<Vec<LineItemEntry>>,
}

/// What the `If-Match` header asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: any revision.
    Any,
    /// Exactly this revision.
    Revision(Revision),
}

impl UpdateCheckoutSession {
    /// Decides on the session after the update. `catalog` holds the Prices and Products that the
    /// session's lines have and the request names, as far as they exist.
    ///
    /// # Errors
    /// [`SessionRefusal`]; the session stays as it is then, wholly.
    pub fn decide(
        self,
        before: &CheckoutSession,
        catalog: &Catalog,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<SessionDecision, SessionRefusal> {
        check_revision(self.if_match, before.revision)?;
        let mut inline = InlineCatalog::new(catalog, now);
        let mut session = CheckoutSession {
            metadata: before.metadata.changed(self.metadata.as_ref())?,
            ..before.clone()
        };
        if let Some(entries) = self.line_items {
            check_open(before)?;
            check_permission(before, self.is_server_update_preview)?;
            let cart = before.updated_lines(entries, &mut inline, ids)?;
            (session.lines, session.totals) = priced(before.currency, cart.lines)?;
            session.next_line_ordinal = cart.next_line_ordinal;
        }
        if session.differs_visibly_from(before) {
            session.revision = before.revision.next();
        }
        Ok(SessionDecision::with_inline(session, inline))
    }
}

fn check_revision(if_match: Option<IfMatch>, current: Revision) -> Result<(), SessionRefusal> {
    match if_match {
        Some(IfMatch::Revision(expected)) if expected != current => {
            Err(SessionRefusal::RevisionMoved { current })
        }
        None | Some(IfMatch::Any | IfMatch::Revision(_)) => Ok(()),
    }
}

fn check_open(session: &CheckoutSession) -> Result<(), SessionRefusal> {
    match session.state {
        SessionState::Open => Ok(()),
        state @ SessionState::Expired { .. } => Err(SessionRefusal::NotUpdatable(state.status())),
    }
}

fn check_permission(session: &CheckoutSession, is_preview: bool) -> Result<(), SessionRefusal> {
    let actor = session.permissions.and_then(|permissions| permissions.update_line_items);
    match actor {
        Some(Actor::ClientOnly) if is_preview => Err(SessionRefusal::LineItemsClientOnly),
        None | Some(Actor::ClientOnly | Actor::ServerOnly) => Ok(()),
    }
}
