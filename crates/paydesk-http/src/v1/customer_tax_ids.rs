//! `/v1/customers/{id}/tax_ids`

use std::sync::Arc;

use paydesk_app::customers::TaxIdView;
use paydesk_domain::id::{CustomerId, TaxIdId};
use paydesk_wire::objects::{DeletedObject, ListObject, TaxIdObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn create(mut exchange: Exchange, customer: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::create_tax_id)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |view: &TaxIdView| {
        exchange.render(&TaxIdObject::new(&view.tax_id, &view.customer, &expand))
    };
    let customer = CustomerId::from(customer.as_str());
    Ok(app.create_tax_id(&exchange.call, customer, command, render).await?)
}

pub(crate) async fn retrieve(
    mut exchange: Exchange,
    (customer, id): (String, String),
) -> Result<Reply, Failure> {
    let Request { expand, .. } = exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let (customer, id) = (CustomerId::from(customer.as_str()), TaxIdId::from(id.as_str()));
    let view = app.retrieve_tax_id(&exchange.call, &customer, &id).await?;
    Ok(exchange.reply(&TaxIdObject::new(&view.tax_id, &view.customer, &expand)))
}

pub(crate) async fn delete(
    mut exchange: Exchange,
    (customer, id): (String, String),
) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = Arc::clone(&exchange.state.app);
    let render =
        |view: &TaxIdView| exchange.render(&DeletedObject::new("tax_id", view.tax_id.id.as_str()));
    let (customer, id) = (CustomerId::from(customer.as_str()), TaxIdId::from(id.as_str()));
    Ok(app.delete_tax_id(&exchange.call, customer, id, render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, customer: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::list_tax_ids)?;
    let app = &exchange.state.app;
    let id = CustomerId::from(customer.as_str());
    let (customer, page) = app.list_tax_ids(&exchange.call, &id, lists::cursors(command)).await?;
    let object = |tax_id| TaxIdObject::new(tax_id, &customer, &expand);
    let url = format!("/v1/customers/{id}/tax_ids");
    Ok(exchange.reply(&ListObject::new(page.data.iter().map(object).collect(), page.has_more, url)))
}
