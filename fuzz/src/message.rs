//! An input that is headers, an empty line and a body.

use http::{HeaderName, HeaderValue};
use paydesk_testing::Client;

/// A request without its first line.
pub(crate) struct Message<'a> {
    headers: Vec<(&'a str, &'a str)>,
    pub(crate) body: &'a [u8],
}

impl<'a> Message<'a> {
    /// Reads lines up to an empty one; those that are no headers are left out.
    pub(crate) fn parse(mut input: &'a [u8]) -> Self {
        let mut headers = Vec::new();
        while let (Some(line), rest) = split_line(input)
            && !line.is_empty()
        {
            headers.extend(header(line));
            input = rest;
        }
        let body = input.strip_prefix(b"\n").unwrap_or(input);
        Self { headers, body: body.strip_suffix(b"\n").unwrap_or(body) }
    }

    /// A client that sends these headers.
    pub(crate) fn headers_on(&self, client: &Client) -> Client {
        let headers = self.headers.iter();
        headers.fold(client.client(), |client, (name, value)| client.with_header(name, value))
    }
}

/// The first line, where there is a whole one, and what is behind it.
pub(crate) fn split_line(input: &[u8]) -> (Option<&[u8]>, &[u8]) {
    match input.iter().position(|byte| *byte == b'\n') {
        Some(end) => (Some(&input[..end]), &input[end + 1..]),
        None => (None, input),
    }
}

fn header(line: &[u8]) -> Option<(&str, &str)> {
    let (name, value) = str::from_utf8(line).ok()?.split_once(": ")?;
    HeaderName::from_bytes(name.as_bytes()).ok()?;
    HeaderValue::from_bytes(value.as_bytes()).ok()?;
    Some((name, value))
}
