//! Proxies: who sent a request, and where, by the word of those that are trusted.

use std::net::{IpAddr, SocketAddr};

use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Who is at the other end of the connection: an extension of every request that comes by one.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Who sent a request: an extension of every request of a [`Peer`], for whoever logs or counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

/// The header in which proxies say who sent a request. Only one kind is read: a proxy that writes
/// one passes on what the client wrote into the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`.
    #[default]
    XForwarded,
    /// `Forwarded`, as RFC 7239 has it.
    Forwarded,
}

/// The proxies whose word is taken. By default none.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies {
    networks: Vec<IpNet>,
    header: ProxyHeader,
}

/// What is known of where a request came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Who sent it: the last one on the way that is no trusted proxy.
    pub(crate) client: IpAddr,
    /// The address it was sent to, such as `https://pay.example.com`, if a trusted proxy says so.
    pub(crate) address: Option<String>,
}

/// One hop, as a proxy describes it.
#[derive(Default)]
struct Hop<'a> {
    client: Option<IpAddr>,
    proto: Option<&'a str>,
    host: Option<&'a str>,
}

impl TrustedProxies {
    /// Proxies in these networks, which speak by this header.
    #[must_use]
    pub const fn new(networks: Vec<IpNet>, header: ProxyHeader) -> Self {
        Self { networks, header }
    }

    /// Where a request of `peer` came from.
    pub(crate) fn origin(&self, peer: IpAddr, headers: &HeaderMap) -> Origin {
        if !self.trusts(peer) {
            return Origin { client: peer, address: None };
        }
        match self.header {
            ProxyHeader::XForwarded => self.x_forwarded(peer, headers),
            ProxyHeader::Forwarded => self.forwarded(peer, headers),
        }
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }

    fn x_forwarded(&self, peer: IpAddr, headers: &HeaderMap) -> Origin {
        let mut client = peer;
        // From the nearest: each trusted one vouches for the next, up to the first that is not.
        for element in elements(headers, &X_FORWARDED_FOR).iter().rev() {
            if !self.trusts(client) {
                break;
            }
            let Some(next) = node(element) else {
                break;
            };
            client = next;
        }
        // The last is the nearest proxy's, and so the only one that surely is a trusted proxy's.
        let nearest = |name| elements(headers, name).last().copied();
        Origin { client, address: address(nearest(&X_FORWARDED_PROTO), nearest(&X_FORWARDED_HOST)) }
    }

    fn forwarded(&self, peer: IpAddr, headers: &HeaderMap) -> Origin {
        let mut origin = Origin { client: peer, address: None };
        for element in elements(headers, &header::FORWARDED).iter().rev() {
            if !self.trusts(origin.client) {
                break;
            }
            let hop = Hop::parse(element);
            if let Some(address) = address(hop.proto, hop.host) {
                origin.address = Some(address);
            }
            let Some(next) = hop.client else {
                break;
            };
            origin.client = next;
        }
        origin
    }
}

impl<'a> Hop<'a> {
    /// Reads `for=192.0.2.1;proto=https;host=pay.example.com`.
    fn parse(element: &'a str) -> Self {
        let mut hop = Self::default();
        for pair in element.split(';') {
            let Some((name, value)) = pair.trim().split_once('=') else {
                continue;
            };
            let value = value.trim_matches('"');
            match name.to_ascii_lowercase().as_str() {
                "for" => hop.client = node(value),
                "proto" => hop.proto = Some(value),
                "host" => hop.host = Some(value),
                _ => {}
            }
        }
        hop
    }
}

/// The elements of a header that is a list, across all its lines.
fn elements<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Vec<&'a str> {
    let lines = headers.get_all(name).iter();
    let lines = lines.map(|value| value.to_str().unwrap_or_default());
    lines.flat_map(|line| line.split(',')).map(str::trim).collect()
}

