//! `paydesk doctor`: what is set, and whether machine, disk and file are in order.

mod check;
mod clock;
mod configuration;
mod date;
mod disk;
mod file;
mod report;
mod tax_table;

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use clap::ArgMatches;

use self::check::{Check, Verdict};
use self::clock::Moment;
use self::report::Report;
use crate::cli::{Database, Doctor, Serve};
use crate::terminal;

/// Looks at everything and says what it found; returns whether nothing failed. Nothing is changed,
/// and whoever serves the database is not disturbed.
pub(crate) fn run(settings: &Doctor, matches: &ArgMatches) -> Result<bool> {
    let mut checks = match &settings.serve.database {
        Database::Memory => vec![clock::check(&Moment::now(), None)],
        Database::File(path) => checks_of_file(path, &settings.serve),
    };
    checks.extend(settings.serve.tax_table.iter().flat_map(|file| tax_table::checks(file)));
    let report = Report { settings: configuration::settings(matches), checks };
    let text = if settings.json {
        format!("{:#}\n", report.json())
    } else {
        report.text(terminal::is_coloured(&io::stdout()))
    };
    io::stdout().write_all(text.as_bytes()).context("can't write to standard output")?;
    Ok(report.verdict() != Verdict::Fail)
}

fn checks_of_file(path: &Path, serve: &Serve) -> Vec<Check> {
    let began = Moment::now();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let (holder, served) = file::check_holder(path);
    let flush = disk::check_flush(folder);
    let looked = file::look(path);
    let inspection = looked.as_ref().ok();
    let mut checks = vec![
        clock::check(&began, inspection.and_then(|inspection| inspection.youngest_object)),
        flush,
        disk::check_room(folder, inspection.map_or(0, |inspection| inspection.file)),
        served,
    ];
    match looked {
        Ok(inspection) => checks.extend(file::checks(&inspection, serve, holder)),
        Err(check) => checks.push(check),
    }
    checks
}
