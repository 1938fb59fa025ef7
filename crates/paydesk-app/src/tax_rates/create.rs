//! `POST /v1/tax_rates`

use paydesk_domain::Refusal;
use paydesk_domain::id::IdSource;
use paydesk_domain::tax_rate::{CreateTaxRate, TaxRate};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: CreateTaxRate,
}

impl App {
    /// Creates a tax rate.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_tax_rate(
        &self,
        call: &Call,
        command: CreateTaxRate,
        render: impl Fn(&TaxRate) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { command }, render).await
    }
}

impl Operation for Create {
    type Loaded = ();
    type Output = TaxRate;

    async fn load(&self, _app: &App, _call: &Call) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(
        &self,
        (): (),
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<TaxRate>, Refusal> {
        let decision = self.command.clone().decide(now, ids)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        changeset.insert(Record::TaxRate(decision.tax_rate.clone()));
        Ok(Decision { output: decision.tax_rate, changeset, events: decision.events })
    }
}
