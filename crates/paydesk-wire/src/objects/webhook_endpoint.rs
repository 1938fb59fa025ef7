//! `webhook_endpoint`

use paydesk_domain::metadata::Metadata;
use paydesk_domain::webhook_endpoint::{SigningSecret, WebhookEndpoint};
use schemars::JsonSchema;
use serde::Serialize;

use super::Null;

/// A webhook endpoint. Fields are in Stripe's order: the id, then by name.
#[derive(JsonSchema, Serialize)]
pub struct WebhookEndpointObject<'a> {
    id: &'a str,
    object: &'static str,
    api_version: Option<&'a str>,
    application: Null,
    created: i64,
    description: Option<&'a str>,
    enabled_events: &'a [String],
    livemode: bool,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
    status: &'static str,
    url: &'a str,
}

impl<'a> WebhookEndpointObject<'a> {
    /// An endpoint without its secret.
    #[must_use]
    pub fn new(endpoint: &'a WebhookEndpoint) -> Self {
        Self {
            id: endpoint.id.as_str(),
            object: "webhook_endpoint",
            api_version: endpoint.api_version.as_deref(),
            application: (),
            created: endpoint.created.as_seconds(),
            description: endpoint.description.as_deref(),
            enabled_events: &endpoint.enabled_events,
            livemode: false,
            metadata: &endpoint.metadata,
            secret: None,
            status: if endpoint.is_enabled { "enabled" } else { "disabled" },
            url: &endpoint.url,
        }
    }

    /// An endpoint with its secret, for whoever made it.
    #[must_use]
    pub fn with_secret(endpoint: &'a WebhookEndpoint) -> Self {
        Self { secret: Some(SigningSecret::reveal(&endpoint.secret)), ..Self::new(endpoint) }
    }
}
