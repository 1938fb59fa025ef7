//! `POST /v1/checkout/sessions/{id}/expire`, and the expiry that time brings.

use paydesk_domain::Refusal;
use paydesk_domain::checkout_session::SessionDecision;
use paydesk_domain::event::Event;
use paydesk_domain::id::{CheckoutSessionId, IdSource};
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::time::Timestamp;
use paydesk_store::{
    Cart, CartQuery, Changeset, Record, RowVersion, StoreError, Stored, TimerChange, TimerKind,
};

use super::load::Shown;
use super::{Customers, SessionView};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};
use crate::sandboxes::OpenSandbox;

struct Expire {
    id: CheckoutSessionId,
    shown: Shown,
}

impl App {
    /// Expires an open session.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn expire_checkout_session(
        &self,
        call: &Call,
        id: CheckoutSessionId,
        shown: Shown,
        render: impl Fn(&SessionView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Expire { id, shown }, render).await
    }

    /// Records that a session's time was up, at the moment it was. Does nothing when it is not up
    /// or somebody recorded it before.
    pub(crate) async fn record_expiry(
        &self,
        sandbox: &OpenSandbox,
        id: &CheckoutSessionId,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let Some(cart) = self.store.load_cart(sandbox.id(), id, &CartQuery::default()).await?
        else {
            return self.cancel_timer(sandbox.id(), id).await;
        };
        let Some(decision) = cart.session.value.record_expiry(now) else {
            return self.cancel_timer(sandbox.id(), id).await;
        };
        let happened_at = decision.session.expires_at;
        let api_version =
            sandbox.api_version().unwrap_or_else(|| self.default_api_version.to_owned());
        let mut changeset = expiry_changeset(sandbox, &decision, cart.session.version);
        for data in decision.events {
            let version = Some(api_version.clone());
            let mut ids = self.ids();
            changeset.events.push(Event::new(data, happened_at, version, None, &mut **ids));
        }
        match self.store.commit(changeset).await {
            // Whoever moved it either recorded the expiry or will be followed by this timer again.
            Ok(()) | Err(StoreError::RevisionMoved { .. }) => Ok(()),
            Err(
                error @ (StoreError::UniqueKeyTaken { .. }
                | StoreError::IdempotencyKeyTaken
                | StoreError::Busy
                | StoreError::Unavailable(_)
                | StoreError::Inconsistent { .. }),
            ) => Err(error.into()),
        }
    }

    /// Forgets a timer whose session is over already, or gone.
    pub(crate) async fn cancel_timer(
        &self,
        sandbox: SandboxId,
        id: &CheckoutSessionId,
    ) -> Result<(), AppError> {
        let mut changeset = Changeset::new(sandbox);
        changeset.timers.push(cancelled_timer(id));
        Ok(self.store.commit(changeset).await?)
    }
}

impl Operation for Expire {
    type Loaded = (Cart, Customers);
    type Output = SessionView;

    fn session(&self) -> Option<&CheckoutSessionId> {
        Some(&self.id)
    }

    async fn load(&self, app: &App, call: &Call) -> Result<(Cart, Customers), AppError> {
        let query = self.shown.query();
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
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<SessionView>, Refusal> {
        let Cart { session: Stored { value: before, version }, catalog } = cart;
        let decision = before.expire(now)?;
        let changeset = expiry_changeset(&call.sandbox, &decision, version);
        let output = SessionView { session: decision.session, catalog, customers };
        Ok(Decision { output, changeset, events: decision.events })
    }
}

fn expiry_changeset(
    sandbox: &OpenSandbox,
    decision: &SessionDecision,
    read_at: RowVersion,
) -> Changeset {
    let mut changeset = Changeset::new(sandbox.id());
    changeset.replace(Record::CheckoutSession(decision.session.clone()), read_at);
    changeset.timers.push(cancelled_timer(&decision.session.id));
    changeset
}

fn cancelled_timer(session: &CheckoutSessionId) -> TimerChange {
    TimerChange::Cancel { kind: TimerKind::SessionExpiry, session: session.clone() }
}
