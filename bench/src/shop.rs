//! The data that the scenarios work on: prices, and sessions with three lines each.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::client::Connection;
use crate::random::Random;
use crate::request::{Draft, Request};

/// Unit amounts of the three prices, in cents.
const AMOUNTS: [u32; 3] = [1_000, 2_500, 4_900];

/// A sandbox of its own with something to sell.
pub struct Shop {
    address: SocketAddr,
    token: String,
    prices: Vec<String>,
    pub carts: Vec<Cart>,
}

/// An open session and its lines.
pub struct Cart {
    pub session: String,
    lines: Vec<String>,
}

impl Shop {
    /// Makes the prices and so many sessions.
    pub async fn open(address: SocketAddr, carts: usize) -> Result<Self> {
        let token = format!("sk_test_bench{:016x}", Random::new().next());
        let mut shop = Self { address, token, prices: Vec::new(), carts: Vec::new() };
        let mut connection = Connection::open(address).await?;
        for amount in AMOUNTS {
            let product =
                shop.made(&mut connection, "/v1/products", format!("name=Mug+{amount}")).await?;
            let price = format!("product={product}&currency=usd&unit_amount={amount}");
            let price = shop.made(&mut connection, "/v1/prices", price).await?;
            shop.prices.push(price);
        }
        shop.add_carts(carts).await?;
        Ok(shop)
    }

    /// Makes so many sessions more.
    pub async fn add_carts(&mut self, count: usize) -> Result<()> {
        let mut connection = Connection::open(self.address).await?;
        for _ in 0..count {
            let draft = self.create(true);
            let session = id(&call(&mut connection, &draft, self.address).await?)?;
            let lines = self.lines(&mut connection, &session).await?;
            self.carts.push(Cart { session, lines });
        }
        Ok(())
    }

    /// The same sandbox, now at another address, with sessions that it has already.
    pub async fn at(&self, address: SocketAddr, sessions: &[String]) -> Result<Self> {
        let mut shop =
            Self { address, token: self.token.clone(), prices: self.prices.clone(), carts: vec![] };
        let mut connection = Connection::open(address).await?;
        for session in sessions {
            let lines = shop.lines(&mut connection, session).await?;
            shop.carts.push(Cart { session: session.clone(), lines });
        }
        Ok(shop)
    }

    /// Creates a session with three lines.
    pub fn create(&self, keyed: bool) -> Draft {
        let mut body = String::from(
            "mode=payment&ui_mode=elements&currency=usd&permissions[update_line_items]=server_only",
        );
        for (index, price) in self.prices.iter().enumerate() {
            body.push_str(&format!(
                "&line_items[{index}][price]={price}&line_items[{index}][quantity]=1"
            ));
        }
        self.post("/v1/checkout/sessions", body, keyed)
    }

    /// Changes the quantities of all lines of a session.
    pub fn update(&self, cart: &Cart, keyed: bool) -> Draft {
        let lines = cart.lines.iter().enumerate().map(|(index, line)| {
            format!("line_items[{index}][id]={line}&line_items[{index}][quantity]=10")
        });
        let body = lines.collect::<Vec<_>>().join("&");
        self.post(&format!("/v1/checkout/sessions/{}", cart.session), body, keyed)
    }

    pub fn retrieve(&self, cart: &Cart) -> Draft {
        self.get(format!("/v1/checkout/sessions/{}", cart.session))
    }

    /// Checks that an update is worked on and not merely answered: totals follow the quantities.
    pub async fn check_updates(&self) -> Result<()> {
        let mut connection = Connection::open(self.address).await?;
        let cart = self.carts.first().context("there is no cart")?;
        let mut update = Request::new(&self.update(cart, true), self.address);
        let mut random = Random::new();
        let mut totals = Vec::new();
        for _ in 0..2 {
            let answer = connection.exchange(update.next(&mut random)).await?;
            let answer: Value = serde_json::from_slice(answer)?;
            totals.push(answer["amount_total"].as_i64().context("no amount_total")?);
        }
        // From one sending to the next each quantity grows by one.
        let grown = i64::from(AMOUNTS.iter().sum::<u32>());
        ensure!(
            totals[1] - totals[0] == grown,
            "the total should grow by {grown} with the quantities, but goes through {totals:?}"
        );
        Ok(())
    }

    async fn lines(&self, connection: &mut Connection, session: &str) -> Result<Vec<String>> {
        let draft = self.get(format!("/v1/checkout/sessions/{session}/line_items"));
        let list = call(connection, &draft, self.address).await?;
        let data = list["data"].as_array().context("the list of lines has no data")?;
        ensure!(data.len() == AMOUNTS.len(), "a session has {} lines", data.len());
        data.iter().map(id).collect()
    }

    async fn made(&self, connection: &mut Connection, path: &str, body: String) -> Result<String> {
        id(&call(connection, &self.post(path, body, true), self.address).await?)
    }

    fn post(&self, path: &str, body: String, keyed: bool) -> Draft {
        Draft { method: "POST", path: path.to_owned(), token: self.token.clone(), body, keyed }
    }

    fn get(&self, path: String) -> Draft {
        let token = self.token.clone();
        Draft { method: "GET", path, token, body: String::new(), keyed: false }
    }
}

async fn call(connection: &mut Connection, draft: &Draft, host: SocketAddr) -> Result<Value> {
    let mut request = Request::new(draft, host);
    let body = connection.exchange(request.next(&mut Random::new())).await?;
    serde_json::from_slice(body).with_context(|| format!("{} answered no JSON", draft.path))
}

fn id(object: &Value) -> Result<String> {
    Ok(object["id"].as_str().context("an object has no id")?.to_owned())
}
