//! `/openapi.json`: the server's own description, for anybody, without a key.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::IntoResponse;
use bytes::Bytes;
use paydesk_wire::openapi;

/// Written once: it is the same for everybody until the server is another.
static DOCUMENT: LazyLock<Bytes> =
    LazyLock::new(|| Bytes::from(format!("{:#}\n", openapi::document())));

pub(crate) async fn document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.clone())
}
