//! Ids that are the same in every run.

use paydesk_domain::id::{IdSource, Ordinal};

/// Ordinals that count up, and words that look random but are the same in every run.
#[derive(Clone, Debug)]
pub struct SeededIds {
    last: u64,
    state: u64,
}

impl SeededIds {
    /// A source whose ordinals go on behind `last`. Its words depend on that too, so that a server
    /// started again does not repeat the secrets it gave before.
    #[must_use]
    pub fn after(last: Option<Ordinal>) -> Self {
        let last = last.map_or(0, Ordinal::get);
        Self { last, state: last }
    }
}

impl IdSource for SeededIds {
    fn next_ordinal(&mut self) -> Ordinal {
        self.last += 1;
        Ordinal::new(self.last)
    }

    /// SplitMix64: written out here, because a library may change its sequence and with it every
    /// snapshot.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }
}
