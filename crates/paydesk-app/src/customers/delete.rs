//! `DELETE /v1/customers/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::customer::Customer;
use paydesk_domain::id::{CustomerId, IdSource};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Delete, Record, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct DeleteCustomer {
    id: CustomerId,
}

impl App {
    /// Deletes a customer for good.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn delete_customer(
        &self,
        call: &Call,
        id: CustomerId,
        render: impl Fn(&CustomerId) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &DeleteCustomer { id }, render).await
    }
}

impl Operation for DeleteCustomer {
    type Loaded = Stored<Customer>;
    type Output = CustomerId;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        app.find_customer(call, &self.id).await
    }

    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<CustomerId>, Refusal> {
        let Stored { value: customer, version: read_at } = loaded;
        let (deleted, event) = customer.delete();
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.deletes.push(Delete::Customer { id: deleted.id.clone(), read_at });
        changeset.insert(Record::DeletedCustomer(deleted));
        Ok(Decision { output: self.id.clone(), changeset, events: vec![event] })
    }
}
