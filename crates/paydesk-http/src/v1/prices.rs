//! `/v1/prices`

use std::sync::Arc;

use paydesk_app::prices::PriceView;
use paydesk_domain::catalog::Price;
use paydesk_domain::id::PriceId;
use paydesk_domain::listing::Cursor;
use paydesk_wire::expand::Expand;
use paydesk_wire::objects::{ListObject, PriceObject, SearchResultObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn create(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::create_price)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |view: &PriceView| exchange.render(&object(view, &expand));
    Ok(app.create_price(&exchange.call, command, render).await?)
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { expand, .. } = exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let view = app.retrieve_price(&exchange.call, &PriceId::from(id.as_str())).await?;
    Ok(exchange.reply(&object(&view, &expand)))
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::update_price)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |view: &PriceView| exchange.render(&object(view, &expand));
    let id = PriceId::from(id.as_str());
    Ok(app.update_price(&exchange.call, id, command, render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::list_prices)?;
    let app = &exchange.state.app;
    let (page, catalog) = app.list_prices(&exchange.call, lists::request(command)).await?;
    let prices = page.data.iter().map(|price| PriceObject::new(price, &catalog, &expand));
    Ok(exchange.reply(&ListObject::new(prices.collect(), page.has_more, "/v1/prices")))
}

pub(crate) async fn search(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::search_prices)?;
    let app = &exchange.state.app;
    let request = lists::search_request(&command, &expand);
    let (found, catalog) = app.search_prices(&exchange.call, &command.query, request).await?;
    let place = |price: &Price| Cursor { created: price.created, ordinal: price.ordinal };
    let next = lists::next_place(&found.page, place);
    let prices = found.page.data.iter().map(|price| PriceObject::new(price, &catalog, &expand));
    let prices = prices.collect();
    let url = "/v1/prices/search";
    Ok(exchange.reply(&SearchResultObject::new(prices, next, found.total_count, url)))
}

fn object<'a>(view: &'a PriceView, expand: &Expand) -> PriceObject<'a> {
    PriceObject::new(&view.price, &view.catalog, expand)
}
