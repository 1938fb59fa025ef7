//! `GET /v1/coupons/{id}` and `GET /v1/coupons`

use paydesk_domain::coupon::Coupon;
use paydesk_domain::id::CouponId;
use paydesk_domain::listing::CouponFilter;
use paydesk_store::{Page, Stored};

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{ListRequest, cursor};

impl App {
    /// A Coupon.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_coupon(&self, call: &Call, id: &CouponId) -> Result<Coupon, AppError> {
        Ok(self.find_coupon(call, id).await?.value)
    }

    /// A page of Coupons.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_coupons(
        &self,
        call: &Call,
        request: ListRequest<CouponFilter>,
    ) -> Result<Page<Coupon>, AppError> {
        let sandbox = call.sandbox_id();
        let place_of = |id: String| async move {
            let found = self.store.find_coupon(sandbox, &CouponId::from(id.as_str())).await?;
            Ok(found.map(|stored| cursor(stored.value.created, stored.value.ordinal)))
        };
        let page = request.page.resolve("coupon", place_of).await?;
        Ok(self.store.list_coupons(sandbox, &request.filter, page).await?)
    }

    pub(super) async fn find_coupon(
        &self,
        call: &Call,
        id: &CouponId,
    ) -> Result<Stored<Coupon>, AppError> {
        let found = self.store.find_coupon(call.sandbox_id(), id).await?;
        found.ok_or_else(|| AppError::NotFound { object: "coupon", id: id.to_string() })
    }
}
