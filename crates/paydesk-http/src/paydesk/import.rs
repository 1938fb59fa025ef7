//! `POST /paydesk/v1/import`: objects with given ids, from a file.

use std::sync::Arc;

use paydesk_domain::api_key::{Access, Permission};
use paydesk_domain::import::Imported;
use paydesk_wire::StripeError;
use paydesk_wire::catalog_file::{self, Source};
use paydesk_wire::objects::ImportObject;
use paydesk_wire::params;
use tokio::task::spawn_blocking;

use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn import(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    exchange.decode(params::nothing)?;
    let bytes = std::mem::take(&mut exchange.file);
    // A large file takes longer to read than a request may hold up a thread that serves others.
    let read = spawn_blocking(move || catalog_file::read(&[Source { bytes: &bytes, prefix: "" }]));
    let file = read.await.unwrap_or_else(|_| Err(unreadable(&exchange)))?;
    if file.key.is_some() {
        let error = StripeError::invalid(
            "A file names a key for `paydesk serve --seed`. What is sent here goes to the sandbox \
             of the request's own key. Leave `key` out.",
        );
        return Err(error.param("key").into());
    }
    // An import is no way around what a restricted key may write one by one.
    for entry in &file.entries {
        let resource = entry.object.resource();
        exchange.require(Permission { resource, access: Access::Write })?;
    }
    let app = Arc::clone(&exchange.state.app);
    let render = |imported: &Vec<Imported>| {
        exchange.render(&ImportObject::new(&file.entries, imported, &file.notes))
    };
    Ok(app.import(&exchange.call, &file.entries, render).await?)
}

/// Reading a file panicked, which it should not.
fn unreadable(exchange: &Exchange) -> StripeError {
    tracing::error!(request_id = exchange.call.request_id, "reading a file failed");
    StripeError::internal(&exchange.call.request_id)
}
