//! `/v1/shipping_rates`

use std::sync::Arc;

use paydesk_domain::id::ShippingRateId;
use paydesk_domain::shipping_rate::ShippingRate;
use paydesk_wire::objects::{ListObject, ShippingRateObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn create(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::create_shipping_rate)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |shipping_rate: &ShippingRate| {
        exchange.render(&ShippingRateObject::new(shipping_rate, &expand))
    };
    Ok(app.create_shipping_rate(&exchange.call, command, render).await?)
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { expand, .. } = exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let shipping_rate =
        app.retrieve_shipping_rate(&exchange.call, &ShippingRateId::from(id.as_str())).await?;
    Ok(exchange.reply(&ShippingRateObject::new(&shipping_rate, &expand)))
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::update_shipping_rate)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |shipping_rate: &ShippingRate| {
        exchange.render(&ShippingRateObject::new(shipping_rate, &expand))
    };
    let id = ShippingRateId::from(id.as_str());
    Ok(app.update_shipping_rate(&exchange.call, id, command, render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::list_shipping_rates)?;
    let app = &exchange.state.app;
    let page = app.list_shipping_rates(&exchange.call, lists::request(command)).await?;
    let shipping_rates =
        page.data.iter().map(|shipping_rate| ShippingRateObject::new(shipping_rate, &expand));
    Ok(exchange.reply(&ListObject::new(
        shipping_rates.collect(),
        page.has_more,
        "/v1/shipping_rates",
    )))
}
