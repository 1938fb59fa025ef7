//! Starting a server whose writes, syncs and answers are recorded.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::recording::Recording;
use crate::support::home::Home;
use crate::support::server::{Launch, Server};

/// What is preloaded into a server, and the file that it records to.
pub(super) struct Recorder {
    library: PathBuf,
    recording: PathBuf,
}

/// Whether what the server flushes reaches the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Syncs {
    /// As on a sound machine.
    Done,
    /// They are said to be done and are not, as with `PRAGMA synchronous = OFF`.
    Swallowed,
}

impl Recorder {
    /// Compiles what is preloaded, with the C compiler that SQLite was compiled with.
    pub(super) fn new(home: &Home) -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/power_cut/recorder.c");
        let library = home.tmp().join("recorder.so");
        let compiler = env::var_os("CC").unwrap_or_else(|| "cc".into());
        let mut command = Command::new(compiler);
        command.args(["-shared", "-fPIC", "-O2", "-o"]).arg(&library).arg(source);
        let status = command.args(["-ldl", "-lpthread"]).status();
        assert!(status.expect("there is a C compiler").success(), "the recorder compiles");
        Self { library, recording: home.tmp().join("recording") }
    }

    /// Starts a server on the database of `home`. A later one goes on with the same recording.
    pub(super) fn start(&self, home: &Home, syncs: Syncs) -> Server {
        let mut launch = Launch::on(home)
            .env("LD_PRELOAD", &self.library)
            .env("RECORDER_FILE", &self.recording)
            .env("RECORDER_DATABASE", home.database());
        if syncs == Syncs::Swallowed {
            launch = launch.env("RECORDER_SWALLOWS_SYNCS", "1");
        }
        launch.start()
    }

    /// What was recorded so far.
    pub(super) fn read(&self) -> Recording {
        let bytes = fs::read(&self.recording).expect("the server recorded what it did");
        Recording::parse(&bytes)
    }
}
