//! Parameters of webhook endpoints.

use paydesk_domain::patch::Patch;
use paydesk_domain::webhook_endpoint::{CreateWebhookEndpoint, UpdateWebhookEndpoint};

use crate::form::{Fields, ParamProblem};
use crate::versions::ApiVersion;

/// Every type of event that Stripe has, one a line.
const EVENT_TYPES: &str = include_str!("../event_types.txt");
/// Stands for every type of event.
const EVERY_TYPE: &str = "*";

const DESCRIPTION_CHARS_MAX: usize = 5000;
/// More than there are types.
const TYPES_MAX: usize = 500;

/// Reads a new webhook endpoint.
pub fn create_webhook_endpoint(fields: &mut Fields<'_>) -> Option<CreateWebhookEndpoint> {
    let was_sent = fields.is_sent("url");
    let url = fields.url("url");
    let url = fields.required("url", url, was_sent);
    let was_sent = fields.is_sent("enabled_events");
    let enabled_events = enabled_events(fields);
    let enabled_events = fields.required("enabled_events", enabled_events, was_sent);
    let description = match fields.text_patch("description", DESCRIPTION_CHARS_MAX) {
        Patch::Set(description) => Some(description),
        Patch::Keep | Patch::Unset => None,
    };
    Some(CreateWebhookEndpoint {
        api_version: api_version(fields),
        description,
        metadata: fields.metadata("metadata"),
        url: url?,
        enabled_events: enabled_events?,
    })
}

/// Reads changes of a webhook endpoint.
pub fn update_webhook_endpoint(fields: &mut Fields<'_>) -> Option<UpdateWebhookEndpoint> {
    Some(UpdateWebhookEndpoint {
        url: fields.url("url"),
        enabled_events: enabled_events(fields),
        description: fields.text_patch("description", DESCRIPTION_CHARS_MAX),
        disabled: fields.boolean("disabled"),
        metadata: fields.metadata("metadata"),
    })
}

fn enabled_events(fields: &mut Fields<'_>) -> Option<Vec<String>> {
    let types = fields.texts("enabled_events", TYPES_MAX)?;
    let is_known =
        |name: &String| name == EVERY_TYPE || EVENT_TYPES.lines().any(|line| line == name);
    match types.iter().position(|name| !is_known(name)) {
        None => Some(types),
        Some(index) => {
            let param = format!("{}[{index}]", fields.param("enabled_events"));
            let value = types.into_iter().nth(index).unwrap_or_default();
            fields.report(ParamProblem::EventType { param, value });
            None
        }
    }
}

fn api_version(fields: &mut Fields<'_>) -> Option<String> {
    let name = fields.text("api_version")?;
    if ApiVersion::parse(&name).is_ok() && !name.contains(';') {
        return Some(name);
    }
    let param = fields.param("api_version");
    fields.report(ParamProblem::ApiVersion { param, value: name });
    None
}
