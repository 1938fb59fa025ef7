//! Puts load on a server over a number of connections and measures its answers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio::task::JoinSet;
use tokio::time::{sleep_until, timeout};

use crate::client::Connection;
use crate::procfs::cpu_time;
use crate::random::Random;
use crate::request::Request;
use crate::sample::{CpuTimes, Record, Sample};
use crate::schedule::Schedule;

/// How long answers may stay away after the end of a measurement.
const PATIENCE: Duration = Duration::from_secs(30);

/// When the next request is sent.
#[derive(Clone, Copy)]
pub enum Pace {
    /// As soon as the connection's last request was answered.
    Closed,
    /// At a constant rate in requests per second, whether or not answers came.
    Open(f64),
}

/// The server under load.
#[derive(Clone, Copy)]
pub struct Subject {
    pub address: SocketAddr,
    pub pid: u32,
}

/// How long to measure.
#[derive(Clone, Copy)]
pub struct Timing {
    pub warm_up: Duration,
    pub length: Duration,
}

/// Measures with one connection for each list of requests, which it sends in turn.
pub async fn measure(
    subject: Subject,
    requests: Vec<Vec<Request>>,
    pace: Pace,
    timing: Timing,
) -> Result<Sample> {
    let mut lanes = Vec::new();
    for requests in requests {
        let connection = Connection::open(subject.address).await?;
        lanes.push(Lane { connection, requests, turn: 0, random: Random::new() });
    }
    let start = Instant::now();
    let from = start + timing.warm_up;
    let window = Window { from, until: from + timing.length };
    let whole = timing.warm_up + timing.length;
    let load = async {
        match pace {
            Pace::Closed => closed_loop(lanes, window).await,
            Pace::Open(rate) => open_loop(lanes, Schedule::new(rate, start, whole)?, window).await,
        }
    };
    let both = async { tokio::try_join!(load, watch_cpu(subject.pid, window)) };
    let (records, cpu) =
        timeout(whole + PATIENCE, both).await.context("the server stopped answering")??;
    Sample::new(&records, timing.length, cpu)
}

/// The part of the time that counts, after the warm-up.
#[derive(Clone, Copy)]
struct Window {
    from: Instant,
    until: Instant,
}

/// One connection and the requests that it alone sends.
struct Lane {
    connection: Connection,
    requests: Vec<Request>,
    turn: usize,
    random: Random,
}

impl Lane {
    async fn exchange(&mut self) -> Result<()> {
        self.turn = (self.turn + 1) % self.requests.len();
        let request = self.requests[self.turn].next(&mut self.random);
        self.connection.exchange(request).await?;
        Ok(())
    }
}

impl Record {
    fn note(&mut self, window: Window, started: Instant, ended: Instant) {
        if started >= window.from {
            let nanoseconds = ended.saturating_duration_since(started).as_nanos();
            self.latencies.push(u64::try_from(nanoseconds).unwrap_or(u64::MAX));
        }
        if window.from <= ended && ended <= window.until {
            self.answers += 1;
        }
    }
}

async fn closed_loop(lanes: Vec<Lane>, window: Window) -> Result<Vec<Record>> {
    let mut tasks = JoinSet::new();
    for mut lane in lanes {
        tasks.spawn(async move {
            let mut record = Record::default();
            loop {
                let started = Instant::now();
                if started >= window.until {
                    return Ok(record);
                }
                lane.exchange().await?;
                record.note(window, started, Instant::now());
            }
        });
    }
    all(tasks).await
}

async fn open_loop(lanes: Vec<Lane>, schedule: Schedule, window: Window) -> Result<Vec<Record>> {
    let schedule = Arc::new(schedule);
    let connections = lanes.len();
    let mut tasks = JoinSet::new();
    for mut lane in lanes {
        let schedule = Arc::clone(&schedule);
        tasks.spawn(async move {
            let mut record = Record::default();
            while let Some(planned) = schedule.next().await? {
                lane.exchange().await?;
                record.note(window, planned, Instant::now());
            }
            Ok(record)
        });
    }
    let ((), records) = tokio::try_join!(schedule.keep(connections), all(tasks))?;
    Ok(records)
}

/// Waits for all connections; the first failure ends the others.
async fn all(mut tasks: JoinSet<Result<Record>>) -> Result<Vec<Record>> {
    let mut records = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        records.push(ended??);
    }
    Ok(records)
}

async fn watch_cpu(pid: u32, window: Window) -> Result<CpuTimes> {
    let own = std::process::id();
    sleep_until(window.from.into()).await;
    let (server, generator) = (cpu_time(pid)?, cpu_time(own)?);
    sleep_until(window.until.into()).await;
    Ok(CpuTimes { server: cpu_time(pid)? - server, generator: cpu_time(own)? - generator })
}
