//! The command line of `paydesk keys`.

use clap::{Args, Subcommand};
use paydesk_app::{KeyAccount, NewApiKey};
use paydesk_domain::api_key::{Access, KeyRights, Permission, Resource};
use paydesk_domain::id::AccountId;

use crate::cli::Database;

#[derive(Args)]
pub(crate) struct Keys {
    #[command(subcommand)]
    pub(super) command: KeysCommand,

    /// File that holds the keys; a server may be serving it meanwhile
    #[arg(
        long,
        global = true,
        env = "PAYDESK_DATABASE",
        default_value = "paydesk.db",
        value_name = "FILE"
    )]
    pub(super) database: Database,
}

#[derive(Subcommand)]
pub(super) enum KeysCommand {
    /// Make a key, and show it this once
    Create(Create),
    /// Show every key that was made, but not its text
    List(List),
    /// Make a key open nothing any more
    Revoke(Revoke),
}

#[derive(Args)]
pub(super) struct Create {
    /// For live mode instead of test mode
    #[arg(long)]
    live: bool,

    /// A publishable key, for browsers
    #[arg(long, conflicts_with = "allow")]
    publishable: bool,

    /// What a restricted key may do, such as checkout_session:write or all:read; may be repeated
    #[arg(long, value_name = "RESOURCE:ACCESS", value_parser = permissions)]
    allow: Vec<Permissions>,

    /// What to call the key in lists
    #[arg(long, value_name = "TEXT", value_parser = short_text)]
    name: Option<String>,

    /// Account the key is for [default: the file's own, made with its first key]
    #[arg(long, value_name = "acct_…", value_parser = account)]
    account: Option<String>,

    /// Make a new account below this one, and the key for it
    #[arg(long, value_name = "acct_…", value_parser = account, conflicts_with = "account")]
    sub_account_of: Option<String>,

    /// What to call the new account
    #[arg(long, value_name = "TEXT", value_parser = short_text, requires = "sub_account_of")]
    display_name: Option<String>,

    /// Show it as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args)]
pub(super) struct List {
    /// Show it as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args)]
pub(super) struct Revoke {
    /// The key's id as `paydesk keys list` shows it, not the key itself
    #[arg(value_name = "mk_…")]
    pub(super) id: String,
}

impl Create {
    /// The key that is to be made.
    pub(super) fn into_key(self) -> NewApiKey {
        let rights = if self.publishable {
            KeyRights::Publishable
        } else if self.allow.is_empty() {
            KeyRights::Secret
        } else {
            KeyRights::Restricted(self.allow.into_iter().flat_map(|allowed| allowed.0).collect())
        };
        let id = |text: String| AccountId::from(text.as_str());
        let account = match (self.account, self.sub_account_of) {
            (_, Some(parent)) => {
                KeyAccount::NewBelow { parent: id(parent), display_name: self.display_name }
            }
            (Some(account), None) => KeyAccount::Existing(id(account)),
            (None, None) => KeyAccount::Own,
        };
        NewApiKey { account, livemode: self.live, rights, name: self.name }
    }
}

/// What one `--allow` says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Permissions(Vec<Permission>);

fn permissions(text: &str) -> Result<Permissions, String> {
    let (name, access) = text
        .split_once(':')
        .ok_or_else(|| "it must be a resource and read or write, such as price:read".to_owned())?;
    let access = match access {
        "read" => Access::Read,
        "write" => Access::Write,
        _ => return Err(format!("{access:?} is neither read nor write")),
    };
    let resources = match Resource::from_name(name) {
        Some(resource) => vec![resource],
        None if name == "all" => Resource::ALL.to_vec(),
        None => {
            let names: Vec<&str> = Resource::ALL.iter().map(|resource| resource.name()).collect();
            return Err(format!("there is no {name:?}; choose all, {}", names.join(", ")));
        }
    };
    let permission = |resource| Permission { resource, access };
    Ok(Permissions(resources.into_iter().map(permission).collect()))
}

/// A text that fits in a line of a list.
fn short_text(text: &str) -> Result<String, String> {
    if (1..=100).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err("it must have 1 to 100 characters on one line".to_owned())
    }
}

fn account(text: &str) -> Result<String, String> {
    if text.starts_with("acct_") {
        Ok(text.to_owned())
    } else {
        Err("the id of an account begins with acct_".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_is_a_resource_and_an_access() {
        let Permissions(one) = permissions("checkout_session:write").unwrap();
        let expected = Permission { resource: Resource::CheckoutSession, access: Access::Write };
        assert_eq!(one, [expected]);
        let Permissions(all) = permissions("all:read").unwrap();
        assert_eq!(all.len(), Resource::ALL.len());
        for text in ["price", "price:", "price:delete", "teapot:read", ":read"] {
            assert!(permissions(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_name_is_one_short_line() {
        assert!(short_text("The till").is_ok());
        for text in ["", "two\nlines", "a".repeat(101).as_str()] {
            assert!(short_text(text).is_err(), "{text}");
        }
    }
}
