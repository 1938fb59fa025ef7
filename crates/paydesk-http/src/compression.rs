//! Compression of answers, for clients that ask for it.

use std::convert::Infallible;
use std::future::Future;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use tower::{BoxError, Service};
use tower_http::CompressionLevel;
use tower_http::compression::Compression;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// The smallest body that is compressed: a smaller one fits into a packet with most of its headers.
const BYTES_MIN: u64 = 1024;

/// The fastest: most of what our JSON repeats is found by any level, and the rest costs more time
/// than it saves.
const LEVEL: CompressionLevel = CompressionLevel::Fastest;

/// A service whose answers are compressed for clients that ask for it.
#[derive(Clone)]
pub(crate) struct Compressed<S> {
    service: Compression<S, SizeAbove>,
}

impl<S> Compressed<S> {
    pub(crate) fn new(service: S) -> Self {
        let service = Compression::new(service).quality(LEVEL);
        Self { service: service.compress_when(SizeAbove::new(BYTES_MIN)) }
    }

    /// Answers a request, in the coding that its client likes best.
    pub(crate) fn answer<B>(
        &mut self,
        mut request: Request,
    ) -> impl Future<Output = Result<Response, Infallible>> + use<S, B>
    where
        S: Service<Request, Response = Response<B>, Error = Infallible>,
        B: HttpBody<Data = Bytes, Error = BoxError> + Send + 'static,
    {
        choose(request.headers_mut());
        // Without a coding, the library would move a body as large as its compressors about.
        let answer = if request.headers().contains_key(header::ACCEPT_ENCODING) {
            Answer::Coded(self.service.call(request))
        } else {
            Answer::Plain(self.service.get_mut().call(request))
        };
        async move {
            match answer {
                Answer::Coded(coded) => Ok(coded.await?.map(Body::new)),
                Answer::Plain(plain) => Ok(varying(plain.await?).map(Body::new)),
            }
        }
    }
}

/// An answer that is on its way, in a coding or in none.
enum Answer<C, P> {
    Coded(C),
    Plain(P),
}

/// An answer in no coding. It says where another client would get it in one, as the library has it.
fn varying<B: HttpBody>(mut response: Response<B>) -> Response<B> {
    if SizeAbove::new(BYTES_MIN).should_compress(&response) {
        response.headers_mut().append(header::VARY, header::ACCEPT_ENCODING.into());
    }
    response
}

/// Leaves of the codings that a client accepts the one it gets, or none. The library answers 406
/// where it finds no coding at all, when a change may have been made already; with what this leaves
/// it always finds one.
pub(crate) fn choose(headers: &mut HeaderMap) {
    if !headers.contains_key(header::ACCEPT_ENCODING) {
        return;
    }
    let chosen = chosen(headers);
    headers.remove(header::ACCEPT_ENCODING);
    if let Some(coding) = chosen {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(coding));
    }
}

/// The coding that a client likes best; of two that it likes the same, the one that makes less.
fn chosen(headers: &HeaderMap) -> Option<&'static str> {
    let [brotli, gzip] = ["br", "gzip"].map(|coding| weight(headers, coding));
    match (brotli, gzip) {
        (0, 0) => None,
        _ if brotli >= gzip => Some("br"),
        _ => Some("gzip"),
    }
}

/// How much a client likes a coding, in thousandths; 0 where it does not take it. A star stands for
/// all that are not named.
fn weight(headers: &HeaderMap, coding: &str) -> u16 {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter();
    let lines = lines.map(|value| value.to_str().unwrap_or_default());
    let mut any = 0;
    for element in lines.flat_map(|line| line.split(',')) {
        let (name, weight) = match element.split_once(';') {
            Some((name, quality)) => (name, thousandths(quality)),
            None => (element, 1000),
        };
        let name = name.trim();
        if name.eq_ignore_ascii_case(coding) {
            return weight;
        }
        if name == "*" {
            any = weight;
        }
    }
    any
}

/// Reads `q=0.8`. What can't be read is taken for no.
fn thousandths(quality: &str) -> u16 {
    let value = quality.trim().strip_prefix("q=").unwrap_or_default().trim();
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let is_number = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "1" => 1000,
        "0" if is_number => format!("{fraction:0<3}").parse().unwrap_or_default(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coding_is_the_one_that_the_client_likes_best() {
        let table = [
            ("gzip", Some("gzip")),
            ("gzip, deflate", Some("gzip")),
            ("gzip, deflate, br", Some("br")),
            ("br;q=0.5, gzip;q=0.8", Some("gzip")),
            ("br;q=0.812, gzip;q=0.8", Some("br")),
            ("GZIP;q=1.0", Some("gzip")),
            ("*", Some("br")),
            ("br;q=0, *;q=0.1", Some("gzip")),
            ("gzip;q=0", None),
            ("identity;q=0", None),
            ("deflate, zstd", None),
            ("gzip;q=much", None),
            ("", None),
        ];
        for (line, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(line));
            choose(&mut headers);
            let left = headers.get(header::ACCEPT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(left, expected, "{line}");
        }
    }
}
