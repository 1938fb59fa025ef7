//! `POST /v1/webhook_endpoints/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::id::{IdSource, WebhookEndpointId};
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::{UpdateWebhookEndpoint, WebhookEndpoint};
use paydesk_store::{Changeset, Record, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct Update {
    id: WebhookEndpointId,
    command: UpdateWebhookEndpoint,
}

impl App {
    /// Updates a webhook endpoint.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn update_webhook_endpoint(
        &self,
        call: &Call,
        id: WebhookEndpointId,
        command: UpdateWebhookEndpoint,
        render: impl Fn(&WebhookEndpoint) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &Update { id, command }, render).await
    }
}

impl Operation for Update {
    type Loaded = Stored<WebhookEndpoint>;
    type Output = WebhookEndpoint;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        app.find_webhook_endpoint(call, &self.id).await
    }

    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<WebhookEndpoint>, Refusal> {
        let Stored { value: before, version } = loaded;
        let endpoint = self.command.clone().decide(&before)?;
        let mut changeset = Changeset::new(call.sandbox_id());
        if endpoint != before {
            changeset.replace(Record::WebhookEndpoint(endpoint.clone()), version);
        }
        Ok(Decision { output: endpoint, changeset, events: Vec::new() })
    }
}
