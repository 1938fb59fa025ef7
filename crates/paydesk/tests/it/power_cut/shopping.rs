//! Buyers who shop at a recorded server, and the moments at which the power may fail.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

use rustix::process::Signal;

use super::disk::{Disk, Reached};
use super::image;
use super::recorder::{Recorder, Syncs};
use super::recording::{Entry, Name, Recording};
use crate::support::buyer::Buyer;
use crate::support::home::Home;
use crate::support::random::Random;
use crate::support::server::Server;

const BUYERS: u64 = 6;
/// Decides what the buyers send, and what of their changes has reached the disk.
const SEED: u64 = 20_261_125;

/// Some answers: enough for a hundred commits.
const FEW: usize = 300;

/// How long the first server serves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// For some answers.
    Short,
    /// Until its log has started anew, which overwrites what only the file holds from then on, and
    /// for some answers more.
    UntilLogStartsAnew,
}

/// What the servers did, and what the buyers know.
pub(super) struct Shopping {
    pub(super) recording: Recording,
    pub(super) buyers: Vec<Buyer>,
    home: Home,
}

impl Shopping {
    /// Two servers after each other on one database, the first from an empty folder on, each
    /// stopped in order: so starting and stopping are recorded too.
    pub(super) fn record(syncs: Syncs, length: Length) -> Self {
        let home = Home::new();
        let recorder = Recorder::new(&home);
        let server = recorder.start(&home, syncs);
        let mut buyers: Vec<Buyer> = (0..BUYERS)
            .map(|number| {
                // Two sandboxes, so that both are written in one batch.
                let key = format!("sk_test_power_{}", number % 2);
                Buyer::new(server.address(), &key, &format!("buyer-{number}"), SEED + number)
            })
            .collect();
        let log = image::path(&home.database(), Name::Log);
        let first = log_header(&log);
        let mut anew = (length == Length::Short).then_some(0);
        shop(server, &mut buyers, |answers| {
            if anew.is_none() && answers % FEW == 0 && log_header(&log) != first {
                anew = Some(answers);
            }
            anew.is_some_and(|anew| answers >= anew + FEW)
        });
        shop(recorder.start(&home, syncs), &mut buyers, |answers| answers >= FEW);
        Self { recording: recorder.read(), buyers, home }
    }

    /// Expects that what was recorded makes the very files that are there.
    pub(super) fn assert_recorded_wholly(&self) {
        let mut disk = Disk::default();
        for entry in &self.recording.entries {
            disk.apply(entry, |_| true);
        }
        let recorded = disk.image(Reached::Everything, &mut Random::new(SEED));
        for name in Name::FILES {
            let path = image::path(&self.home.database(), name);
            let is_same = fs::read(&path).ok().as_ref() == recorded.get(&name);
            assert!(is_same, "{} is as it was recorded", path.display());
        }
    }

    /// Expects that the writers have met what is rare: a log that is overwritten from its start.
    pub(super) fn assert_log_started_anew(&self) {
        let syncs = self.recording.ends_of_syncs();
        let of = |name: Name| syncs.iter().filter(|(_, other)| *other == name).count();
        let (log, file) = (of(Name::Log), of(Name::Database));
        println!("{log} syncs of the log, {file} of the file; anew at {}", self.log_anew());
        assert!(self.log_anew() < self.recording.entries.len(), "more answers are needed");
    }

    /// When the log of a serving server first started anew, overwriting what was answered: from
    /// then on the file alone holds that.
    pub(super) fn log_anew(&self) -> usize {
        let mut log = None;
        for (at, entry) in (0..).zip(&self.recording.entries) {
            if let Entry::Write { file, offset: 0, .. } = entry
                && file.name == Name::Log
            {
                if log == Some(*file) && at > self.first_answer() {
                    return at;
                }
                log = Some(*file);
            }
        }
        self.recording.entries.len()
    }

