//! `/v1/coupons`

use std::sync::Arc;

use paydesk_domain::coupon::Coupon;
use paydesk_domain::id::CouponId;
use paydesk_wire::objects::{CouponObject, DeletedObject, ListObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn create(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::create_coupon)?;
    let app = Arc::clone(&exchange.state.app);
    let now = exchange.call.now(&app);
    let render = |coupon: &Coupon| exchange.render(&CouponObject::new(coupon, now, &expand));
    Ok(app.create_coupon(&exchange.call, command, render).await?)
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { expand, .. } = exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let coupon = app.retrieve_coupon(&exchange.call, &CouponId::from(id.as_str())).await?;
    let now = exchange.call.now(app);
    Ok(exchange.reply(&CouponObject::new(&coupon, now, &expand)))
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::update_coupon)?;
    let app = Arc::clone(&exchange.state.app);
    let now = exchange.call.now(&app);
    let render = |coupon: &Coupon| exchange.render(&CouponObject::new(coupon, now, &expand));
    let id = CouponId::from(id.as_str());
    Ok(app.update_coupon(&exchange.call, id, command, render).await?)
}

pub(crate) async fn delete(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |id: &CouponId| exchange.render(&DeletedObject::new("coupon", id.as_str()));
    Ok(app.delete_coupon(&exchange.call, CouponId::from(id.as_str()), render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::list_coupons)?;
    let app = &exchange.state.app;
    let page = app.list_coupons(&exchange.call, lists::request(command)).await?;
    let now = exchange.call.now(app);
    let coupons = page.data.iter().map(|coupon| CouponObject::new(coupon, now, &expand));
    Ok(exchange.reply(&ListObject::new(coupons.collect(), page.has_more, "/v1/coupons")))
}
