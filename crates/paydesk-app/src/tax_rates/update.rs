//! `POST /v1/tax_rates/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::id::{IdSource, TaxRateId};
use paydesk_domain::tax_rate::{TaxRate, UpdateTaxRate};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Update {
    id: TaxRateId,
    command: UpdateTaxRate,
}

impl App {
    /// Updates a tax rate.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_tax_rate(
        &self,
        call: &Call,
        id: TaxRateId,
        command: UpdateTaxRate,
        render: impl Fn(&TaxRate) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Update { id, command }, render).await
    }
}

impl Operation for Update {
    type Loaded = Stored<TaxRate>;
    type Output = TaxRate;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        app.find_tax_rate(call, &self.id).await
    }

    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<TaxRate>, Refusal> {
        let Stored { value: before, version } = loaded;
        let decision = self.command.clone().decide(&before)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        if decision.tax_rate != before {
            changeset.replace(Record::TaxRate(decision.tax_rate.clone()), version);
        }
        Ok(Decision { output: decision.tax_rate, changeset, events: decision.events })
    }
}
