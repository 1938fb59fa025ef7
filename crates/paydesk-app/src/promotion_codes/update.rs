//! `POST /v1/promotion_codes/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::id::{IdSource, PromotionCodeId};
use paydesk_domain::promotion_code::{PromotionCodeDecision, UpdatePromotionCode};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, RowVersion};

use super::{PromotionCodeView, no_rival};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Update {
    id: PromotionCodeId,
    command: UpdatePromotionCode,
}

struct Loaded {
    before: PromotionCodeView,
    version: RowVersion,
    is_taken: bool,
}

impl App {
    /// Updates a promotion code.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_promotion_code(
        &self,
        call: &Call,
        id: PromotionCodeId,
        command: UpdatePromotionCode,
        render: impl Fn(&PromotionCodeView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Update { id, command }, render).await
    }
}

impl Operation for Update {
    type Loaded = Loaded;
    type Output = PromotionCodeView;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let stored = app.find_promotion_code(call, &self.id).await?;
        let before = stored.value;
        let is_taken = self.command.is_enabled == Some(true)
            && !before.is_enabled
            && app.is_code_taken(call, &before.code, before.customer.as_ref()).await?;
        let before = app.view_of_promotion_code(call, before).await?;
        Ok(Loaded { before, version: stored.version, is_taken })
    }

    fn decide(
        &self,
        loaded: Loaded,
        call: &Call,
        now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<PromotionCodeView>, Refusal> {
        let Loaded { before, version, is_taken } = loaded;
        let PromotionCodeView { promotion_code: before, coupon, customer } = before;
        let decision = self.command.clone().decide(&before, &coupon, is_taken, now)?;
        let PromotionCodeDecision { promotion_code, coupon, events } = decision;
        let mut changeset = Changeset::new(call.sandbox_id());
        if promotion_code.is_enabled && !before.is_enabled {
            changeset.checks.push(no_rival(&promotion_code, now));
        }
        if promotion_code != before {
            changeset.replace(Record::PromotionCode(promotion_code.clone()), version);
        }
        let output = PromotionCodeView { promotion_code, coupon, customer };
        Ok(Decision { output, changeset, events })
    }
}
