//! The report as a Markdown page.

use crate::machine::Machine;
use crate::outcome::{Measured, Outcome, Round, Settings, largest, over, smallest};
use crate::sample::Sample;
use crate::table::Table;
use crate::target::targets;

const MIB: f64 = 1024.0 * 1024.0;

/// The whole page.
pub fn render(outcome: &Outcome) -> String {
    let sections = [
        introduction(outcome),
        format!("## Targets\n\n{}", target_table(outcome)),
        format!("## Rates in the closed loop\n\n{}", rate_table(outcome)),
        format!("## Latencies in the closed loop\n\n{}", closed_table(outcome)),
        format!("## Latencies in the open loop\n\n{}", open_table(outcome)),
        format!("## The server itself\n\n{}", server_table(outcome)),
        format!("## Machine\n\n{}", machine_table(outcome)),
        format!("## Method\n\n{}", method(outcome)),
    ];
    sections.join("\n")
}

fn introduction(outcome: &Outcome) -> String {
    let mut text = String::from(
        "# Benchmarks\n\n\
         This page is written by `paydesk-bench run`; run it again instead of editing it.\n\n\
         All rates are compared with a bare endpoint: the same HTTP library, runtime and form \
         decoding, an answer of the same length, and nothing behind it. The ratio says how much of \
         what this machine can answer at all is left once the work is really done, which is a \
         better thing to compare between machines than a rate.\n",
    );
    if outcome.settings.quick {
        text.push_str("\n**This was a quick run: its rounds are too short to rely on.**\n");
    }
    text
}

fn target_table(outcome: &Outcome) -> String {
    let mut table = Table::new(&["Target", "Wanted", "Measured", "Verdict"]);
    for target in targets(outcome) {
        let verdict = if target.met { "met" } else { "missed" };
        table.row(vec![target.name, target.wanted, target.measured, verdict.to_owned()]);
    }
    table.render()
}

fn rate_table(outcome: &Outcome) -> String {
    let mut table = Table::new(&[
        "Scenario",
        "Connections",
        "Answer",
        "Bare /s",
        "Paydesk /s",
        "Ratio",
        "Ratio, all rounds",
        "CPU bare",
        "CPU paydesk",
    ]);
    for measured in &outcome.measured {
        let rounds = &measured.closed;
        table.row(vec![
            measured.scenario.name(),
            measured.scenario.connections.to_string(),
            format!("{} B", measured.bytes),
            thousands(over(rounds, |round| round.bare.rate)),
            thousands(over(rounds, |round| round.paydesk.rate)),
            format!("{:.3}", over(rounds, Round::ratio)),
            format!("{:.3}–{:.3}", smallest(rounds, Round::ratio), largest(rounds, Round::ratio)),
            format!("{:.0} µs", over(rounds, |round| round.bare.server_cpu * 1000.0)),
            format!("{:.0} µs", over(rounds, |round| round.paydesk.server_cpu * 1000.0)),
        ]);
    }
    let explanation =
        "\n“CPU” is the time that the server itself spent on cores for each answer.\n";
    table.render() + explanation
}

fn closed_table(outcome: &Outcome) -> String {
    let mut table = latency_table("Connections");
    for measured in &outcome.measured {
        let connections = measured.scenario.connections.to_string();
        table.row(latency_row(measured, connections, &measured.closed));
    }
    table.render() + "\nAll times are in milliseconds; “max” is the largest of all rounds.\n"
}

fn open_table(outcome: &Outcome) -> String {
    let mut table = latency_table("Offered /s");
    for measured in &outcome.measured {
        if let Some(open) = &measured.open {
            table.row(latency_row(measured, thousands(open.rate), &open.rounds));
        }
    }
    table.render()
        + "\nBoth servers are offered the same rate, 60 % of Paydesk's in the closed loop.\n"
}

fn latency_table(second: &str) -> Table {
    Table::new(&[
        "Scenario",
        second,
        "Bare p50",
        "p90",
        "p99",
        "max",
        "Paydesk p50",
        "p90",
        "p99",
        "max",
    ])
}

