//! The power fails while buyers change their carts, and nothing that was acknowledged is lost.
//!
//! A killed process leaves what it wrote in the page cache, so killing it proves little about
//! disks. Here a server's writes, syncs and answers are recorded, and from them are made the files
//! that a restarted machine may find: docs/durability.md says how, and what that proves. Linux
//! only, where a library can be preloaded.

mod answers;
mod disk;
mod image;
mod recorder;
mod recording;
mod shopping;

use self::recorder::Syncs;
use self::recording::Name;
use self::shopping::{Length, Shopping};

/// How many moments are looked at; `POWER_CUTS` in the environment asks for more or fewer.
const CUTS: usize = 50;
/// How many are enough to find a loss where nothing is on disk.
const FEW_CUTS: usize = 5;

#[test]
fn when_the_power_fails_every_acknowledged_change_is_there_and_no_half_one() {
    let shopping = Shopping::record(Syncs::Done, Length::UntilLogStartsAnew);
    shopping.assert_recorded_wholly();
    shopping.assert_log_started_anew();
    let early = answers::early(&shopping.recording, &shopping.buyers);
    assert_eq!(early, [""; 0], "answered before they were on disk");
    let cuts = std::env::var("POWER_CUTS").ok().and_then(|cuts| cuts.parse().ok());
    let cuts = shopping.cuts(cuts.unwrap_or(CUTS));
    assert_eq!(shopping.first_loss(&cuts, |_, _| true), None);

    // The test of the test, for the file: were it not synced before the log starts anew, what the
    // log held until then would be gone.
    let begins = shopping.first_answer();
    let cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut > shopping.log_anew()).collect();
    let loss = shopping.first_loss(&cuts, |name, at| name != Name::Database || at < begins);
    println!("without syncs of the file: {loss:?}");
    assert!(loss.is_some(), "syncs of the file could be left out unnoticed");
}

/// The test of the test: `PRAGMA synchronous = OFF` does no more than leave the syncs out.
#[test]
fn a_server_that_does_not_sync_is_found_to_lose_what_it_acknowledged() {
    let shopping = Shopping::record(Syncs::Swallowed, Length::Short);
    shopping.assert_recorded_wholly();
    let early = answers::early(&shopping.recording, &shopping.buyers);
    let acknowledged: usize =
        shopping.buyers.iter().map(|buyer| buyer.acknowledged().count()).sum();
    assert_eq!(early.len(), acknowledged, "no answer was preceded by a sync");
    let loss = shopping.first_loss(&shopping.cuts(FEW_CUTS), |_, _| true);
    println!("without syncs: {loss:?}");
    assert!(loss.is_some(), "syncs could be left out unnoticed");
}
