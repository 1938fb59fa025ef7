//! Requests, as a shop's server makes them.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use bytes::Bytes;
use form_urlencoded::Serializer;
use http_body_util::BodyExt;
use paydesk_http::Api;

use crate::protocol;
use crate::response::Response;

/// Somebody who makes requests, with the headers that all of them carry.
#[derive(Clone, Debug)]
pub struct Client {
    api: Api,
    headers: HeaderMap,
    expects_failure: bool,
}

impl Client {
    /// The key of a client that was given no other.
    pub const KEY: &str = "sk_test_shop";

    pub(crate) fn of(api: Api) -> Self {
        let client = Self { api, headers: HeaderMap::new(), expects_failure: false };
        client.with_key(Self::KEY)
    }

    /// The same client.
    #[must_use]
    pub fn client(&self) -> Self {
        self.clone()
    }

    /// The same client with another key.
    #[must_use]
    pub fn with_key(&self, key: &str) -> Self {
        self.with_header("Authorization", &format!("Bearer {key}"))
    }

    /// The same client without a key.
    #[must_use]
    pub fn without_key(&self) -> Self {
        let mut client = self.clone();
        client.headers.remove(header::AUTHORIZATION);
        client
    }

    /// The same client with a header on every request.
    #[must_use]
    pub fn with_header(&self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a test names a header");
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a test gives a header value");
        let mut client = self.clone();
        client.headers.insert(name, value);
        client
    }

    /// The same client for a test that makes the server fail; elsewhere a 5xx fails the test.
    #[must_use]
    pub fn expecting_failure(&self) -> Self {
        Self { expects_failure: true, ..self.clone() }
    }

    /// A GET of a path with its query.
    pub async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path, Bytes::new()).await
    }

    /// A POST of a form.
    pub async fn post(&self, path: &str, params: &[(&str, &str)]) -> Response {
        self.post_form(path, &form(params)).await
    }

    /// A POST of a form that is encoded already.
    pub async fn post_form(&self, path: &str, encoded: &str) -> Response {
        let body = Bytes::from(encoded.to_owned());
        self.post_body(path, "application/x-www-form-urlencoded", body).await
    }

    /// A POST of anything.
    pub async fn post_body(&self, path: &str, content_type: &str, body: Bytes) -> Response {
        self.with_header("Content-Type", content_type).send(Method::POST, path, body).await
    }

    /// Any request. Its answer has been checked by [`protocol::check`].
    pub async fn send(&self, method: Method, path: &str, body: Bytes) -> Response {
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = method.clone();
        *request.uri_mut() = path.parse().expect("a test asks for a path");
        *request.headers_mut() = self.headers.clone();
        let (parts, body) = self.api.clone().answer(request).await.into_parts();
        let body = body.collect().await.expect("an answer is in memory");
        let response = Response {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.to_bytes(),
        };
        let key = self.headers.get(header::AUTHORIZATION).map(HeaderValue::as_bytes);
        let livemode = key.is_some_and(|key| String::from_utf8_lossy(key).contains("_live_"));
        let expects_failure = self.expects_failure;
        let asked = protocol::Asked { method: &method, path, livemode, expects_failure };
        protocol::check(&asked, &response);
        response
    }
}

/// Parameters as a form.
fn form(params: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(params).finish()
}
