//! A whole run: both servers side by side, scenario by scenario, round by round.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tokio::time::sleep;

use crate::child::Server;
use crate::client::Connection;
use crate::disk::Disk;
use crate::large_report;
use crate::load::{Pace, Subject, Timing, measure};
use crate::machine::{Machine, first_line_of};
use crate::options::RunOptions;
use crate::outcome::{Measured, OpenLoop, Outcome, Round, ServerFigures, Settings, over};
use crate::page;
use crate::procfs::memory;
use crate::random::Random;
use crate::report;
use crate::request::{Draft, Request};
use crate::sample::{median, milliseconds};
use crate::scenario::{ALL, CARTS_PER_CONNECTION, MANY, Scenario};
use crate::shop::Shop;
use crate::target::targets;
use crate::terminal::{conclude, progress};

/// Part of its own greatest rate that the server is offered in the open loop.
const OPEN_SHARE: f64 = 0.6;

/// How often the server is started to see how long that takes.
const STARTS: usize = 5;

/// Disk flushes measured before each round.
const FLUSHES: u64 = 20;

/// Measures everything, prints the report and writes it to its file.
pub async fn run(options: &RunOptions) -> Result<()> {
    ensure!(
        !cfg!(debug_assertions) || options.quick,
        "build the load generator with --release: the bare endpoint is a part of it"
    );
    fs::create_dir_all("target")?;
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in("target")?;
    let outcome = outcome(options, &folder).await?;
    let text = report::render(&outcome);
    conclude(&text, &targets(&outcome));
    if let Some(path) = options.output() {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let old = fs::read_to_string(path).unwrap_or_default();
        let text = match page::section(&old, large_report::HEADING) {
            Some(section) => page::with_section(&text, section),
            None => text,
        };
        fs::write(path, text).with_context(|| format!("writing {}", path.display()))?;
        progress(&format!("written to {}", path.display()));
    }
    Ok(())
}

async fn outcome(options: &RunOptions, folder: &TempDir) -> Result<Outcome> {
    let machine = Machine::describe(folder.path())?;
    let settings = Settings {
        quick: options.quick,
        rounds: options.rounds(),
        length: options.length(),
        warm_up: options.warm_up(),
    };
    let (start, paydesk) = start_paydesk(&options.paydesk, folder.path()).await?;
    sleep(Duration::from_millis(500)).await;
    let idle = memory(paydesk.pid())?;
    let bare = start_bare(folder.path())?;
    let carts = MANY * CARTS_PER_CONNECTION;
    progress(&format!("started in {start:.1} ms, preparing {carts} sessions"));
    let shop = Shop::open(paydesk.address(), carts).await?;
    shop.check_updates().await?;
    let mut bench = Bench { settings, bare, paydesk, shop, disk: Disk::new(folder.path())? };
    let measured = bench.measure_all().await.inspect_err(|_| bench.show_last_words())?;
    let server = ServerFigures {
        start,
        idle,
        loaded: memory(bench.paydesk.pid())?,
        binary: fs::metadata(&options.paydesk)?.len(),
        flush: bench.disk.median(),
    };
    Ok(Outcome { machine, version: first_line_of(&options.paydesk), settings, measured, server })
}

/// Starts the server several times on new databases: the median in milliseconds, and the last one.
async fn start_paydesk(binary: &Path, folder: &Path) -> Result<(f64, Server)> {
    let mut times = Vec::new();
    let mut last = None;
    for number in 0..STARTS {
        // The one before is ended first, so that starts do not compete.
        drop(last.take());
        let data = folder.join(number.to_string());
        fs::create_dir(&data)?;
        let mut command = Command::new(binary);
        command.args(["serve", "--listen", "127.0.0.1:0", "--database"]);
        command.arg(data.join("paydesk.db"));
        let started = Instant::now();
        let server = Server::start(&mut command, &data.join("log"))?;
        check_health(&server).await?;
        times.push(milliseconds(started.elapsed()));
        last = Some(server);
    }
    Ok((median(times), last.context("no server was started")?))
}