fn latency_row(measured: &Measured, second: String, rounds: &[Round]) -> Vec<String> {
    let mut cells = vec![measured.scenario.name(), second];
    for side in [|round: &Round| round.bare, |round: &Round| round.paydesk] {
        let figures: [fn(Sample) -> f64; 3] =
            [|sample| sample.p50, |sample| sample.p90, |sample| sample.p99];
        for figure in figures {
            cells.push(format!("{:.3}", over(rounds, |round| figure(side(round)))));
        }
        cells.push(format!("{:.1}", largest(rounds, |round| side(round).max)));
    }
    cells
}

fn server_table(outcome: &Outcome) -> String {
    let server = &outcome.server;
    let mebibytes = |bytes: u64| format!("{:.1} MiB", bytes as f64 / MIB);
    pairs(&[
        ("Start to first answer", format!("{:.1} ms", server.start)),
        ("Resident memory, idle after start", mebibytes(server.idle.resident)),
        ("Resident memory after all scenarios", mebibytes(server.loaded.resident)),
        ("Resident memory, peak", mebibytes(server.loaded.peak)),
        ("Binary", mebibytes(server.binary)),
        ("One disk flush", format!("{:.3} ms", server.flush)),
    ])
}

fn machine_table(outcome: &Outcome) -> String {
    let Machine { processor, cores, memory, kernel, file_system, rustc, date } = &outcome.machine;
    pairs(&[
        ("Date", date.clone()),
        ("Server", outcome.version.clone()),
        ("Processor", processor.clone()),
        ("Cores", cores.to_string()),
        ("Memory", memory.clone()),
        ("Kernel", format!("Linux {kernel}")),
        ("File system of the data", file_system.clone()),
        ("Compiler", rustc.clone()),
    ])
}

fn pairs(rows: &[(&str, String)]) -> String {
    let mut table = Table::new(&["What", "Figure"]);
    for (name, value) in rows {
        table.row(vec![(*name).to_owned(), value.clone()]);
    }
    table.render()
}

fn method(outcome: &Outcome) -> String {
    let Settings { rounds, length, warm_up, .. } = outcome.settings;
    let generator = outcome.measured.iter().map(|measured| {
        let busiest = |round: &Round| round.bare.generator.max(round.paydesk.generator);
        largest(&measured.closed, busiest)
    });
    let generator = generator.fold(f64::NAN, f64::max) * 100.0;
    format!(
        "Both servers run on the machine that also makes the load, with a data folder on disk. \
         Each scenario is measured in {rounds} rounds that take turns: bare, Paydesk, bare, \
         Paydesk. A measurement lasts {length} s after a warm-up of {warm_up} s. Figures are \
         medians over the rounds, and a ratio is that of two measurements of the same round. \
         Every answer must have the status 200, otherwise the run fails; so there are no errors \
         to count.\n\n\
         In the closed loop a connection sends its next request when the last one is answered. In \
         the open loop requests are due at a constant rate whether or not answers came, and \
         latency counts from the time a request was due, so a stall is seen by all requests that \
         it delays.\n\n\
         `update` changes the quantities of all three lines of a cart, to other quantities each \
         time; each connection has four sessions of its own. `create` creates a session with \
         three lines. “With key” means a fresh `Idempotency-Key` on each request. The bare \
         endpoint is sent the same request, decodes the same form and answers with as many \
         bytes.\n\n\
         The load generator is one thread and used up to {generator:.0} % of a core. A start is \
         measured from creating the process on a new database to the first answer of `GET \
         /healthz`, as the median of five. A disk flush is writing 4 KiB in place and \
         `fdatasync`, measured in the data folder before each round.\n",
        length = length.as_secs_f64(),
        warm_up = warm_up.as_secs_f64(),
    )
}

/// A whole number with a comma between groups of three digits.
pub fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(thousands(999.4), "999");
        assert_eq!(thousands(1_000.0), "1,000");
        assert_eq!(thousands(1_234_567.0), "1,234,567");
    }
}
