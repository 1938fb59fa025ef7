//! What only a person at a terminal is shown: colours and progress.

use std::io::{self, IsTerminal, Write};

use paydesk_store_sqlite::CopyProgress;

use crate::sizes;

/// Whether colours are wanted there.
pub(crate) fn is_coloured(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// A line on standard error that changes as a copy goes on, and goes when it ends. Where standard
/// error is no terminal there is none.
pub(crate) struct ProgressLine {
    is_shown: bool,
    shown: Option<u64>,
}

impl ProgressLine {
    pub(crate) fn new() -> Self {
        Self { is_shown: io::stderr().is_terminal(), shown: None }
    }

    pub(crate) fn show(&mut self, CopyProgress { done, all }: CopyProgress) {
        let percent = done.saturating_mul(100) / all.max(1);
        if self.is_shown && self.shown != Some(percent) {
            self.shown = Some(percent);
            let of = sizes::readable(all);
            // Without a terminal any more there is nobody to show it to.
            let _ = write!(io::stderr(), "\r\x1b[Kcopied {percent} % of {of}");
            let _ = io::stderr().flush();
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
