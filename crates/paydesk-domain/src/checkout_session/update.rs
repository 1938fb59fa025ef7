//! Updating a session: its cart and its metadata.

use std::sync::Arc;

use super::collection::UpdatePaymentIntentData;
use super::discount::{Discount, DiscountChoice};
use super::line_rules::InlineCatalog;
use super::permissions::{Actor, Permissions};
use super::refusal::{DiscountRefusal, SessionRefusal, SubscriptionRefusal};
use super::shipping::{ShippingChoice, ShippingDetails};
use super::state::SessionState;
use super::subscription::TrialChange;
use super::update_line_items::LineItemEntry;
use super::{CheckoutSession, Mode, Revision, SessionDecision, shipping};
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
    /// Another discount, or an empty array for none.
    pub discounts: Option<Vec<DiscountChoice>>,
    /// All that the buyer can choose from for shipping, or an empty array for nothing.
    pub shipping_options: Option<Vec<ShippingChoice>>,
    /// Where the cart goes.
    pub shipping_details: Option<ShippingDetails>,
    /// Another trial, or none.
    pub trial: Option<TrialChange>,
    /// Changes of what the payment is to be like.
    pub payment: Option<UpdatePaymentIntentData>,
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
        mut self,
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
        if let Some(update) = self.payment.take() {
            check_open(before)?;
            let (mode, ui_mode) = (before.mode, before.ui.mode());
            session.collection = Arc::new(before.collection.with_payment(update, mode, ui_mode)?);
        }
        if self.changes_cart() {
            check_open(before)?;
            self.apply_to(&mut session, before, &mut inline, now, ids)?;
        }
        if session.differs_visibly_from(before) {
            if session.totals != before.totals || session.lines != before.lines {
                session.priced_at = now;
            }
            session.revision = before.revision.next();
        }
        Ok(SessionDecision::with_created(session, inline.into_created()))
    }

    /// Whether it names anything that amounts depend on.
    #[must_use]
    pub const fn changes_cart(&self) -> bool {
        self.line_items.is_some()
            || self.discounts.is_some()
            || self.shipping_options.is_some()
            || self.shipping_details.is_some()
            || self.trial.is_some()
    }

    /// Changes the cart, and computes all of it anew.
    fn apply_to(
        self,
        session: &mut CheckoutSession,
        before: &CheckoutSession,
        inline: &mut InlineCatalog<'_>,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<(), SessionRefusal> {
        let permitted = Permitted { session: before, is_preview: self.is_server_update_preview };
        let mut terms = session.take_cart_terms();
        if let Some(discounts) = self.discounts {
            permitted.check_discounts()?;
            terms.discount = before.updated_discount(discounts, inline, ids)?;
        }
        let ui_mode = before.ui.mode();
        if let Some(details) = self.shipping_details {
            shipping::check_ui_mode(ui_mode, "collected_information")?;
            details.check(before.collection.details.shipping_countries.as_deref())?;
            terms.shipping.details = Some(details);
        }
        if let Some(choices) = self.shipping_options {
            shipping::check_mode(before.mode)?;
            shipping::check_ui_mode(ui_mode, "shipping_options")?;
            let known = &before.shipping.options;
            terms.shipping.options =
                inline.shipping_options(choices, known, before.currency, ids)?;
        }
        if let Some(change) = self.trial {
            if before.mode != Mode::Subscription {
                return Err(SubscriptionRefusal::NotInMode(before.mode).into());
            }
            terms.subscription = before.subscription.with_trial(change, now)?;
        }
        let cart = match self.line_items {
            Some(entries) => {
                permitted.check_line_items()?;
                before.updated_lines(entries, inline, ids)?
            }
            None => before.kept_lines(inline, ids)?,
        };
        session.next_line_ordinal = cart.next_line_ordinal;
        let kept_rates = &before.subscription.default_tax_rates;
        let cart = terms.apply(cart.lines, kept_rates, inline, now, ids)?;
        (session.lines, session.totals) = (cart.lines, cart.totals);
        session.discount = cart.terms.discount;
        session.shipping = cart.terms.shipping;
        session.automatic_tax = cart.terms.automatic_tax;
        session.subscription = cart.terms.subscription;
        Ok(())
    }
}

impl CheckoutSession {
    /// The discount after an update that names one, or none to clear it. Naming the Coupon that the
    /// session has is keeping it.
    fn updated_discount(
        &self,
        choices: Vec<DiscountChoice>,
        inline: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) -> Result<Option<Discount>, SessionRefusal> {
        let Some(choice) = DiscountChoice::only(choices)? else { return Ok(None) };
        if let (Some(before), DiscountChoice::Coupon(id)) = (&self.discount, &choice)
            && before.coupon.id == *id
        {
            return Ok(Some(before.clone()));
        }
        let customer = self.collection.buyer.customer().map(|known| &known.id);
        Ok(Some(inline.discount(choice, customer, ids)?))
    }
}

/// Whether the shop's server may change parts of a cart.
struct Permitted<'a> {
    session: &'a CheckoutSession,
    is_preview: bool,
}

impl Permitted<'_> {
    fn permissions(&self) -> Option<Permissions> {
        self.session.permissions
    }

    fn check_line_items(&self) -> Result<(), SessionRefusal> {
        match self.permissions().and_then(|permissions| permissions.update_line_items) {
            Some(Actor::ClientOnly) if self.is_preview => Err(SessionRefusal::LineItemsClientOnly),
            None | Some(Actor::ClientOnly | Actor::ServerOnly) => Ok(()),
        }
    }

    fn check_discounts(&self) -> Result<(), DiscountRefusal> {
        match self.permissions().and_then(|permissions| permissions.update_discounts) {
            Some(Actor::ServerOnly) => Ok(()),
            Some(Actor::ClientOnly) if self.is_preview => Err(DiscountRefusal::ClientOnly),
            None | Some(Actor::ClientOnly) => match self.session.allow_promotion_codes {
                Some(_) => Err(DiscountRefusal::PromotionCodesAllowed),
                None => Ok(()),
            },
        }
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
