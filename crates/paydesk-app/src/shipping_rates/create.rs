//! `POST /v1/shipping_rates`

use paydesk_domain::Refusal;
use paydesk_domain::id::IdSource;
use paydesk_domain::shipping_rate::{NewShippingRate, ShippingRate};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: NewShippingRate,
}

impl App {
    /// Creates a shipping rate.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_shipping_rate(
        &self,
        call: &Call,
        command: NewShippingRate,
        render: impl Fn(&ShippingRate) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { command }, render).await
    }
}

impl Operation for Create {
    type Loaded = ();
    type Output = ShippingRate;

    async fn load(&self, _app: &App, _call: &Call) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(
        &self,
        (): (),
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<ShippingRate>, Refusal> {
        let shipping_rate = self.command.clone().into_rate(now, ids)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.insert(Record::ShippingRate(shipping_rate.clone()));
        // Stripe has no events about shipping rates.
        Ok(Decision { output: shipping_rate, changeset, events: Vec::new() })
    }
}
