//! The process is killed a hundred times while buyers change their carts, and nothing is lost.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::buyer::{Buyer, InFlight};
use crate::support::home::Home;
use crate::support::random::Random;
use crate::support::server::Server;

const ROUNDS: u32 = 100;
const BUYERS: u64 = 6;
/// Decides what the buyers send and at which moments the process is killed.
const SEED: u64 = 20_261_122;
/// Rounds between two looks at the file itself, which are also the rounds with more answers, so
/// that the write-ahead log is moved into the file in the middle of them.
const LONG_ROUND_EVERY: u32 = 10;

#[test]
fn killed_at_any_moment_it_keeps_every_acknowledged_change_and_no_half_one() {
    println!("seed {SEED}");
    let home = Home::new();
    let mut random = Random::new(SEED);
    let mut server = Server::start(&home);
    let mut buyers: Vec<Buyer> = (0..BUYERS)
        .map(|number| {
            // Two sandboxes, so that both are written in one batch.
            let key = format!("sk_test_kill_{}", number % 2);
            Buyer::new(server.address(), &key, &format!("buyer-{number}"), SEED + number)
        })
        .collect();
    let (mut made, mut not_made) = (0, 0);
    for round in 1..=ROUNDS {
        let is_long = round % LONG_ROUND_EVERY == 0;
        let moment = Moment::pick(&mut random, is_long);
        println!("round {round}: killed at {moment:?}");
        shop_until_killed(server, &mut buyers, moment);
        if is_long {
            assert_sound_as_left(&home);
        }
        server = Server::start(&home);
        for buyer in &mut buyers {
            match buyer.check(server.address()) {
                InFlight::None => {}
                InFlight::Made => made += 1,
                InFlight::NotMade => not_made += 1,
            }
        }
    }
    println!("changes under way when it was killed: {made} made, {not_made} not made");
    assert!(made > 0 && not_made > 0, "the process was killed before and after commits");
    server.stop();
    assert_sound(&home.database());
}

/// When the process is killed.
#[derive(Clone, Copy, Debug)]
struct Moment {
    /// After so many answers of this round.
    answers: u64,
    /// And so much later, while further requests are under way.
    later: Duration,
}

impl Moment {
    fn pick(random: &mut Random, is_long: bool) -> Self {
        let answers = if is_long { 1_000 + random.below(1_000) } else { 1 + random.below(100) };
        Self { answers, later: Duration::from_micros(random.below(2_000)) }
    }

    fn await_it(self, answered: &Receiver<()>) {
        for _ in 0..self.answers {
            answered.recv().expect("the buyers get answers");
        }
        let reached = Instant::now();
        while reached.elapsed() < self.later {
            std::hint::spin_loop();
        }
    }
}

fn shop_until_killed(server: Server, buyers: &mut [Buyer], moment: Moment) {
    let address = server.address();
    let (sender, answered) = channel();
    thread::scope(|scope| {
        for buyer in buyers {
            let sender = sender.clone();
            scope.spawn(move || buyer.shop(address, &sender));
        }
        // Were all buyers to fail, the channel would close rather than be waited for.
        drop(sender);
        moment.await_it(&answered);
        server.kill();
    });
}

/// Looks at a copy of the files exactly as the killed process left them.
fn assert_sound_as_left(home: &Home) {
    let copy = home.tmp().join("copy.db");
    for suffix in ["", "-wal"] {
        let name = format!("paydesk.db{suffix}");
        let target = home.tmp().join(format!("copy.db{suffix}"));
        fs::copy(home.work().join(name), target).expect("a killed process leaves both files");
    }
    assert_sound(&copy);
    fs::remove_file(&copy).expect("the copy can be removed");
}

fn assert_sound(database: &Path) {
    let file = rusqlite::Connection::open(database).expect("a database");
    let verdict: Result<String, _> =
        file.pragma_query_value(None, "integrity_check", |row| row.get(0));
    assert_eq!(verdict.as_deref(), Ok("ok"));
}