/// An address as proxies write it: `192.0.2.1`, `192.0.2.1:80`, `::1`, `[::1]`, `[::1]:80`.
fn node(text: &str) -> Option<IpAddr> {
    let without_brackets = text.trim_start_matches('[').trim_end_matches(']');
    let alone = without_brackets.parse().ok();
    let address = alone.or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

/// Scheme and host as an address, if they are ones.
fn address(proto: Option<&str>, host: Option<&str>) -> Option<String> {
    let host: Authority = host?.parse().ok()?;
    // A user's name in front of the host would make it look like another one.
    let is_host = !host.as_str().contains('@');
    let proto = proto.unwrap_or("http").to_ascii_lowercase();
    (is_host && matches!(proto.as_str(), "http" | "https")).then(|| format!("{proto}://{host}"))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    /// The origin of a request of `peer` as `client` or `client address`, where 10.0.0.0/8 and
    /// fd00::/8 are trusted.
    fn origin(header: ProxyHeader, peer: &str, lines: &[(&'static str, &str)]) -> String {
        let networks = ["10.0.0.0/8", "fd00::/8"].map(|text| text.parse().unwrap());
        let proxies = TrustedProxies::new(networks.into(), header);
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        let Origin { client, address } = proxies.origin(peer.parse().unwrap(), &headers);
        [client.to_string()].into_iter().chain(address).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_client_is_the_last_that_no_trusted_proxy_is() {
        let table = [
            ("203.0.113.9", "192.0.2.1", "203.0.113.9"),
            ("10.0.0.1", "192.0.2.1", "192.0.2.1"),
            ("10.0.0.1", "198.51.100.7, 192.0.2.1", "192.0.2.1"),
            ("10.0.0.1", "198.51.100.7, 192.0.2.1, 10.2.3.4", "192.0.2.1"),
            ("10.0.0.1", "10.9.9.9, 10.2.3.4", "10.9.9.9"),
            ("10.0.0.1", "198.51.100.7, nonsense, 10.2.3.4", "10.2.3.4"),
            ("10.0.0.1", "192.0.2.1:4711", "192.0.2.1"),
            ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
            ("fd00::1", "2001:db8::1", "2001:db8::1"),
            ("10.0.0.1", "::ffff:192.0.2.1", "192.0.2.1"),
            ("10.0.0.1", "", "10.0.0.1"),
        ];
        for (peer, line, expected) in table {
            let found = origin(ProxyHeader::XForwarded, peer, &[("x-forwarded-for", line)]);
            assert_eq!(found, expected, "{peer} {line}");
        }
    }

    #[test]
    fn lines_of_a_header_are_one_list() {
        let lines = [("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "10.2.3.4")];
        assert_eq!(origin(ProxyHeader::XForwarded, "10.0.0.1", &lines), "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxy_says_where_a_request_was_sent_to() {
        let table = [
            ("https", "pay.example.com", " https://pay.example.com"),
            ("HTTPS", "pay.example.com:8443", " https://pay.example.com:8443"),
            ("http, https", "evil.example, pay.example.com", " https://pay.example.com"),
            ("gopher", "pay.example.com", ""),
            ("https", "pay.example.com@evil.example", ""),
            ("https", "pay.example.com/path", ""),
            ("https", "", ""),
        ];
        for (proto, host, expected) in table {
            let lines = [("x-forwarded-proto", proto), ("x-forwarded-host", host)];
            let found = origin(ProxyHeader::XForwarded, "10.0.0.1", &lines);
            assert_eq!(found, format!("10.0.0.1{expected}"), "{proto} {host}");
            let found = origin(ProxyHeader::XForwarded, "192.0.2.1", &lines);
            assert_eq!(found, "192.0.2.1", "nobody else does");
        }
    }

    #[test]
    fn forwarded_says_it_in_one_header() {
        let table = [
            ("for=192.0.2.1", "192.0.2.1"),
            (
                "For=\"[2001:db8::1]:47\";Proto=https;Host=a.example",
                "2001:db8::1 https://a.example",
            ),
            (
                "for=1.2.3.4;host=x.example, for=192.0.2.1;host=a.example, for=10.1.1.1",
                "192.0.2.1 http://a.example",
            ),
            ("for=unknown;proto=https;host=a.example", "10.0.0.1 https://a.example"),
        ];
        for (line, expected) in table {
            let found = origin(ProxyHeader::Forwarded, "10.0.0.1", &[("forwarded", line)]);
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn the_kind_of_header_that_was_not_chosen_is_not_read() {
        let lines = [("forwarded", "for=192.0.2.1"), ("x-forwarded-for", "198.51.100.7")];
        assert_eq!(origin(ProxyHeader::XForwarded, "10.0.0.1", &lines), "198.51.100.7");
        assert_eq!(origin(ProxyHeader::Forwarded, "10.0.0.1", &lines), "192.0.2.1");
    }
}
