//! What is measured, in which order, and the requests that it takes.

use std::net::SocketAddr;

use anyhow::Result;

use crate::client::Connection;
use crate::random::Random;
use crate::request::{Draft, Request};
use crate::shop::Shop;

/// Connections of the scenarios under load.
pub const MANY: usize = 64;

/// Sessions that each of [`MANY`] connections has for itself.
pub const CARTS_PER_CONNECTION: usize = 4;

/// What the requests of a scenario do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Update,
    Retrieve,
    Create,
}

/// One row of the report.
#[derive(Clone, Copy)]
pub struct Scenario {
    pub action: Action,
    /// Whether each request has a fresh idempotency key.
    pub keyed: bool,
    pub connections: usize,
}

/// All scenarios; creating comes last, as it leaves a larger database than the others.
pub const ALL: [Scenario; 7] = [
    Scenario { action: Action::Update, keyed: false, connections: MANY },
    Scenario { action: Action::Update, keyed: true, connections: MANY },
    Scenario { action: Action::Update, keyed: false, connections: 1 },
    Scenario { action: Action::Update, keyed: true, connections: 1 },
    Scenario { action: Action::Retrieve, keyed: false, connections: MANY },
    Scenario { action: Action::Create, keyed: false, connections: MANY },
    Scenario { action: Action::Create, keyed: true, connections: MANY },
];

impl Scenario {
    /// An open loop on one connection would measure its own queue.
    pub fn has_open_loop(self) -> bool {
        self.connections > 1
    }

    pub fn name(self) -> String {
        let action = match self.action {
            Action::Update => "update",
            Action::Retrieve => return "retrieve".to_owned(),
            Action::Create => "create",
        };
        let key = if self.keyed { "with key" } else { "no key" };
        format!("{action}, {key}")
    }

    pub fn full_name(self) -> String {
        let plural = if self.connections == 1 { "" } else { "s" };
        format!("{}, {} connection{plural}", self.name(), self.connections)
    }

    /// The requests of each connection to the real server.
    pub fn requests(self, shop: &Shop, host: SocketAddr) -> Vec<Vec<Request>> {
        self.built(shop, |draft| Request::new(&draft, host))
    }

    /// The same requests to the bare endpoint, which answers with so many bytes.
    pub fn bare_requests(self, shop: &Shop, host: SocketAddr, bytes: usize) -> Vec<Vec<Request>> {
        let path = format!("/bare?bytes={bytes}");
        self.built(shop, |draft| Request::new(&Draft { path: path.clone(), ..draft }, host))
    }

    /// How many bytes the real server's answer has.
    pub async fn answer_length(self, shop: &Shop, address: SocketAddr) -> Result<usize> {
        let mut requests = self.requests(shop, address);
        let mut connection = Connection::open(address).await?;
        Ok(connection.exchange(requests[0][0].next(&mut Random::new())).await?.len())
    }

    fn built(self, shop: &Shop, request: impl Fn(Draft) -> Request) -> Vec<Vec<Request>> {
        let share = shop.carts.len().div_ceil(MANY).max(1);
        let lanes = shop.carts.chunks(share).take(self.connections);
        let lane = |carts: &[_]| carts.iter().map(|cart| request(self.draft(shop, cart))).collect();
        lanes.map(lane).collect()
    }

    fn draft(self, shop: &Shop, cart: &crate::shop::Cart) -> Draft {
        match self.action {
            Action::Update => shop.update(cart, self.keyed),
            Action::Retrieve => shop.retrieve(cart),
            Action::Create => shop.create(self.keyed),
        }
    }
}
