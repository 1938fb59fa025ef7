//! `/v1/account` and `/v1/accounts/{id}`

use paydesk_domain::id::AccountId;
use paydesk_wire::objects::AccountObject;
use paydesk_wire::params;

use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn retrieve_own(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    Ok(exchange.reply(&AccountObject::new(&exchange.call.sandbox.record())))
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let id = AccountId::from(id.as_str());
    let sandbox = exchange.state.app.acting_for(&exchange.call.sandbox, &id).await?;
    Ok(exchange.reply(&AccountObject::new(&sandbox.record())))
}
