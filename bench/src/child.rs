//! A server as a child process, which never outlives the one that measures it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

/// How long a server may take to say where it listens.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; dropping it, also while panicking, ends the process.
pub struct Server {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Server {
    /// Starts the command and waits until it prints where it listens; errors go to the log file.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(log)?)
            .spawn()
            .with_context(|| format!("starting {}", command.get_program().display()))?;
        // From here on the guard owns the process, whatever goes wrong.
        let unknown = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server = Self { child, address: unknown, log: log.to_owned() };
        let output = server.child.stdout.take().context("the server has no standard output")?;
        let (sender, receiver) = channel();
        thread::spawn(move || follow(output, &sender));
        server.address = server.wait_for_address(&receiver)?;
        Ok(server)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The last lines that the server wrote as errors, for a message about a failure.
    pub fn last_words(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().rev().take(10).collect();
        lines.into_iter().rev().map(|line| format!("  {line}\n")).collect()
    }

    fn wait_for_address(&self, addresses: &Receiver<SocketAddr>) -> Result<SocketAddr> {
        addresses.recv_timeout(PATIENCE).with_context(|| {
            format!("the server did not say where it listens; its log ends:\n{}", self.last_words())
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only when the process has already ended, which is what is wanted.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Reads the output to its end, so that the server never waits for a full pipe.
fn follow(output: ChildStdout, found: &Sender<SocketAddr>) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        let address = line.strip_prefix("listening on http://");
        if let Some(address) = address.and_then(|rest| rest.trim_end_matches('/').parse().ok()) {
            // Nobody listens any more when the wait was given up.
            let _given_up = found.send(address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, log: &Path) -> Result<Server> {
        Server::start(Command::new("sh").args(["-c", script]), log)
    }

    #[test]
    fn a_server_is_found_by_the_line_it_prints_and_ends_with_its_guard() {
        let folder = tempfile::tempdir().unwrap();
        let script = "echo hello; echo listening on http://127.0.0.1:4567; exec sleep 60";
        let server = shell(script, &folder.path().join("log")).unwrap();
        assert_eq!(server.address(), "127.0.0.1:4567".parse().unwrap());
        let process = format!("/proc/{}", server.pid());
        assert!(Path::new(&process).exists());
        drop(server);
        assert!(!Path::new(&process).exists());
    }

    #[test]
    fn a_server_that_ends_early_is_reported_with_its_log() {
        let folder = tempfile::tempdir().unwrap();
        let failed = shell("echo no such file >&2; exit 1", &folder.path().join("log"));
        let message = format!("{:#}", failed.err().unwrap());
        assert!(message.contains("no such file"), "{message}");
    }
}
