//! Which crate may know which.

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, PackageId};

use crate::findings::Findings;
use crate::workspace::{is_ours, metadata};

/// Our crates, each with those of ours that it may depend on.
const EDGES: [(&str, &[&str]); 10] = [
    ("paydesk", &["app", "domain", "http", "store", "store-sqlite", "wire"]),
    ("paydesk-app", &["domain", "store"]),
    // What is measured is reached over HTTP only.
    ("paydesk-bench", &[]),
    ("paydesk-domain", &[]),
    ("paydesk-fuzz", &["testing", "wire"]),
    ("paydesk-http", &["app", "domain", "wire"]),
    ("paydesk-store", &["domain"]),
    ("paydesk-store-sqlite", &["domain", "store"]),
    ("paydesk-testing", &["app", "domain", "http", "store", "store-sqlite", "wire"]),
    ("paydesk-wire", &["domain"]),
];
/// The crate that only tests may depend on, and every test may.
const TESTING: &str = "paydesk-testing";
/// A crate that is nothing but tests.
const FUZZ: &str = "paydesk-fuzz";

/// What a pure crate has no use for, not even indirectly.
const IMPURE: [&str; 10] = [
    "axum",
    "getrandom",
    "hyper",
    "mio",
    "rand",
    "rusqlite",
    "rustix",
    "serde",
    "tokio",
    "tracing",
];
/// What talks to a database.
const DRIVERS: [&str; 6] =
    ["libsqlite3-sys", "postgres", "rusqlite", "sqlx", "tokio-postgres", "turso"];

#[test]
fn no_crate_depends_on_one_of_ours_that_it_may_not_know() {
    let mut findings = Findings::new(
        "Move the code to the crate it belongs to. A new edge is a decision: it is written into \
         ARCHITECTURE.md and into EDGES.",
    );
    for package in metadata().workspace_packages() {
        let name = package.name.as_str();
        let Some((_, allowed)) = EDGES.iter().find(|(known, _)| *known == name) else {
            findings.add(format_args!("{name} is not in EDGES"));
            continue;
        };
        for dependency in &package.dependencies {
            let Some(room) = dependency.name.strip_prefix("paydesk-") else {
                continue;
            };
            let is_for_tests =
                dependency.kind == DependencyKind::Development && dependency.name == TESTING;
            if !is_for_tests && !allowed.contains(&room) {
                findings.add(format_args!("{name} depends on {}", dependency.name));
            }
        }
    }
    findings.assert_none();
}

#[test]
fn only_tests_depend_on_the_server_under_test() {
    let mut findings = Findings::new("Make it a dev-dependency.");
    let others = metadata().workspace_packages().into_iter();
    for package in others.filter(|package| package.name.as_str() != FUZZ) {
        for dependency in &package.dependencies {
            if dependency.name == TESTING && dependency.kind != DependencyKind::Development {
                findings.add(format_args!("{} depends on {TESTING}", package.name));
            }
        }
    }
    findings.assert_none();
}

#[test]
fn every_edge_belongs_to_a_crate() {
    let mut ours: Vec<&str> =
        metadata().workspace_packages().iter().map(|package| package.name.as_str()).collect();
    ours.sort_unstable();
    let listed: Vec<&str> = EDGES.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, ours, "EDGES lists the crates there are, sorted");
}

#[test]
fn the_domain_is_pure() {
    assert_apart_from("paydesk-domain", &IMPURE, "The domain decides; others read and write.");
}

#[test]
fn neither_the_operations_nor_their_store_know_a_driver() {
    for name in ["paydesk-app", "paydesk-store"] {
        assert_apart_from(name, &DRIVERS, "What is stored is said without saying where.");
    }
}

/// Expects that a crate can be built without any of these.
fn assert_apart_from(name: &str, others: &[&str], remedy: &'static str) {
    let mut findings = Findings::new(remedy);
    for found in needed_by(name).intersection(&others.iter().copied().collect()) {
        findings.add(format_args!("{name} needs {found}"));
    }
    findings.assert_none();
}

/// Every crate that a crate of ours is built with, however indirectly. What only builds or tests it
/// is not among them.
fn needed_by(name: &str) -> BTreeSet<&'static str> {
    let metadata = metadata();
    let package = metadata.packages.iter().find(|package| package.name.as_str() == name);
    let package = package.unwrap_or_else(|| panic!("{name} is a crate of the workspace"));
    assert!(is_ours(package));
    let nodes = &metadata.resolve.as_ref().expect("the graph was asked for").nodes;
    let mut seen: BTreeSet<&PackageId> = BTreeSet::new();
    let mut waiting = vec![&package.id];
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let node = nodes.iter().find(|node| node.id == *id).expect("every package has a node");
        for dependency in &node.deps {
            let mut kinds = dependency.dep_kinds.iter();
            if kinds.any(|info| info.kind == DependencyKind::Normal) && !is_macro(&dependency.pkg) {
                waiting.push(&dependency.pkg);
            }
        }
    }
    seen.into_iter().map(|id| metadata[id].name.as_str()).collect()
}

/// Whether a package runs in the compiler and not in what it compiles.
fn is_macro(id: &PackageId) -> bool {
    metadata()[id].targets.iter().any(cargo_metadata::Target::is_proc_macro)
}
