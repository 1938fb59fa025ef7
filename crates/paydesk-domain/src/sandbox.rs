//! A sandbox: one isolated world of objects, which is an account in one mode, with its own clock.

use crate::api_key::KeyHash;
use crate::id::{AccountId, IdSource};
use crate::patch::Patch;
use crate::time::Timestamp;

/// Names a sandbox inside a store; never shown to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SandboxId(pub u64);

/// What a sandbox says the time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxClock {
    /// The wall clock moved by so many seconds, zero or more.
    Offset {
        /// Seconds added to the wall clock.
        seconds: i64,
    },
    /// The same instant, until it is moved.
    Frozen {
        /// That instant.
        at: Timestamp,
    },
}

/// How a request moves a sandbox's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockChange {
    /// Forward by so many seconds; a running clock goes on running, a frozen one stays frozen.
    Advance {
        /// Zero or more.
        seconds: i64,
    },
    /// To an instant, where it stays.
    Freeze {
        /// Not before the sandbox's present.
        at: Timestamp,
    },
}

/// Why a clock can't be moved so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockRefusal {
    /// A sandbox's time never goes back: what has expired stays expired.
    #[error("the clock is at {now} and cannot go back to {requested}")]
    GoesBack {
        /// The sandbox's present.
        now: Timestamp,
        /// Where it should have gone.
        requested: Timestamp,
    },
    /// Live mode has the wall clock.
    #[error("the clock of live mode is the wall clock")]
    LiveMode,
    /// Further than a hundred years from the wall clock.
    #[error("the clock cannot go to {requested}")]
    TooFar {
        /// Where it should have gone.
        requested: Timestamp,
    },
}

/// The farthest a sandbox may be from the wall clock: a hundred years, in seconds.
const DISTANCE_MAX_SECONDS: i64 = 100 * 366 * 86_400;

impl SandboxClock {
    /// The clock of a new sandbox: the wall clock itself.
    pub const REAL: Self = Self::Offset { seconds: 0 };

    /// The sandbox's present when the wall clock shows `wall`.
    #[must_use]
    pub const fn now(self, wall: Timestamp) -> Timestamp {
        match self {
            Self::Offset { seconds } => wall.plus_seconds(seconds),
            Self::Frozen { at } => at,
        }
    }

    /// When the wall clock will show that `due` has come in this sandbox; never, while it is frozen
    /// before it.
    #[must_use]
    pub fn wall_time_of(self, due: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Offset { seconds } => Some(due.plus_seconds(seconds.saturating_neg())),
            Self::Frozen { at } => (due <= at).then_some(Timestamp::from_seconds(0)),
        }
    }

    /// The clock after a change.
    ///
    /// # Errors
    /// When it would go back, or too far from the wall clock.
    pub fn changed(self, change: ClockChange, wall: Timestamp) -> Result<Self, ClockRefusal> {
        let now = self.now(wall);
        let target = match change {
            ClockChange::Advance { seconds } => now.plus_seconds(seconds),
            ClockChange::Freeze { at } => at,
        };
        if target < now {
            return Err(ClockRefusal::GoesBack { now, requested: target });
        }
        let distance = target.seconds_since(wall);
        if distance > DISTANCE_MAX_SECONDS {
            return Err(ClockRefusal::TooFar { requested: target });
        }
        Ok(match (self, change) {
            (Self::Offset { .. }, ClockChange::Advance { .. }) => {
                Self::Offset { seconds: distance }
            }
            (Self::Frozen { .. }, ClockChange::Advance { .. })
            | (Self::Offset { .. } | Self::Frozen { .. }, ClockChange::Freeze { .. }) => {
                Self::Frozen { at: target }
            }
        })
    }
}

/// A sandbox as it is stored: one account's world in test mode or in live mode. Every account has
/// a world of test mode. Those that keys are made for have one of live mode too; one that a key
/// opens by its name has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sandbox {
    /// Its name in the store.
    pub id: SandboxId,
    /// The account whose world it is.
    pub account: AccountId,
    /// Whether it is that of live mode.
    pub livemode: bool,
    /// The account that this one is below: its keys may act here.
    pub parent: Option<AccountId>,
    /// What the account is called.
    pub display_name: Option<String>,
    /// The hash of the name in the keys that open it without having been made.
    pub opened_by: Option<KeyHash>,
    /// When it was opened, in wall time.
    pub created: Timestamp,
    /// Its clock.
    pub clock: SandboxClock,
    /// The API version its first request named, used by requests that name none and for events;
    /// text, because only the wire knows versions.
    pub api_version: Option<String>,
    /// For how many seconds of wall time it stays after it was used last; none for ever.
    pub time_to_live: Option<i64>,
    /// When it was used last, in wall time. Noted only where there is a time to live, and then not
    /// more often than that needs.
    pub used: Timestamp,
}

