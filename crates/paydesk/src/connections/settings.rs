//! Settings of connections: limits, each with a flag, and proxies.

use std::net::IpAddr;
use std::time::Duration;

use clap::Args;
use ipnet::IpNet;
use paydesk_http::{Entrance, ProxyHeader, TrustedProxies};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Connections at a time where nothing is said about them.
const CONNECTIONS_USUAL: usize = 4096;
/// Bytes of a head beyond the limit that are still read, so that the refusal can say what is wrong.
const HEAD_SLACK_BYTES: usize = 64 * 1024;
/// File numbers that are kept for the database and the logs.
const FILES_KEPT: u64 = 64;

#[derive(Args)]
#[command(next_help_heading = "Connections")]
pub(crate) struct ConnectionSettings {
    /// Connections at a time; others wait [default: 4096, or what the system allows]
    #[arg(long, env = "PAYDESK_MAX_CONNECTIONS", value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    max_connections: Option<u32>,

    /// Seconds a connection may stay open between two requests
    #[arg(long, env = "PAYDESK_IDLE_TIMEOUT", default_value_t = 75, value_name = "SECONDS",
        value_parser = seconds())]
    idle_timeout: u32,

    /// Seconds after which a connection takes no further request
    #[arg(long, env = "PAYDESK_MAX_CONNECTION_AGE", default_value_t = 3600,
        value_name = "SECONDS", value_parser = seconds())]
    max_connection_age: u32,

    /// Seconds in which a client must send the head of a request
    #[arg(long, env = "PAYDESK_HEAD_TIMEOUT", default_value_t = 15, value_name = "SECONDS",
        value_parser = seconds())]
    head_timeout: u32,

    /// Seconds in which a client must send the body of a request
    #[arg(long, env = "PAYDESK_BODY_TIMEOUT", default_value_t = 30, value_name = "SECONDS",
        value_parser = seconds())]
    body_timeout: u32,

    /// Seconds a whole request may take until its answer begins
    #[arg(long, env = "PAYDESK_REQUEST_TIMEOUT", default_value_t = 60, value_name = "SECONDS",
        value_parser = seconds())]
    request_timeout: u32,

    /// Seconds in which a client must take something of an answer that waits
    #[arg(long, env = "PAYDESK_ANSWER_TIMEOUT", default_value_t = 30, value_name = "SECONDS",
        value_parser = seconds())]
    answer_timeout: u32,

    /// Bytes of the address of a request, with its query
    #[arg(long, env = "PAYDESK_MAX_URI_BYTES", default_value_t = 16_384, value_name = "BYTES",
        value_parser = clap::value_parser!(u32).range(256..=65_000))]
    max_uri_bytes: u32,

    /// Bytes of the headers of a request
    #[arg(long, env = "PAYDESK_MAX_HEAD_BYTES", default_value_t = 32_768, value_name = "BYTES",
        value_parser = clap::value_parser!(u32).range(1024..=1_048_576))]
    max_head_bytes: u32,

    /// Proxies that are believed who sent a request, as addresses or ranges such as 10.0.0.0/8
    #[arg(long, env = "PAYDESK_TRUSTED_PROXIES", value_name = "CIDR,…", value_delimiter = ',',
        value_parser = network)]
    trusted_proxies: Vec<IpNet>,

    /// Header in which they say it; no other is read
    #[arg(long, env = "PAYDESK_PROXY_HEADER", default_value = "x-forwarded",
        value_name = "x-forwarded|forwarded", value_parser = proxy_header)]
    proxy_header: ProxyHeader,
}

/// Limits of connections. What concerns single requests is in [`Entrance`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Connections at a time.
    pub(crate) connections_max: usize,
    pub(super) idle_for: Duration,
    pub(super) connection_age_max: Duration,
    pub(super) head_within: Duration,
    pub(super) answer_within: Duration,
    head_bytes_max: usize,
}

impl ConnectionSettings {
    /// The limits of connections, within those of the process.
    pub(crate) fn limits(&self) -> Limits {
        let wanted = self.max_connections.map_or(CONNECTIONS_USUAL, count);
        let possible = connections_possible();
        if possible < wanted && self.max_connections.is_some() {
            tracing::warn!(
                wanted,
                possible,
                "the system allows fewer connections than --max-connections; raise its limit of \
                 open files (ulimit -n)"
            );
        }
        Limits {
            connections_max: wanted.min(possible),
            idle_for: duration(self.idle_timeout),
            connection_age_max: duration(self.max_connection_age),
            head_within: duration(self.head_timeout),
            answer_within: duration(self.answer_timeout),
            head_bytes_max: count(self.max_head_bytes) + count(self.max_uri_bytes),
        }
    }

    /// What holds for every request. Proxies say where the server is reached unless a setting does.
    pub(crate) fn entrance(&self, has_public_url: bool) -> Entrance {
        Entrance {
            uri_bytes_max: count(self.max_uri_bytes),
            head_bytes_max: count(self.max_head_bytes),
            body_within: duration(self.body_timeout),
            request_within: Some(duration(self.request_timeout)),
            proxies: TrustedProxies::new(self.trusted_proxies.clone(), self.proxy_header),
            has_public_url,
        }
    }
}

impl Limits {
    /// Bytes of a head beyond which nothing is read any more.
    pub(super) const fn hard_head_bytes_max(&self) -> usize {
        self.head_bytes_max + HEAD_SLACK_BYTES
    }

    /// The shortest time in which a connection must do something.
    pub(super) fn shortest(&self) -> Duration {
        self.idle_for.min(self.head_within).min(self.answer_within)
    }
}

/// Raises the number of files the process may have open to what it is allowed, as connections are
/// files; returns how many connections that makes.
fn connections_possible() -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    let files = if raised.is_ok() { maximum } else { current };
    files.map_or(usize::MAX, |files| {
        usize::try_from(files.saturating_sub(FILES_KEPT).max(1)).unwrap_or(usize::MAX)
    })
}

fn seconds() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=86_400)
}

fn duration(seconds: u32) -> Duration {
    Duration::from_secs(u64::from(seconds))
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let address = text.parse::<IpAddr>().map(IpNet::from);
    text.parse().or(address).map_err(|_| {
        "it must be an address such as 127.0.0.1 or a range such as 10.0.0.0/8".to_owned()
    })
}

fn proxy_header(text: &str) -> Result<ProxyHeader, String> {
    match text.to_ascii_lowercase().as_str() {
        "x-forwarded" => Ok(ProxyHeader::XForwarded),
        "forwarded" => Ok(ProxyHeader::Forwarded),
        _ => Err("it must be x-forwarded (X-Forwarded-For, -Proto and -Host) or forwarded \
                  (Forwarded)"
            .to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trusted_proxy_is_an_address_or_a_range() {
        for text in ["127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8", " 10.1.2.3 "] {
            assert!(network(text).is_ok(), "{text}");
        }
        for text in ["", "localhost", "10.0.0.0/33", "10.0.0", "*"] {
            assert!(network(text).is_err(), "{text}");
        }
    }
}
