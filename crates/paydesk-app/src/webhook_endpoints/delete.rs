//! `DELETE /v1/webhook_endpoints/{id}`

use paydesk_domain::Refusal;
use paydesk_domain::id::{IdSource, WebhookEndpointId};
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use paydesk_store::{Changeset, Delete, Stored};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

struct DeleteWebhookEndpoint {
    id: WebhookEndpointId,
}

impl App {
    /// Deletes a webhook endpoint.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn delete_webhook_endpoint(
        &self,
        call: &Call,
        id: WebhookEndpointId,
        render: impl Fn(&WebhookEndpointId) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        self.run(call, &DeleteWebhookEndpoint { id }, render).await
    }
}

impl Operation for DeleteWebhookEndpoint {
    type Loaded = Stored<WebhookEndpoint>;
    type Output = WebhookEndpointId;

    async fn load(&self, app: &App, call: &Call) -> Result<Self::Loaded, AppError> {
        app.find_webhook_endpoint(call, &self.id).await
    }

    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<WebhookEndpointId>, Refusal> {
        let mut changeset = Changeset::new(call.sandbox_id());
        let delete = Delete::WebhookEndpoint { id: self.id.clone(), read_at: loaded.version };
        changeset.deletes.push(delete);
        Ok(Decision { output: self.id.clone(), changeset, events: Vec::new() })
    }
}
