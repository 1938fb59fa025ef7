//! The open loop's timetable: when each request is due, however slow the answers are.

use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::io::{Errno, read};
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
    timerfd_settime,
};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::sync::Semaphore;

/// Slots at even distances; a free connection takes the earliest that is due.
pub struct Schedule {
    start: Instant,
    interval: Duration,
    slots: u64,
    taken: AtomicU64,
    due: Semaphore,
}

impl Schedule {
    /// A timetable of so many requests per second, from `start` for so long.
    pub fn new(rate: f64, start: Instant, length: Duration) -> Result<Self> {
        let interval = Duration::from_secs_f64(1.0 / rate);
        let slots = length.as_nanos().checked_div(interval.as_nanos());
        let slots = u64::try_from(slots.context("the rate is too high")?)?;
        Ok(Self { start, interval, slots, taken: AtomicU64::new(0), due: Semaphore::new(0) })
    }

    /// Waits until a slot is due and takes it; `None` when there are no more.
    ///
    /// The time given is the one planned, even if no connection was free at that time: measured
    /// from there, a latency includes the wait that a stalling server causes to others.
    pub async fn next(&self) -> Result<Option<Instant>> {
        self.due.acquire().await?.forget();
        let slot = self.taken.fetch_add(1, Ordering::Relaxed);
        Ok((slot < self.slots).then(|| self.time_of(slot)))
    }

    /// Makes slots due at their times, and in the end lets each connection find that none is left.
    ///
    /// The timer is the kernel's, because the async runtime's counts whole milliseconds and would
    /// send all requests of one millisecond at once.
    pub async fn keep(&self, connections: usize) -> Result<()> {
        let timer = watched(self.start_timer()?)?;
        let mut released = 0;
        while released < self.slots {
            let mut ready = timer.readable().await?;
            let mut expirations = [0; 8];
            let outcome = ready
                .try_io(|timer| read(timer, &mut expirations).map_err(|errno: Errno| errno.into()));
            match outcome {
                Ok(read) => read.context("reading the timer")?,
                Err(_would_block) => continue,
            };
            let count = u64::from_ne_bytes(expirations).min(self.slots - released);
            released += count;
            self.due.add_permits(usize::try_from(count)?);
        }
        self.due.add_permits(connections);
        Ok(())
    }

    /// The timer's first expiration is the first slot's time, the others follow at the interval.
    fn start_timer(&self) -> Result<OwnedFd> {
        let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
        let timer = timerfd_create(TimerfdClockId::Monotonic, flags)?;
        let until_first = self.time_of(0).saturating_duration_since(Instant::now());
        let times = Itimerspec {
            it_interval: timespec(self.interval)?,
            // Zero would turn the timer off.
            it_value: timespec(until_first.max(Duration::from_nanos(1)))?,
        };
        timerfd_settime(&timer, TimerfdTimerFlags::empty(), &times)?;
        Ok(timer)
    }

    fn time_of(&self, slot: u64) -> Instant {
        let nanoseconds = self.interval.as_nanos() * u128::from(slot + 1);
        self.start + Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
    }
}

#[expect(
    deprecated,
    reason = "the form that is not deprecated is unsafe, for the sake of types that may change \
              their descriptor, which an owned one cannot do"
)]
fn watched(timer: OwnedFd) -> Result<AsyncFd<OwnedFd>> {
    Ok(AsyncFd::with_interest(timer, Interest::READABLE)?)
}

fn timespec(duration: Duration) -> Result<Timespec> {
    let tv_sec = i64::try_from(duration.as_secs())?;
    Ok(Timespec { tv_sec, tv_nsec: duration.subsec_nanos().into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn slots_become_due_at_their_times_and_then_end() {
        let start = Instant::now();
        let schedule = Schedule::new(1000.0, start, Duration::from_millis(50)).unwrap();
        let takes = async {
            let mut planned = Vec::new();
            while let Some(time) = schedule.next().await? {
                assert!(Instant::now() >= time);
                planned.push(time - start);
            }
            Ok(planned)
        };
        let ((), planned) = tokio::try_join!(schedule.keep(1), takes).unwrap();
        let expected: Vec<Duration> = (1..=50).map(Duration::from_millis).collect();
        assert_eq!(planned, expected);
        assert!(start.elapsed() >= Duration::from_millis(50));
    }

    #[tokio::test]
    async fn a_late_connection_is_given_the_planned_time_and_not_its_own() {
        let start = Instant::now();
        let schedule = Schedule::new(1000.0, start, Duration::from_millis(5)).unwrap();
        schedule.keep(1).await.unwrap();
        std::thread::sleep(Duration::from_millis(20));
        let first = schedule.next().await.unwrap().unwrap();
        assert_eq!(first - start, Duration::from_millis(1));
    }
}
