//! What most tests begin with: something to sell, and a cart.

use crate::client::Client;
use crate::response::Response;

/// A session that a test made.
#[derive(Clone, Debug)]
pub struct Session {
    /// `cs_test_…`
    pub id: String,
    /// The path of its own address.
    pub path: String,
    /// The ids of its first ten lines.
    pub lines: Vec<String>,
}

impl Client {
    /// A new Product; its id.
    pub async fn product(&self, name: &str) -> String {
        self.post("/v1/products", &[("name", name)]).await.ok().id()
    }

    /// A Price of a new Product, in US cents; its id.
    pub async fn price(&self, name: &str, unit_amount: u32) -> String {
        self.price_with(name, unit_amount, &[]).await
    }

    /// A monthly Price of a new Product, in US cents; its id.
    pub async fn monthly_price(&self, name: &str, unit_amount: u32) -> String {
        let monthly = [("recurring[interval]", "month")];
        self.price_with(name, unit_amount, &monthly).await
    }

    /// A Price of a new Product, in US cents, with more parameters; its id.
    pub async fn price_with(&self, name: &str, unit_amount: u32, more: &[(&str, &str)]) -> String {
        let unit_amount = unit_amount.to_string();
        let mut params = vec![
            ("currency", "usd"),
            ("unit_amount", unit_amount.as_str()),
            ("product_data[name]", name),
        ];
        params.extend(more);
        self.post("/v1/prices", &params).await.ok().id()
    }

    /// An open session on a hosted page, in payment mode, of these Prices and quantities.
    pub async fn session(&self, lines: &[(&str, u32)]) -> Session {
        let hosted = [("mode", "payment"), ("success_url", "https://shop.example/thanks")];
        self.session_with(lines, &hosted).await
    }

    /// A session of these Prices and quantities and these parameters.
    pub async fn session_with(&self, lines: &[(&str, u32)], params: &[(&str, &str)]) -> Session {
        let lines: Vec<[(String, String); 2]> = lines
            .iter()
            .enumerate()
            .map(|(index, (price, quantity))| {
                [
                    (format!("line_items[{index}][price]"), (*price).to_owned()),
                    (format!("line_items[{index}][quantity]"), quantity.to_string()),
                ]
            })
            .collect();
        let mut all = params.to_vec();
        all.extend(lines.iter().flatten().map(|(name, value)| (name.as_str(), value.as_str())));
        all.push(("expand[0]", "line_items"));
        Session::of(&self.post("/v1/checkout/sessions", &all).await)
    }

    /// A session with its lines.
    pub async fn cart(&self, session: &Session) -> Response {
        let path = format!("{}?expand[0]=line_items", session.path);
        self.get(&path).await.ok()
    }
}

impl Session {
    /// The session of an answer that shows its lines.
    #[must_use]
    pub fn of(response: &Response) -> Self {
        let id = response.clone().ok().id();
        let lines = response.value("/line_items/data");
        let lines = lines.as_array().cloned().unwrap_or_default();
        Self {
            path: format!("/v1/checkout/sessions/{id}"),
            lines: lines
                .iter()
                .map(|line| line["id"].as_str().unwrap_or_default().to_owned())
                .collect(),
            id,
        }
    }
}
