//! `GET /v1/webhook_endpoints/{id}` and `GET /v1/webhook_endpoints`

use paydesk_domain::id::WebhookEndpointId;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use paydesk_store::{Page, Stored};

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{CursorIds, cursor};

impl App {
    /// A webhook endpoint.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_webhook_endpoint(
        &self,
        call: &Call,
        id: &WebhookEndpointId,
    ) -> Result<WebhookEndpoint, AppError> {
        Ok(self.find_webhook_endpoint(call, id).await?.value)
    }

    /// A page of webhook endpoints.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_webhook_endpoints(
        &self,
        call: &Call,
        page: CursorIds,
    ) -> Result<Page<WebhookEndpoint>, AppError> {
        let sandbox = call.sandbox_id();
        let place_of = |id: String| async move {
            let id = WebhookEndpointId::from(id.as_str());
            let found = self.store.find_webhook_endpoint(sandbox, &id).await?;
            Ok(found.map(|stored| cursor(stored.value.created, stored.value.ordinal)))
        };
        let page = page.resolve("webhook endpoint", place_of).await?;
        Ok(self.store.list_webhook_endpoints(sandbox, page).await?)
    }

    pub(super) async fn find_webhook_endpoint(
        &self,
        call: &Call,
        id: &WebhookEndpointId,
    ) -> Result<Stored<WebhookEndpoint>, AppError> {
        let found = self.store.find_webhook_endpoint(call.sandbox_id(), id).await?;
        found.ok_or_else(|| AppError::NotFound { object: "webhook endpoint", id: id.to_string() })
    }
}
