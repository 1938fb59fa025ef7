//! A disk of a few megabytes that a server runs on, made without being the administrator.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Resource, Rlimit, prlimit};

use super::home::Home;
use super::server::{Launch, Server};

/// Says that tests which mount a file system are to be left out, where a machine does not let them.
const WITHOUT_MOUNTS: &str = "PAYDESK_TEST_WITHOUT_MOUNTS";

/// Mounts in a name space of its own: nobody else sees it, and it goes with the process.
pub(crate) struct Mounts {
    unshare: &'static [&'static str],
}

impl Mounts {
    /// None where the machine does not allow it and whoever runs the tests has said that this is
    /// known.
    ///
    /// # Panics
    /// Where the machine does not allow it and nobody has: what can't be tested has not passed.
    pub(crate) fn allowed() -> Option<Self> {
        let ways: [&[&str]; 2] = [&["--map-root-user", "--mount"], &["--mount"]];
        let works = |options: &[&str]| {
            let tried = Command::new("unshare")
                .args(options)
                .args(["mount", "-t", "tmpfs", "tmpfs", "/mnt"])
                .stderr(Stdio::null())
                .status();
            tried.is_ok_and(|status| status.success())
        };
        if let Some(unshare) = ways.into_iter().find(|options| works(options)) {
            return Some(Self { unshare });
        }
        assert!(
            std::env::var_os(WITHOUT_MOUNTS).is_some(),
            "this machine lets nobody mount a file system (`unshare --map-root-user --mount` \
             fails), so this can't be tested here; set {WITHOUT_MOUNTS}=1 to leave it out knowingly"
        );
        None
    }

    /// A server whose work folder is a file system in memory, of so many megabytes.
    pub(crate) fn on_small_disk(&self, home: &Home, megabytes: u32) -> Launch {
        let script = r#"mount -t tmpfs -o "size=$1m" tmpfs . && cd "$PWD" && shift && exec "$@""#;
        self.launch(home, script, &megabytes.to_string())
    }

    /// A server whose work folder may only be read.
    pub(crate) fn read_only(&self, home: &Home) -> Launch {
        let script = r#"mount --bind . . && mount -o "$1" . && cd "$PWD" && shift && exec "$@""#;
        self.launch(home, script, "remount,bind,ro")
    }

    fn launch(&self, home: &Home, script: &str, parameter: &str) -> Launch {
        let shell = ["sh", "-c", script, "sh", parameter];
        Launch::through(home, "unshare", &[self.unshare, &shell].concat())
            .flag("--listen", "127.0.0.1:0")
            .flag("--database", home.database())
    }
}

/// The work folder of `home` as a server in a name space of its own sees it.
pub(crate) fn work_folder_of(server: &Server, home: &Home) -> PathBuf {
    let root = PathBuf::from(format!("/proc/{}/root", server.pid()));
    root.join(home.work().strip_prefix("/").expect("the path begins at the root"))
}

/// A server whose files may grow only as far as [`limit_files`] says.
pub(crate) fn with_limited_files(home: &Home) -> Launch {
    // Otherwise the process is ended when it meets the limit, instead of being told.
    let script = r#"trap '' XFSZ && exec "$@""#;
    Launch::through(home, "sh", &["-c", script, "sh"])
        .flag("--listen", "127.0.0.1:0")
        .flag("--database", home.database())
}

/// Limits the length of every file that a server writes; none lifts the limit.
pub(crate) fn limit_files(server: &Server, bytes: Option<u64>) {
    let pid = i32::try_from(server.pid()).ok().and_then(Pid::from_raw);
    let limit = Rlimit { current: bytes, maximum: None };
    prlimit(pid, Resource::Fsize, limit).expect("it is our child");
}

/// Fills a file system until nothing more fits.
pub(crate) fn fill(file: impl AsRef<OsStr>) {
    let mut filler = fs::File::create(PathBuf::from(file.as_ref())).expect("a file can be made");
    let full = std::io::copy(&mut std::io::repeat(0x5a), &mut filler);
    full.expect_err("it is filled up");
}
