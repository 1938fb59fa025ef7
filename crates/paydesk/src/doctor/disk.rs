//! The disk below the database: how fast it flushes, and how much room there is.

use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

use super::check::Check;
use crate::sizes;

const FLUSHES: usize = 32;
const PAGE: [u8; 4096] = [0x5a; 4096];

/// A flush that is longer than this makes a checkout feel slow.
const SLOW: Duration = Duration::from_millis(20);
/// No disk flushes faster: such a flush only says that it was one.
const UNBELIEVABLE: Duration = Duration::from_micros(10);

/// Less room than this is hardly any.
const ROOM_MIN: u64 = 64 << 20;
/// With less room than this somebody should look.
const ROOM_WANTED: u64 = 1 << 30;

/// Measures how long it takes until a page is on the disk.
pub(crate) fn check_flush(folder: &Path) -> Check {
    const NAME: &str = "disk flush";
    match flushes(folder) {
        Ok(times) => {
            let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
            let ms =
                |time: Duration| format!("{}.{:03} ms", time.as_millis(), time.as_micros() % 1000);
            let found = format!("{}, the slowest of {FLUSHES} {}", ms(median), ms(slowest));
            if median < UNBELIEVABLE {
                let advice = "this is memory, or a disk that only says so: a power cut loses \
                              changes that were answered";
                Check::warn(NAME, found, advice)
            } else if median > SLOW {
                let advice = "every change waits for one: keep the database on a local disk";
                Check::warn(NAME, found, advice)
            } else {
                Check::ok(NAME, found)
            }
        }
        Err(error) => {
            let found = format!("nothing can be written in {}: {error}", folder.display());
            Check::fail(NAME, found, "check the folder, its permissions and its room")
        }
    }
}

/// The times of some flushes, the fastest first. The page exists beforehand: a growing file would
/// also wait for its new size.
fn flushes(folder: &Path) -> io::Result<Vec<Duration>> {
    let file = tempfile::tempfile_in(folder)?;
    file.write_all_at(&PAGE, 0)?;
    file.sync_all()?;
    let mut times = Vec::with_capacity(FLUSHES);
    for _ in 0..FLUSHES {
        let started = Instant::now();
        file.write_all_at(&PAGE, 0)?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    Ok(times)
}

/// Looks at how much room is left, for a database of a size.
pub(crate) fn check_room(folder: &Path, database: u64) -> Check {
    const NAME: &str = "free space";
    let free = match rustix::fs::statvfs(folder) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => {
            return Check::fail(
                NAME,
                format!("it can't be found out: {error}"),
                "check the folder",
            );
        }
    };
    let found = sizes::readable(free);
    if free < ROOM_MIN {
        Check::fail(NAME, found, "make room: once it is used up, changes are refused")
    } else if free < ROOM_WANTED.max(database) {
        Check::warn(NAME, found, "make room, for the log and for one copy of the database at least")
    } else {
        Check::ok(NAME, found)
    }
}
