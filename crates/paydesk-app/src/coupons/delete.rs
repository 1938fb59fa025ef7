//! `DELETE /v1/coupons/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::coupon::Coupon;
use paydesk_domain::id::{CouponId, IdSource};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Delete, Record, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct DeleteCoupon {
    id: CouponId,
}

impl App {
    /// Deletes a Coupon.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn delete_coupon(
        &self,
        call: &Call,
        id: CouponId,
        render: impl Fn(&CouponId) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &DeleteCoupon { id }, render).await
    }
}

impl Operation for DeleteCoupon {
    type Loaded = Stored<Coupon>;
    type Output = CouponId;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        app.find_coupon(call, &self.id).await
    }

    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<CouponId>, Refusal> {
        let mut changeset = Changeset::new(call.sandbox_id());
        let delete = Delete::Coupon { id: self.id.clone(), read_at: loaded.version };
        changeset.deletes.push(delete);
        let decision = loaded.value.delete();
        changeset.insert(Record::DeletedCoupon(decision.coupon));
        Ok(Decision { output: self.id.clone(), changeset, events: decision.events })
    }
}
