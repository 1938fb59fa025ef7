//! The Paydesk server: the one program, and the only crate that names a concrete store.

mod background;
mod backup;
mod cli;
mod connections;
mod database;
mod doctor;
mod ids;
mod kept_for;
mod keys;
mod logs;
mod seed;
mod serve;
mod sizes;
mod stop;
mod tax_table;
mod terminal;
mod wall_clock;

use std::process::ExitCode;

use anyhow::Result;
use clap::{ArgMatches, CommandFactory, FromArgMatches};

use crate::cli::{Cli, Command};

/// Answers are built from many small pieces, and half of them are freed by the writer's thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let matches = Cli::command().get_matches();
    let outcome = match Cli::from_arg_matches(&matches) {
        Ok(Cli { command }) => run(command, &matches),
        Err(error) => error.exit(),
    };
    outcome.unwrap_or_else(|error| {
        // One line a person can act on; the chain is the reason, not a trace.
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: Command, matches: &ArgMatches) -> Result<ExitCode> {
    match command {
        Command::Serve(settings) => serve::run(settings)?,
        Command::Keys(keys) => keys::run(keys)?,
        Command::Backup(settings) => backup::run_backup(&settings)?,
        Command::Restore(settings) => backup::run_restore(&settings)?,
        Command::Doctor(settings) => {
            let matches = matches.subcommand_matches("doctor").unwrap_or(matches);
            if !doctor::run(&settings, matches)? {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
