//! `POST /v1/customers`

use paydesk_domain::Refusal;
use paydesk_domain::customer::{CreateCustomer, Customer};
use paydesk_domain::id::IdSource;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: CreateCustomer,
}

impl App {
    /// Creates a customer.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_customer(
        &self,
        call: &Call,
        command: CreateCustomer,
        render: impl Fn(&Customer) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { command }, render).await
    }
}

impl Operation for Create {
    type Loaded = ();
    type Output = Customer;

    async fn load(&self, _app: &App, _call: &Call) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(
        &self,
        (): (),
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<Customer>, Refusal> {
        let decision = self.command.clone().decide(now, ids)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.insert(Record::Customer(Box::new(decision.customer.clone())));
        Ok(Decision { output: decision.customer, changeset, events: decision.events })
    }
}
