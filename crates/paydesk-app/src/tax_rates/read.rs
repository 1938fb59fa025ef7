//! `GET /v1/tax_rates/{id}` and `GET /v1/tax_rates`

use paydesk_domain::id::TaxRateId;
use paydesk_domain::listing::TaxRateFilter;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_store::{Page, Stored};

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{ListRequest, cursor};

impl App {
    /// A tax rate.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_tax_rate(
        &self,
        call: &Call,
        id: &TaxRateId,
    ) -> Result<TaxRate, AppError> {
        Ok(self.find_tax_rate(call, id).await?.value)
    }

    /// A page of tax rates.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_tax_rates(
        &self,
        call: &Call,
        request: ListRequest<TaxRateFilter>,
    ) -> Result<Page<TaxRate>, AppError> {
        let sandbox = call.sandbox_id();
        let place_of = |id: String| async move {
            let found = self.store.find_tax_rate(sandbox, &TaxRateId::from(id.as_str())).await?;
            Ok(found.map(|stored| cursor(stored.value.created, stored.value.ordinal)))
        };
        let page = request.page.resolve("tax rate", place_of).await?;
        Ok(self.store.list_tax_rates(sandbox, &request.filter, page).await?)
    }

    pub(super) async fn find_tax_rate(
        &self,
        call: &Call,
        id: &TaxRateId,
    ) -> Result<Stored<TaxRate>, AppError> {
        let found = self.store.find_tax_rate(call.sandbox_id(), id).await?;
        found.ok_or_else(|| AppError::NotFound { object: "tax rate", id: id.to_string() })
    }
}
