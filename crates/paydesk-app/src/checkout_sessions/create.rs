//! `POST /v1/checkout/sessions`

use paydesk_domain::Refusal;
use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::CreateCheckoutSession;
use paydesk_domain::customer::{Customer, FoundCustomer};
use paydesk_domain::id::IdSource;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, TimerChange, TimerKind};

use super::load::Named;
use super::{Customers, SessionView};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: CreateCheckoutSession,
}

/// What a new session refers to, as far as it exists.
struct Loaded {
    catalog: Catalog,
    customer: Option<Customer>,
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
    type Loaded = Loaded;
    type Output = SessionView;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let mut named = Named::default();
        for line in &self.command.line_items {
            named.price(line.price.as_ref());
            named.tax_rates(&line.tax_rates);
        }
        if let Some(terms) = &self.command.subscription {
            named.tax_rates(&terms.default_tax_rates);
        }
        named.discounts(&self.command.discounts);
        named.shipping_options(&self.command.shipping_options);
        named.optional_items(&self.command.collection.optional_items);
        let sandbox = call.sandbox_id();
        let mut catalog = app.store.load_catalog(sandbox, &named.into_query()).await?;
        let customer = match &self.command.collection.customer {
            Some(id) => app.store.find_customer(sandbox, id).await?.map(|stored| stored.value),
            None => None,
        };
        if self.command.automatic_tax {
            let address = customer.as_ref().and_then(Customer::tax_address);
            app.add_tax_table(call, address, &mut catalog).await?;
        }
        Ok(Loaded { catalog, customer })
    }

    fn decide(
        &self,
        Loaded { mut catalog, customer }: Loaded,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<SessionView>, Refusal> {
        let livemode = call.sandbox.livemode();
        let command = self.command.clone();
        let decision = command.decide(&catalog, customer.as_ref(), livemode, now, ids)?;
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
        let found =
            |customer: Customer| (customer.id.clone(), FoundCustomer::Customer(Box::new(customer)));
        let customers = customer.into_iter().map(found).collect::<Customers>();
        let output = SessionView { session, catalog, customers };
        Ok(Decision { output, changeset, events: decision.events })
    }
}
