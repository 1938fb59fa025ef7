//! A description of the machine that the figures come from.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Result, ensure};

/// What a reader has to know to compare figures with those of another machine.
pub struct Machine {
    pub processor: String,
    pub cores: usize,
    pub memory: String,
    pub kernel: String,
    pub file_system: String,
    pub rustc: String,
    pub date: String,
}

impl Machine {
    /// Describes this machine; the folder is the one whose file system is named.
    pub fn describe(folder: &Path) -> Result<Self> {
        let file_system = file_system(folder);
        ensure!(
            !matches!(file_system.as_str(), "tmpfs" | "ramfs"),
            "the data folder is on {file_system}, where nothing is durable: run this elsewhere"
        );
        Ok(Self {
            processor: labelled("/proc/cpuinfo", "model name"),
            cores: thread::available_parallelism()?.get(),
            memory: memory(&labelled("/proc/meminfo", "MemTotal")),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease")
                .map_or_else(|_| unknown(), |text| text.trim().to_owned()),
            file_system,
            rustc: first_line_of("rustc"),
            date: today(),
        })
    }
}

/// What a program says to `--version`.
pub fn first_line_of(program: impl AsRef<std::ffi::OsStr>) -> String {
    let output = Command::new(program).arg("--version").output().ok();
    let text = output.filter(|output| output.status.success()).map(|output| output.stdout);
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    text.lines().next().map_or_else(unknown, str::to_owned)
}

fn unknown() -> String {
    "unknown".to_owned()
}

/// The first value with this label in a file of `label: value` lines.
fn labelled(path: &str, label: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs
        .find(|(name, _)| name.trim() == label)
        .map_or_else(unknown, |(_, value)| value.trim().to_owned())
}

fn memory(total: &str) -> String {
    match total.trim_end_matches(" kB").parse::<u64>() {
        Ok(kib) => format!("{:.1} GiB", kib as f64 / 1024.0 / 1024.0),
        Err(_) => unknown(),
    }
}

/// The kind of the file system that is mounted nearest above the folder.
fn file_system(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_default();
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let fitting = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        let (point, kind) = (fields.next()?, fields.next()?);
        folder.starts_with(point).then_some((point.len(), kind))
    });
    // Of several mounts on one point the last one is seen, and `max_by_key` keeps the last.
    fitting.max_by_key(|(length, _)| *length).map_or_else(unknown, |(_, kind)| kind.to_owned())
}

#[expect(clippy::disallowed_methods, reason = "the report is dated by the machine's clock")]
fn today() -> String {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    date(since_1970.unwrap_or_default())
}

/// The date, so long after the beginning of 1970.
fn date(since_1970: Duration) -> String {
    let mut day = since_1970.as_secs() / 86_400;
    let mut year = 1970;
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if day < length {
            break;
        }
        day -= length;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", day + 1)
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_calendar() {
        let day = |number: u64| date(Duration::from_secs(number * 86_400 + 86_399));
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(11_016), "2000-02-29");
        assert_eq!(day(19_782), "2024-02-29");
        assert_eq!(day(20_088), "2024-12-31");
        assert_eq!(day(20_089), "2025-01-01");
    }

    #[test]
    fn the_root_folder_has_a_file_system() {
        assert_ne!(file_system(Path::new("/")), "unknown");
    }
}
