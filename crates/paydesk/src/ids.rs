//! Ids and secrets of a running server.

use paydesk_domain::id::{IdSource, Ordinal};
use rand::Rng;
use rand::rngs::StdRng;

use crate::wall_clock::SystemClock;

/// Ordinals that follow the clock, and cryptographic randomness seeded by the system.
pub(crate) struct SystemIds {
    last: u64,
    random: StdRng,
}

impl SystemIds {
    /// A source that goes on behind the last ordinal stored, even if the clock was put back.
    pub(crate) fn after(last: Option<Ordinal>) -> Self {
        Self { last: last.map_or(0, Ordinal::get), random: rand::make_rng() }
    }
}

impl IdSource for SystemIds {
    fn next_ordinal(&mut self) -> Ordinal {
        let by_clock = Ordinal::first_of_millisecond(SystemClock::milliseconds());
        self.last = by_clock.get().max(self.last + 1);
        Ordinal::new(self.last)
    }

    fn random(&mut self) -> u64 {
        self.random.next_u64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_increase_even_if_the_clock_was_put_back() {
        let far_ahead = Ordinal::new(u64::MAX / 2);
        let mut ids = SystemIds::after(Some(far_ahead));
        let first = ids.next_ordinal();
        assert!(first > far_ahead);
        assert!(ids.next_ordinal() > first);
    }
}
