//! The row of a webhook endpoint.

use minicbor::{Decode, Encode};
use paydesk_domain::id::{Ordinal, WebhookEndpointId};
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::{SigningSecret, WebhookEndpoint};

use super::Pairs;
use crate::error::StoreError;

#[derive(Encode, Decode)]
struct WebhookEndpointRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[b(3)]
    url: &'b str,
    #[b(4)]
    enabled_events: Vec<&'b str>,
    #[b(5)]
    api_version: Option<&'b str>,
    #[b(6)]
    description: Option<&'b str>,
    #[n(7)]
    is_enabled: bool,
    /// As it is: events are signed with it, so a hash would not do.
    #[b(8)]
    secret: &'b str,
    #[b(9)]
    metadata: Pairs<'b>,
}

/// A webhook endpoint as bytes.
#[must_use]
pub fn encode_webhook_endpoint(endpoint: &WebhookEndpoint) -> Vec<u8> {
    super::encode(&WebhookEndpointRow {
        id: endpoint.id.as_str(),
        ordinal: endpoint.ordinal.get(),
        created: endpoint.created.as_seconds(),
        url: &endpoint.url,
        enabled_events: endpoint.enabled_events.iter().map(String::as_str).collect(),
        api_version: endpoint.api_version.as_deref(),
        description: endpoint.description.as_deref(),
        is_enabled: endpoint.is_enabled,
        secret: endpoint.secret.reveal(),
        metadata: super::metadata_pairs(&endpoint.metadata),
    })
}

/// A webhook endpoint from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_webhook_endpoint(bytes: &[u8]) -> Result<WebhookEndpoint, StoreError> {
    let row: WebhookEndpointRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("webhook_endpoints", ""))?;
    Ok(WebhookEndpoint {
        id: WebhookEndpointId::from(row.id),
        ordinal: Ordinal::new(row.ordinal),
        created: Timestamp::from_seconds(row.created),
        url: row.url.to_owned(),
        enabled_events: row.enabled_events.into_iter().map(str::to_owned).collect(),
        api_version: row.api_version.map(str::to_owned),
        description: row.description.map(str::to_owned),
        is_enabled: row.is_enabled,
        secret: SigningSecret::from_text(row.secret.to_owned()),
        metadata: super::metadata(row.metadata),
    })
}
