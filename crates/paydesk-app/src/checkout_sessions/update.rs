//! `POST /v1/checkout/sessions/{id}`: the shop's server changes the cart.

use paydesk_domain::Refusal;
use paydesk_domain::checkout_session::UpdateCheckoutSession;
use paydesk_domain::id::{CheckoutSessionId, IdSource};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Cart, CartQuery, Changeset, Record, Stored};

use super::load::{Named, Shown};
use super::{Customers, SessionView};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Update {
    id: CheckoutSessionId,
    command: UpdateCheckoutSession,
    shown: Shown,
}

impl App {
    /// Updates a session.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_checkout_session(
        &self,
        call: &Call,
        id: CheckoutSessionId,
        command: UpdateCheckoutSession,
        shown: Shown,
        render: impl Fn(&SessionView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Update { id, command, shown }, render).await
    }
}

impl Operation for Update {
    type Loaded = (Cart, Customers);
    type Output = SessionView;

    fn session(&self) -> Option<&CheckoutSessionId> {
        Some(&self.id)
    }

    async fn load(&self, app: &App, call: &Call) -> Result<(Cart, Customers), AppError> {
        let lines = if self.command.changes_cart() {
            self.shown.lines.detail_with_prices()
        } else {
            self.shown.lines.detail()
        };
        let mut named = Named::default();
        for entry in self.command.line_items.iter().flatten() {
            named.price(entry.price.as_ref());
            named.tax_rates(entry.tax_rates.as_deref().unwrap_or_default());
        }
        named.discounts(self.command.discounts.as_deref().unwrap_or_default());
        named.shipping_options(self.command.shipping_options.as_deref().unwrap_or_default());
        let query = CartQuery { lines, named: named.into_query(), ..self.shown.query() };
        let cart = app.load_for_change(call, &self.id, &query).await?;
        let session = std::iter::once(&cart.session.value);
        let customers = app.load_customers(call, session, self.shown).await?;
        Ok((cart, customers))
    }

    fn decide(
        &self,
        (cart, customers): (Cart, Customers),
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<SessionView>, Refusal> {
        let Cart { session: Stored { value: before, version }, mut catalog } = cart;
        let decision = self.command.clone().decide(&before, &catalog, now, ids)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        if decision.session != before {
            changeset.insert_created(&decision.created);
            changeset.replace(Record::CheckoutSession(decision.session.clone()), version);
        }
        decision.created.add_to(&mut catalog);
        let output = SessionView { session: decision.session, catalog, customers };
        Ok(Decision { output, changeset, events: decision.events })
    }
}
