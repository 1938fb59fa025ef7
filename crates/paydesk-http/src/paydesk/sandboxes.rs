//! `/paydesk/v1/sandboxes`: sandboxes as wholes.

use std::sync::Arc;

use paydesk_app::{SandboxName, SandboxView, UpdateSandbox};
use paydesk_domain::id::AccountId;
use paydesk_wire::objects::{DeletedObject, ListObject, SandboxObject};
use paydesk_wire::params::{self, Request};

use crate::exchange::{Exchange, Failure, Reply};
use crate::v1::lists;

pub(crate) async fn list(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command, .. } = exchange.decode(params::list_sandboxes)?;
    let app = &exchange.state.app;
    let page = app.list_sandboxes(&exchange.call, lists::cursors(command)).await?;
    let sandboxes = page.data.iter().map(object).collect();
    Ok(exchange.reply(&ListObject::new(sandboxes, page.has_more, "/paydesk/v1/sandboxes")))
}

pub(crate) async fn retrieve(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = &exchange.state.app;
    let view = app.retrieve_sandbox(&exchange.call, &name(&id)).await?;
    Ok(exchange.reply(&object(&view)))
}

pub(crate) async fn update(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    let Request { command: time_to_live, .. } = exchange.decode(params::update_sandbox)?;
    let app = Arc::clone(&exchange.state.app);
    let command = UpdateSandbox { time_to_live };
    let render = |view: &SandboxView| exchange.render(&object(view));
    Ok(app.update_sandbox(&exchange.call, &name(&id), command, render).await?)
}

pub(crate) async fn reset(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |view: &SandboxView| exchange.render(&object(view));
    Ok(app.reset_sandbox(&exchange.call, &name(&id), render).await?)
}

pub(crate) async fn delete(mut exchange: Exchange, id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let app = Arc::clone(&exchange.state.app);
    let render = |account: &AccountId| {
        exchange.render(&DeletedObject::new("paydesk.sandbox", account.as_str()))
    };
    Ok(app.delete_sandbox(&exchange.call, &name(&id), render).await?)
}

/// `current` is the sandbox of the key; every other is named by its account.
fn name(id: &str) -> SandboxName {
    match id {
        "current" => SandboxName::Current,
        account => SandboxName::Account(AccountId::from(account)),
    }
}

fn object(view: &SandboxView) -> SandboxObject<'_> {
    SandboxObject::new(&view.sandbox, view.is_current)
}
