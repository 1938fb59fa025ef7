//! The settings in force and where each of them came from.

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args, Command};

use crate::cli::Serve;

/// What secrets begin with; they are never shown.
const SECRETS: [&str; 3] = ["sk_", "rk_", "whsec_"];

/// A setting.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) name: String,
    pub(crate) value: String,
    /// The flag, the environment variable, or `default`.
    pub(crate) source: String,
}

/// Every setting of `paydesk serve`, from a command line that takes them all.
pub(crate) fn settings(matches: &ArgMatches) -> Vec<Setting> {
    let command = Serve::augment_args(Command::new("serve"));
    command.get_arguments().map(|arg| setting(arg, matches)).collect()
}

fn setting(arg: &Arg, matches: &ArgMatches) -> Setting {
    let id = arg.get_id().as_str();
    let name = arg.get_long().unwrap_or(id);
    let given = matches.get_raw(id).map(|values| {
        let values: Vec<_> = values.map(|value| value.to_string_lossy()).collect();
        values.join(", ")
    });
    let source = match matches.value_source(id) {
        Some(ValueSource::CommandLine) => format!("--{name}"),
        Some(ValueSource::EnvVariable) => {
            arg.get_env().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        }
        _ => "default".to_owned(),
    };
    let value = match given {
        Some(value) if arg.is_hide_env_values_set() || is_secret(&value) => "(secret)".to_owned(),
        Some(value) => value,
        None => described_default(arg),
    };
    Setting { name: name.to_owned(), value, source }
}

fn is_secret(value: &str) -> bool {
    SECRETS.iter().any(|prefix| value.contains(prefix))
}

/// The default that a help text describes in words: `[default: the listen address]`.
fn described_default(arg: &Arg) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let described = help.split_once("[default: ").and_then(|(_, rest)| rest.split_once(']'));
    described.map_or_else(|| "none".to_owned(), |(words, _)| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str]) -> Vec<Setting> {
        let command = Serve::augment_args(Command::new("doctor"));
        let line = ["doctor"].iter().chain(arguments);
        settings(&command.get_matches_from(line))
    }

    fn find<'a>(settings: &'a [Setting], name: &str) -> (&'a str, &'a str) {
        let setting = settings.iter().find(|setting| setting.name == name).unwrap();
        (&setting.value, &setting.source)
    }

    #[test]
    fn a_setting_has_its_value_and_its_source() {
        let settings = of(&["--keep-events", "7d"]);
        assert_eq!(find(&settings, "keep-events"), ("7d", "--keep-events"));
        assert_eq!(find(&settings, "keep-expired-sessions"), ("forever", "default"));
        assert_eq!(find(&settings, "public-url"), ("the listen address", "default"));
    }

    #[test]
    fn a_secret_is_not_shown() {
        let settings = of(&["--seed", "shop.yaml", "--seed-key", "sk_test_secret"]);
        assert_eq!(find(&settings, "seed-key"), ("(secret)", "--seed-key"));
    }
}
