//! `/paydesk/v1/idle`: answers when nothing is due or in flight in a sandbox.

use paydesk_wire::objects::IdleObject;
use paydesk_wire::params::{self, Request};

use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn wait(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command: within, .. } = exchange.decode(params::await_idle)?;
    exchange.state.app.wait_until_idle(&exchange.call, within).await?;
    Ok(exchange.reply(&IdleObject::IDLE))
}
