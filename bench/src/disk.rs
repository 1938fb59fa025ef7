//! How long the disk takes to make a small write durable.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::sample::{median, milliseconds};

const PAGE: [u8; 4096] = [0x5a; 4096];

/// A file whose pages are written again and again, each time waiting for the disk.
///
/// Its pages exist beforehand: a growing file would also wait for its new size, which takes
/// longer, and the figure is used as an allowance.
pub struct Disk {
    file: File,
    pages: u64,
    taken: Vec<f64>,
}

impl Disk {
    pub fn new(folder: &Path) -> Result<Self> {
        let file = File::create(folder.join("flush"))?;
        let pages = 64;
        for page in 0..pages {
            file.write_all_at(&PAGE, page * 4096)?;
        }
        file.sync_all()?;
        Ok(Self { file, pages, taken: Vec::new() })
    }

    /// Measures some more flushes: their median in milliseconds.
    pub fn flush(&mut self, count: u64) -> Result<f64> {
        let before = self.taken.len();
        for number in 0..count {
            let started = Instant::now();
            self.file.write_all_at(&PAGE, number % self.pages * 4096)?;
            self.file.sync_data()?;
            self.taken.push(milliseconds(started.elapsed()));
        }
        Ok(median(self.taken[before..].iter().copied()))
    }

    /// The median of all flushes so far.
    pub fn median(&self) -> f64 {
        median(self.taken.iter().copied())
    }
}