    /// When the first answer was sent.
    pub(super) fn first_answer(&self) -> usize {
        let is_answer = |entry: &Entry| matches!(entry, Entry::Answer(_));
        let found = self.recording.entries.iter().position(is_answer);
        found.expect("the buyers got answers")
    }

    /// So many moments. Each is right before the end of a sync: the most has been answered, and
    /// the least is sure. Where there are no syncs, it is right after an answer.
    pub(super) fn cuts(&self, count: usize) -> Vec<usize> {
        let ends: Vec<(usize, Name)> = self.recording.ends_of_syncs();
        let (rare, usual): (Vec<_>, Vec<_>) =
            ends.into_iter().partition(|(_, name)| *name != Name::Log);
        let answers = (0..)
            .zip(&self.recording.entries)
            .filter_map(|(at, entry)| matches!(entry, Entry::Answer(_)).then_some(at + 1));
        let usual: Vec<usize> = if usual.is_empty() { answers.collect() } else { moments(usual) };
        // Syncs of the file and its folder are few, and what surrounds them is the most delicate.
        let mut cuts = spread(&moments(rare), count / 2);
        cuts.extend(spread(&usual, count - cuts.len()));
        cuts.push(self.recording.entries.len());
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }

    /// The first moment of these at which the power must not fail, and what is lost then.
    /// `is_honest` says of which syncs, by file and moment, the disk keeps its word.
    pub(super) fn first_loss(
        &self,
        cuts: &[usize],
        is_honest: impl Fn(Name, usize) -> bool,
    ) -> Option<String> {
        let entries = self.recording.entries.len();
        println!("seed {SEED}, {} moments of {entries}", cuts.len());
        let mut random = Random::new(SEED);
        let mut disk = Disk::default();
        let mut cuts = cuts.iter().copied().peekable();
        let mut reached = Reached::ALL.iter().copied().cycle();
        let mut acknowledged = image::Acknowledged::none(&self.buyers);
        for at in 0..=self.recording.entries.len() {
            if cuts.next_if_eq(&at).is_some() {
                let reached = reached.next().expect("they never end");
                let files = disk.image(reached, &mut random);
                if let Err(loss) = image::check(&files, &self.buyers, &acknowledged) {
                    return Some(format!(
                        "power cut before entry {at}, {reached:?} reached: {loss}"
                    ));
                }
            }
            if let Some(entry) = self.recording.entries.get(at) {
                disk.apply(entry, |name| is_honest(name, at));
                acknowledged.note(entry);
            }
        }
        None
    }
}

/// Lets the buyers shop until so many answers are enough, and stops the server.
fn shop(server: Server, buyers: &mut [Buyer], mut is_enough: impl FnMut(usize) -> bool) {
    let address = server.address();
    let (sender, answered) = channel();
    let ended = thread::scope(|scope| {
        for buyer in buyers {
            let sender = sender.clone();
            scope.spawn(move || buyer.shop(address, &sender));
        }
        drop(sender);
        let mut answers = 0;
        while !is_enough(answers) {
            answered.recv().expect("the buyers get answers");
            answers += 1;
        }
        server.signal(Signal::TERM);
        server.wait()
    });
    assert!(ended.status.success(), "{}", ended.status);
}

/// What a log begins with, which is new each time that it starts anew.
fn log_header(log: &Path) -> [u8; 32] {
    let mut header = [0; 32];
    let read = File::open(log).and_then(|mut log| log.read_exact(&mut header));
    read.expect("a serving server has a log");
    header
}

fn moments(ends: Vec<(usize, Name)>) -> Vec<usize> {
    ends.into_iter().map(|(at, _)| at).collect()
}

/// At most so many of them, spread evenly.
fn spread(moments: &[usize], count: usize) -> Vec<usize> {
    let step = moments.len().div_ceil(count.max(1)).max(1);
    moments.iter().copied().step_by(step).collect()
}
