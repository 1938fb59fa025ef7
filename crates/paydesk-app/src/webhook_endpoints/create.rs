//! `POST /v1/webhook_endpoints`

use paydesk_domain::Refusal;
use paydesk_domain::id::IdSource;
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::{CreateWebhookEndpoint, ENDPOINTS_MAX, WebhookEndpoint};
use paydesk_store::{Bound, Changeset, Check, PageRequest, Record};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Create {
    command: CreateWebhookEndpoint,
}

impl App {
    /// Creates a webhook endpoint.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn create_webhook_endpoint(
        &self,
        call: &Call,
        command: CreateWebhookEndpoint,
        render: impl Fn(&WebhookEndpoint) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Create { command }, render).await
    }
}

impl Operation for Create {
    /// How many there are.
    type Loaded = usize;
    type Output = WebhookEndpoint;

    async fn load(&self, app: &App, call: &Call) -> Result<usize, AppError> {
        let page = PageRequest { limit: ENDPOINTS_MAX, bound: Bound::Newest };
        let endpoints = app.store.list_webhook_endpoints(call.sandbox_id(), page).await?;
        Ok(endpoints.data.len())
    }

    fn decide(
        &self,
        count: usize,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<WebhookEndpoint>, Refusal> {
        let endpoint = self.command.clone().decide(count, now, ids)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        // Others may be made at the same time; the number that was counted still allows one.
        changeset.checks.push(Check::WebhookEndpointsAtMost(count));
        changeset.insert(Record::WebhookEndpoint(endpoint.clone()));
        Ok(Decision { output: endpoint, changeset, events: Vec::new() })
    }
}
