//! `POST /v1/checkout/sessions`

use paydesk_domain::Refusal;
use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::CreateCheckoutSession;
use paydesk_domain::id::IdSource;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, TimerChange, TimerKind};

use super::SessionView;
use super::load::{add_discounts, named_by};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: CreateCheckoutSession,
}

impl App {
    /// Creates a session.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_checkout_session(
        &self,
        call: &Call,
        command: CreateCheckoutSession,
        render: impl Fn(&SessionView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { command }, render).await
    }
}

impl Operation for Create {
    type Loaded = Catalog;
    type Output = SessionView;

    async fn load(&self, app: &App, call: &Call) -> Result<Catalog, AppError> {
        let lines = self.command.line_items.iter();
        let mut named = named_by(lines.filter_map(|line| line.price.as_ref()));
        add_discounts(&mut named, &self.command.discounts);
        Ok(app.store.load_catalog(call.sandbox_id(), &named).await?)
    }

    fn decide(
        &self,
        mut catalog: Catalog,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<SessionView>, Refusal> {
        let decision = self.command.clone().decide(&catalog, call.sandbox.livemode(), now, ids)?;
        let session = decision.session;
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.insert_created(&decision.created);
        changeset.insert(Record::CheckoutSession(session.clone()));
        changeset.timers.push(TimerChange::Set {
            kind: TimerKind::SessionExpiry,
            session: session.id.clone(),
            due_at: session.expires_at,
        });
        decision.created.add_to(&mut catalog);
        let output = SessionView { session, catalog };
        Ok(Decision { output, changeset, events: decision.events })
    }
}
