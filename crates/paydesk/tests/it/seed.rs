//! `--seed`: objects with given ids that are there from the start.

use std::fs;

use crate::support::home::Home;
use crate::support::server::Launch;

const SEED: &str = "
key: sk_test_shop
products:
  - {id: prod_tea, name: Tea}
prices:
  - {id: price_tea, product: prod_tea, unit_amount: 350, currency: usd}
";

fn seeded(home: &Home, file: &str, text: &str) -> Launch {
    fs::write(home.work().join(file), text).expect("a file beside the database");
    Launch::on(home).flag("--log", "warn").flag("--seed", file)
}

/// What the servers of a home have said since the last time.
fn said(home: &Home) -> String {
    let log = home.log();
    fs::remove_file(home.log_path()).expect("a log");
    log
}

#[test]
fn a_seed_is_there_when_the_server_is_ready_and_the_report_says_so() {
    let home = Home::new();
    let server = seeded(&home, "shop.yaml", SEED).start();
    let price = server.client("sk_test_shop").get("/v1/prices/price_tea").json();
    assert_eq!(price["unit_amount"], 350);
    server.stop();
    let report = "shop.yaml: 2 made, 0 changed, 0 kept\n  \
                  made     product           prod_tea\n  \
                  made     price             price_tea\n";
    assert_eq!(said(&home), report);

    seeded(&home, "shop.yaml", SEED).start().stop();
    assert_eq!(said(&home), "shop.yaml: 0 made, 0 changed, 2 kept\n");
    seeded(&home, "shop.yaml", &SEED.replace("Tea", "Green tea")).start().stop();
    let report = "shop.yaml: 0 made, 1 changed, 1 kept\n  \
                  changed  product           prod_tea  name\n";
    assert_eq!(said(&home), report);
}

#[test]
fn the_seed_of_the_readme_is_one() {
    let readme = include_str!("../../../../README.md");
    let begins = readme.find("```yaml\n").expect("the README has a seed");
    let seed = readme[begins..].trim_start_matches("```yaml\n");
    let home = Home::new();
    seeded(&home, "shop.yaml", seed.split("```").next().unwrap_or_default()).start().stop();
    assert!(said(&home).starts_with("shop.yaml: 2 made, 0 changed, 0 kept\n"));
}

#[test]
fn a_bad_seed_stops_the_start_with_the_place_of_each_mistake() {
    let home = Home::new();
    let bad = SEED.replace("usd", "usdx").replace("name: Tea", "nam: Tea");
    let ended = seeded(&home, "shop.yaml", &bad).run();
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(ended.stdout, Vec::<String>::new(), "it never was ready");
    let log = said(&home);
    assert!(log.starts_with("error: shop.yaml: nothing is imported, because of\n"), "{log}");
    assert!(log.contains("\n  products[0][nam]\n      Received unknown parameter: nam"), "{log}");
    assert!(log.contains("\n  prices[0][currency]\n      Invalid currency: usdx"), "{log}");

    let ended = seeded(&home, "shop.yaml", "prices:\n- {").run();
    assert_eq!(ended.status.code(), Some(1));
    assert!(said(&home).contains("shop.yaml: The file is no YAML: "));
    let missing = Launch::on(&home).flag("--seed", "none.yaml").run();
    assert_eq!(missing.status.code(), Some(1));
    assert!(said(&home).contains("can't read none.yaml"));
}

#[test]
fn several_files_are_one_seed_for_the_key_that_is_named() {
    let home = Home::new();
    let prices = r#"{"object": "list", "has_more": true, "data": [{"id": "price_tea",
        "object": "price", "product": "prod_tea", "unit_amount": 350, "currency": "usd"}]}"#;
    fs::write(home.work().join("prices.json"), prices).expect("a file");
    let products = r#"[{"id": "prod_tea", "object": "product", "name": "Tea"}]"#;
    let launch = seeded(&home, "products.json", products).flag("--seed", "prices.json");
    let server = launch.env("PAYDESK_SEED_KEY", "sk_test_other").start();
    let path = "/v1/prices/price_tea?expand[0]=product";
    let price = server.client("sk_test_other").get(path).json();
    assert_eq!(price["product"]["name"], "Tea");
    server.stop();
    let log = said(&home);
    assert!(log.starts_with("products.json, prices.json: 2 made"), "{log}");
    assert!(log.contains("note: prices.json: "), "{log}");
    assert!(!log.contains("sk_test_other"), "{log}");

    let wrong = seeded(&home, "products.json", products).flag("--seed", "prices.json");
    fs::write(home.work().join("prices.json"), prices.replace("prod_tea", "prod_tee"))
        .expect("a file");
    assert_eq!(wrong.flag("--seed-key", "sk_test_new").run().status.code(), Some(1));
    let log = said(&home);
    assert!(log.contains("\n  prices.json: data[0][product]\n"), "{log}");
}

#[test]
fn a_seed_needs_a_sandbox() {
    let home = Home::new();
    let keyless = SEED.replace("key: sk_test_shop", "");
    assert_eq!(seeded(&home, "shop.yaml", &keyless).run().status.code(), Some(1));
    assert!(said(&home).contains("--seed-key"));
    let closed = seeded(&home, "shop.yaml", SEED).flag("--open-sandboxes", "false");
    assert_eq!(closed.run().status.code(), Some(1));
    let log = said(&home);
    assert!(log.contains("Invalid API Key provided: sk_test_**"), "{log}");
    assert!(!log.contains("sk_test_shop"), "{log}");
}
