//! The report's section about a file with very many sessions.

use std::time::Duration;

use crate::large::MANY_CARTS_PER_CONNECTION;
use crate::report::thousands;
use crate::sample::median;
use crate::scenario::{CARTS_PER_CONNECTION, MANY};
use crate::table::Table;

const MIB: f64 = 1024.0 * 1024.0;

/// The part of the small file's rate that is wanted.
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

/// Rates of one scenario in each round: few sessions in the small file and in the large one, then
/// many in the small file and in the large one.
pub struct Comparison {
    pub name: String,
    pub rounds: Vec<[f64; 4]>,
}

impl Comparison {
    fn rate(&self, subject: usize) -> f64 {
        median(self.rounds.iter().map(|rates| rates[subject]))
    }

    fn ratio(&self, subject: usize, to: usize) -> f64 {
        median(self.rounds.iter().map(|rates| rates[subject] / rates[to]))
    }
}

/// The whole section with its heading, which stays the same whatever the number of sessions.
pub const HEADING: &str = "## A file with very many sessions";

/// The section as Markdown.
pub fn section(figures: &Figures) -> String {
    let count = thousands(figures.sessions as f64);
    let mebibytes = |bytes: u64| bytes as f64 / MIB;
    format!(
        "{HEADING}\n\nWritten by `paydesk-bench large`. A file with {count} sessions, made \
         through the API in {filled:.0} s ({rate}/s), against one with {many}.\n\n{targets}\n\
         {rates}\n\
         “Few” are the {few} sessions created last, which the server has in memory; “many” are \
         {many}, in the small file nearly all of them and in the large one spread over it, \
         too many for the server's memory. The last column compares the two, so it has both \
         what the large file costs and what it costs to look into a file at all. \
         Each connection has its own share \
         of the sessions and goes round it. {rounds} rounds of {seconds} s take turns \
         between all four; figures are medians. The server was killed before each of its {starts} \
         starts, the first time right after the last session was created. The file had {file:.0} \
         MiB; the server had {idle:.0} MiB resident after its start and {loaded:.0} MiB in the \
         end.\n",
        few = MANY * CARTS_PER_CONNECTION,
        many = thousands((MANY * MANY_CARTS_PER_CONNECTION) as f64),
        filled = figures.filled.as_secs_f64(),
        rate = thousands(figures.sessions as f64 / figures.filled.as_secs_f64()),
        targets = targets(figures).render(),
        rates = rates(figures).render(),
        rounds = figures.rounds,
        seconds = figures.seconds,
        starts = figures.starts.len(),
        file = mebibytes(figures.file),
        idle = mebibytes(figures.idle),
        loaded = mebibytes(figures.loaded),
    )
}

fn rates(figures: &Figures) -> Table {
    let mut rates = Table::new(&[
        "Scenario, 64 connections",
        "Few, small file /s",
        "Few, large /s",
        "Ratio",
        "Many, small file /s",
        "Many, large /s",
        "Ratio",
        "Many, large to few, small",
    ]);
    for comparison in &figures.comparisons {
        rates.row(vec![
            comparison.name.clone(),
            thousands(comparison.rate(0)),
            thousands(comparison.rate(1)),
            format!("{:.3}", comparison.ratio(1, 0)),
            thousands(comparison.rate(2)),
            thousands(comparison.rate(3)),
            format!("{:.3}", comparison.ratio(3, 2)),
            format!("{:.3}", comparison.ratio(3, 0)),
        ]);
    }
    rates
}

fn targets(figures: &Figures) -> Table {
    let start = median(figures.starts.iter().copied());
    let slowest = figures.starts.iter().copied().fold(f64::NAN, f64::max);
    let least = |pairs: &[(usize, usize)]| {
        let ratio =
            |c: &Comparison| pairs.iter().map(|(one, to)| c.ratio(*one, *to)).collect::<Vec<_>>();
        figures.comparisons.iter().flat_map(ratio).fold(f64::NAN, f64::min)
    };
    let verdict = |met: bool| if met { "met" } else { "missed" }.to_owned();
    let mut targets = Table::new(&["Target", "Wanted", "Measured", "Verdict"]);
    let rows = [
        ("rate to the small file's, as many sessions at work", least(&[(1, 0), (3, 2)])),
        ("rate of many sessions to the small file's of few", least(&[(3, 0)])),
    ];
    for (target, least) in rows {
        targets.row(vec![
            target.to_owned(),
            format!("≥ {RATIO_WANTED:.2}"),
            format!("{least:.3}"),
            verdict(least >= RATIO_WANTED),
        ]);
    }
    targets.row(vec![
        "start to first answer, the slowest".to_owned(),
        format!("< {START_WANTED:.0} ms"),
        format!("{slowest:.1} ms (median {start:.1})"),
        verdict(slowest < START_WANTED),
    ]);
    targets
}
