//! `/healthz` and `/readyz`, for whoever starts and watches the server.

use axum::extract::State;
use axum::http::StatusCode;

use crate::state::HttpState;

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// The store answers too.
pub(crate) async fn ready(State(state): State<HttpState>) -> (StatusCode, &'static str) {
    match state.app.check_ready().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    }
}
