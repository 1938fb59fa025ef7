//! The hosted page. It does not exist yet, and says so to whoever follows a session's `url`.

use axum::response::Html;

/// `/c/pay/{session}`
pub(crate) async fn checkout() -> Html<&'static str> {
    Html(include_str!("pages/checkout.html"))
}
