//! `/v1/tax_rates`

use std::sync::Arc;

use paydesk_domain::id::TaxRateId;
use paydesk_domain::tax_rate::TaxRate;
use paydesk_wire::objects::{ListObject, TaxRateObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn create(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::create_tax_rate)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |tax_rate: &TaxRate| exchange.render(&TaxRateObject::new(tax_rate));
    Ok(app.create_tax_rate(&exchange.call, command, render).await?)
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let tax_rate = app.retrieve_tax_rate(&exchange.call, &TaxRateId::from(id.as_str())).await?;
    Ok(exchange.reply(&TaxRateObject::new(&tax_rate)))
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::update_tax_rate)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |tax_rate: &TaxRate| exchange.render(&TaxRateObject::new(tax_rate));
    let id = TaxRateId::from(id.as_str());
    Ok(app.update_tax_rate(&exchange.call, id, command, render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::list_tax_rates)?;
    let app = &exchange.state.app;
    let page = app.list_tax_rates(&exchange.call, lists::request(command)).await?;
    let tax_rates = page.data.iter().map(TaxRateObject::new);
    Ok(exchange.reply(&ListObject::new(tax_rates.collect(), page.has_more, "/v1/tax_rates")))
}
