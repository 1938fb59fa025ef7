//! `/paydesk/v1/clock`: what time it is in a sandbox.

use std::sync::Arc;

use paydesk_app::{ClockChanged, Rendered};
use paydesk_wire::objects::ClockObject;
use paydesk_wire::params::{self, Request};

use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn retrieve(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let clock = exchange.state.app.retrieve_clock(&exchange.call)?;
    Ok(exchange.reply(&ClockObject::new(clock, exchange.state.app.wall_now())))
}

pub(crate) async fn change(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::change_clock)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |changed: &ClockChanged| {
        let rendered = exchange.render(&ClockObject::new(changed.clock, changed.wall));
        Rendered { status: if changed.is_behind { 202 } else { 200 }, ..rendered }
    };
    Ok(app.change_clock(&exchange.call, command, render).await?)
}
