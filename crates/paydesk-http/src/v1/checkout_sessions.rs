//! `/v1/checkout/sessions`

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use paydesk_app::Rendered;
use paydesk_app::checkout_sessions::{Lines, SessionView, SessionsView, Shown};
use paydesk_domain::checkout_session::{IfMatch, Revision};
use paydesk_domain::id::CheckoutSessionId;
use paydesk_wire::StripeError;
use paydesk_wire::expand::Expand;
use paydesk_wire::objects::{CheckoutSessionObject, LineItemObject, ListObject};
use paydesk_wire::params::{self, Request};

use super::lists;
use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn create(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::create_checkout_session)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |view: &SessionView| render(&exchange, view, &expand);
    Ok(app.create_checkout_session(&exchange.call, command, render).await?)
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { expand, .. } = exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let id = CheckoutSessionId::from(id.as_str());
    let view = app.retrieve_checkout_session(&exchange.call, &id, shown(&expand)).await?;
    Ok(Reply { rendered: render(&exchange, &view, &expand), original_request: None })
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let if_match = if_match(&exchange.headers)?;
    let is_preview = exchange.version.has_server_update_preview();
    let Request { command, expand } =
        exchange.decode(|fields| params::update_checkout_session(fields, if_match, is_preview))?;
    let app = Arc::clone(&exchange.state.app);
    let render = |view: &SessionView| render(&exchange, view, &expand);
    let id = CheckoutSessionId::from(id.as_str());
    Ok(app.update_checkout_session(&exchange.call, id, command, shown(&expand), render).await?)
}

pub(crate) async fn expire(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { expand, .. } = exchange.decode(params::nothing)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |view: &SessionView| render(&exchange, view, &expand);
    let id = CheckoutSessionId::from(id.as_str());
    Ok(app.expire_checkout_session(&exchange.call, id, shown(&expand), render).await?)
}

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let now = exchange.call.now(&exchange.state.app);
    let Request { command, expand } =
        exchange.decode(|fields| params::list_checkout_sessions(fields, now))?;
    let app = &exchange.state.app;
    let request = lists::request(command);
    let view = app.list_checkout_sessions(&exchange.call, request, shown(&expand)).await?;
    let SessionsView { sessions: page, catalog, customers } = view;
    let public_url = &exchange.state.public_url;
    let object = |session| {
        CheckoutSessionObject::new(session, &catalog, &customers, public_url, now, &expand)
    };
    let sessions = page.data.iter().map(object).collect();
    Ok(exchange.reply(&ListObject::new(sessions, page.has_more, "/v1/checkout/sessions")))
}

pub(crate) async fn list_line_items(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command, expand } = exchange.decode(params::list_line_items)?;
    let app = &exchange.state.app;
    let session = CheckoutSessionId::from(id.as_str());
    let view = app.list_line_items(&exchange.call, &session, lists::cursors(command)).await?;
    let now = exchange.call.now(app);
    let object = |line| LineItemObject::new(line, &view.session, &view.catalog, now, &expand);
    let data = view.lines.data.iter().map(object).collect();
    let url = format!("/v1/checkout/sessions/{id}/line_items");
    let mut reply = exchange.reply(&ListObject::new(data, view.lines.has_more, &url));
    reply.rendered.revision = Some(view.session.revision.get());
    Ok(reply)
}

fn render(exchange: &Exchange, view: &SessionView, expand: &Expand) -> Rendered {
    let public_url = &exchange.state.public_url;
    let now = exchange.call.now(&exchange.state.app);
    let SessionView { session, catalog, customers } = view;
    let object = CheckoutSessionObject::new(session, catalog, customers, public_url, now, expand);
    let revision = Some(session.revision.get());
    Rendered { revision, ..exchange.render(&object) }
}

/// How much the answer shows of what a session refers to.
fn shown(expand: &Expand) -> Shown {
    let has_any = |paths: &[&str]| paths.iter().any(|path| expand.has(path));
    let lines = if expand.has("line_items") {
        Lines::Shown
    } else if has_any(&["total_details.breakdown", "shipping_cost.taxes"]) {
        Lines::Taxes
    } else {
        Lines::Hidden
    };
    Shown {
        lines,
        customers: expand.has("customer"),
        promotion_codes: expand.has("discounts.promotion_code"),
        shipping_rates: has_any(&["shipping_cost.shipping_rate", "shipping_options.shipping_rate"]),
    }
}

/// The revision that an update was decided for: `12`, `"12"` or `*`.
fn if_match(headers: &HeaderMap) -> Result<Option<IfMatch>, StripeError> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(Some(IfMatch::Any));
    }
    let unquoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let is_number = !unquoted.is_empty() && unquoted.bytes().all(|byte| byte.is_ascii_digit());
    match unquoted.parse() {
        Ok(number) if is_number => Ok(Some(IfMatch::Revision(Revision::new(number)))),
        Ok(_) | Err(_) => Err(StripeError::invalid_header(
            "If-Match",
            "a revision as the Paydesk-Revision header gives it, such as 12, or *",
        )),
    }
}
