//! The report's section about a file with very many sessions.

use std::time::Duration;

use crate::report::thousands;
use crate::sample::median;
use crate::table::Table;

const MIB: f64 = 1024.0 * 1024.0;

/// The part of the empty file's rate that is wanted.
const RATIO_WANTED: f64 = 0.70;

/// Milliseconds that a start may take.
const START_WANTED: f64 = 200.0;

/// What was measured.
pub struct Figures {
    pub sessions: usize,
    pub rounds: u32,
    pub seconds: f64,
    pub filled: Duration,
    pub file: u64,
    /// Each start in milliseconds, in order.
    pub starts: Vec<f64>,
    pub idle: u64,
    pub loaded: u64,
    pub comparisons: Vec<Comparison>,
}

/// Rates of one scenario in each round: the empty file, sessions just created in the large one, and
/// sessions spread over it.
pub struct Comparison {
    pub name: String,
    pub rounds: Vec<[f64; 3]>,
}

impl Comparison {
    fn rate(&self, subject: usize) -> f64 {
        median(self.rounds.iter().map(|rates| rates[subject]))
    }

    fn ratio(&self, subject: usize) -> f64 {
        median(self.rounds.iter().map(|rates| rates[subject] / rates[0]))
    }
}

/// The whole section with its heading, which stays the same whatever the number of sessions.
pub const HEADING: &str = "## A file with very many sessions";

/// The section as Markdown.
pub fn section(figures: &Figures) -> String {
    let mut rates = Table::new(&[
        "Scenario, 64 connections",
        "Empty file /s",
        "Recent sessions /s",
        "Ratio",
        "Spread sessions /s",
        "Ratio",
    ]);
    for comparison in &figures.comparisons {
        rates.row(vec![
            comparison.name.clone(),
            thousands(comparison.rate(0)),
            thousands(comparison.rate(1)),
            format!("{:.3}", comparison.ratio(1)),
            thousands(comparison.rate(2)),
            format!("{:.3}", comparison.ratio(2)),
        ]);
    }
    let start = median(figures.starts.iter().copied());
    let slowest = figures.starts.iter().copied().fold(f64::NAN, f64::max);
    let ratios = figures.comparisons.iter().flat_map(|c| [c.ratio(1), c.ratio(2)]);
    let least = ratios.fold(f64::NAN, f64::min);
    let verdict = |met: bool| if met { "met" } else { "missed" }.to_owned();
    let mut targets = Table::new(&["Target", "Wanted", "Measured", "Verdict"]);
    targets.row(vec![
        "rate to the empty file's, the least".to_owned(),
        format!("≥ {RATIO_WANTED:.2}"),
        format!("{least:.3}"),
        verdict(least >= RATIO_WANTED),
    ]);
    targets.row(vec![
        "start to first answer, the slowest".to_owned(),
        format!("< {START_WANTED:.0} ms"),
        format!("{slowest:.1} ms (median {start:.1})"),
        verdict(slowest < START_WANTED),
    ]);
    let count = thousands(figures.sessions as f64);
    let mebibytes = |bytes: u64| bytes as f64 / MIB;
    format!(
        "{HEADING}\n\nWritten by `paydesk-bench large`. A file with {count} sessions, made \
         through the API in {filled:.0} s ({rate}/s), against an empty one.\n\n{targets}\n{rates}\n\
         “Recent” are 256 sessions created last, “spread” 256 that lie evenly in the file; each \
         connection changes or reads four of them. {rounds} rounds of {seconds} s take turns \
         between all three; figures are medians. The server was killed before each of its {starts} \
         starts, the first time right after the last session was created. The file had {file:.0} \
         MiB; the server had {idle:.0} MiB resident after its start and {loaded:.0} MiB in the \
         end.\n",
        filled = figures.filled.as_secs_f64(),
        rate = thousands(figures.sessions as f64 / figures.filled.as_secs_f64()),
        targets = targets.render(),
        rates = rates.render(),
        rounds = figures.rounds,
        seconds = figures.seconds,
        starts = figures.starts.len(),
        file = mebibytes(figures.file),
        idle = mebibytes(figures.idle),
        loaded = mebibytes(figures.loaded),
    )
}
