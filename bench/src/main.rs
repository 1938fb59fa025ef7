//! Measures Paydesk against a bare endpoint that does the same HTTP work and nothing else.

mod answer;
mod bare;
mod child;
mod client;
mod disk;
mod large;
mod large_report;
mod load;
mod machine;
mod options;
mod outcome;
mod page;
mod procfs;
mod random;
mod report;
mod request;
mod run;
mod sample;
mod scenario;
mod schedule;
mod shop;
mod table;
mod target;
mod terminal;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};

use crate::options::{BareOptions, LargeOptions, RunOptions};

/// Measures Paydesk against a bare endpoint that does the same HTTP work and nothing else.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the bare endpoint: decode the form, answer with as many bytes as asked for.
    Bare(BareOptions),
    /// Measure both servers in interleaved rounds and write the report.
    Run(RunOptions),
    /// Fill a file with very many sessions and compare it with a small one.
    Large(LargeOptions),
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Bare(options) => server_runtime()?.block_on(bare::serve(&options)),
        Command::Run(options) => generator_runtime()?.block_on(until_stopped(run::run(&options))),
        Command::Large(options) => {
            generator_runtime()?.block_on(until_stopped(large::run(&options)))
        }
    }
}

/// The same runtime as the real server's: one worker for each core.
fn server_runtime() -> Result<Runtime> {
    Ok(Builder::new_multi_thread().enable_all().build()?)
}

/// One thread, so that the generator leaves the other cores to the server it measures.
fn generator_runtime() -> Result<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

/// Stops at a signal by returning, so that the child processes are ended on the way out.
async fn until_stopped(measuring: impl Future<Output = Result<()>>) -> Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    tokio::select! {
        outcome = measuring => outcome,
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
        _ = terminate.recv() => bail!("terminated"),
    }
}
