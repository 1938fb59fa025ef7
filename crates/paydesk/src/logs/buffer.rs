//! Lines on their way to standard error.
//!
//! A thread writes what has come in, many lines at a time. A request only adds its line to a
//! buffer: waking a thread for each line would cost more than the line.

use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// How long the first line of a burst waits for others.
const GATHER: Duration = Duration::from_millis(20);
/// What may wait. A terminal that can't keep up loses lines rather than requests.
const WAITING_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The buffer and its thread. Dropped, it writes what still waits.
pub(crate) struct LogBuffer {
    lines: Arc<Lines>,
    thread: Option<JoinHandle<()>>,
}

/// Adds lines to a buffer.
#[derive(Clone)]
pub(crate) struct LogWriter(Arc<Lines>);

#[derive(Default)]
struct Lines {
    waiting: Mutex<Waiting>,
    came: Condvar,
}

#[derive(Default)]
struct Waiting {
    bytes: Vec<u8>,
    lost: usize,
    is_closed: bool,
}

impl LogBuffer {
    /// A buffer whose lines go to `target`.
    pub(crate) fn to(target: impl Write + Send + 'static) -> Self {
        let lines = Arc::new(Lines::default());
        let written = Arc::clone(&lines);
        let thread = thread::Builder::new()
            .name("paydesk-log".to_owned())
            .spawn(move || written.write_to(target))
            .ok();
        Self { lines, thread }
    }

    /// Where lines are added.
    pub(crate) fn writer(&self) -> LogWriter {
        LogWriter(Arc::clone(&self.lines))
    }
}

impl Drop for LogBuffer {
    fn drop(&mut self) {
        self.lines.lock().is_closed = true;
        self.lines.came.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic there has nobody left to be told to.
            let _ = thread.join();
        }
    }
}

impl Lines {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, line: &[u8]) {
        let mut waiting = self.lock();
        if waiting.bytes.len() + line.len() > WAITING_BYTES_MAX {
            waiting.lost += 1;
            return;
        }
        let is_first = waiting.bytes.is_empty();
        waiting.bytes.extend_from_slice(line);
        if is_first {
            self.came.notify_one();
        }
    }

    fn write_to(&self, mut target: impl Write) {
        loop {
            let is_closed = {
                let idle = |waiting: &mut Waiting| waiting.bytes.is_empty() && !waiting.is_closed;
                let waiting = self.came.wait_while(self.lock(), idle);
                waiting.unwrap_or_else(PoisonError::into_inner).is_closed
            };
            if !is_closed {
                thread::sleep(GATHER);
            }
            let (bytes, lost) = {
                let mut waiting = self.lock();
                (mem::take(&mut waiting.bytes), mem::take(&mut waiting.lost))
            };
            // Nobody is left to be told that standard error can't be written.
            let _ = target.write_all(&bytes);
            if lost > 0 {
                let _ = writeln!(target, "{lost} log lines were lost: nobody read them in time");
            }
            let _ = target.flush();
            if is_closed {
                return;
            }
        }
    }
}

impl<'a> MakeWriter<'a> for LogWriter {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Write for LogWriter {
    /// Takes a whole line: the formatter writes each with one call.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.add(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was written, shared with the test.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_waits_is_written_when_the_buffer_is_dropped() {
        let written = Written::default();
        let buffer = LogBuffer::to(written.clone());
        let mut writer = buffer.writer();
        for number in 0..1000 {
            writeln!(writer, "line {number}").unwrap();
        }
        drop(buffer);
        let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert_eq!(written.lines().count(), 1000);
        assert_eq!(written.lines().last(), Some("line 999"));
    }

    #[test]
    fn lines_beyond_the_bound_are_lost_and_counted() {
        let lines = Lines::default();
        let line = vec![b'x'; WAITING_BYTES_MAX / 2];
        for _ in 0..4 {
            lines.add(&line);
        }
        assert_eq!(lines.lock().bytes.len(), WAITING_BYTES_MAX);
        assert_eq!(lines.lock().lost, 2);
    }
}
