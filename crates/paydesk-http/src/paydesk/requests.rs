//! `/paydesk/v1/requests`: what a sandbox was asked for lately.

use paydesk_app::{ListRequest, RecordedRequest, RequestFilter};
use paydesk_wire::objects::{ListObject, RequestObject, RequestParts};
use paydesk_wire::params::{self, Request};

use crate::exchange::{Exchange, Failure, Reply};
use crate::v1::lists;

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::list_requests)?;
    let filter = RequestFilter {
        method: command.filter.method.map(str::to_owned),
        path: command.filter.path,
        status: command.filter.status,
    };
    let request = ListRequest { filter, page: lists::cursors(command.page) };
    let page = exchange.state.app.list_requests(&exchange.call, request)?;
    let requests = page.data.iter().map(|request| object(request)).collect();
    Ok(exchange.reply(&ListObject::new(requests, page.has_more, "/paydesk/v1/requests")))
}

fn object(request: &RecordedRequest) -> RequestObject<'_> {
    RequestObject::new(&RequestParts {
        id: &request.id,
        created: request.created,
        method: &request.method,
        path: &request.path,
        form: &request.form,
        idempotency_key: request.idempotency_key.as_deref(),
        api_version: &request.api_version,
        status: request.status,
        response: &request.response,
    })
}
