//! `--tax-table`: a file that is read at the start, or stops it.

use std::fs;
use std::path::Path;

use crate::support::home::Home;
use crate::support::server::Launch;

const TABLE: &str = "country,percentage,inclusive,display_name\nDE,19,true,VAT\nFR,20,true,VAT\n";

fn with_table(home: &Home, text: &str) -> Launch {
    fs::write(home.work().join("taxes.csv"), text).expect("a file beside the database");
    Launch::on(home).flag("--log", "warn").flag("--tax-table", "taxes.csv")
}

/// What the servers of a home have said since the last time.
fn said(home: &Home) -> String {
    let log = home.log();
    fs::remove_file(home.log_path()).expect("a log");
    log
}

#[test]
fn a_server_says_what_its_table_has() {
    let home = Home::new();
    with_table(&home, TABLE).start().stop();
    assert_eq!(said(&home), "taxes.csv: a tax table with 2 entries for 2 countries\n");
    let one = TABLE.lines().take(2).collect::<Vec<_>>().join("\n");
    fs::write(home.work().join("taxes.csv"), one).expect("a file beside the database");
    let launch = Launch::on(&home).flag("--log", "warn");
    launch.env("PAYDESK_TAX_TABLE", "taxes.csv").start().stop();
    assert_eq!(said(&home), "taxes.csv: a tax table with 1 entry for 1 country\n");
}

#[test]
fn the_example_is_a_tax_table() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tax-table.csv");
    let home = Home::new();
    with_table(&home, &fs::read_to_string(example).expect("an example")).start().stop();
    assert_eq!(said(&home), "taxes.csv: a tax table with 14 entries for 6 countries\n");
}

#[test]
fn a_bad_table_stops_the_start_with_the_place_of_each_mistake() {
    let home = Home::new();
    let bad = TABLE.replace("19", "19%").replace("FR", "XY");
    let ended = with_table(&home, &bad).run();
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(ended.stdout, Vec::<String>::new(), "it never was ready");
    let expected = "error: taxes.csv: this is no tax table, because of\n  \
        line 2, column percentage\n      \
        \"19%\" is not a number from 0 to 100 with at most four decimal places, such as 19 or \
        8.25.\n  \
        line 3, column country\n      \
        \"XY\" is not the two-letter code of a country, such as DE, GB or US.\n";
    assert_eq!(said(&home), expected);

    let many = format!("{TABLE}{}", "XY,1,true,VAT\n".repeat(22));
    assert_eq!(with_table(&home, &many).run().status.code(), Some(1));
    let log = said(&home);
    assert_eq!(log.matches("column country").count(), 20, "{log}");
    assert!(log.ends_with("\n  and 2 more\n"), "{log}");

    let missing = Launch::on(&home).flag("--tax-table", "none.csv").run();
    assert_eq!(missing.status.code(), Some(1));
    assert!(said(&home).contains("can't read none.csv"));
}
