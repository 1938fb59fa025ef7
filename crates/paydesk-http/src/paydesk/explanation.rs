//! `GET /paydesk/v1/checkout/sessions/{id}/explanation`: how each amount came about.

use paydesk_domain::id::CheckoutSessionId;
use paydesk_wire::objects::ExplanationObject;
use paydesk_wire::params;

use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let id = CheckoutSessionId::from(id.as_str());
    let explained = app.explain_checkout_session(&exchange.call, &id).await?;
    let object =
        ExplanationObject::new(&explained.session, &explained.explanation, &explained.catalog);
    let mut reply = exchange.reply(&object);
    reply.rendered.revision = Some(explained.session.revision.get());
    Ok(reply)
}
