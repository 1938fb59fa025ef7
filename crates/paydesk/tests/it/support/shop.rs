//! A shop with three articles that opens sessions.

use super::http::{Client, Request};

/// The articles: a name and a price in cents.
pub(crate) const ARTICLES: [(&str, u64); 3] =
    [("Espresso", 350), ("Beans", 1490), ("Grinder", 12_900)];

/// What an article is to the server.
#[derive(Clone, Debug)]
pub(crate) struct Article {
    pub(crate) price: String,
    pub(crate) cents: u64,
}

/// Puts the articles into the catalog of the client's sandbox.
pub(crate) fn add_articles(client: &mut Client) -> Vec<Article> {
    let mut add = |(name, cents): (&str, u64)| {
        let form = [
            ("currency", "usd"),
            ("unit_amount", &cents.to_string()),
            ("product_data[name]", name),
        ];
        let price = client.post("/v1/prices", &form).json();
        Article { price: text(&price["id"]), cents }
    };
    ARTICLES.into_iter().map(&mut add).collect()
}

/// A request that opens a session for one piece of an article, whose cart only the shop changes.
pub(crate) fn open_session(price: &str) -> Request {
    let form = [
        ("mode", "payment"),
        ("ui_mode", "elements"),
        ("return_url", "https://shop.example/done"),
        ("permissions[update_line_items]", "server_only"),
        ("line_items[0][price]", price),
        ("line_items[0][quantity]", "1"),
        ("expand[]", "line_items"),
    ];
    Request::post("/v1/checkout/sessions", &form)
}

/// The address of a session.
pub(crate) fn session_path(id: &str) -> String {
    format!("/v1/checkout/sessions/{id}")
}

/// A JSON string's text.
pub(crate) fn text(value: &serde_json::Value) -> String {
    let text = value.as_str();
    text.unwrap_or_else(|| panic!("a text: {value}")).to_owned()
}
