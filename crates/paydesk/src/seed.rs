//! `--seed`: objects with given ids that are there from the start.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use paydesk_app::{App, Call, Rendered};
use paydesk_domain::id::{ObjectId, RequestId};
use paydesk_domain::import::Imported;
use paydesk_http::{PresentedKey, stripe_error};
use paydesk_wire::catalog_file::{self, CatalogFile, Source};
use paydesk_wire::objects::ImportObject;
use paydesk_wire::{Operation, StripeError};

/// Objects, and mistakes, that are told one by one.
const TOLD_MAX: usize = 20;

/// Imports files into the sandbox of a key; the report, where there were files.
pub(crate) async fn plant(
    app: &App,
    files: &[PathBuf],
    key: Option<&str>,
) -> Result<Option<String>> {
    if files.is_empty() {
        return Ok(None);
    }
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let names = names.join(", ");
    let file = read(files).map_err(|error| told(&names, error))?;
    let key = key.or(file.key.as_ref().map(|key| key.0.as_str())).ok_or_else(|| {
        anyhow!(
            "{names}: nobody said whose sandbox it is for; write `key: sk_test_…` into the file, \
             or use --seed-key"
        )
    })?;
    let refused = |error: StripeError| told(&names, error.into());
    let key = PresentedKey::parse(key.to_owned()).map_err(refused)?;
    let sandbox = key.open(app, Operation::Import).await.map_err(refused)?;
    let request_id = RequestId::fresh(&mut **app.ids()).0.to_string();
    let call = Call { sandbox, request_id, idempotency: None };
    let render = |imported: &Vec<Imported>| Rendered {
        status: 200,
        revision: None,
        api_version: String::new(),
        body: report(&names, &file, imported).into_bytes(),
    };
    let answer = app.import(&call, &file.entries, render).await;
    let answer = answer.map_err(|error| refused(stripe_error(&error, "-", &key)))?;
    Ok(Some(String::from_utf8_lossy(&answer.rendered.body).into_owned()))
}

/// Why a seed is not planted.
enum Failure {
    File(anyhow::Error),
    Content(Box<StripeError>),
}

impl From<StripeError> for Failure {
    fn from(error: StripeError) -> Self {
        Self::Content(Box::new(error))
    }
}

fn read(files: &[PathBuf]) -> Result<CatalogFile, Failure> {
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        let bytes = std::fs::read(file)
            .with_context(|| format!("can't read {}", file.display()))
            .map_err(Failure::File)?;
        // A place needs its file's name where there are several.
        let prefix = if files.len() > 1 { format!("{}: ", name(file)) } else { String::new() };
        texts.push((bytes, prefix));
    }
    let sources: Vec<Source<'_>> =
        texts.iter().map(|(bytes, prefix)| Source { bytes, prefix }).collect();
    Ok(catalog_file::read(&sources)?)
}

fn name(file: &Path) -> String {
    file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The reason for people: every mistake on a line of its own.
fn told(names: &str, failure: Failure) -> anyhow::Error {
    let error = match failure {
        Failure::File(error) => return error,
        Failure::Content(error) => error,
    };
    if error.refused.is_empty() {
        return anyhow!("{names}: {}", error.message);
    }
    let mut text = format!("{names}: nothing is imported, because of");
    for mistake in error.refused.iter().take(TOLD_MAX) {
        text += &format!("\n  {}\n      {}", mistake.param, mistake.message);
    }
    if let Some(more) = error.refused.len().checked_sub(TOLD_MAX).filter(|more| *more > 0) {
        text += &format!("\n  and {more} more");
    }
    anyhow!(text)
}

/// What became of a seed, as a table.
fn report(names: &str, file: &CatalogFile, imported: &[Imported]) -> String {
    let object = ImportObject::new(&file.entries, imported, &file.notes);
    let (made, changed, kept) = object.counts();
    let mut text = format!("{names}: {made} made, {changed} changed, {kept} kept\n");
    let told: Vec<_> = object.lines().iter().filter(|line| line.outcome != "kept").collect();
    let shown = told.get(..TOLD_MAX).unwrap_or(&told);
    let widest = shown.iter().map(|line| line.id.chars().count()).max().unwrap_or(0);
    for line in shown {
        let row = format!(
            "  {:<8} {:<17} {:<widest$}  {}",
            line.outcome,
            line.object,
            line.id,
            line.changed.join(", ")
        );
        let _ = writeln!(text, "{}", row.trim_end());
    }
    if told.len() > shown.len() {
        let _ = writeln!(text, "  and {} more", told.len() - shown.len());
    }
    for note in &file.notes {
        let _ = writeln!(text, "  note: {note}");
    }
    text
}
