//! The bare endpoint: the HTTP work of a request and none of the checkout's.

use std::hint::black_box;
use std::sync::LazyLock;

use anyhow::Result;
use axum::Router;
use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::options::BareOptions;
use crate::request::STRIPE_VERSION;

/// The longest body that can be asked for.
const LONGEST: usize = 1024 * 1024;

/// Indented JSON of some length, which every answer begins.
static TEXT: LazyLock<Bytes> = LazyLock::new(|| {
    let mut text = String::from("{\n  \"object\": \"list\",\n  \"data\": [\n");
    let mut number = 0;
    while text.len() < LONGEST {
        number += 1;
        text.push_str(&format!(
            "    {{\n      \"id\": \"li_{number:024}\",\n      \"object\": \"item\",\n      \
             \"amount_total\": {number},\n      \"currency\": \"usd\",\n      \
             \"description\": null\n    }},\n"
        ));
    }
    Bytes::from(text)
});

/// Serves until the process is ended.
pub async fn serve(options: &BareOptions) -> Result<()> {
    LazyLock::force(&TEXT);
    let listener = TcpListener::bind(options.listen).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| {
        // A connection that is already gone again reports its error when it is read from.
        let _gone = stream.set_nodelay(true);
    });
    let router = Router::new()
        .route("/bare", get(answer).post(answer))
        .route("/healthz", get(async || "ok"));
    Ok(axum::serve(listener, router).await?)
}

/// Decodes the form into pairs and answers with as many bytes as `bytes` says.
async fn answer(RawQuery(query): RawQuery, body: Bytes) -> Response {
    let query = query.unwrap_or_default();
    let asked: Option<usize> = query.strip_prefix("bytes=").and_then(|digits| digits.parse().ok());
    let Some(length) = asked.filter(|length| *length <= LONGEST) else {
        return (StatusCode::BAD_REQUEST, "say ?bytes=N").into_response();
    };
    let pairs: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let count = black_box(pairs).len();
    (headers(count), TEXT.slice(..length)).into_response()
}

/// As many headers as an answer of the Stripe API usually has from such a server.
fn headers(pairs: usize) -> [(HeaderName, HeaderValue); 7] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (header::VARY, HeaderValue::from_static("Origin")),
        (HeaderName::from_static("request-id"), HeaderValue::from_static("req_000000000000000")),
        (HeaderName::from_static("stripe-version"), HeaderValue::from_static(STRIPE_VERSION)),
        (HeaderName::from_static("form-pairs"), HeaderValue::from(pairs)),
    ]
}
