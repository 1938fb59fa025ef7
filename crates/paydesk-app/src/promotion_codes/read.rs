//! `GET /v1/promotion_codes/{id}` and `GET /v1/promotion_codes`

use paydesk_domain::coupon::Coupon;
use paydesk_domain::id::{CustomerId, PromotionCodeId};
use paydesk_domain::listing::PromotionCodeFilter;
use paydesk_domain::promotion_code::{Code, PromotionCode};
use paydesk_store::{Page, StoreError, Stored};

use super::PromotionCodeView;
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{ListRequest, cursor};

impl App {
    /// A promotion code.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_promotion_code(
        &self,
        call: &Call,
        id: &PromotionCodeId,
    ) -> Result<PromotionCodeView, AppError> {
        let found = self.find_promotion_code(call, id).await?;
        self.view_of_promotion_code(call, found.value).await
    }

    /// A page of promotion codes.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_promotion_codes(
        &self,
        call: &Call,
        request: ListRequest<PromotionCodeFilter>,
    ) -> Result<Page<PromotionCodeView>, AppError> {
        let sandbox = call.sandbox_id();
        let place_of = |id: String| async move {
            let id = PromotionCodeId::from(id.as_str());
            let found = self.store.find_promotion_code(sandbox, &id).await?;
            Ok(found.map(|stored| cursor(stored.value.created, stored.value.ordinal)))
        };
        let page = request.page.resolve("promotion code", place_of).await?;
        let page = self.store.list_promotion_codes(sandbox, &request.filter, page).await?;
        let mut data = Vec::with_capacity(page.data.len());
        for promotion_code in page.data {
            data.push(self.view_of_promotion_code(call, promotion_code).await?);
        }
        Ok(Page { data, has_more: page.has_more })
    }

    pub(super) async fn find_promotion_code(
        &self,
        call: &Call,
        id: &PromotionCodeId,
    ) -> Result<Stored<PromotionCode>, AppError> {
        let found = self.store.find_promotion_code(call.sandbox_id(), id).await?;
        found.ok_or_else(|| AppError::NotFound { object: "promotion code", id: id.to_string() })
    }

    /// A promotion code with what it refers to.
    pub(super) async fn view_of_promotion_code(
        &self,
        call: &Call,
        promotion_code: PromotionCode,
    ) -> Result<PromotionCodeView, AppError> {
        let coupon = self.coupon_of(call, &promotion_code).await?;
        let customer = match &promotion_code.customer {
            None => None,
            Some(id) => self.store.find_customer(call.sandbox_id(), id).await?,
        };
        let customer = customer.map(|stored| stored.value);
        Ok(PromotionCodeView { promotion_code, coupon, customer })
    }

    /// Whether an active promotion code is in the way of one with this code.
    pub(super) async fn is_code_taken(
        &self,
        call: &Call,
        code: &Code,
        customer: Option<&CustomerId>,
    ) -> Result<bool, AppError> {
        let (sandbox, now) = (call.sandbox_id(), call.now(self));
        let rival = self.store.find_rival_promotion_code(sandbox, code, customer, now).await?;
        Ok(rival.is_some())
    }

    /// The Coupon that a promotion code was made of.
    async fn coupon_of(
        &self,
        call: &Call,
        promotion_code: &PromotionCode,
    ) -> Result<Coupon, AppError> {
        let sandbox = call.sandbox_id();
        let (id, ordinal) = (&promotion_code.coupon, promotion_code.coupon_ordinal);
        if let Some(stored) = self.store.find_coupon(sandbox, id).await?
            && stored.value.ordinal == ordinal
        {
            return Ok(stored.value);
        }
        // Asked second, so that one that is being deleted is found in one place or the other.
        let deleted = self.store.find_deleted_coupon(sandbox, ordinal).await?;
        deleted.ok_or_else(|| {
            AppError::Store(StoreError::Inconsistent {
                table: "promotion_codes",
                id: promotion_code.id.to_string(),
                what: format!("its coupon {id} was never there"),
            })
        })
    }
}
