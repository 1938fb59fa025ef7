//! What can be said on the command line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

/// Options of the bare endpoint.
#[derive(Args)]
pub struct BareOptions {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
}

/// Options of a measuring run.
#[derive(Args)]
pub struct RunOptions {
    /// The server's binary, built with --release.
    #[arg(long, value_name = "BINARY")]
    pub paydesk: PathBuf,
    /// Where to write the report [default: docs/benchmarks.md, or nowhere with --quick].
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Length of one measurement [default: 5, or 0.5 with --quick].
    #[arg(long)]
    seconds: Option<f64>,
    /// Rounds of each scenario; the report has their medians [default: 5, or 1 with --quick].
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: Option<u32>,
    /// Short rounds, to see that everything works; the figures mean little.
    #[arg(long)]
    pub quick: bool,
}

/// Options of a run on a large file.
#[derive(Args)]
pub struct LargeOptions {
    /// The server's binary, built with --release.
    #[arg(long, value_name = "BINARY")]
    pub paydesk: PathBuf,
    /// The page whose section to write.
    #[arg(long, value_name = "FILE", default_value = "docs/benchmarks.md")]
    pub output: PathBuf,
    /// How many sessions the file gets.
    #[arg(long, default_value_t = 1_000_000)]
    pub sessions: usize,
    /// Length of one measurement.
    #[arg(long, default_value_t = 2.0)]
    pub seconds: f64,
    /// Rounds; the report has their medians.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
}

impl RunOptions {
    /// A quick run only writes a report where it is told to, as it would replace a real one.
    pub fn output(&self) -> Option<&Path> {
        match &self.output {
            Some(path) => Some(path),
            None if self.quick => None,
            None => Some(Path::new("docs/benchmarks.md")),
        }
    }

    pub fn rounds(&self) -> u32 {
        self.rounds.unwrap_or(if self.quick { 1 } else { 5 })
    }

    pub fn length(&self) -> Duration {
        let seconds = self.seconds.unwrap_or(if self.quick { 0.5 } else { 5.0 });
        Duration::from_secs_f64(seconds.clamp(0.1, 600.0))
    }

    /// Long enough for connections, caches and the clock speed of the cores to settle.
    pub fn warm_up(&self) -> Duration {
        (self.length() / 4).min(Duration::from_secs(1))
    }
}
