//! What the doctor says, to people and to programs.

use std::fmt::Write;

use serde_json::{Value, json};

use super::check::{Check, Verdict};
use super::configuration::Setting;

/// Everything that was found.
pub(crate) struct Report {
    pub(crate) settings: Vec<Setting>,
    pub(crate) checks: Vec<Check>,
}

impl Report {
    /// The worst of all verdicts.
    pub(crate) fn verdict(&self) -> Verdict {
        self.checks.iter().map(|check| check.verdict).max().unwrap_or(Verdict::Ok)
    }

    pub(crate) fn json(&self) -> Value {
        let setting = |Setting { name, value, source }: &Setting| {
            json!({
                "name": name,
                "value": value,
                "source": source,
            })
        };
        let check = |check: &Check| {
            json!({
                "name": check.name,
                "verdict": check.verdict.word(),
                "found": check.found,
                "advice": check.advice,
            })
        };
        json!({
            "verdict": self.verdict().word(),
            "checks": self.checks.iter().map(check).collect::<Vec<_>>(),
            "settings": self.settings.iter().map(setting).collect::<Vec<_>>(),
        })
    }

    pub(crate) fn text(&self, is_coloured: bool) -> String {
        let mut text = String::new();
        let wide = |names: &mut dyn Iterator<Item = &str>| {
            names.map(|name| name.chars().count()).max().unwrap_or(0)
        };
        let names = wide(&mut self.checks.iter().map(|check| check.name));
        for check in &self.checks {
            let mark = mark(check.verdict, is_coloured);
            // Writing to a string can't fail.
            let _ = writeln!(text, "{mark}  {:names$}  {}", check.name, check.found);
            if let Some(advice) = &check.advice {
                let _ = writeln!(text, "{:6}{:names$}  → {advice}", "", "");
            }
        }
        let names = wide(&mut self.settings.iter().map(|setting| &*setting.name));
        let values = wide(&mut self.settings.iter().map(|setting| &*setting.value));
        text.push('\n');
        for Setting { name, value, source } in &self.settings {
            let _ = writeln!(text, "      {name:names$}  {value:values$}  {source}");
        }
        text
    }
}

/// The verdict's word, four letters wide.
fn mark(verdict: Verdict, is_coloured: bool) -> String {
    let word = format!("{:4}", verdict.word());
    let colour = match verdict {
        Verdict::Ok => 32,
        Verdict::Warn => 33,
        Verdict::Fail => 31,
    };
    if is_coloured { format!("\x1b[{colour}m{word}\x1b[0m") } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let setting = |name: &str, value: &str| Setting {
            name: name.to_owned(),
            value: value.to_owned(),
            source: "default".to_owned(),
        };
        Report {
            settings: vec![setting("listen", "127.0.0.1:4242"), setting("database", "paydesk.db")],
            checks: vec![
                Check::ok("clock", "it is noon"),
                Check::warn("free space", "812.0 MiB", "make room"),
            ],
        }
    }

    #[test]
    fn people_get_columns_and_advice() {
        let expected = "ok    clock       it is noon\n\
                        warn  free space  812.0 MiB\n\
                        \x20                 → make room\n\
                        \n\
                        \x20     listen    127.0.0.1:4242  default\n\
                        \x20     database  paydesk.db      default\n";
        assert_eq!(report().text(false), expected);
        assert!(report().text(true).starts_with("\x1b[32mok  \x1b[0m  clock"));
    }

    #[test]
    fn programs_get_the_same() {
        let json = report().json();
        assert_eq!(json["verdict"], "warn");
        assert_eq!(json["checks"][1]["advice"], "make room");
        assert_eq!(json["settings"][0]["source"], "default");
    }

    #[test]
    fn the_verdict_is_the_worst_of_all() {
        let mut report = report();
        report.checks.push(Check::fail("schema", "9", "use a later release"));
        assert_eq!(report.verdict(), Verdict::Fail);
        report.checks.clear();
        assert_eq!(report.verdict(), Verdict::Ok);
    }
}