fn start_bare(folder: &Path) -> Result<Server> {
    let mut command = Command::new(env::current_exe()?);
    Server::start(command.args(["bare", "--listen", "127.0.0.1:0"]), &folder.join("bare.log"))
}

pub async fn check_health(server: &Server) -> Result<()> {
    let draft = Draft {
        method: "GET",
        path: "/healthz".to_owned(),
        token: "sk_test_bench".to_owned(),
        body: String::new(),
        keyed: false,
    };
    let mut request = Request::new(&draft, server.address());
    let mut connection = Connection::open(server.address()).await?;
    connection.exchange(request.next(&mut Random::new())).await?;
    Ok(())
}

/// Both servers, running, and the data to measure with.
struct Bench {
    settings: Settings,
    bare: Server,
    paydesk: Server,
    shop: Shop,
    disk: Disk,
}

impl Bench {
    async fn measure_all(&mut self) -> Result<Vec<Measured>> {
        let mut all = Vec::new();
        for scenario in ALL {
            let name = scenario.full_name();
            let measured = self.measure(scenario, &name).await.with_context(|| name.clone())?;
            all.push(measured);
        }
        Ok(all)
    }

    async fn measure(&mut self, scenario: Scenario, name: &str) -> Result<Measured> {
        let bytes = scenario.answer_length(&self.shop, self.paydesk.address()).await?;
        let closed = self.rounds(scenario, bytes, Pace::Closed, name).await?;
        let open = if scenario.has_open_loop() {
            let rate = OPEN_SHARE * over(&closed, |round| round.paydesk.rate);
            let name = format!("{name}, {rate:.0}/s offered");
            let rounds = self.rounds(scenario, bytes, Pace::Open(rate), &name).await?;
            Some(OpenLoop { rate, rounds })
        } else {
            None
        };
        Ok(Measured { scenario, bytes, closed, open })
    }

    async fn rounds(
        &mut self,
        scenario: Scenario,
        bytes: usize,
        pace: Pace,
        name: &str,
    ) -> Result<Vec<Round>> {
        let mut rounds = Vec::new();
        for number in 1..=self.settings.rounds {
            let round = self.round(scenario, bytes, pace).await?;
            rounds.push(round);
            let Round { bare, paydesk, .. } = round;
            progress(&format!(
                "{name}, round {number}/{}: bare {:.0}/s p99 {:.2} ms, \
                 paydesk {:.0}/s p99 {:.2} ms, ratio {:.3}",
                self.settings.rounds,
                bare.rate,
                bare.p99,
                paydesk.rate,
                paydesk.p99,
                round.ratio(),
            ));
        }
        Ok(rounds)
    }

    async fn round(&mut self, scenario: Scenario, bytes: usize, pace: Pace) -> Result<Round> {
        let Settings { warm_up, length, .. } = self.settings;
        let timing = Timing { warm_up, length };
        let flush = self.disk.flush(FLUSHES)?;
        let subject = subject(&self.bare);
        let requests = scenario.bare_requests(&self.shop, subject.address, bytes);
        let bare = measure(subject, requests, pace, timing).await.context("bare endpoint")?;
        let subject = subject_after_pause(&self.paydesk).await;
        let requests = scenario.requests(&self.shop, subject.address);
        let paydesk = measure(subject, requests, pace, timing).await.context("paydesk")?;
        sleep(PAUSE).await;
        Ok(Round { bare, paydesk, flush })
    }

    fn show_last_words(&self) {
        let log = self.paydesk.last_words();
        if !log.is_empty() {
            progress(&format!("the server's log ends:\n{log}"));
        }
    }
}

/// Time for closed connections and background work to settle between two measurements.
const PAUSE: Duration = Duration::from_millis(100);

async fn subject_after_pause(server: &Server) -> Subject {
    sleep(PAUSE).await;
    subject(server)
}

fn subject(server: &Server) -> Subject {
    Subject { address: server.address(), pid: server.pid() }
}
