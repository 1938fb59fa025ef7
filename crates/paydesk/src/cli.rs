//! The command line. Every flag is an environment variable too.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use http::Uri;

use crate::connections::ConnectionSettings;

use crate::kept_for::KeptFor;
use crate::keys::Keys;

/// A self-hosted Checkout Session server that speaks the Stripe API.
#[derive(Parser)]
#[command(name = "paydesk", version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve the API until the process is told to stop
    Serve(Serve),
    /// Make, list and revoke API keys
    Keys(Keys),
    /// Copy the database to a file while it is served
    Backup(Backup),
    /// Put a backup in the place of the database, while nobody serves it
    Restore(Restore),
    /// Look at settings, clock, disk and database, and say what is not in order
    Doctor(Doctor),
}

#[derive(Args)]
pub(crate) struct Backup {
    /// Where the copy goes
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Database to copy
    #[arg(long, env = "PAYDESK_DATABASE", default_value = "paydesk.db", value_name = "FILE")]
    pub(crate) database: Database,

    /// Overwrite a file that is there
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Args)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Database to replace; it stays aside as `…before-restore`
    #[arg(long, env = "PAYDESK_DATABASE", default_value = "paydesk.db", value_name = "FILE")]
    pub(crate) database: Database,

    /// Keep nothing of the database that is replaced
    #[arg(long)]
    pub(crate) discard_current: bool,
}

#[derive(Args)]
pub(crate) struct Doctor {
    /// Say it as JSON, for programs
    #[arg(long)]
    pub(crate) json: bool,

    #[command(flatten)]
    pub(crate) serve: Serve,
}

#[derive(Args)]
pub(crate) struct Serve {
    /// Address to listen on; port 0 picks a free one
    #[arg(
        long,
        env = "PAYDESK_LISTEN",
        default_value = "127.0.0.1:4242",
        value_name = "HOST:PORT",
        value_parser = listen_address
    )]
    pub(crate) listen: String,

    /// File to keep everything in, or `memory` for nothing that outlives the process
    #[arg(
        long,
        env = "PAYDESK_DATABASE",
        default_value = "paydesk.db",
        value_name = "FILE|memory"
    )]
    pub(crate) database: Database,

    /// Whether any sk_test_ key opens a sandbox of its own [default: true on loopback addresses]
    #[arg(long, env = "PAYDESK_OPEN_SANDBOXES", value_name = "true|false")]
    pub(crate) open_sandboxes: Option<bool>,

    /// File of products, prices, coupons, shipping rates, tax rates and webhook endpoints to begin
    /// with; may be given several times
    #[arg(long, env = "PAYDESK_SEED", value_name = "FILE")]
    pub(crate) seed: Vec<PathBuf>,

    /// Secret key of the sandbox that the seed is for [default: the `key` in the file]
    #[arg(
        long,
        env = "PAYDESK_SEED_KEY",
        hide_env_values = true,
        value_name = "sk_test_…",
        requires = "seed"
    )]
    pub(crate) seed_key: Option<String>,

    /// CSV file that says what `automatic_tax` collects where [default: nothing is collected]
    #[arg(long, env = "PAYDESK_TAX_TABLE", value_name = "FILE")]
    pub(crate) tax_table: Option<PathBuf>,

    /// Address that buyers and shops reach the server at [default: the listen address]
    #[arg(long, env = "PAYDESK_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub(crate) public_url: Option<String>,

    /// Last requests of each sandbox to remember for `/paydesk/v1/requests`; 0 for none
    #[arg(
        long,
        env = "PAYDESK_KEEP_REQUESTS",
        default_value = "100",
        value_name = "COUNT",
        value_parser = keep_requests
    )]
    pub(crate) keep_requests: usize,

    /// How long sandboxes that nobody uses are kept, where a key opens them by its name
    #[arg(long, env = "PAYDESK_KEEP_SANDBOXES", default_value = "forever", value_name = "TIME")]
    pub(crate) keep_sandboxes: KeptFor,

    /// How long events are kept: days, hours or minutes, or `forever`
    #[arg(long, env = "PAYDESK_KEEP_EVENTS", default_value = "30d", value_name = "TIME")]
    pub(crate) keep_events: KeptFor,

    /// How long sessions that expired are kept, counted from when they were created
    #[arg(
        long,
        env = "PAYDESK_KEEP_EXPIRED_SESSIONS",
        default_value = "forever",
        value_name = "TIME"
    )]
    pub(crate) keep_expired_sessions: KeptFor,

    /// How long idempotency keys and their answers are kept
    #[arg(long, env = "PAYDESK_KEEP_IDEMPOTENCY_KEYS", default_value = "24h", value_name = "TIME")]
    pub(crate) keep_idempotency_keys: KeptFor,

    /// What to log
    #[arg(long, env = "PAYDESK_LOG", default_value = "info", value_name = "LEVEL")]
    pub(crate) log: LogLevel,

    /// How to log
    #[arg(long, env = "PAYDESK_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub(crate) log_format: LogFormat,

    #[command(flatten)]
    pub(crate) connections: ConnectionSettings,
}

