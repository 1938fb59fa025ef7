//! A file with very many sessions against a small one: rates, and how long it takes to start.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::child::Server;
use crate::client::Connection;
use crate::large_report::{Comparison, Figures, section};
use crate::load::{Pace, Subject, Timing, measure};
use crate::options::LargeOptions;
use crate::page;
use crate::procfs::memory;
use crate::random::Random;
use crate::request::Request;
use crate::run::check_health;
use crate::sample::milliseconds;
use crate::scenario::{Action, CARTS_PER_CONNECTION, MANY, Scenario};
use crate::shop::Shop;
use crate::terminal::progress;

/// Sessions that each connection has for itself where it works on many: together many times as many
/// as the server keeps in memory, so that nearly every request finds its session in the file.
pub const MANY_CARTS_PER_CONNECTION: usize = 1_024;

/// How often the server is started on the large file.
const STARTS: usize = 5;

const ACTIONS: [Action; 2] = [Action::Update, Action::Retrieve];

/// Fills a file, compares it with a small one and writes the section of the report.
pub async fn run(options: &LargeOptions) -> Result<()> {
    ensure!(!cfg!(debug_assertions), "build the load generator with --release");
    fs::create_dir_all("target")?;
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in("target")?;
    let figures = figures(options, folder.path()).await?;
    let text = section(&figures);
    println!("{text}");
    let old = fs::read_to_string(&options.output).unwrap_or_default();
    fs::write(&options.output, page::with_section(&old, &text))
        .with_context(|| format!("writing {}", options.output.display()))?;
    progress(&format!("written to {}", options.output.display()));
    Ok(())
}

async fn figures(options: &LargeOptions, folder: &Path) -> Result<Figures> {
    let binary = &options.paydesk;
    let small = Place::in_folder(folder, "small")?;
    let large = Place::in_folder(folder, "large")?;
    let carts = MANY * CARTS_PER_CONNECTION;

    let server = large.serve(binary)?;
    let shop = Shop::open(server.address(), 0).await?;
    let started = Instant::now();
    let ids = fill(&shop, server.address(), options.sessions).await?;
    let filled = started.elapsed();
    progress(&format!("filled in {:.0} s", filled.as_secs_f64()));
    drop(server);

    let mut starts = Vec::new();
    let mut running = None;
    for _ in 0..STARTS {
        // Killed each time, so that the first start finds a log as long as it gets.
        drop(running.take());
        let started = Instant::now();
        let server = large.serve(binary)?;
        check_health(&server).await?;
        starts.push(milliseconds(started.elapsed()));
        running = Some(server);
    }
    let large_server = running.context("it was started")?;
    let idle = memory(large_server.pid())?.resident;
    let address = large_server.address();
    let spread = shop.at(address, &ids).await?;
    let mut recent = shop.at(address, &[]).await?;
    recent.add_carts(carts).await?;
    let small_server = small.serve(binary)?;
    let mut few = Shop::open(small_server.address(), 0).await?;
    let ids = fill(&few, small_server.address(), MANY * MANY_CARTS_PER_CONNECTION).await?;
    let all = few.at(small_server.address(), &ids).await?;
    few.add_carts(carts).await?;

    let subjects = [
        (&small_server, &few),
        (&large_server, &recent),
        (&small_server, &all),
        (&large_server, &spread),
    ];
    let comparisons = compare(options, subjects).await?;
    Ok(Figures {
        sessions: options.sessions,
        rounds: options.rounds,
        seconds: options.seconds,
        filled,
        file: fs::metadata(&large.database)?.len(),
        starts,
        idle,
        loaded: memory(large_server.pid())?.resident,
        comparisons,
    })
}

/// Measures all subjects in turns, in rounds.
async fn compare(
    options: &LargeOptions,
    subjects: [(&Server, &Shop); 4],
) -> Result<Vec<Comparison>> {
    let length = Duration::from_secs_f64(options.seconds);
    let timing = Timing { warm_up: length / 4, length };
    let mut comparisons = Vec::new();
    for action in ACTIONS {
        let scenario = Scenario { action, keyed: false, connections: MANY };
        let mut rounds = Vec::new();
        for round in 1..=options.rounds {
            let mut rates = [0.0; 4];
            for (rate, (server, shop)) in rates.iter_mut().zip(subjects) {
                sleep(Duration::from_millis(100)).await;
                let subject = Subject { address: server.address(), pid: server.pid() };
                let requests = scenario.requests(shop, subject.address);
                *rate = measure(subject, requests, Pace::Closed, timing).await?.rate;
            }
            let [few, recent, all, spread] = rates;
            progress(&format!(
                "{}, round {round}: few {few:.0}/s and {recent:.0}/s, \
                 many {all:.0}/s and {spread:.0}/s",
                scenario.name()
            ));
            rounds.push(rates);
        }
        comparisons.push(Comparison { name: scenario.name(), rounds });
    }
    Ok(comparisons)
}

/// Creates so many sessions through the API; returns the ids of some, evenly spread among them.
async fn fill(shop: &Shop, address: std::net::SocketAddr, sessions: usize) -> Result<Vec<String>> {
    let share = sessions.div_ceil(MANY);
    let every = (share / MANY_CARTS_PER_CONNECTION).max(1);
    progress(&format!("creating {} sessions", share * MANY));
    let mut lanes = JoinSet::new();
    for _ in 0..MANY {
        let mut request = Request::new(&shop.create(false), address);
        let mut connection = Connection::open(address).await?;
        lanes.spawn(async move {
            let mut kept = Vec::new();
            let mut random = Random::new();
            for number in 0..share {
                let body = connection.exchange(request.next(&mut random)).await?;
                if number % every == 0 && kept.len() < MANY_CARTS_PER_CONNECTION {
                    let session: serde_json::Value = serde_json::from_slice(body)?;
                    kept.push(session["id"].as_str().context("a session has an id")?.to_owned());
                }
            }
            Ok::<_, anyhow::Error>(kept)
        });
    }
    let mut kept = Vec::new();
    while let Some(lane) = lanes.join_next().await {
        kept.extend(lane??);
    }
    Ok(kept)
}

/// A folder of a server.
struct Place {
    database: PathBuf,
    log: PathBuf,
}

impl Place {
    fn in_folder(folder: &Path, name: &str) -> Result<Self> {
        let folder = folder.join(name);
        fs::create_dir(&folder)?;
        Ok(Self { database: folder.join("paydesk.db"), log: folder.join("log") })
    }

    fn serve(&self, binary: &Path) -> Result<Server> {
        let mut command = Command::new(binary);
        command.args(["serve", "--listen", "127.0.0.1:0", "--log", "warn", "--database"]);
        Server::start(command.arg(&self.database), &self.log)
    }
}
