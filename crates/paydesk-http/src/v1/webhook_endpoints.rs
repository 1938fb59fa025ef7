//! `/v1/webhook_endpoints`

use std::sync::Arc;

use paydesk_domain::id::WebhookEndpointId;
use paydesk_domain::webhook_endpoint::WebhookEndpoint;
use paydesk_wire::objects::{DeletedObject, ListObject, WebhookEndpointObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

/// The only answer that has the secret.
pub(crate) async fn create(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::create_webhook_endpoint)?;
    let app = Arc::clone(&exchange.state.app);
    let render =
        |endpoint: &WebhookEndpoint| exchange.render(&WebhookEndpointObject::with_secret(endpoint));
    Ok(app.create_webhook_endpoint(&exchange.call, command, render).await?)
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let id = WebhookEndpointId::from(id.as_str());
    let endpoint = app.retrieve_webhook_endpoint(&exchange.call, &id).await?;
    Ok(exchange.reply(&WebhookEndpointObject::new(&endpoint)))
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::update_webhook_endpoint)?;
    let app = Arc::clone(&exchange.state.app);
    let render =
        |endpoint: &WebhookEndpoint| exchange.render(&WebhookEndpointObject::new(endpoint));
    let id = WebhookEndpointId::from(id.as_str());
    Ok(app.update_webhook_endpoint(&exchange.call, id, command, render).await?)
}

pub(crate) async fn delete(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |id: &WebhookEndpointId| {
        exchange.render(&DeletedObject::new("webhook_endpoint", id.as_str()))
    };
    let id = WebhookEndpointId::from(id.as_str());
    Ok(app.delete_webhook_endpoint(&exchange.call, id, render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::list_webhook_endpoints)?;
    let app = &exchange.state.app;
    let page = app.list_webhook_endpoints(&exchange.call, lists::cursors(command)).await?;
    let endpoints = page.data.iter().map(WebhookEndpointObject::new).collect();
    Ok(exchange.reply(&ListObject::new(endpoints, page.has_more, "/v1/webhook_endpoints")))
}
