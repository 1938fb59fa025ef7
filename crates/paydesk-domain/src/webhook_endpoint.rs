//! A webhook endpoint: an address of the shop's and the events it wants to hear of.

use std::fmt;

use thiserror::Error;

use crate::id::{IdSource, ObjectId, Ordinal, WebhookEndpointId, fresh_secret};
use crate::metadata::{Metadata, MetadataChange, MetadataRefusal};
use crate::patch::Patch;
use crate::time::Timestamp;

/// The most endpoints of one sandbox.
pub const ENDPOINTS_MAX: usize = 16;

/// A webhook endpoint. Mirrors Stripe's object of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookEndpoint {
    /// `we_…`
    pub id: WebhookEndpointId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// Where events are sent to.
    pub url: String,
    /// The types of events it wants, each once; `*` stands for all.
    pub enabled_events: Vec<String>,
    /// The API version its events are shown in; the sandbox's where there is none. Text, because
    /// only the wire knows versions. It never changes.
    pub api_version: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it gets events at all: Stripe's `status`.
    pub is_enabled: bool,
    /// What its events are signed with.
    pub secret: SigningSecret,
    /// The shop's own data.
    pub metadata: Metadata,
}

/// What the events of an endpoint are signed with, `whsec_…`. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(String);

impl SigningSecret {
    /// What every secret begins with.
    pub const PREFIX: &'static str = "whsec_";

    /// A fresh one, with 256 bits of randomness.
    #[must_use]
    pub fn fresh(ids: &mut dyn IdSource) -> Self {
        Self(format!("{}{}", Self::PREFIX, fresh_secret(ids)))
    }

    /// One that was given, as text.
    #[must_use]
    pub const fn from_text(text: String) -> Self {
        Self(text)
    }

    /// The secret itself, for whoever may see it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("whsec_…")
    }
}

/// A request to create an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateWebhookEndpoint {
    /// See [`WebhookEndpoint::url`].
    pub url: String,
    /// See [`WebhookEndpoint::enabled_events`].
    pub enabled_events: Vec<String>,
    /// See [`WebhookEndpoint::api_version`].
    pub api_version: Option<String>,
    /// See [`WebhookEndpoint::description`].
    pub description: Option<String>,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
}

/// A request to update an endpoint; what was not sent stays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateWebhookEndpoint {
    /// See [`WebhookEndpoint::url`].
    pub url: Option<String>,
    /// See [`WebhookEndpoint::enabled_events`].
    pub enabled_events: Option<Vec<String>>,
    /// See [`WebhookEndpoint::description`].
    pub description: Patch<String>,
    /// The opposite of [`WebhookEndpoint::is_enabled`].
    pub disabled: Option<bool>,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
}

/// Why a command on an endpoint is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WebhookEndpointRefusal {
    /// Metadata beyond its limits.
    #[error(transparent)]
    Metadata(#[from] MetadataRefusal),
    /// The sandbox has [`ENDPOINTS_MAX`] already.
    #[error("there are {ENDPOINTS_MAX} webhook endpoints already")]
    TooMany,
}

impl CreateWebhookEndpoint {
    /// Decides on the endpoint to be made, where there are `count` already.
    ///
    /// # Errors
    /// [`WebhookEndpointRefusal`]; nothing is made then.
    pub fn decide(
        self,
        count: usize,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<WebhookEndpoint, WebhookEndpointRefusal> {
        if count >= ENDPOINTS_MAX {
            return Err(WebhookEndpointRefusal::TooMany);
        }
        let (id, ordinal) = WebhookEndpointId::fresh(ids);
        Ok(WebhookEndpoint {
            id,
            ordinal,
            created: now,
            url: self.url,
            enabled_events: each_once(self.enabled_events),
            api_version: self.api_version,
            description: self.description,
            is_enabled: true,
            secret: SigningSecret::fresh(ids),
            metadata: Metadata::created(self.metadata.as_ref())?,
        })
    }
}

impl UpdateWebhookEndpoint {
    /// Decides on the endpoint after the update.
    ///
    /// # Errors
    /// [`WebhookEndpointRefusal`]; the endpoint stays as it is then.
    pub fn decide(
        self,
        before: &WebhookEndpoint,
    ) -> Result<WebhookEndpoint, WebhookEndpointRefusal> {
        let events = self.enabled_events.map(each_once);
        Ok(WebhookEndpoint {
            url: self.url.unwrap_or_else(|| before.url.clone()),
            enabled_events: events.unwrap_or_else(|| before.enabled_events.clone()),
            description: self.description.apply(before.description.clone()),
            is_enabled: self.disabled.map_or(before.is_enabled, |disabled| !disabled),
            metadata: before.metadata.changed(self.metadata.as_ref())?,
            ..before.clone()
        })
    }
}

/// The types in their order, without repetitions, which would mean nothing.
fn each_once(types: Vec<String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::with_capacity(types.len());
    for name in types {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::tests::CountingIds;

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn create() -> CreateWebhookEndpoint {
        CreateWebhookEndpoint {
            url: "https://shop.example/hooks".to_owned(),
            enabled_events: ["price.created", "*", "price.created"].map(str::to_owned).to_vec(),
            api_version: None,
            description: None,
            metadata: None,
        }
    }

    #[test]
    fn the_seventeenth_endpoint_is_refused() {
        let made = |count| create().decide(count, NOW, &mut CountingIds::default()).map(|_| ());
        assert_eq!(made(ENDPOINTS_MAX - 1), Ok(()));
        assert_eq!(made(ENDPOINTS_MAX), Err(WebhookEndpointRefusal::TooMany));
    }

    #[test]
    fn a_new_endpoint_is_enabled_and_has_a_secret_that_is_not_printed() {
        let endpoint = create().decide(0, NOW, &mut CountingIds::default()).unwrap();
        assert!(endpoint.is_enabled);
        assert_eq!(endpoint.enabled_events, ["price.created", "*"]);
        let secret = endpoint.secret.reveal();
        assert!(secret.starts_with("whsec_") && secret.len() > 40);
        assert!(!format!("{endpoint:?}").contains(secret));
    }

    #[test]
    fn an_update_keeps_the_secret_and_what_it_does_not_name() {
        let before = create().decide(0, NOW, &mut CountingIds::default()).unwrap();
        let update = UpdateWebhookEndpoint {
            disabled: Some(true),
            description: Patch::Set("Orders".to_owned()),
            ..UpdateWebhookEndpoint::default()
        };
        let expected = WebhookEndpoint {
            is_enabled: false,
            description: Some("Orders".to_owned()),
            ..before.clone()
        };
        assert_eq!(update.decide(&before), Ok(expected));
    }
}
