//! Everything that a run found out.

use std::time::Duration;

use crate::machine::Machine;
use crate::procfs::Memory;
use crate::sample::{Sample, median};
use crate::scenario::{Action, Scenario};

/// The result of a run.
pub struct Outcome {
    pub machine: Machine,
    pub version: String,
    pub settings: Settings,
    pub measured: Vec<Measured>,
    pub server: ServerFigures,
}

/// How the run was made.
#[derive(Clone, Copy)]
pub struct Settings {
    pub quick: bool,
    pub rounds: u32,
    pub length: Duration,
    pub warm_up: Duration,
}

/// One scenario's figures.
pub struct Measured {
    pub scenario: Scenario,
    /// Bytes of an answer's body.
    pub bytes: usize,
    pub closed: Vec<Round>,
    pub open: Option<OpenLoop>,
}

/// Rounds at a constant rate of arrivals per second.
pub struct OpenLoop {
    pub rate: f64,
    pub rounds: Vec<Round>,
}

/// Both servers, measured right after each other.
#[derive(Clone, Copy)]
pub struct Round {
    pub bare: Sample,
    pub paydesk: Sample,
    /// One disk flush just before, in milliseconds. A busy disk changes its pace between rounds.
    pub flush: f64,
}

/// Figures of the server that are not of a scenario. Times are in milliseconds.
pub struct ServerFigures {
    pub start: f64,
    pub idle: Memory,
    pub loaded: Memory,
    pub binary: u64,
    pub flush: f64,
}

impl Outcome {
    pub fn find(&self, action: Action, keyed: bool, connections: usize) -> Option<&Measured> {
        self.measured.iter().find(|measured| {
            let Scenario { action: a, keyed: k, connections: c } = measured.scenario;
            (a, k, c) == (action, keyed, connections)
        })
    }
}

impl Round {
    /// Paydesk's rate as a part of the bare endpoint's.
    pub fn ratio(&self) -> f64 {
        self.paydesk.rate / self.bare.rate
    }
}

/// The median over the rounds of one figure.
pub fn over(rounds: &[Round], figure: impl Fn(&Round) -> f64) -> f64 {
    median(rounds.iter().map(figure))
}

/// The largest over the rounds of one figure.
pub fn largest(rounds: &[Round], figure: impl Fn(&Round) -> f64) -> f64 {
    rounds.iter().map(figure).fold(f64::NAN, f64::max)
}

/// The smallest over the rounds of one figure.
pub fn smallest(rounds: &[Round], figure: impl Fn(&Round) -> f64) -> f64 {
    rounds.iter().map(figure).fold(f64::NAN, f64::min)
}
