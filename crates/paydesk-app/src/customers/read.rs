//! `GET /v1/customers/{id}`, `GET /v1/customers` and `GET /v1/customers/search`

use paydesk_domain::customer::{Customer, FoundCustomer};
use paydesk_domain::id::CustomerId;
use paydesk_domain::listing::CustomerFilter;
use paydesk_domain::search::SearchQuery;
use paydesk_store::{Found, Page, SearchRequest, Stored};

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{ListRequest, cursor};

impl App {
    /// A customer, or what remains of it.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_customer(
        &self,
        call: &Call,
        id: &CustomerId,
    ) -> Result<FoundCustomer, AppError> {
        self.customer_or_rest(call, id).await?.ok_or_else(|| not_found(id))
    }

    /// What is found under the id of a customer, if anything is.
    pub(crate) async fn customer_or_rest(
        &self,
        call: &Call,
        id: &CustomerId,
    ) -> Result<Option<FoundCustomer>, AppError> {
        let sandbox = call.sandbox_id();
        if let Some(stored) = self.store.find_customer(sandbox, id).await? {
            return Ok(Some(FoundCustomer::Customer(Box::new(stored.value))));
        }
        // Asked second, so that one that is being deleted is found in one place or the other.
        let deleted = self.store.find_deleted_customer(sandbox, id).await?;
        Ok(deleted.map(FoundCustomer::Deleted))
    }

    /// A page of customers.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_customers(
        &self,
        call: &Call,
        request: ListRequest<CustomerFilter>,
    ) -> Result<Page<Customer>, AppError> {
        let sandbox = call.sandbox_id();
        let place_of = |id: String| async move {
            let id = CustomerId::from(id.as_str());
            if let Some(stored) = self.store.find_customer(sandbox, &id).await? {
                return Ok(Some(cursor(stored.value.created, stored.value.ordinal)));
            }
            // Who reads a list goes on behind a customer that was deleted meanwhile.
            let deleted = self.store.find_deleted_customer(sandbox, &id).await?;
            Ok(deleted.map(|deleted| cursor(deleted.created, deleted.ordinal)))
        };
        let page = request.page.resolve("customer", place_of).await?;
        Ok(self.store.list_customers(sandbox, &request.filter, page).await?)
    }

    /// A page of the customers that a query matches.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn search_customers(
        &self,
        call: &Call,
        query: &SearchQuery<Customer>,
        request: SearchRequest,
    ) -> Result<Found<Customer>, AppError> {
        Ok(self.store.search_customers(call.sandbox_id(), query, request).await?)
    }

    /// A customer that is there.
    pub(super) async fn find_customer(
        &self,
        call: &Call,
        id: &CustomerId,
    ) -> Result<Stored<Customer>, AppError> {
        let found = self.store.find_customer(call.sandbox_id(), id).await?;
        found.ok_or_else(|| not_found(id))
    }
}

fn not_found(id: &CustomerId) -> AppError {
    AppError::NotFound { object: "customer", id: id.to_string() }
}
