//! `POST /v1/customers/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::customer::{Customer, UpdateCustomer};
use paydesk_domain::id::{CustomerId, IdSource};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Update {
    id: CustomerId,
    command: UpdateCustomer,
}

impl App {
    /// Updates a customer.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_customer(
        &self,
        call: &Call,
        id: CustomerId,
        command: UpdateCustomer,
        render: impl Fn(&Customer) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Update { id, command }, render).await
    }
}

impl Operation for Update {
    type Loaded = Stored<Customer>;
    type Output = Customer;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        app.find_customer(call, &self.id).await
    }

    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<Customer>, Refusal> {
        let Stored { value: before, version } = loaded;
        let decision = self.command.clone().decide(&before)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        if decision.customer != before {
            changeset.replace(Record::Customer(Box::new(decision.customer.clone())), version);
        }
        Ok(Decision { output: decision.customer, changeset, events: decision.events })
    }
}
