//! `POST /v1/promotion_codes`

use paydesk_domain::Refusal;
use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::Customer;
use paydesk_domain::id::IdSource;
use paydesk_domain::promotion_code::{CreatePromotionCode, PromotionCodeDecision};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record};

use super::{PromotionCodeView, no_rival};
use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: CreatePromotionCode,
}

struct Loaded {
    coupon: Option<Coupon>,
    customer: Option<Customer>,
    is_taken: bool,
}

impl App {
    /// Creates a promotion code.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_promotion_code(
        &self,
        call: &Call,
        command: CreatePromotionCode,
        render: impl Fn(&PromotionCodeView) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { command }, render).await
    }
}

impl Operation for Create {
    type Loaded = Loaded;
    type Output = PromotionCodeView;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let sandbox = call.sandbox_id();
        let coupon = app.store.find_coupon(sandbox, &self.command.coupon).await?;
        let customer = match &self.command.customer {
            None => None,
            Some(id) => app.store.find_customer(sandbox, id).await?,
        };
        let is_taken = match &self.command.code {
            None => false,
            Some(code) => app.is_code_taken(call, code, self.command.customer.as_ref()).await?,
        };
        Ok(Loaded {
            coupon: coupon.map(|stored| stored.value),
            customer: customer.map(|stored| stored.value),
            is_taken,
        })
    }

    fn decide(
        &self,
        loaded: Loaded,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<PromotionCodeView>, Refusal> {
        let Loaded { coupon, customer, is_taken } = loaded;
        let create = self.command.clone();
        let decision = create.decide(coupon.as_ref(), customer.is_some(), is_taken, now, ids)?;
        let PromotionCodeDecision { promotion_code, coupon, events } = decision;
        let mut changeset = Changeset::new(call.sandbox_id());
        if promotion_code.is_enabled {
            changeset.checks.push(no_rival(&promotion_code, now));
        }
        changeset.insert(Record::PromotionCode(promotion_code.clone()));
        let output = PromotionCodeView { promotion_code, coupon, customer };
        Ok(Decision { output, changeset, events })
    }
}
