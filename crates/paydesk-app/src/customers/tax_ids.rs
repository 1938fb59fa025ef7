//! `/v1/customers/{id}/tax_ids`: a customer's tax ids, which are part of its record.

use paydesk_domain::Refusal;
use paydesk_domain::customer::{CreateTaxId, Customer, TaxId, TaxIdDecision};
use paydesk_domain::id::{CustomerId, IdSource, TaxIdId};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Page, Record, RowVersion, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::CursorIds;
use crate::run::{Decision, Operation};

/// A tax id and whose it is.
pub struct TaxIdView {
    /// The customer.
    pub customer: Customer,
    /// The tax id.
    pub tax_id: TaxId,
}

struct Create {
    customer: CustomerId,
    command: CreateTaxId,
}

struct Delete {
    customer: CustomerId,
    id: TaxIdId,
}

impl App {
    /// Gives a customer a tax id.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_tax_id(
        &self,
        call: &Call,
        customer: CustomerId,
        command: CreateTaxId,
        render: impl Fn(&TaxIdView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { customer, command }, render).await
    }

    /// Takes a tax id from a customer.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn delete_tax_id(
        &self,
        call: &Call,
        customer: CustomerId,
        id: TaxIdId,
        render: impl Fn(&TaxIdView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Delete { customer, id }, render).await
    }

    /// A tax id of a customer.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_tax_id(
        &self,
        call: &Call,
        customer: &CustomerId,
        id: &TaxIdId,
    ) -> Result<TaxIdView, AppError> {
        let customer = self.find_customer(call, customer).await?.value;
        let tax_id = customer.tax_id(id).cloned().ok_or_else(|| not_found(id))?;
        Ok(TaxIdView { customer, tax_id })
    }

    /// A page of a customer's tax ids, newest first, and the customer.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_tax_ids(
        &self,
        call: &Call,
        customer: &CustomerId,
        page: CursorIds,
    ) -> Result<(Customer, Page<TaxId>), AppError> {
        let customer = self.find_customer(call, customer).await?.value;
        let newest_first: Vec<TaxId> = customer.tax.ids.iter().rev().cloned().collect();
        let page = page.of(newest_first, "tax_id", |tax_id| tax_id.id.as_str())?;
        Ok((customer, page))
    }
}

impl Operation for Create {
    type Loaded = Stored<Customer>;
    type Output = TaxIdView;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        app.find_customer(call, &self.customer).await
    }

    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<TaxIdView>, Refusal> {
        let decision = self.command.clone().decide(loaded.value, now, ids)?;
        Ok(write(decision, call, loaded.version))
    }
}

impl Operation for Delete {
    /// The customer without the tax id, and the version it was read at with it.
    type Loaded = (TaxIdDecision, RowVersion);
    type Output = TaxIdView;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        let Stored { value, version } = app.find_customer(call, &self.customer).await?;
        let decision = value.without_tax_id(&self.id).ok_or_else(|| not_found(&self.id))?;
        Ok((decision, version))
    }

    fn decide(
        &self,
        (decision, version): Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<TaxIdView>, Refusal> {
        Ok(write(decision, call, version))
    }
}

fn write(decision: TaxIdDecision, call: &Call, read_at: RowVersion) -> Decision<TaxIdView> {
    let TaxIdDecision { customer, tax_id, event } = decision;
    let mut changeset = Changeset::new(call.sandbox_id());
    changeset.replace(Record::Customer(Box::new(customer.clone())), read_at);
    Decision { output: TaxIdView { customer, tax_id }, changeset, events: vec![event] }
}

fn not_found(id: &TaxIdId) -> AppError {
    AppError::NotFound { object: "tax_id", id: id.to_string() }
}
