//! `/v1/events`

use paydesk_domain::event::Event;
use paydesk_domain::id::EventId;
use paydesk_wire::objects::{EventObject, ListObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let event = app.retrieve_event(&exchange.call, &EventId::from(id.as_str())).await?;
    Ok(exchange.reply(&object(&exchange, &event)))
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::list_events)?;
    let app = &exchange.state.app;
    let page = app.list_events(&exchange.call, lists::request(command)).await?;
    let events = page.data.iter().map(|event| object(&exchange, event));
    Ok(exchange.reply(&ListObject::new(events.collect(), page.has_more, "/v1/events")))
}

fn object<'a>(exchange: &'a Exchange, event: &'a Event) -> EventObject<'a> {
    let sandbox = &exchange.call.sandbox;
    let account = sandbox.parent().map(|_| sandbox.account());
    EventObject::new(event, &exchange.state.public_url).of_account(account)
}
