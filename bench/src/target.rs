//! The targets that the server is built to, and whether the figures meet them.

use crate::outcome::{Outcome, Round, over};
use crate::scenario::{Action, MANY};

/// One target and what was measured.
pub struct Target {
    pub name: String,
    pub wanted: String,
    pub measured: String,
    pub met: bool,
}

/// Time of an update on one connection that is not the disk's, in milliseconds.
const OWN_TIME: f64 = 0.6;

const MIB: f64 = 1024.0 * 1024.0;

/// All targets in the order of the report.
pub fn targets(outcome: &Outcome) -> Vec<Target> {
    let mut targets = Vec::new();
    let ratios = [
        (Action::Update, false, 0.30),
        (Action::Update, true, 0.20),
        (Action::Retrieve, false, 0.50),
        (Action::Create, false, 0.20),
        (Action::Create, true, 0.20),
    ];
    for (action, keyed, least) in ratios {
        targets.extend(rate_ratio(outcome, action, keyed, least));
    }
    for keyed in [false, true] {
        targets.extend(tail_ratio(outcome, keyed));
    }
    for keyed in [false, true] {
        targets.extend(alone(outcome, keyed));
    }
    let server = &outcome.server;
    targets.push(below("start to first answer", server.start, 100.0, "ms"));
    let mebibytes = |bytes: u64| bytes as f64 / MIB;
    targets.push(below("memory, idle", mebibytes(server.idle.resident), 40.0, "MiB"));
    let name = format!("memory, peak of the whole run ({MANY} connections)");
    targets.push(below(&name, mebibytes(server.loaded.peak), 150.0, "MiB"));
    targets.push(below("stripped binary", mebibytes(server.binary), 30.0, "MiB"));
    targets
}

fn rate_ratio(outcome: &Outcome, action: Action, keyed: bool, least: f64) -> Option<Target> {
    let measured = outcome.find(action, keyed, MANY)?;
    let ratio = over(&measured.closed, Round::ratio);
    Some(Target {
        name: format!("{}: rate to bare", measured.scenario.full_name()),
        wanted: format!("≥ {least:.2}"),
        measured: format!("{ratio:.3}"),
        met: ratio >= least,
    })
}

fn tail_ratio(outcome: &Outcome, keyed: bool) -> Option<Target> {
    let measured = outcome.find(Action::Update, keyed, MANY)?;
    let ratio = over(&measured.closed, |round| round.paydesk.p99 / round.bare.p99);
    Some(Target {
        name: format!("{}: p99 to bare", measured.scenario.full_name()),
        wanted: "< 4.00 ×".to_owned(),
        measured: format!("{ratio:.2} ×"),
        met: ratio < 4.0,
    })
}

fn alone(outcome: &Outcome, keyed: bool) -> Option<Target> {
    let measured = outcome.find(Action::Update, keyed, 1)?;
    let p50 = over(&measured.closed, |round| round.paydesk.p50);
    let flush = over(&measured.closed, |round| round.flush);
    let own = over(&measured.closed, |round| round.paydesk.p50 - round.flush);
    Some(Target {
        name: format!("{}: p50 less one disk flush", measured.scenario.full_name()),
        wanted: format!("< {OWN_TIME} ms"),
        measured: format!("{own:.3} ms ({p50:.3} − {flush:.3})"),
        met: own < OWN_TIME,
    })
}

fn below(name: &str, value: f64, limit: f64, unit: &str) -> Target {
    Target {
        name: name.to_owned(),
        wanted: format!("< {limit:.0} {unit}"),
        measured: format!("{value:.1} {unit}"),
        met: value < limit,
    }
}
