//! `GET /v1/shipping_rates/{id}` and `GET /v1/shipping_rates`

use paydesk_domain::id::ShippingRateId;
use paydesk_domain::listing::ShippingRateFilter;
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_store::{Page, Stored};

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{ListRequest, cursor};

impl App {
    /// A shipping rate.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_shipping_rate(
        &self,
        call: &Call,
        id: &ShippingRateId,
    ) -> Result<ShippingRate, AppError> {
        Ok(self.find_shipping_rate(call, id).await?.value)
    }

    /// A page of shipping rates.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_shipping_rates(
        &self,
        call: &Call,
        request: ListRequest<ShippingRateFilter>,
    ) -> Result<Page<ShippingRate>, AppError> {
        let sandbox = call.sandbox_id();
        let place_of = |id: String| async move {
            let found =
                self.store.find_shipping_rate(sandbox, &ShippingRateId::from(id.as_str())).await?;
            Ok(found.map(|stored| cursor(stored.value.created, stored.value.ordinal)))
        };
        let page = request.page.resolve("shipping rate", place_of).await?;
        Ok(self.store.list_shipping_rates(sandbox, &request.filter, page).await?)
    }

    pub(super) async fn find_shipping_rate(
        &self,
        call: &Call,
        id: &ShippingRateId,
    ) -> Result<Stored<ShippingRate>, AppError> {
        let found = self.store.find_shipping_rate(call.sandbox_id(), id).await?;
        found.ok_or_else(|| AppError::NotFound { object: "shipping rate", id: id.to_string() })
    }
}
