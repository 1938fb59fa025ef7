//! An export of secrets, by keys that were made beside a serving process.

use std::process::Command;

use crate::support::home::Home;
use crate::support::http::Request;
use crate::support::server::Server;

#[test]
fn secrets_are_exported_to_a_secret_key_only() {
    let home = Home::new();
    let server = Server::start(&home);
    let table: [(&[&str], &str, u16); 2] =
        [(&[], "sk_test_", 200), (&["--allow", "sandbox:read"], "rk_test_", 403)];
    for (allowed, prefix, with_secrets) in table {
        let mut create = Command::new(env!("CARGO_BIN_EXE_paydesk"));
        create.args(["keys", "create", "--database"]).arg(home.database()).args(allowed);
        let made = create.output().expect("the program can be started");
        let said = String::from_utf8_lossy(&made.stdout).into_owned();
        let key = said.split_whitespace().find(|word| word.starts_with(prefix));
        let mut client = server.client(key.unwrap_or_else(|| panic!("no key: {said}")));
        let mut status = |path| client.send(&Request::get(path)).status;
        assert_eq!(status("/paydesk/v1/export"), 200, "{prefix}");
        assert_eq!(status("/paydesk/v1/export?include=secrets"), with_secrets, "{prefix}");
    }
}
