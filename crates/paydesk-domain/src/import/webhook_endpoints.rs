//! Webhook endpoints of an import.

use super::{
    Import, ImportEntry, ImportObject, ImportRefusal, ImportWebhookEndpoint, Imported, Outcome,
};
use crate::refusal::Refusal;
use crate::webhook_endpoint::WebhookEndpoint;

impl Import<'_> {
    pub(super) fn webhook_endpoints(&mut self, entries: &[ImportEntry]) {
        let mut count = self.existing.webhook_endpoints.len();
        for (index, entry) in entries.iter().enumerate() {
            let ImportObject::WebhookEndpoint(import) = &entry.object else { continue };
            match self.webhook_endpoint(import, count) {
                Ok(endpoint) => {
                    let before = self.existing.webhook_endpoints.get(&endpoint.id);
                    if before.is_none() {
                        count = count.saturating_add(1);
                    }
                    let outcome = Outcome::of(before, endpoint);
                    self.done.insert(index, Imported::WebhookEndpoint(outcome));
                }
                Err(refusal) => self.refuse(index, refusal),
            }
        }
    }

    /// The endpoint as it is to be, where there are `count` already.
    fn webhook_endpoint(
        &mut self,
        import: &ImportWebhookEndpoint,
        count: usize,
    ) -> Result<WebhookEndpoint, Refusal> {
        let before = self.existing.webhook_endpoints.get(&import.id);
        let count = if before.is_some() { 0 } else { count };
        let made = import.command.clone().decide(count, self.now, self.ids)?;
        let made = WebhookEndpoint {
            id: import.id.clone(),
            created: import.created.unwrap_or(self.now),
            is_enabled: import.is_enabled,
            ..made
        };
        let Some(before) = before else {
            let secret = import.secret.clone().unwrap_or(made.secret);
            return Ok(WebhookEndpoint { secret, ..made });
        };
        if made.api_version != before.api_version {
            return Err(ImportRefusal::ApiVersionFixed(made.id).into());
        }
        Ok(WebhookEndpoint {
            ordinal: before.ordinal,
            created: before.created,
            secret: import.secret.clone().unwrap_or_else(|| before.secret.clone()),
            ..made
        })
    }
}
