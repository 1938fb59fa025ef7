//! The program's commands that do one thing and end.

use std::process::{Command, Stdio};

use super::home::Home;

/// What a command said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `paydesk` with these arguments, in the work folder of `home`, on its database.
pub(crate) fn run(home: &Home, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_paydesk"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PAYDESK_") {
            command.env_remove(name);
        }
    }
    let output = command
        .args(arguments)
        .current_dir(home.work())
        .env("TMPDIR", home.tmp())
        .env("PAYDESK_DATABASE", home.database())
        .stdin(Stdio::null())
        .output()
        .expect("the program can be started");
    let text = |bytes| String::from_utf8(bytes).expect("it says text");
    Said { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl Said {
    /// What it said on standard output; it must have succeeded.
    pub(crate) fn ok(self) -> String {
        assert_eq!((self.code, &*self.stderr), (Some(0), ""), "{}", self.stdout);
        self.stdout
    }

    /// The one line that says why it did not.
    pub(crate) fn refusal(self) -> String {
        assert_eq!((self.code, &*self.stdout), (Some(1), ""), "{}", self.stderr);
        assert_eq!(self.stderr.lines().count(), 1, "{}", self.stderr);
        let reason = self.stderr.trim_end().strip_prefix("error: ");
        reason
            .unwrap_or_else(|| panic!("an error begins with `error: `: {}", self.stderr))
            .to_owned()
    }
}
