//! `POST /v1/coupons/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::coupon::{Coupon, UpdateCoupon};
use paydesk_domain::id::{CouponId, IdSource};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Update {
    id: CouponId,
    command: UpdateCoupon,
}

impl App {
    /// Updates a Coupon.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_coupon(
        &self,
        call: &Call,
        id: CouponId,
        command: UpdateCoupon,
        render: impl Fn(&Coupon) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Update { id, command }, render).await
    }
}

impl Operation for Update {
    type Loaded = Stored<Coupon>;
    type Output = Coupon;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        app.find_coupon(call, &self.id).await
    }

    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<Coupon>, Refusal> {
        let Stored { value: before, version } = loaded;
        let decision = self.command.clone().decide(&before)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        if decision.coupon != before {
            changeset.replace(Record::Coupon(decision.coupon.clone()), version);
        }
        Ok(Decision { output: decision.coupon, changeset, events: decision.events })
    }
}
