//! Any request to any address.

use bytes::Bytes;
use http::{Method, Uri};

use crate::message::{Message, split_line};
use crate::shop;

/// A request line without a version, headers, an empty line and a body: `POST /v1/prices` and so
/// on. The answer is never the server's fault, and shaped as Stripe shapes it.
pub(crate) fn run(input: &[u8]) {
    shop::visit(async |shop| {
        let (Some(line), rest) = split_line(input) else { return };
        let line = shop.fill(line);
        let Some((method, path)) = str::from_utf8(&line).ok().and_then(read) else { return };
        let message = Message::parse(rest);
        let body = Bytes::from(shop.fill(message.body));
        let client = shop.client.with_header("Content-Type", "application/x-www-form-urlencoded");
        message.headers_on(&client).send(method, path, body).await;
    });
}

/// A method and a path that a client can ask for, with its query.
fn read(line: &str) -> Option<(Method, &str)> {
    let (method, path) = line.split_once(' ')?;
    // It waits, which is what it is for.
    let waits = path.contains("/idle");
    let is_path = path.starts_with('/') && path.parse::<Uri>().is_ok() && !waits;
    is_path.then_some((Method::from_bytes(method.as_bytes()).ok()?, path))
}
