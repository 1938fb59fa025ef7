//! `POST /v1/shipping_rates/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::id::{IdSource, ShippingRateId};
use paydesk_domain::shipping_rate::{ShippingRate, UpdateShippingRate};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Update {
    id: ShippingRateId,
    command: UpdateShippingRate,
}

impl App {
    /// Updates a shipping rate.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_shipping_rate(
        &self,
        call: &Call,
        id: ShippingRateId,
        command: UpdateShippingRate,
        render: impl Fn(&ShippingRate) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Update { id, command }, render).await
    }
}

impl Operation for Update {
    type Loaded = Stored<ShippingRate>;
    type Output = ShippingRate;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        app.find_shipping_rate(call, &self.id).await
    }

    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<ShippingRate>, Refusal> {
        let Stored { value: before, version } = loaded;
        let shipping_rate = self.command.clone().decide(&before)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        if shipping_rate != before {
            changeset.replace(Record::ShippingRate(shipping_rate.clone()), version);
        }
        // Stripe has no events about shipping rates.
        Ok(Decision { output: shipping_rate, changeset, events: Vec::new() })
    }
}
