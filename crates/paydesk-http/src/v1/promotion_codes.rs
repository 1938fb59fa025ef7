//! `/v1/promotion_codes`

use std::sync::Arc;

use paydesk_app::promotion_codes::PromotionCodeView;
use paydesk_domain::id::PromotionCodeId;
use paydesk_domain::time::Timestamp;
use paydesk_wire::expand::Expand;
use paydesk_wire::objects::{ListObject, PromotionCodeObject, PromotionCodeParts};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn create(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::create_promotion_code)?;
    let app = Arc::clone(&exchange.state.app);
    let now = exchange.call.now(&app);
    let render = |view: &PromotionCodeView| exchange.render(&object(view, now, &expand));
    Ok(app.create_promotion_code(&exchange.call, command, render).await?)
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { expand, .. } = exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let id = PromotionCodeId::from(id.as_str());
    let view = app.retrieve_promotion_code(&exchange.call, &id).await?;
    let now = exchange.call.now(app);
    Ok(exchange.reply(&object(&view, now, &expand)))
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::update_promotion_code)?;
    let app = Arc::clone(&exchange.state.app);
    let now = exchange.call.now(&app);
    let render = |view: &PromotionCodeView| exchange.render(&object(view, now, &expand));
    let id = PromotionCodeId::from(id.as_str());
    Ok(app.update_promotion_code(&exchange.call, id, command, render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let app = Arc::clone(&exchange.state.app);
    let now = exchange.call.now(&app);
    let Request { command, expand } =
        exchange.decode(|fields| params::list_promotion_codes(fields, now))?;
    let page = app.list_promotion_codes(&exchange.call, lists::request(command)).await?;
    let promotion_codes = page.data.iter().map(|view| object(view, now, &expand));
    let (promotion_codes, url) = (promotion_codes.collect(), "/v1/promotion_codes");
    Ok(exchange.reply(&ListObject::new(promotion_codes, page.has_more, url)))
}

fn object<'a>(
    view: &'a PromotionCodeView,
    now: Timestamp,
    expand: &Expand,
) -> PromotionCodeObject<'a> {
    let parts = PromotionCodeParts { coupon: &view.coupon, customer: view.customer.as_ref() };
    PromotionCodeObject::new(&view.promotion_code, parts, now, expand)
}
