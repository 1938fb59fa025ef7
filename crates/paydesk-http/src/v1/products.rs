//! `/v1/products`

use std::sync::Arc;

use paydesk_app::products::ProductView;
use paydesk_domain::catalog::Product;
use paydesk_domain::id::ProductId;
use paydesk_domain::listing::Cursor;
use paydesk_wire::expand::Expand;
use paydesk_wire::objects::{DeletedObject, ListObject, ProductObject, SearchResultObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn create(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::create_product)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |view: &ProductView| exchange.render(&object(view, &expand));
    Ok(app.create_product(&exchange.call, command, render).await?)
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { expand, .. } = exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let view = app.retrieve_product(&exchange.call, &ProductId::from(id.as_str())).await?;
    Ok(exchange.reply(&object(&view, &expand)))
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::update_product)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |view: &ProductView| exchange.render(&object(view, &expand));
    let id = ProductId::from(id.as_str());
    Ok(app.update_product(&exchange.call, id, command, render).await?)
}

pub(crate) async fn delete(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |id: &ProductId| exchange.render(&DeletedObject::new("product", id.as_str()));
    Ok(app.delete_product(&exchange.call, ProductId::from(id.as_str()), render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::list_products)?;
    let app = &exchange.state.app;
    let (page, catalog) = app.list_products(&exchange.call, lists::request(command)).await?;
    let products = page.data.iter().map(|product| ProductObject::new(product, &catalog, &expand));
    Ok(exchange.reply(&ListObject::new(products.collect(), page.has_more, "/v1/products")))
}

pub(crate) async fn search(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::search_products)?;
    let app = &exchange.state.app;
    let request = lists::search_request(&command, &expand);
    let (found, catalog) = app.search_products(&exchange.call, &command.query, request).await?;
    let place = |product: &Product| Cursor { created: product.created, ordinal: product.ordinal };
    let next = lists::next_place(&found.page, place);
    let products =
        found.page.data.iter().map(|product| ProductObject::new(product, &catalog, &expand));
    let products = products.collect();
    let url = "/v1/products/search";
    Ok(exchange.reply(&SearchResultObject::new(products, next, found.total_count, url)))
}

fn object<'a>(view: &'a ProductView, expand: &Expand) -> ProductObject<'a> {
    ProductObject::new(&view.product, &view.catalog, expand)
}