/// Where everything is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Database {
    /// A temporary file that goes with the process.
    Memory,
    /// A file.
    File(PathBuf),
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LogLevel {
    /// Only what somebody must look at
    Error,
    /// And what somebody should know
    Warn,
    /// And a line for each request
    Info,
    /// And what the libraries say
    Debug,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines for people
    Text,
    /// Lines for programs
    Json,
}

impl FromStr for Database {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "" => Err("name a file, or `memory`".to_owned()),
            "memory" => Ok(Self::Memory),
            other if other.contains("://") => {
                Err("only a file and `memory` are supported yet".to_owned())
            }
            file => Ok(Self::File(PathBuf::from(file))),
        }
    }
}

fn listen_address(text: &str) -> Result<String, String> {
    let is_address = text
        .rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if is_address {
        Ok(text.to_owned())
    } else {
        Err("it must be a host and a port such as 127.0.0.1:4242".to_owned())
    }
}

fn keep_requests(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|count| *count <= 10_000);
    count.ok_or_else(|| "it must be a number from 0 to 10000".to_owned())
}

fn public_url(text: &str) -> Result<String, String> {
    let uri = text.parse::<Uri>().ok().filter(|uri| {
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let host = uri.host().unwrap_or_default();
        let port = uri.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
        // Nothing else: no user, and no port that is none.
        let is_host = !host.is_empty()
            && uri.authority().is_some_and(|authority| *authority == *format!("{host}{port}"));
        // What follows a `#` is not part of what was read.
        is_web && is_host && uri.query().is_none() && !text.contains('#')
    });
    uri.map(|_| text.to_owned()).ok_or_else(|| {
        "it must be an address such as https://pay.example.com, without a user, a query or a \
         fragment"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_database_is_a_file_or_memory() {
        assert_eq!("memory".parse(), Ok(Database::Memory));
        assert_eq!("shop.db".parse(), Ok(Database::File(PathBuf::from("shop.db"))));
        assert!("postgres://localhost/shop".parse::<Database>().is_err());
        assert!("".parse::<Database>().is_err());
    }

    #[test]
    fn a_listen_address_has_a_host_and_a_port() {
        for text in ["127.0.0.1:0", "localhost:4242", "[::1]:4242"] {
            assert!(listen_address(text).is_ok(), "{text}");
        }
        for text in ["4242", ":4242", "localhost", "localhost:http", "localhost:70000"] {
            assert!(listen_address(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_public_url_is_a_web_address_without_a_query() {
        assert!(public_url("https://pay.example.com").is_ok());
        assert!(public_url("http://[::1]:4242/shop/").is_ok());
        for text in [
            "pay.example.com",
            "https://",
            "https://:80",
            "ftp://x",
            "https://x/?a=b",
            "https://x#y",
            "https://user@x",
            "https://x y",
            "https://x:99999999",
        ] {
            assert!(public_url(text).is_err(), "{text}");
        }
    }
}
