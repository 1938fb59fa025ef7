//! The real program as a child process that never outlives its test.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::home::Home;
use super::http::Client;

/// Ends the wait for a server that is broken; a healthy one takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(60);

/// A command line of `paydesk serve` that is being put together.
pub(crate) struct Launch {
    command: Command,
}

/// A server that said it is ready. Dropping it kills it.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    lines: Receiver<String>,
}

/// A process that ended by itself.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// What it wrote to standard output and nobody has read yet.
    pub(crate) stdout: Vec<String>,
    /// How long it took to end since it was waited for.
    pub(crate) took: Duration,
}

impl Launch {
    /// `paydesk serve` with nothing set, in the work folder of `home`.
    pub(crate) fn bare(home: &Home) -> Self {
        Self::of(home, Command::new(env!("CARGO_BIN_EXE_paydesk")))
    }

    /// The same, started by another program whose arguments end with the server's command line.
    #[cfg(target_os = "linux")]
    pub(crate) fn through(home: &Home, program: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).arg(env!("CARGO_BIN_EXE_paydesk"));
        Self::of(home, command)
    }

    fn of(home: &Home, mut command: Command) -> Self {
        let log = OpenOptions::new().create(true).append(true).open(home.log_path());
        for (name, _) in std::env::vars_os() {
            // Settings of whoever runs the tests are not the tests'.
            if name.to_string_lossy().starts_with("PAYDESK_") {
                command.env_remove(name);
            }
        }
        command
            .arg("serve")
            .current_dir(home.work())
            .env("TMPDIR", home.tmp())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log.expect("a file for the log"));
        Self { command }
    }

    /// On a free port and the database of `home`.
    pub(crate) fn on(home: &Home) -> Self {
        Self::bare(home).flag("--listen", "127.0.0.1:0").flag("--database", home.database())
    }

    pub(crate) fn flag(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.arg(name).arg(value);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it and waits until it says where it listens.
    pub(crate) fn start(self) -> Server {
        let (child, lines) = self.spawn();
        let mut server = Server { child, address: SocketAddr::from(([0, 0, 0, 0], 0)), lines };
        let line = server
            .lines
            .recv_timeout(PATIENCE)
            .expect("the server says where it listens; its log says why it does not");
        let address = line.strip_prefix("listening on http://");
        server.address = address
            .and_then(|address| address.parse().ok())
            .unwrap_or_else(|| panic!("the first line is: {line}"));
        server
    }

    /// Starts it and waits until it ends by itself.
    pub(crate) fn run(self) -> Ended {
        let (mut child, lines) = self.spawn();
        wait(&mut child, &lines)
    }

    fn spawn(mut self) -> (Child, Receiver<String>) {
        let mut child = self.command.spawn().expect("the program can be started");
        let stdout = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let (sender, lines) = channel();
        // The channel closes with standard output, which is when the process ends.
        thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        (child, lines)
    }
}

impl Server {
    /// A server with usual settings on the database of `home`.
    pub(crate) fn start(home: &Home) -> Self {
        Launch::on(home).start()
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// A new connection that uses this secret key.
    pub(crate) fn client(&self, key: &str) -> Client {
        Client::connect(self.address, key)
    }

    /// Ends it at once and without notice (SIGKILL).
    pub(crate) fn kill(self) {
        drop(self);
    }

    #[cfg(target_os = "linux")]
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.expect("a process has an id"), signal).expect("it is our child");
    }

    /// Waits until it has ended.
    pub(crate) fn wait(mut self) -> Ended {
        wait(&mut self.child, &self.lines)
    }

    /// Asks it to stop and expects that it does, with success.
    pub(crate) fn stop(self) -> Ended {
        self.signal(Signal::TERM);
        let ended = self.wait();
        assert!(ended.status.success(), "{}", ended.status);
        ended
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait(child: &mut Child, lines: &Receiver<String>) -> Ended {
    let started = Instant::now();
    let mut stdout = Vec::new();
    loop {
        match lines.recv_timeout(PATIENCE.saturating_sub(started.elapsed())) {
            Ok(line) => stdout.push(line),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                let _ = child.kill();
                panic!("the process does not end");
            }
        }
    }
    let status = child.wait().expect("it is our child");
    Ended { status, stdout, took: started.elapsed() }
}