impl SandboxId {
    /// The account whose world of test mode this is. It follows from the sandbox, as it may: who
    /// knows the id of an account can do nothing with it.
    #[must_use]
    pub fn account(self) -> AccountId {
        AccountId::from(format!("acct_{:016x}", self.0).as_str())
    }
}

/// Why a sandbox is not changed or deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SandboxRefusal {
    /// Live mode is no sandbox.
    #[error("live mode is no sandbox")]
    LiveMode,
    /// Keys were made for its account; without it they would open nothing.
    #[error("keys were made for the account of the sandbox")]
    HasMadeKeys,
}

/// How often, of its time to live, the use of a sandbox is noted: it may go this share too early.
const USES_NOTED: i64 = 20;

impl Sandbox {
    /// When it goes unless it is used again, in wall time.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.time_to_live.map(|seconds| self.used.plus_seconds(seconds))
    }

    /// The sandbox with a use noted; none where that is not worth a write.
    #[must_use]
    pub fn noting_use(&self, wall: Timestamp) -> Option<Self> {
        let seconds = self.time_to_live?.checked_div(USES_NOTED)?;
        let is_due = wall.seconds_since(self.used) > seconds;
        is_due.then(|| Self { used: wall, ..self.clone() })
    }

    /// The sandbox when it is kept for another time after its last use, which is now.
    ///
    /// # Errors
    /// As [`Self::check_may_go`], where there is to be a time to live.
    pub fn keeping_for(
        &self,
        time_to_live: Patch<i64>,
        wall: Timestamp,
    ) -> Result<Self, SandboxRefusal> {
        let time_to_live = time_to_live.apply(self.time_to_live);
        if time_to_live.is_some() {
            self.check_may_go()?;
        }
        Ok(Self { time_to_live, used: wall, ..self.clone() })
    }

    /// Whether it may be deleted, as whole.
    ///
    /// # Errors
    /// [`SandboxRefusal`]
    pub const fn check_may_go(&self) -> Result<(), SandboxRefusal> {
        match self.opened_by {
            Some(_) => Ok(()),
            None => Err(SandboxRefusal::HasMadeKeys),
        }
    }

    /// An empty world in the place of this one: of the same account, opened by the same keys, with
    /// the clock of the wall.
    #[must_use]
    pub fn emptied(&self, now: Timestamp, ids: &mut dyn IdSource) -> Self {
        Self {
            id: SandboxId(ids.next_ordinal().get()),
            created: now,
            clock: SandboxClock::REAL,
            used: now,
            ..self.clone()
        }
    }

    /// The world of an account that a key opens by its name.
    #[must_use]
    pub fn opened(name: KeyHash, now: Timestamp, ids: &mut dyn IdSource) -> Self {
        Self { opened_by: Some(name), ..Self::world_of_test_mode(now, ids) }
    }

    /// The worlds of a new account that keys are made for: of test mode, then of live mode.
    #[must_use]
    pub fn for_account(
        parent: Option<&AccountId>,
        display_name: Option<&str>,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> [Self; 2] {
        let test = Self {
            parent: parent.cloned(),
            display_name: display_name.map(str::to_owned),
            ..Self::world_of_test_mode(now, ids)
        };
        let id = SandboxId(ids.next_ordinal().get());
        let live = Self { id, livemode: true, ..test.clone() };
        [test, live]
    }

    /// Whether the sandbox has a clock of its own.
    ///
    /// # Errors
    /// [`ClockRefusal::LiveMode`]
    pub const fn check_own_clock(&self) -> Result<(), ClockRefusal> {
        if self.livemode { Err(ClockRefusal::LiveMode) } else { Ok(()) }
    }

    fn world_of_test_mode(now: Timestamp, ids: &mut dyn IdSource) -> Self {
        let id = SandboxId(ids.next_ordinal().get());
        Self {
            id,
            account: id.account(),
            livemode: false,
            parent: None,
            display_name: None,
            opened_by: None,
            created: now,
            clock: SandboxClock::REAL,
            api_version: None,
            time_to_live: None,
            used: now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::tests::CountingIds;

    #[test]
    fn an_account_has_two_worlds_that_differ_in_their_mode() {
        let parent = AccountId::from("acct_above");
        let mut ids = CountingIds::default();
        let [test, live] = Sandbox::for_account(Some(&parent), Some("Tea"), WALL, &mut ids);
        assert_eq!((test.livemode, live.livemode), (false, true));
        assert_ne!(test.id, live.id);
        assert_eq!(live, Sandbox { id: live.id, livemode: true, ..test });
    }

    const WALL: Timestamp = Timestamp::from_seconds(1_000_000);

    fn opened() -> Sandbox {
        Sandbox::opened(KeyHash([7; 32]), WALL, &mut CountingIds::default())
    }

    #[test]
    fn a_sandbox_without_a_time_to_live_stays_and_notes_no_use() {
        assert_eq!(opened().expires_at(), None);
        assert_eq!(opened().noting_use(WALL.plus_seconds(1_000_000)), None);
    }

    #[test]
    fn a_use_prolongs_the_life_of_a_sandbox_but_not_every_use_is_noted() {
        let sandbox = Sandbox { time_to_live: Some(600), ..opened() };
        assert_eq!(sandbox.expires_at(), Some(WALL.plus_seconds(600)));
        assert_eq!(sandbox.noting_use(WALL.plus_seconds(30)), None);
        let used = sandbox.noting_use(WALL.plus_seconds(31)).unwrap();
        assert_eq!(used.expires_at(), Some(WALL.plus_seconds(631)));
    }

    #[test]
    fn only_a_sandbox_that_a_key_opens_by_its_name_may_go() {
        let [made, _live] = Sandbox::for_account(None, None, WALL, &mut CountingIds::default());
        let refused = made.keeping_for(Patch::Set(600), WALL);
        assert_eq!(refused, Err(SandboxRefusal::HasMadeKeys));
        assert_eq!(made.keeping_for(Patch::Unset, WALL), Ok(made));
        let kept = opened().keeping_for(Patch::Set(600), WALL.plus_seconds(5)).unwrap();
        assert_eq!(kept.expires_at(), Some(WALL.plus_seconds(605)));
    }

    #[test]
    fn an_emptied_sandbox_is_another_world_of_the_same_account() {
        let clock = SandboxClock::Frozen { at: WALL };
        let before = Sandbox { clock, time_to_live: Some(600), ..opened() };
        let now = WALL.plus_seconds(9);
        let after = before.emptied(now, &mut CountingIds::default());
        let expected = Sandbox {
            id: after.id,
            created: now,
            used: now,
            clock: SandboxClock::REAL,
            ..before.clone()
        };
        assert_eq!(after, expected);
    }

    #[test]
    fn a_running_clock_keeps_running_after_an_advance() {
        let clock = SandboxClock::REAL.changed(ClockChange::Advance { seconds: 60 }, WALL).unwrap();
        assert_eq!(clock.now(WALL.plus_seconds(5)), WALL.plus_seconds(65));
        assert_eq!(clock.wall_time_of(WALL.plus_seconds(65)), Some(WALL.plus_seconds(5)));
    }

    #[test]
    fn a_frozen_clock_stands_still_and_advances_by_hand() {
        let frozen =
            SandboxClock::REAL.changed(ClockChange::Freeze { at: WALL.plus_seconds(10) }, WALL);
        let frozen = frozen.unwrap();
        assert_eq!(frozen.now(WALL.plus_seconds(500)), WALL.plus_seconds(10));
        assert_eq!(frozen.wall_time_of(WALL.plus_seconds(11)), None);
        let later = frozen.changed(ClockChange::Advance { seconds: 60 }, WALL).unwrap();
        assert_eq!(later.now(WALL.plus_seconds(500)), WALL.plus_seconds(70));
    }

    #[test]
    fn no_clock_goes_back() {
        let earlier = WALL.plus_seconds(-1);
        assert_eq!(
            SandboxClock::REAL.changed(ClockChange::Freeze { at: earlier }, WALL),
            Err(ClockRefusal::GoesBack { now: WALL, requested: earlier })
        );
    }
}
