//! An answer, with short ways to what tests look at.

use axum::http::HeaderMap;
use bytes::Bytes;
use serde_json::Value;

/// An answer of the server.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Response {
    /// The answer, which must be a 200.
    ///
    /// # Panics
    /// When it is not.
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.text());
        self
    }

    /// A header, where it was sent.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let value = self.headers.get(name)?;
        Some(value.to_str().expect("headers of answers are text"))
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("bodies of answers are text")
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("bodies of answers are JSON")
    }

    /// The `id` of the object answered.
    #[must_use]
    pub fn id(&self) -> String {
        self.string("/id")
    }

    /// A text in the body, by its JSON pointer.
    #[must_use]
    pub fn string(&self, pointer: &str) -> String {
        let json = self.json();
        let text = json.pointer(pointer).and_then(Value::as_str);
        text.unwrap_or_else(|| panic!("no text at {pointer} of {json:#}")).to_owned()
    }

    /// A value in the body, by its JSON pointer; null where there is none.
    #[must_use]
    pub fn value(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// The ids of a list's objects, in its order.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        self.each("/id")
    }

    /// A text of each of a list's objects, by its JSON pointer.
    #[must_use]
    pub fn each(&self, pointer: &str) -> Vec<String> {
        let list = self.json();
        let data = list["data"].as_array();
        let data = data.unwrap_or_else(|| panic!("no list: {list:#}"));
        data.iter()
            .map(|object| {
                let text = object.pointer(pointer).and_then(Value::as_str);
                text.unwrap_or_else(|| panic!("no text at {pointer} of {object:#}")).to_owned()
            })
            .collect()
    }

    /// An error in one line: `400 parameter_missing mode`. What is missing is a dash.
    #[must_use]
    pub fn error(&self) -> String {
        let json = self.json();
        let field = |name: &str| json["error"][name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", self.status, field("code"), field("param"))
    }
}
