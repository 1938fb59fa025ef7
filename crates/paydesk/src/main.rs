//! The Paydesk server: the one program, and the only crate that names a concrete store.

mod background;
mod cli;
mod connections;
mod database;
mod ids;
mod kept_for;
mod keys;
mod logs;
mod seed;
mod serve;
mod stop;
mod wall_clock;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};

/// Answers are built from many small pieces, and half of them are freed by the writer's thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(settings) => serve::run(settings),
        Command::Keys(keys) => keys::run(keys),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line a person can act on; the chain is the reason, not a trace.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
