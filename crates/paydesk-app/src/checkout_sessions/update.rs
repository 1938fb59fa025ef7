//! `POST /v1/checkout/sessions/{id}`: the shop's server changes the cart.

use paydesk_domain::Refusal;
use paydesk_domain::checkout_session::UpdateCheckoutSession;
use paydesk_domain::id::{CheckoutSessionId, IdSource};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Cart, CartQuery, Changeset, LineDetail, Record, Stored};

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
        let changes_cart = self.command.changes_cart();
        // Automatic tax looks at Products and at shipping rates; which sessions have it is not
        // known yet.
        let may_be_taxed = changes_cart && app.tax_table().is_some();
        let lines = if may_be_taxed {
            LineDetail::Products
        } else if changes_cart {
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
        let shown = self.shown.query();
        let shipping_rates = shown.shipping_rates || may_be_taxed;
        let query = CartQuery { lines, shipping_rates, named: named.into_query(), ..shown };
        let mut cart = app.load_for_change(call, &self.id, &query).await?;
        if changes_cart && let Some(automatic_tax) = &cart.session.value.automatic_tax {
            let to = self.command.shipping_details.as_ref().map(|details| &details.address);
            let address = to.or(automatic_tax.address(&cart.session.value.shipping));
            app.add_tax_table(call, address, &mut cart.catalog).await?;
        }
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
