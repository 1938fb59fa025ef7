//! `/v1/customers`

use std::sync::Arc;

use paydesk_domain::customer::{Customer, FoundCustomer};
use paydesk_domain::id::CustomerId;
use paydesk_domain::listing::Cursor;
use paydesk_wire::objects::{CustomerObject, DeletedObject, ListObject, SearchResultObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn create(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::create_customer)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |customer: &Customer| exchange.render(&CustomerObject::new(customer, &expand));
    Ok(app.create_customer(&exchange.call, command, render).await?)
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { expand, .. } = exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let id = CustomerId::from(id.as_str());
    Ok(match app.retrieve_customer(&exchange.call, &id).await? {
        FoundCustomer::Customer(customer) => {
            exchange.reply(&CustomerObject::new(&customer, &expand))
        }
        FoundCustomer::Deleted(deleted) => {
            exchange.reply(&DeletedObject::new("customer", deleted.id.as_str()))
        }
    })
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::update_customer)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |customer: &Customer| exchange.render(&CustomerObject::new(customer, &expand));
    let id = CustomerId::from(id.as_str());
    Ok(app.update_customer(&exchange.call, id, command, render).await?)
}

pub(crate) async fn delete(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |id: &CustomerId| exchange.render(&DeletedObject::new("customer", id.as_str()));
    Ok(app.delete_customer(&exchange.call, CustomerId::from(id.as_str()), render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::list_customers)?;
    let app = &exchange.state.app;
    let page = app.list_customers(&exchange.call, lists::request(command)).await?;
    let customers = page.data.iter().map(|customer| CustomerObject::new(customer, &expand));
    Ok(exchange.reply(&ListObject::new(customers.collect(), page.has_more, "/v1/customers")))
}

pub(crate) async fn search(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::search_customers)?;
    let app = &exchange.state.app;
    let request = lists::search_request(&command, &expand);
    let found = app.search_customers(&exchange.call, &command.query, request).await?;
    let place =
        |customer: &Customer| Cursor { created: customer.created, ordinal: customer.ordinal };
    let next = lists::next_place(&found.page, place);
    let customers = found.page.data.iter().map(|customer| CustomerObject::new(customer, &expand));
    let (customers, url) = (customers.collect(), "/v1/customers/search");
    Ok(exchange.reply(&SearchResultObject::new(customers, next, found.total_count, url)))
}
